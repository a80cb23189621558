package read

import "strings"

// sort keeps of the found words those that lie in no longer one, and sets the
// danger words apart.
func (l *line) sort(all []hit) {
	var last hit // the word that reaches farthest so far
	for _, h := range all {
		switch h.kind {
		case kindSign:
			if isDigit(l.Runes[h.from]) && (isDigit(l.at(h.from-1)) || l.at(h.from-1) == '/' || isDigit(l.at(h.to))) {
				continue // the 84 of 150/84 is no poison
			}
			l.signs = append(l.signs, h)
			continue
		case kindOff:
			l.offs = append(l.offs, h)
			continue
		case kindShow:
			if !l.retoldQuestion(h) && !(h.value == "works" && l.isOneOf(h.from-1, "没冇不")) {
				l.shown = append(l.shown, h)
				if !l.shows(h.value) {
					l.showing = append(l.showing, h.value)
					l.shownBits |= sectionBit(h.value)
				}
			}
			continue
		}
		if h.kind == kindVerb && h.value == "claim" && h.to-h.from == 2 && l.Runes[h.from] == '我' && l.isOneOf(h.to, "好完通牢紧") {
			continue // 电线我接好了
		}
		if h.kind == kindVerb && h.value == "claim" && h.from > 0 && strings.ContainsRune("帮给替送带陪喊接请", l.Runes[h.from-1]) {
			continue // the 我接 of 帮我接站
		}
		if h.kind == kindVerb && h.value == "reason" && l.is(h.from, "出去") && l.isOneOf(h.from-1, "送拿寄搬抬带发运拖推倒挑递端") {
			continue // 挂号信寄出去了
		}
		if h.kind == kindVerb && h.value == "see" && (l.awayFrom(h) || l.toGo(h)) {
			continue // the 去了 of 收进去了, the 去看他 of 要去看他
		}
		same := h.from == last.from && h.to == last.to
		if h.to <= last.to && !same {
			if timeInside(h, last) {
				l.hits = append(l.hits, h)
			}
			continue
		}
		last = h
		l.hits = append(l.hits, h)
	}
}

// timeInside holds for the day in a longer word that is not about time: 今天就要,
// 刚从.
func timeInside(h, longer hit) bool {
	switch longer.kind {
	case kindService:
		return h.kind == kindPart && h.to-h.from > 1 // 夜里守
	case kindVerb, kindUrgent, kindHurry, kindQuery:
		return h.kind == kindDay && (h.to-h.from > 1 || h.value == "now" && h.from == longer.from)
	}
	return false
}

// spread notes how far the words of two runes and more reach, so that a name
// is weighed against them in constant time.
func (l *line) spread() {
	n := len(l.Runes)
	for _, h := range l.hits {
		if h.kind == kindVerb {
			l.verbEnds[h.to] = true
		}
		if h.to-h.from < 2 {
			l.surname[h.from] = l.surname[h.from] || h.kind == kindSurname
			continue
		}
		if h.kind >= kindAct {
			continue // words for what is done stand where names do
		}
		l.longAt[h.from] = max(l.longAt[h.from], int32(h.to))
		if h.kind == kindTitle || h.kind == kindKin || h.kind == kindFestival {
			continue // these lead to a name, and 国庆 is one as well
		}
		l.wordTo[h.from] = max(l.wordTo[h.from], int32(h.to))
		for i := h.from; i < h.to; i++ {
			l.inWord[i] = true
		}
	}
	for i := range n {
		l.longTo[i] = l.longAt[i]
		if i > 0 {
			l.longTo[i] = max(l.longTo[i], l.longTo[i-1])
			l.wordTo[i] = max(l.wordTo[i], l.wordTo[i-1])
		}
	}
}

// covered tells whether a word of a lexicon stands over all of i..j, so that
// no name is looked for there.
func (l *line) covered(i, j int) bool { return int(l.wordTo[i]) >= j }

// crossed tells whether a word of two runes or more overlaps i..j partly.
func (l *line) crossed(i, j int) bool {
	if i > 0 && int(l.longTo[i-1]) > i {
		return true
	}
	for k := i; k < j; k++ {
		if int(l.longAt[k]) > j {
			return true
		}
	}
	return false
}

// wordOver tells whether a word of two runes or more lies over part of i..j.
func (l *line) wordOver(i, j int) bool {
	for ; i < j; i++ {
		if l.inWord[i] {
			return true
		}
	}
	return false
}

// take marks the runes as used.
func (l *line) take(i, j int) {
	for ; i < j; i++ {
		l.taken[i] = true
	}
}

// free tells whether nothing was taken of i..j.
func (l *line) free(i, j int) bool {
	for ; i < j; i++ {
		if l.taken[i] {
			return false
		}
	}
	return true
}
