package read

import (
	"sort"
	"strings"
)

// healthy writes 蛮好, 一般, 差: for the person spoken of last, with 都 for all who
// were met.
func (w *writer) healthy(e event) {
	health := map[string]string{"good": "好", "fair": "一般", "poor": "差"}[e.value]
	w.anonymous(e)
	all := w.Runes[e.from] == '都' || w.at(e.from-1) == '都'
	for k := range w.out {
		if w.out[k].Met && (k == w.cur || all) {
			w.out[k].Health = health
		}
	}
}

// found writes a finding, from its first word to the end of the clause, so that
// 脚肿穿不得鞋 stays whole. A second word inside it only makes it more urgent.
func (w *writer) found(e event) {
	if e.value == "nothing" {
		return
	}
	w.anonymous(e)
	c := &w.out[w.cur]
	days, from := w.daysBeside(e)
	urgent := e.value == "urgent" || e.value == "fast" && days
	if n := len(c.Findings); n > 0 && int(w.src[e.from]) < c.Findings[n-1].Span.To {
		c.Findings[n-1].Urgent = c.Findings[n-1].Urgent || urgent
		c.Findings[n-1].House = c.Findings[n-1].House && e.value == "house"
		return
	}
	if e.value == "fast" && !days && w.out[w.cur].Met && w.at(e.from) == '没' && strings.Contains(w.part(e.from, e.to), "门") {
		return
	}
	from = w.withBody(from)
	to := w.findingEnd(e.to)
	c.Findings = append(c.Findings, Finding{Words: w.typed(w.text, from, to), Urgent: urgent, House: e.value == "house", Span: w.Span(from, to)})
}

// withBody takes in the part of the body before 也肿了: 脚也肿了, 眼睛又看不清.
func (w *writer) withBody(from int) int {
	i := from
	for i > 0 && strings.ContainsRune("也都又还就", w.Runes[i-1]) {
		i--
	}
	if i < from && i > 0 && strings.ContainsRune("脚手腿脸眼睛头背腰肚膝牙胸", w.Runes[i-1]) {
		if i--; i > 0 && (w.is(i-1, "眼睛") || w.is(i-1, "膝头") || w.is(i-1, "肩膀")) {
			i--
		}
		return i
	}
	return from
}

// findingEnd is the end of the clause, or where a name or a length of time
// begins.
func (w *writer) findingEnd(i int) int {
	for j := i; j < len(w.Runes); j++ {
		if w.taken[j] || isMark(w.Runes[j]) {
			return j
		}
	}
	return len(w.Runes)
}

func (w *writer) countsDays(n number) bool { return w.at(n.to) == '天' || w.at(n.to) == '日' }

// daysIn tells whether days are counted in the clause; findings come in order.
func (w *writer) daysIn(clause int16) bool {
	first := w.days.next(sort.Search(len(w.nums), func(k int) bool { return w.clause[w.nums[k].from] >= clause }), len(w.nums), func(k int) bool {
		return w.countsDays(w.nums[k])
	})
	return first < len(w.nums) && w.clause[w.nums[first].from] == clause
}

// daysBeside looks for a count of days in the clause: 两天没吃饭, 冇呷饭两天了. It
// also tells where the finding begins then.
func (w *writer) daysBeside(e event) (bool, int) {
	from, days := e.from, w.daysIn(w.clause[e.from])
	for i := e.from - 1; i >= e.from-2 && days && from == e.from; i-- { // 天 or 日 right before it
		if k := w.numberTo(i); k >= 0 && w.countsDays(w.nums[k]) && w.clause[i-1] == w.clause[e.from] {
			from = w.nums[k].from
		}
	}
	for _, word := range [...]string{"几天", "好多天", "一直", "整天"} {
		if w.is(e.from-len([]rune(word)), word) {
			return true, e.from - len([]rune(word))
		}
	}
	return days, from
}
