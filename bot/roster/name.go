package roster

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The length of a name in characters (village practice A).
const (
	minName = 2
	maxName = 15
)

// readName reads a name: spaces between the characters go (王 桂 香), what
// stands in brackets is another name (刘满生（满爷爷）).
func readName(s string) (name string, aliases []string, reason string) {
	s = packed(s)
	if open := strings.IndexByte(s, '('); open > 0 {
		aliases = words(strings.Trim(strings.ReplaceAll(s[open:], ")(", "、"), "()"))
		s = s[:open]
	}
	s = strings.NewReplacer("•", "·", "・", "·", "●", "·", ".", "·").Replace(s)
	n := utf8.RuneCountInString(s)
	switch {
	case strings.ContainsAny(s, "×*＊xX某?○〇") && n <= maxName:
		return "", nil, quote(s) + "名字没写全，请写全名"
	case len(parts(s)) > 1:
		return "", nil, quote(s) + "一格里写了几个人，请一人一行"
	case n < minName || n > maxName || !isHan(s):
		return "", nil, quote(s) + "不像名字，请写2到15个汉字"
	}
	return s, aliases, ""
}

func isHan(s string) bool {
	for _, r := range s {
		if r != '·' && !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return true
}
