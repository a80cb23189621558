package read

import (
	"slices"
	"strings"
)

// asTicket reads what is said to a numbered request: 接13, 不13, 13做完了, 取消13.
func (l *line) asTicket(out *Reading, _ []found) bool {
	if len(out.Tickets) == 0 || l.mood.ask && !l.mood.claim && !l.mood.done {
		return false
	}
	i, end := l.ticketIntent()
	if i == Unknown {
		l.ticketAgreed(out, end)
		return false
	}
	out.Intent = i
	if rest := l.rest(out.Text, end); i == Claim || i == Decline {
		out.Rest = rest
	}
	return true
}

// numberTaken reads a helper's 要得 13 and 23 我: a number and a yes and nothing else. 收到
// and 可以 alone take nothing.
func (l *line) numberTaken() bool {
	if !l.helper() {
		return false
	}
	rest := 0
	for i, r := range l.Runes {
		switch {
		case l.taken[i] || isMark(r) || r == '号':
		case r == '我' || r == '给' || r == '吧' || r == '啊' || r == '嘞' || r == '咯':
			rest++
		case l.is(i, "要得") || l.is(i-1, "要得"), l.is(i, "行"), l.is(i, "肯"):
			rest++
		default:
			return false
		}
	}
	return rest > 0
}

// asOffer reads a helper's claim without a number: 满爷爷拿药的事我来跑.
func (l *line) asOffer(out *Reading, names []found) bool {
	if !l.mood.claim && !l.fits(out) || l.c.Speaker.Role != "volunteer" && !l.neighbourly(out, names) {
		return false // a doctor's 我去看 answers a finding
	}
	if len(out.Services) > 0 && !l.claimFirst() && !l.offeredLast() {
		return false // 我去了 她屋里灯坏了 要人修
	}
	out.Intent = Claim
	if h, ok := l.first(kindVerb, "claim"); ok {
		out.Rest = l.rest(out.Text, h.to)
	}
	return true
}

// offeredLast tells whether the offer stands behind what is asked for or is broken: 桃花婶要人扶着
// 去镇上? 我扶她去.
func (l *line) offeredLast() bool {
	if l.mood.commit && l.asksOn(l.mood.claimAt) {
		return false // 我带他去镇上，还差一辆车
	}
	if l.needful && l.clause[min(l.mood.claimAt, len(l.clause)-1)] == 0 && len(l.clause) > 0 && l.clause[len(l.clause)-1] > 0 {
		return false
	}
	for _, h := range l.all(kindVerb, "help") {
		if h.from > l.mood.claimAt+1 && (h.to-h.from > 1 || l.Runes[h.from] == '帮') && l.personAsked(h) && !l.is(h.from-1, "我") && !l.wordEnds(h.from, "不用", "不要", "莫", "别", "不消", "不必", "不用再") {
			return false
		}
	}
	return true
}

// asksOn tells whether behind i anything is asked, wanted or lacking.
func (l *line) asksOn(i int) bool {
	for _, h := range l.hits {
		if h.from > i && (h.kind == kindVerb && h.value == "help" || h.kind == kindWish) {
			return true
		}
	}
	for ; i < len(l.Runes); i++ {
		if l.isOneOf(i, "谁哪缺差") {
			return true
		}
	}
	return false
}

// fits holds for a helper's 教李兰英用手机行, 送饭没问题: a work, and that it suits him.
func (l *line) fits(out *Reading) bool {
	if !l.helper() || len(out.Services) == 0 || l.mood.want || l.mood.done || l.mood.ask {
		return false
	}
	end := len(l.Runes)
	for end > 0 && (isMark(l.Runes[end-1]) || strings.ContainsRune("的啊哦嘞吧", l.Runes[end-1])) {
		end--
	}
	for _, w := range [...]string{"行", "可以", "没问题", "冇问题", "要得", "我行"} {
		if i := end - len([]rune(w)); l.is(i, w) && !l.isOneOf(i-1, "不没还自才都也") {
			return true
		}
	}
	return false
}

