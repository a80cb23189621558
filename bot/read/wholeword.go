package read

import "strings"

// maxWord is longer, in bytes, than any line that is one word of the lists.
const maxWord = 90

// wholeWord looks up a line that is one word, such as 帮助 or 我的事, with or
// without the marks and particles that people put around it.
func wholeWord(s string) (string, bool) {
	return look(lex().whole, s)
}

func answerOf(s string) (Answer, bool) {
	return look(lex().answers, s)
}

func look[V any](m map[string]V, s string) (V, bool) {
	if len(s) > maxWord {
		var none V
		return none, false
	}
	v, ok := m[s]
	if !ok {
		v, ok = m[strings.TrimFunc(s, isTrimmed)]
	}
	return v, ok
}

// trimmed is what may stand around a word without changing it.
const trimmed = " \n.,!?~;:、。…吧啊哈呢嘞咯哦啦嘛呀哟喽"

var isTrimmed = runesOf(trimmed).has

// lastAnswer reads the answer at the end: 她讲了要的 对.
func (l *line) lastAnswer() (Answer, bool) {
	end := len(l.Runes)
	for end > 0 && (l.Runes[end-1] == ' ' || isFullMark(l.Runes[end-1])) {
		end--
	}
	from := end
	for !l.begins(from) {
		from--
	}
	if from == 0 || from == end {
		return NoAnswer, false
	}
	a, ok := answerOf(l.part(from, end))
	return a, ok && a == Yes
}

// rest is what follows the rune i, as typed, without the word that joins it.
func (l *line) rest(text string, i int) string {
	for again := true; again; {
		again = false
		for i < len(l.Runes) && strings.ContainsRune(trimmed, l.Runes[i]) {
			i++
		}
		for _, w := range [...]string{"不过", "但是", "就是", "只是", "可是", "但"} {
			if l.is(i, w) {
				i, again = i+len([]rune(w)), true
			}
		}
	}
	return strings.TrimSpace(l.typed(text, i, len(l.Runes)))
}
