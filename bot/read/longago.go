package read

import "strings"

// onceHad holds for 被蛇咬过 and 喝过农药.
func (l *line) onceHad(h hit) bool {
	return l.at(h.to) == '过' && !strings.ContainsRune("去来了敏量多头", l.at(h.to+1)) && l.at(h.to+1) != 0
}

// storied holds where a story of long ago was begun, and no word for now ends it.
func (l *line) storied(h hit) bool {
	return l.offWord("story", 0, h.from) && !l.offWord("now", 0, len(l.Runes))
}

// diedOnce holds for 淹死的弟弟: told of somebody dead, to say which one.
func (l *line) diedOnce(h hit) bool {
	return l.Runes[h.to-1] == '死' && l.at(h.to) == '的' && l.at(h.to+1) != 0
}

// yearPast holds where a year before this one is named: 1998年淹死的.
func (l *line) yearPast(from, to int) bool {
	for _, n := range l.nums {
		if n.from >= from && n.to < to && n.digits == 4 && l.at(n.to) == '年' && n.value < float64(l.today().Year()) && n.value > 1900 {
			return true
		}
	}
	return false
}

// yearsAfter holds for 过世三年了: a death that long ago is no news.
func (l *line) yearsAfter(h hit) bool {
	if h.value != "dead" && h.value != "left" && h.value != "goneperson" {
		return false
	}
	for i := h.to; i < h.to+5; i++ {
		if l.at(i) == '年' {
			return true
		}
	}
	return false
}

// past tells whether the sign is long ago: a word for that in its own clause,
// or in its sentence where the line also says that all is well.
func (l *line) past(h hit, from, to int) bool {
	for _, g := range l.offsIn(max(from, h.from-reach), min(to, h.to+reach)) {
		if g.value != "past" || g.from < from || g.to > to || g.from >= h.from && g.to < h.to || l.acrossSign(g) || l.insideFigure(g) || l.is(g.to, "一样") || l.is(g.to, "那样") {
			continue // 昏过 is not past in 昏过去
		}
		if l.clause[g.from] == l.clause[h.from] || l.offWord("well", max(0, h.from-reach), min(len(l.Runes), h.to+reach)) {
			return true
		}
	}
	return false
}

// nowBy tells whether a word for now stands in the sentence and nearer to the
// sign than the past does: 去年中过风今天又嘴歪.
func (l *line) nowBy(h hit, from, to int) bool {
	past := -1
	for _, g := range l.offsIn(max(from, h.from-reach), min(to, h.to+reach)) {
		if g.to > to {
			continue
		}
		switch g.value {
		case "past":
			past = g.from
		case "now":
			if g.from > past && g.from < h.from && past >= 0 && !l.offWord("well", g.to, to) {
				return true
			}
		}
	}
	return false
}

// acrossSign holds for the 前一阵 of 胸前一阵阵绞: it begins in the middle of a sign
// that ends inside it, and so is no word here.
func (l *line) acrossSign(g hit) bool {
	for _, s := range l.signsIn(g.from-maxSign, g.from) {
		if s.to > g.from && s.to < g.to {
			return true
		}
	}
	return false
}

// goesOn holds for 前年中风的 现在半边手脚还不灵便: what began long ago is told as still so, and
// nothing of it is new.
func (l *line) goesOn(h hit, from, to int) bool {
	if !aftermath[h.value] || !l.offWord("past", from, h.from) {
		return false
	}
	for i := max(from, h.from-6); i < h.from; i++ {
		if !l.is(i, "现在") && !l.is(i, "如今") {
			continue
		}
		for k := i + 2; k < min(to, l.clauseEnd(i), h.to+4); k++ {
			if l.Runes[k] == '还' && (k < h.from && !l.is(k, "还在") || l.is(k, "还不灵") || l.is(k, "还不便") || l.is(k, "还不利")) {
				return true
			}
		}
	}
	return false
}

// aftermath is what a stroke leaves behind.
var aftermath = map[string]bool{"stroke": true, "oneside": true, "slurred": true, "talkbad": true, "numb": true, "limbs": true, "evside": true}
