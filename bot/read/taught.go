package read

import (
	"slices"
	"unicode/utf8"
)

// Taught are the words of one village that no lexicon knows, each with one that
// the reader knows: 挈水 for 挑水. A line is read as if the known word stood there;
// what is quoted of it stays as typed. It never changes after it was made, and the
// nil Taught knows nothing.
type Taught struct {
	byFirst map[rune][]taughtWord // longest first
}

type taughtWord struct{ word, meaning []rune }

// NewTaught makes a village's words from word -> meaning.
func NewTaught(words map[string]string) *Taught {
	t := &Taught{byFirst: make(map[rune][]taughtWord, len(words))}
	for word, meaning := range words {
		w, m := Fold(word), Fold(meaning)
		if len(w.Runes) == 0 || len(m.Runes) == 0 {
			continue
		}
		first := w.Runes[0]
		t.byFirst[first] = append(t.byFirst[first], taughtWord{w.Runes, m.Runes})
	}
	for _, words := range t.byFirst {
		slices.SortFunc(words, func(a, b taughtWord) int { return len(b.word) - len(a.word) })
	}
	return t
}

// apply returns f with the known words in the place of the taught ones, and
// whether there were any. What a meaning holds is not looked up again.
func (t *Taught) apply(f *Folded) (*Folded, bool) {
	if t == nil || len(t.byFirst) == 0 {
		return f, false
	}
	var out Folded
	var buf []byte
	done := 0 // runes of f that stand in out
	for i := 0; i < len(f.Runes); i++ {
		w, ok := t.at(f.Runes[i:])
		if !ok {
			continue
		}
		buf = out.copy(buf, f, done, i)
		buf = out.say(buf, f, i, w)
		done = i + len(w.word)
		i = done - 1
	}
	if done == 0 {
		return f, false
	}
	buf = out.copy(buf, f, done, len(f.Runes))
	out.pos = append(out.pos, int32(len(buf)))
	out.src = append(out.src, f.src[len(f.Runes)])
	out.Text = string(buf)
	return &out, true
}

// at is the longest taught word at the beginning of the runes.
func (t *Taught) at(runes []rune) (taughtWord, bool) {
	for _, w := range t.byFirst[runes[0]] {
		if startsWith(runes, w.word) {
			return w, true
		}
	}
	return taughtWord{}, false
}

// copy appends the runes from i up to j of another text.
func (f *Folded) copy(buf []byte, from *Folded, i, j int) []byte {
	for ; i < j; i++ {
		buf = f.put(buf, from.Runes[i], int(from.src[i]))
	}
	return buf
}

// say appends the meaning of the word that stands at i of another text. Each of
// its runes comes from one of the word's, the last ones from the last.
func (f *Folded) say(buf []byte, from *Folded, i int, w taughtWord) []byte {
	for k, r := range w.meaning {
		buf = f.put(buf, r, int(from.src[i+min(k, len(w.word)-1)]))
	}
	return buf
}

// Unteachable is why a word cannot be taught; "" if it can.
type Unteachable string

// The reasons.
const (
	Teachable  Unteachable = ""
	WrongForm  Unteachable = "form"    // too short, too long, not all of it characters
	SameWord   Unteachable = "same"    // it means itself
	IsDanger   Unteachable = "danger"  // it is or hides a sign of danger
	TurnsOff   Unteachable = "off"     // its meaning turns danger off
	IsCommand  Unteachable = "command" // it answers, commands, tells a time or what was done
	NotMeaning Unteachable = "unknown" // its meaning is not known either
)

// The lengths of what can be taught, in characters: one character stands in too
// many words to mean one thing.
const (
	minTaught, maxTaught = 2, 8
	maxMeaning           = 10
)

// CheckTaught tells whether a word can be taught. No danger can be unlearned: a
// word that is a sign of danger, stands in one or holds one keeps what it means,
// and no word can come to mean what turns danger off.
func CheckTaught(word, meaning string, c Context) Unteachable {
	w, m := Fold(word), Fold(meaning)
	switch {
	case !teachable(w.Runes, minTaught, maxTaught) || !teachable(m.Runes, 1, maxMeaning):
		return WrongForm
	case w.Text == m.Text:
		return SameWord
	case touchesDanger(w.Runes):
		return IsDanger
	case turnsOff(m.Runes):
		return TurnsOff
	case commands(&w):
		return IsCommand
	case !known(&m, c):
		return NotMeaning
	}
	return Teachable
}

func teachable(runes []rune, least, most int) bool {
	return len(runes) >= least && len(runes) <= most &&
		!slices.ContainsFunc(runes, func(r rune) bool { return isMark(r) || isDigit(r) || r == utf8.RuneError })
}

// touchesDanger tells whether the word is a sign of danger, stands in one, holds
// one, or is taken for danger as a whole.
func touchesDanger(word []rune) bool {
	for _, e := range lex().danger {
		if within(e, word) || len(e) > 1 && within(word, e) {
			return true
		}
	}
	return Read(string(word), Context{}).Danger.Level != NoDanger
}

// within tells whether a stands in b.
func within(b, a []rune) bool {
	for i := 0; i+len(a) <= len(b); i++ {
		if startsWith(b[i:], a) {
			return true
		}
	}
	return false
}

// turnsOff tells whether the meaning as a whole is a word that keeps danger from
// counting: 没有, 怕, 上个月, 演练.
func turnsOff(meaning []rune) bool {
	return slices.ContainsFunc(lex().scan(meaning), func(h hit) bool {
		return h.kind == kindOff && h.to-h.from == len(meaning) && h.value != "thing" && h.value != "figure"
	})
}

// commands tells whether the word already answers, commands, or says when or what
// was done: to read it as something else would change what is stored.
func commands(w *Folded) bool {
	_, whole := wholeWord(w.Text)
	_, answers := answerOf(w.Text)
	return whole || answers || slices.ContainsFunc(lex().scan(w.Runes), func(h hit) bool {
		return h.to-h.from == len(w.Runes) && (h.kind == kindVerb || h.kind == kindDay || h.kind == kindPart || h.kind == kindAnswer)
	})
}

// known tells whether the reader knows anything of the meaning: a word of the
// lexicons, or one person of the roster.
func known(m *Folded, c Context) bool {
	_, whole := wholeWord(m.Text)
	_, answers := answerOf(m.Text)
	if whole || answers {
		return true
	}
	for _, h := range lex().scan(m.Runes) {
		if h.to-h.from > 1 || h.to-h.from == len(m.Runes) {
			return true
		}
	}
	g := Read(m.Text, c)
	return len(g.Mentions) == 1 && len(g.Mentions[0].People) == 1
}
