package read

import "strings"

// decide finds what the line is for. Each test is made where the ones before
// it have failed.
func (l *line) decide(out *Reading, names []found) {
	if out.Danger.Level == Strong {
		out.Intent = Emergency
		out.Services = nil
		if l.reports(out, names) {
			l.report(out, names)
		}
		return
	}
	if len(out.Vitals) > 0 && len(out.Tickets) == 0 && l.asReport(out, names) {
		return
	}
	for _, try := range []func(*Reading, []found) bool{
		l.asOrder, l.asRegister, l.asTicket, l.asQuery, l.asThanks,
		l.asCorrect, l.asReport, l.asCancel, l.asRequest, l.asVolunteer, l.asLoose,
	} {
		if try(out, names) {
			return
		}
	}
}

// asTicket reads what is said to a numbered request: 接13, 不13, 13做完了, 取消13.
func (l *line) asTicket(out *Reading, _ []found) bool {
	if len(out.Tickets) == 0 || l.asking() {
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
	for _, i := range [...]struct {
		verb   string
		intent Intent
	}{{"decline", Decline}, {"cancel", Cancel}, {"complete", Complete}, {"claim", Claim}} {
		if h, ok := l.first(kindVerb, i.verb); ok {
			if h.from <= end+4 {
				end = max(end, h.to)
			}
			return i.intent, end
		}
	}
	if l.deniedTicket() {
		best = Decline
	}
	return best, end
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

// isHelp tells whether the line asks somebody to do something.
func (l *line) isHelp() bool { return l.has(kindVerb, "help") }

// asReport reads visits and attempts.
func (l *line) asReport(out *Reading, names []found) bool {
	if !l.reports(out, names) {
		return false
	}
	out.Intent = ReportVisit
	if l.ill {
		out.Services = nil
	}
	l.report(out, names)
	return true
}

// asCorrect reads a line that puts right what was said before: 不是明天 后天吧;
// 错了，是忠良爹; 改成30分钟. What it corrects is the caller's to know.
func (l *line) asCorrect(out *Reading, names []found) bool {
	h, ok := l.first(kindVerb, "fix")
	if !ok || l.isHelp() || !l.beginsMatter(h.from) && !l.moves(h) && out.Word != "改" {
		return false
	}
	if len(names) == 0 && out.Minutes == 0 && out.When.Grain == "" && len(out.Services) == 0 && out.Group == 0 && out.Word != "改" {
		return false
	}
	out.Intent = Correct
	if l.reports(out, names) {
		l.report(out, names)
	}
	return true
}

// moves tells whether the word puts one thing in the place of another wherever
// it stands: 后天那个改到大后天.
func (l *line) moves(h hit) bool {
	return h.to-h.from > 1 && strings.ContainsRune("改推提挪延", l.Runes[h.from])
}

// beginsMatter tells whether the rune i begins the line, or follows an answer or
// a word: 是 就这两天 不是明天.
func (l *line) beginsMatter(i int) bool {
	first := l.clauseEnd(0)
	if i == 0 {
		return true
	}
	_, answered := answerOf(l.part(0, first))
	return answered && i >= first && l.begins(i)
}

// report fills the calls of a report.
func (l *line) report(out *Reading, names []found) {
	if !out.All {
		out.Calls = l.calls(out.Text, l.visited(names))
	}
	if out.When.Grain != "" && out.When.At.Before(l.today()) {
		out.Late = out.Intent == ReportVisit
	}
}

// visited leaves out the speaker himself: 红梅报：今天看了…
func (l *line) visited(names []found) []found {
	var out []found
	for _, n := range names {
		if l.denied(n.from) {
			continue // 不是忠良
		}
		if ids := l.c.Roster.ids(n.people); len(ids) == 1 && ids[0] == l.c.Speaker.Person && l.c.Speaker.Person != 0 {
			continue
		}
		out = append(out, n)
	}
	return out
}

// reports weighs whether the line tells of a visit. A person and what is wrong
// with him is one as well, unless help is asked.
func (l *line) reports(out *Reading, names []found) bool {
	see := l.has(kindVerb, "see") || l.has(kindVerb, "late")
	missed := l.has(kindVerb, "absent") || l.has(kindVerb, "reason")
	state := len(l.all(kindFinding, "")) > 0 || len(l.all(kindHealth, "")) > 0
	needs := len(out.Services) > 0 && !l.ill
	wants := l.isHelp() && len(out.Services) > 0
	switch {
	case len(out.Vitals) > 0: // 我爸180/100 要人送医院 asks
		return !wants || l.c.Speaker.Role == "doctor"
	case out.All && len(out.ExceptOf)+len(out.Except) > 0, l.has(kindVerb, "all"):
		return out.Word != "认识" && !l.has(kindVerb, "known")
	case see && len(names) > 0:
		return !wants || l.firstVerb("see", "help")
	case missed && len(names) > 0, len(names) > 0 && out.Minutes > 0 && !l.has(kindVerb, "complete"):
		return !wants
	case see || l.has(kindVerb, "absent"):
		return !wants && len(out.Services) == 0
	case missed:
		return !l.isHelp() && len(out.Services) == 0 || l.has(kindVerb, "sign") || l.c.Report
	case l.has(kindVerb, "sign"):
		return len(names) > 0 || l.c.Report || out.Word == "没见到" || out.Answer == No
	}
	return state && (len(names) > 0 || l.c.Report || l.listed()) && !wants && !needs
}

// listed tells whether the line begins with a number of a list: 1 2 3都好.
func (l *line) listed() bool {
	return len(l.nums) > 0 && l.nums[0].from == 0 && !l.nums[0].chinese && l.free(0, 1) && !l.counts(l.nums[0])
}

// firstVerb tells whether a comes before b, or b is not there.
func (l *line) firstVerb(a, b string) bool {
	x, _ := l.first(kindVerb, a)
	y, ok := l.first(kindVerb, b)
	return !ok || x.from < y.from
}

// asCancel reads 算了算了 我外孙来了 不要她来了.
func (l *line) asCancel(out *Reading, _ []found) bool {
	h, ok := l.first(kindVerb, "cancel")
	if !ok && out.Word != "取消" {
		return false
	}
	if ok && l.settles(h, out) {
		out.Intent = Correct
		return true
	}
	if ok && h.from > 0 && l.firstVerb("help", "cancel") && len(out.Services) > 1 {
		return false
	}
	out.Intent = Cancel
	return true
}

// settles reads 还是后天来算了: behind another time 算了 takes nothing back.
func (l *line) settles(h hit, out *Reading) bool {
	word := l.part(h.from, h.to)
	if word != "算了" && word != "算哒" || out.When.Grain == "" || l.begins(h.from) {
		return false
	}
	return strings.HasPrefix(string(l.Runes), "还是") || strings.HasPrefix(string(l.Runes), "改")
}

// asRequest reads a wish for help: a kind of help is named, or somebody is
// asked for.
func (l *line) asRequest(out *Reading, names []found) bool {
	if len(out.Services) > 0 {
		if l.has(kindVerb, "complete") && !l.isHelp() || l.ill && l.has(kindVerb, "decline") {
			return false
		}
		out.Intent = RequestHelp
		return true
	}
	if l.has(kindVerb, "decline") && !l.asksPeople() || l.claimFirst() {
		return false
	}
	if l.asksPeople() || out.Urgent && (len(names) > 0 || out.Kin != "") {
		out.Intent = RequestHelp
		out.Services = nil
		return true
	}
	return false
}

// asksPeople tells whether the words for help are more than a bare 要 or 想.
func (l *line) asksPeople() bool {
	for _, h := range l.hits {
		if h.kind == kindVerb && h.value == "help" && (h.to-h.from > 1 || l.Runes[h.from] == '帮') && !l.refused(h.from) && l.personAsked(h) {
			return true
		}
	}
	return false
}

// personAsked leaves out helpless words that ask for nothing: 我想, 我要, 没人.
func (l *line) personAsked(h hit) bool {
	switch l.part(h.from, h.to) {
	case "我想", "我要", "没人", "冇人", "没有人", "没得人", "冇得人", "有事", "想要", "麻烦", "行吗", "可以吗", "行不", "可以不", "要得不", "行不行", "可以么", "得不", "需要", "希望", "让人", "叫人", "冇得":
		return false
	}
	return true
}
