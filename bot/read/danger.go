package read

import (
	"math/bits"
	"slices"
)

// danger weighs the signs of the line. Whether something turns a sign off is
// looked at only where a rule needs it: most lines hold some word of danger, and
// few the words of a whole rule.
func (l *line) danger(text string) Danger {
	if len(l.signs) == 0 {
		return Danger{Level: NoDanger}
	}
	l.live = zeroed(l.live, len(l.signs))
	for _, i := range l.possibleRules() {
		r := &l.lex.rules[i]
		if words, ok := l.ruleHolds(r); ok {
			return l.verdict(text, *r, words)
		}
	}
	return Danger{Level: NoDanger}
}

// possibleRules are those all of whose sets have a sign in the line, in their order.
func (l *line) possibleRules() []int32 {
	var sets signSet
	l.possible = l.possible[:0]
	for _, h := range l.signs {
		sets.add(h.place)
	}
	for word, left := range sets {
		for ; left != 0; left &= left - 1 {
			for _, i := range l.lex.rarest[word*64+bits.TrailingZeros64(left)] {
				if sets.holdsAll(l.lex.rules[i].need) {
					l.possible = append(l.possible, i)
				}
			}
		}
	}
	slices.Sort(l.possible)
	return l.possible
}

// A liveness tells whether a sign counts, once that was looked at.
type liveness uint8

const (
	notLooked liveness = iota
	counting
	softened // for a question it counts, for an alarm it does not
	turnedOff
)

// signCounts tells whether nothing turns off the k-th sign for a rule of the level.
func (l *line) signCounts(k int, level Level) bool {
	if l.live[k] == notLooked {
		l.live[k] = l.liveness(l.signs[k])
	}
	return l.live[k] == counting || l.live[k] == softened && level == Ask
}

func (l *line) liveness(h hit) liveness {
	switch {
	case l.off(h):
		return turnedOff
	case l.soft(h):
		return softened
	}
	return counting
}

// verdict names the words of a rule that held. What is over by now (刚才晕倒，现在
// 好了) is asked about; somebody who wants to die is not well by saying so.
func (l *line) verdict(text string, r rule, words []hit) Danger {
	d := Danger{Level: r.level, Class: r.class}
	for i, h := range words {
		if i > 0 && words[i-1].to == h.from { // 喝了农药 is one thing that was said
			d.Words[len(d.Words)-1] += l.typed(text, h.from, h.to)
			continue
		}
		d.Words = append(d.Words, l.typed(text, h.from, h.to))
	}
	if r.level == Strong && r.class == SelfHarm && l.offWord("joke", 0, len(l.Runes)) {
		d.Level = Ask
		return d
	}
	if !l.wellAfter(words[len(words)-1].to, r.class) {
		return d
	}
	switch {
	case r.level == Strong && r.class != SelfHarm && r.class != Child:
		d.Level = Ask
	case r.level == Ask && (r.class == Life || r.class == Missing):
		return Danger{Level: NoDanger}
	}
	return d
}

// wellAfter tells whether the line goes on to say that it is over. That somebody
// came home ends a search, no faint.
func (l *line) wellAfter(i int, c Class) bool {
	for _, h := range l.offs {
		if h.value == "home" && h.from >= i && (c == Missing || c == Gone) {
			return !l.negatedAt(h.from)
		}
		if h.value == "well" && h.from >= i {
			return !l.negatedAt(h.from)
		}
	}
	return false
}