// neighbourly holds for 玉珍婶的水我帮她挑 of a neighbour: he takes it on for somebody who is
// none of his own.
func (l *line) neighbourly(out *Reading, names []found) bool {
	if l.helper() || l.office() || !l.mood.claim || l.mood.want && !l.mood.cancel || len(out.Services) == 0 || out.Kin != "" {
		return false
	}
	for _, n := range names {
		ids := l.c.Roster.ids(n.people)
		return len(ids) == 1 && ids[0] != l.c.Speaker.Person && !slices.Contains(l.c.Speaker.Proxies, ids[0])
	}
	return false
}

// ticketAgreed reads 13号那个我可以 就是要晚点: an Ack with a condition, no claim.
func (l *line) ticketAgreed(out *Reading, end int) {
	for i := end; i < len(l.Runes); i++ {
		if l.is(i, "可以") && l.agreed(i, i+1) {
			out.Answer, out.Rest = Ack, l.rest(out.Text, i+2)
			return
		}
	}
}

// ticketIntent finds the verb of a ticket and where it and the ticket end.
func (l *line) ticketIntent() (Intent, int) {
	best, end := Unknown, l.ticketEnd()
	if l.helper() && l.swaps() {
		return Decline, end
	}
	if l.helper() && l.mood.claim && !l.mood.done && (!l.mood.decline || l.others()) {
		if h, ok := l.first(kindVerb, "claim"); ok && h.from <= end+4 {
			end = max(end, h.to)
		}
		return Claim, end
	}
	if l.mood.decline && !l.mood.done && !l.others() && l.shows("sorry") {
		return Decline, end
	}
	for _, i := range [...]struct {
		verb   string
		intent Intent
	}{{"decline", Decline}, {"cancel", Cancel}, {"complete", Complete}, {"claim", Claim}} {
		if h, ok := l.first(kindVerb, i.verb); ok && (i.verb != "claim" || l.mood.claim) {
			if h.from <= end+4 {
				end = max(end, h.to)
			}
			return i.intent, end
		}
	}
	switch {
	case l.mood.decline, l.helper() && l.handsOver(end):
		return Decline, end
	case l.mood.cancel:
		return Cancel, end
	case l.mood.done && (l.helper() || !l.mood.want):
		return Complete, end
	case l.mood.claim, l.numberTaken():
		return Claim, end
	}
	if l.deniedTicket() {
		best = Decline
	}
	if l.helper() && best == Unknown && (l.endsDone(end) || !l.looksBack() && l.wordEnds(len(l.Runes), "好了", "好哒", "完了", "弄好", "搞好")) {
		return Complete, end
	}
	return best, end
}

// handsOver holds for 把8号转给梁细妹, 8号让给红梅: a helper gives it to another.
func (l *line) handsOver(i int) bool {
	for end := l.clauseEnd(min(i, len(l.Runes)-1)); i < end; i++ {
		if l.isOneOf(i, "转让换交") && l.is(i+1, "给") && !l.is(i+2, "我") {
			return true
		}
	}
	return false
}

// endsDone holds for 66号 好了: a number, and that it is done.
func (l *line) endsDone(i int) bool {
	for l.at(i) == ' ' || l.at(i) == ',' {
		i++
	}
	for _, w := range [...]string{"好了", "好哒", "好咧", "完", "完了", "妥", "ok", "成了", "单成了", "成哒", "单好了", "单完了"} {
		if n := i + len([]rune(w)); l.is(i, w) && l.ends(n) {
			return true
		}
	}
	return false
}

// others holds for 谁都不去 我去 33: it is others who will not.
func (l *line) others() bool {
	h, ok := l.first(kindVerb, "claim")
	return ok && h.to-h.from > 2 && !l.has(kindVerb, "decline")
}

// ticketEnd is where the first taken number ends.
func (l *line) ticketEnd() int {
	for _, n := range l.nums {
		if l.taken[n.from] {
			end := n.to
			if l.at(end) == '号' {
				end++
			}
			return end
		}
	}
	return 0
}

// deniedTicket reads 不13.
func (l *line) deniedTicket() bool {
	for _, n := range l.nums {
		if l.at(n.from-1) == '不' && l.taken[n.from] {
			return true
		}
	}
	return false
}
