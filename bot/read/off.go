package read

import "sort"

// offsIn are the words that turn signs off and begin in from..to; they are in order.
func (l *line) offsIn(from, to int) []hit { return between(l.offs, from, to) }

func (l *line) signsIn(from, to int) []hit { return between(l.signs, from, to) }

func between(all []hit, from, to int) []hit {
	i := sort.Search(len(all), func(k int) bool { return all[k].from >= from })
	j := i + sort.Search(len(all)-i, func(k int) bool { return all[i+k].from >= to })
	return all[i:j]
}

// reach is how far, in runes, a word turns a sign off that stands in the same
// long sentence.
const reach = 60

// off tells whether the sign is no danger here and now.
func (l *line) off(h hit) bool {
	if h.from < l.inFrom || h.from >= l.inTo { // many signs share one sentence
		l.inFrom, l.inTo = l.sentence(h.from)
		l.inTalk = l.offWord("talk", l.inFrom, l.inTo)
		l.inChronic = l.offWord("chronic", l.inFrom, l.inTo)
	}
	from, to := l.inFrom, l.inTo
	switch {
	case l.insideFigure(h), l.onlyMeant(h), l.negatedAt(h.from), l.thingBy(h), l.plainlyNot(h), l.answeredNo(h):
		return true
	case l.hearsay():
		return true
	case l.handsWanted(h), l.livesSo(h), l.hyperbole(h), l.priced(h), l.onceHad(h), l.objectBefore(h), l.chronic(h), l.exploded(h), l.likened(h):
		return true
	case l.feared(h), l.inTalk && !lured[h.value], l.lesson(), l.headed(), l.beast(h), l.hearth(h), l.deniedElsewhere(h):
		return true
	case (l.offWord("longpast", from, to) || l.yearPast(from, to)) && !l.offWord("now", from, to):
		return true
	case l.past(h, from, to) && !l.nowBy(h, from, to), l.goesOn(h, from, to):
		return true
	}
	if l.yearsAfter(h) || l.storied(h) || l.diedOnce(h) || l.telephoned(h) || l.shownAfter(h) {
		return true
	}
	return (h.value == "left" || h.value == "failing") && !l.personLeft(h) || h.value == "lifehelp" && l.denied(h.from)
}

func (l *line) offWord(value string, from, to int) bool {
	for _, g := range l.offsIn(from, to) {
		if g.value == value && g.to <= to {
			return true
		}
	}
	return false
}
