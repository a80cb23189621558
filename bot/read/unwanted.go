package read

import "strings"

// unwanted finds what is no longer wanted: 不用来人修了, 饭不用送了, 不去看腰了. 不要紧
// and wishes such as 莫打电话 are longer words of the lists.
func (l *line) unwanted() bool {
	for _, h := range l.all(kindVerb, "nowant") {
		if l.at(h.from-1) == '要' || l.at(h.from-1) == '是' && l.at(h.from-2) != '不' {
			continue // 要不要
		}
		if l.begins(h.from) && l.ends(h.to) && l.clauseEnd(0) == len(l.Runes) {
			continue // a bare 不要 answers what was asked
		}
		for i := h.to; i <= len(l.Runes) && i <= h.to+12 && (i == h.to || !isFullMark(l.Runes[i-1])); i++ {
			if r := l.at(i); isOver(r) || r == '来' && i <= h.to+3 || i == h.to && l.ends(i) {
				return true
			}
		}
	}
	return l.stopped() || l.notNeeded()
}

// isOver holds for the particles that make 不用送 a withdrawal: 不用送了, 不用送啦.
func isOver(r rune) bool {
	return r == '了' || r == '哒' || r == '啦' || r == '咯' || r == '喽' || r == '咧'
}

// cancels finds a word that takes something back. A machine that stopped takes nothing
// back: 增氧机停了.
func (l *line) cancels() bool {
	for _, h := range l.all(kindVerb, "cancel") {
		if !l.machineBefore(h) {
			return true
		}
	}
	return false
}

func (l *line) machineBefore(h hit) bool {
	if l.Runes[h.from] != '停' {
		return false
	}
	for _, o := range l.endingBy(h.from) {
		if o.to == h.from && o.kind == kindObject && o.value == "lao:fix" {
			return true
		}
	}
	return false
}

// asksBefore holds for 麻烦带回去 别送错了, 来个人教下我 莫把我电到: behind a request, what must
// not happen takes nothing back.
func (l *line) asksBefore() bool {
	no, ok := l.first(kindVerb, "nowant")
	if ok && l.isOneOf(no.from-1, "讲说") {
		return false // 请跟师傅讲 莫爬屋顶了
	}
	for _, h := range l.all(kindVerb, "help") {
		if ok && h.to <= no.from && (h.to-h.from > 1 || l.Runes[h.from] == '帮' || l.Runes[h.from] == '请') && l.personAsked(h) && !l.onlySaid(h.from-2) {
			return l.at(h.from-1) != '讲' && !l.shows("earlier")
		}
	}
	return false
}

// notNeeded finds 医生不用喊, 灯莫修: a thing, then that nothing is to be done to it.
func (l *line) notNeeded() bool {
	for _, h := range l.all(kindVerb, "nowant") {
		for _, o := range l.hitsIn(h.to, h.to+3) {
			if o.kind == kindAct && l.ends(o.to) && l.thingBefore(h.from) {
				return true
			}
		}
	}
	return false
}

// thingBefore tells whether a thing or a kind of help stands before i in the sentence.
func (l *line) thingBefore(i int) bool {
	before := l.hitsIn(0, i)
	for k := len(before) - 1; k >= 0 && l.sameSentence(before[k].from, i); k-- {
		if o := before[k]; (o.kind == kindObject || o.kind == kindService) && o.to <= i {
			return true
		}
	}
	return false
}

// stopped finds 不去看腰了, 屋漏不修了: a verb of work that is denied from now on.
func (l *line) stopped() bool {
	for _, h := range l.hits {
		if h.kind != kindAct && !(h.kind == kindService && h.to-h.from > 1) {
			continue
		}
		if l.at(h.to) == '就' {
			continue // 三天不摘就老了
		}
		not := h.from - 1
		if l.at(not) == '去' || l.at(not) == '来' || l.at(not) == '再' {
			not--
		}
		if l.at(not) != '不' || h.to-h.from == 1 && strings.ContainsRune("呷吃喝用看", l.Runes[h.from]) || not > 0 && strings.ContainsRune("能要得搬挑提扛拿走动是", l.Runes[not-1]) {
			continue
		}
		for i := h.to; i <= h.to+5 && i < len(l.Runes) && !isFullMark(l.Runes[i]); i++ {
			if l.Runes[i] == '了' || l.Runes[i] == '哒' {
				return true
			}
		}
	}
	return false
}
