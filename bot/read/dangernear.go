package read

import "sort"

// ruleHolds finds one live sign for each set of the rule, near one another.
func (l *line) ruleHolds(r *rule) ([]hit, bool) {
	for _, k := range l.signsOf(r.need[0]) {
		if !l.signCounts(int(k), r.level) {
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
			if first.from < h.to+r.near && !overlaps(words, h) && l.signCounts(int(k), r.level) {
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
	if len(l.setEnds) == 0 {
		l.sortSigns()
	}
	return l.bySet[l.setEnds[set]:l.setEnds[set+1]]
}

// sortSigns sorts the signs by set, by counting.
func (l *line) sortSigns() {
	n := lex().sets
	l.setEnds = zeroed(l.setEnds, n+2)
	l.bySet = zeroed(l.bySet, len(l.signs))
	for _, h := range l.signs {
		l.setEnds[h.place+2]++
	}
	for i := range n {
		l.setEnds[i+2] += l.setEnds[i+1]
	}
	for k, h := range l.signs {
		l.bySet[l.setEnds[h.place+1]] = int32(k)
		l.setEnds[h.place+1]++
	}
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
