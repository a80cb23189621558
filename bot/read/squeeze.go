package read

import "strings"

// squeezed takes out the spaces that some keyboards and offices put around
// digits and between characters: 4 月 2 日, 晚 上 8:00. Between two digits or letters
// a space stays.
func squeezed(s string) string {
	if !strings.Contains(s, " ") {
		return s
	}
	runes := []rune(s)
	out := make([]rune, 0, len(runes))
	for i, r := range runes {
		if r == ' ' && i > 0 && i+1 < len(runes) && (isHan(runes[i-1]) || isHan(runes[i+1])) && !weekDigit(runes, i) {
			continue
		}
		out = append(out, r)
	}
	return string(out)
}

// The basic block of Chinese characters: its first one, and how many it has.
const (
	firstHan = 0x4e00
	hans     = 0x9fff - firstHan + 1
)

func isHan(r rune) bool { return uint32(r-firstHan) < hans }

// weekDigit keeps 这星期 4 apart: joined, it would be 星期 and a count.
func weekDigit(runes []rune, i int) bool {
	switch runes[i-1] {
	case '期', '拜', '周':
		return isDigit(runes[i+1])
	}
	return false
}
