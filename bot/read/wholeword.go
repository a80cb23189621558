package read

import (
	"strings"
	"unicode/utf8"
)

// wholeWord looks up a line that is one word, such as 帮助 or 我的事, with or
// without the marks and particles that people put around it, also behind a greeting.
func wholeWord(s string) (string, bool) {
	if word, ok := look(lex().whole, s); ok {
		return word, true
	}
	return look(lex().whole, behindGreeting(s))
}

// behindGreeting is what follows a greeting or thanks at the beginning: 早上好 今天有哪些事.
func behindGreeting(s string) string {
	i := strings.IndexFunc(s[:min(len(s), longestGreeting+1)], endsGreeting)
	if i <= 0 {
		return ""
	}
	if word := lex().whole[s[:i]]; word != "你好" && word != "谢谢" {
		return ""
	}
	return s[i+1:]
}

const longestGreeting = 8 * 3 // bytes

var endsGreeting = runesOf(" ,.!~。\n").has

func answerOf(s string) (Answer, bool) {
	return look(lex().answers, s)
}

func look[V any](m map[string]V, s string) (v V, ok bool) {
	bare := strings.TrimFunc(s, isTrimmed)
	if len(bare) > lex().said.depth*utf8.UTFMax {
		return v, false // longer than any of them
	}
	if v, ok = m[s]; !ok && len(bare) < len(s) {
		v, ok = m[bare]
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
