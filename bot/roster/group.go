package roster

import (
	"strconv"
	"strings"
)

// digits are the Chinese digits as lists write them.
var digits = map[rune]int{'零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// number reads 0-99 in Arabic or Chinese digits: 12, 三, 十二, 二十一. "12.0",
// as Excel hands on a number, is one too.
func number(s string) (int, bool) {
	s = strings.TrimSuffix(s, ".0")
	if n, err := strconv.Atoi(s); err == nil && len(s) <= 2 && n >= 0 {
		return n, true
	}
	r := []rune(s)
	tens, ones := 0, 0
	switch at := strings.IndexRune(s, '十'); {
	case len(r) == 0 || len(r) > 3:
		return 0, false
	case at < 0 && len(r) == 1:
		n, ok := digits[r[0]]
		return n, ok
	case at == 0 && len(r) <= 2:
		tens = 1
	case len(r) >= 2 && r[1] == '十' && digits[r[0]] > 0:
		tens = digits[r[0]]
	default:
		return 0, false
	}
	if last := r[len(r)-1]; last != '十' {
		n, ok := digits[last]
		if !ok || n == 0 {
			return 0, false
		}
		ones = n
	}
	return tens*10 + ones, true
}

// groupNumber reads a village group, 1-99: 3, 三, 3组, 第三组, 第3村民小组, 三队.
func groupNumber(s string) (int, bool) {
	s = strings.TrimPrefix(packed(s), "第")
	for _, tail := range []string{"村民小组", "村民组", "小组", "组", "生产队", "队"} {
		if cut, ok := strings.CutSuffix(s, tail); ok {
			s = cut
			break
		}
	}
	n, ok := number(s)
	return n, ok && n >= 1
}

// sectionGroup is the group that a row announces for those below it, a row
// that holds nothing but 第三组 or 三组（12户）; 0 where it is no such row.
func sectionGroup(l line) int {
	only, ok := onlyCell(l)
	if !ok || !strings.ContainsAny(only, "组队") {
		return 0
	}
	only, _, _ = strings.Cut(packed(only), "(")
	n, _ := groupNumber(strings.TrimRight(only, ":"))
	return n
}

// onlyCell is the one value of a line that holds one value, be it repeated
// through a merged area.
func onlyCell(l line) (string, bool) {
	only := ""
	for _, c := range l.cells {
		c = clean(c)
		if c == "" || c == only {
			continue
		}
		if only != "" {
			return "", false
		}
		only = c
	}
	return only, only != ""
}
