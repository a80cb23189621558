package read

import "strings"

// retoldQuestion holds for a question that a helper passes on and does not ask: 她问我们几时
// 再去呷茶, 我讲不晓得哪个来. Who asks stands before it, or that nobody knows.
func (l *line) retoldQuestion(h hit) bool {
	if !strings.HasSuffix(h.value, "?") || !l.helper() {
		return false
	}
	if h.value == "howmany?" && l.isOneOf(h.from-1, "他余下好这那过") {
		return true // 其他几家, 坐过几次
	}
	return l.passedOn(h.from)
}

// passedOn tells whether what is asked at the rune from is told of somebody else.
func (l *line) passedOn(from int) bool {
	for i := from - 1; i >= 0 && from-i <= 8 && !isFullMark(l.Runes[i]); i-- {
		switch l.Runes[i] {
		case '问':
			if !l.isOneOf(i-1, "想请我来要") && !l.isOneOf(i+1, "下一问") {
				return true
			}
		case '晓', '知':
			if l.isOneOf(i-1, "不冇没") {
				return true
			}
		}
	}
	return false
}
