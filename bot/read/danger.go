package read

import (
	"fmt"
	"math/bits"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// maxSets is how many sets of signs there may be.
const maxSets = 384

// A signSet holds sets of signs, one bit each.
type signSet [maxSets / 64]uint64

func (s signSet) with(o signSet) signSet {
	for i := range s {
		s[i] |= o[i]
	}
	return s
}

// place is the number of the only set in s.
func (s signSet) place() int {
	for i := range s {
		if s[i] != 0 {
			return i*64 + bits.TrailingZeros64(s[i])
		}
	}
	return 0
}

// holds tells whether all of o is in s.
func (s signSet) holds(o signSet) bool {
	for i := range s {
		if s[i]&o[i] != o[i] {
			return false
		}
	}
	return true
}

// A rule turns signs that were found into a verdict: when every set of need
// has a live sign in the line, the level and class hold.
type rule struct {
	level Level
	class Class
	need  []int   // its sets, by their number
	all   signSet // all of need
	near  int     // how far apart, in runes, its signs may lie
	after []bool  // by need: it stands behind the one before it
}

// near is how far apart the signs of a rule may lie that does not say so: in a
// line about several people the fall of one and the weakness of another are
// not one emergency.
const near = 24

// parseRules reads "strong life fall + down" and "strong life mouth > crooked 6",
// where the second stands behind the first.
func parseRules(lines []string, sets map[string]signSet) ([]rule, error) {
	var rules []rule
	for _, line := range lines {
		f := strings.Fields(line)
		if len(f) < 3 {
			return nil, fmt.Errorf("rule %q: level, class and sets are needed", line)
		}
		if Level(f[0]) != Strong && Level(f[0]) != Ask {
			return nil, fmt.Errorf("rule %q: the level is strong or ask", line)
		}
		r := rule{level: Level(f[0]), class: Class(f[1]), near: near}
		behind := false
		for _, name := range f[2:] {
			if n, err := strconv.Atoi(name); err == nil {
				r.near = n
				continue
			}
			if name == "+" || name == ">" {
				behind = name == ">"
				continue
			}
			if sets[name] == (signSet{}) {
				return nil, fmt.Errorf("rule %q: no section [sign %s]", line, name)
			}
			r.need = append(r.need, sets[name].place())
			r.after = append(r.after, behind)
			r.all = r.all.with(sets[name])
		}
		rules = append(rules, r)
	}
	return rules, nil
}

// danger weighs the signs of the line. Whether something turns a sign off is
// looked at only where a rule needs it: most lines hold some word of danger, and
// few the words of a whole rule.
func (l *line) danger(text string) Danger {
	if len(l.signs) == 0 {
		return Danger{Level: NoDanger}
	}
	var sets signSet
	for _, h := range l.signs {
		sets = sets.with(h.set)
	}
	l.live = zeroed(l.live, len(l.signs))
	rules := l.lex.rules
	for i := range rules {
		if r := &rules[i]; sets.holds(r.all) {
			if words, ok := l.ruleHolds(r); ok {
				return l.verdict(text, *r, words)
			}
		}
	}
	return Danger{Level: NoDanger}
}

// A liveness tells whether a sign counts, once that was looked at.
type liveness uint8

const (
	notLooked liveness = iota
	counting
	turnedOff
)

// signCounts tells whether nothing turns off the k-th sign.
func (l *line) signCounts(k int) bool {
	if l.live[k] == notLooked {
		l.live[k] = counting
		if l.off(l.signs[k]) {
			l.live[k] = turnedOff
		}
	}
	return l.live[k] == counting
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

// ruleHolds finds one live sign for each set of the rule, near one another.
func (l *line) ruleHolds(r *rule) ([]hit, bool) {
	for _, k := range l.signsOf(r.need[0]) {
		if !l.signCounts(int(k)) {
			continue
		}
		if words, ok := l.gather(r, l.signs[k]); ok {
			return words, true
		}
	}
	return nil, false
}

// gather collects the other signs of a rule around the first. Two sets never meet
// in one word: 倒在 is no fall beside a place to lie.
func (l *line) gather(r *rule, first hit) ([]hit, bool) {
	words := []hit{first}
	for n, set := range r.need[1:] {
		from := first.from - r.near - maxSign
		if r.after[n+1] {
			from = words[len(words)-1].to
		}
		all := l.signsOf(set)
		for _, k := range all[sort.Search(len(all), func(i int) bool { return l.signs[all[i]].from >= from }):] {
			h := l.signs[k]
			if h.from >= first.to+r.near {
				break
			}
			if first.from < h.to+r.near && !overlaps(words, h) && l.signCounts(int(k)) {
				words = append(words, h)
				break
			}
		}
	}
	return words, len(words) == len(r.need)
}

// signsOf are the signs of a set, in order, by their place in signs. They are
// sorted by set when a rule first asks: most lines hold the words of none.
func (l *line) signsOf(set int) []int32 {
	if l.setEnds == nil {
		l.setEnds = make([]int32, lex().sets+1)
		for _, h := range l.signs {
			l.setEnds[h.place+1]++
		}
		for i := range lex().sets {
			l.setEnds[i+1] += l.setEnds[i]
		}
		l.bySet = make([]int32, len(l.signs))
		next := slices.Clone(l.setEnds)
		for k, h := range l.signs {
			l.bySet[next[h.place]] = int32(k)
			next[h.place]++
		}
	}
	return l.bySet[l.setEnds[set]:l.setEnds[set+1]]
}

func overlaps(words []hit, h hit) bool {
	for _, w := range words {
		if h.from < w.to && w.from < h.to {
			return true
		}
	}
	return false
}

// maxSign is longer, in runes, than any sign.
const maxSign = 14
