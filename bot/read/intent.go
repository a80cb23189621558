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
	if l.helper() && !l.mood.want && len(out.Tickets) == 0 && l.refusedBy(names) {
		out.Intent, out.Services = ReportVisit, nil
		l.report(out, names)
		return
	}
	for _, try := range []func(*Reading, []found) bool{
		l.asForward, l.asOrder, l.asRegister, l.asTicket, l.asQuery, l.asThanks,
		l.asCorrect, l.asWork, l.asReport, l.asCancel, l.asOffer, l.asRequest, l.asVolunteer, l.asLoose,
	} {
		if try(out, names) {
			return
		}
	}
	out.Likely = l.likely(out, names)
}

// asForward leaves alone what was passed on: it is nobody's own words.
func (l *line) asForward(out *Reading, _ []found) bool {
	h, ok := l.first(kindVerb, "forward")
	return ok && h.from <= 1 && l.at(h.to) != 0 && (isMark(l.at(h.to)) || l.at(h.from) == '[' || l.at(h.from) == '【')
}

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

// asWork reads a helper's line that tells that he cannot, or that it is done:
// 后天劈柴我去不了, 被子洗好晾起了. What was also a visit is a report.
func (l *line) asWork(out *Reading, names []found) bool {
	if !l.helper() {
		return false
	}
	switch {
	case l.mood.decline && !(l.mood.want && len(out.Services) > 0 && len(names) > 0) && !l.looksBack():
		out.Intent = Decline
	case l.mood.done && !l.looksBack() && !(l.mood.want && out.Minutes == 0) && !l.has(kindVerb, "reason"):
		out.Intent = Complete
	case l.told(out, names):
		out.Intent = Complete
	default:
		return false
	}
	return true
}

// told holds for a helper's work that is said in the past and asked of nobody: 送药到石爹
// 手上了, 快手卸掉了.
func (l *line) told(out *Reading, names []found) bool {
	if l.mood.want || l.mood.claim || l.looksBack() || l.needful || len(out.Services) == 0 || l.weak || l.mood.ask || l.has(kindHealth, "good") && len(names) > 0 {
		return false
	}
	if l.has(kindVerb, "reason") || l.has(kindVerb, "absent") || l.shows("cannot") || l.refusedBy(names) {
		return false
	}
	for i, r := range l.Runes {
		if (r == '了' || r == '哒' || r == '咧') && l.ends(i+1) && i > 1 && l.workBefore(i) && !strings.ContainsRune("坏烂断漏破堵塌掉完空没冇病痛多大", l.Runes[i-1]) {
			return true
		}
	}
	return false
}

// workBefore tells whether the clause of i names a work before it.
func (l *line) workBefore(i int) bool {
	for _, h := range l.hits {
		if (h.kind == kindAct || h.kind == kindService) && h.to <= i && l.clause[h.from] == l.clause[i] {
			return true
		}
	}
	return false
}

// refusedBy holds for what somebody who is named says that he will not or need not
// have: 陈金平讲我不用来看他.
func (l *line) refusedBy(names []found) bool {
	for _, n := range names {
		i := n.to
		for i < len(l.Runes) && strings.ContainsRune("他她那这自己家里老人", l.Runes[i]) {
			i++
		}
		if r := l.at(i); r != '讲' && r != '说' {
			continue
		}
		for k := i + 1; k < l.clauseEnd(i); k++ {
			if strings.ContainsRune("不莫冇没", l.Runes[k]) && !l.is(k, "不动") && !l.is(k-1, "动不") {
				return true
			}
			if strings.ContainsRune("要想请找求", l.Runes[k]) {
				return false
			}
		}
	}
	return false
}

// asOffer reads a helper's claim without a number: 满爷爷拿药的事我来跑.
func (l *line) asOffer(out *Reading, _ []found) bool {
	if l.c.Speaker.Role != "volunteer" || !l.mood.claim {
		return false // a doctor's 我去看 answers a finding
	}
	if len(out.Services) > 0 && (l.asksPeople() || l.needful) && !l.claimFirst() {
		return false // 我去了 她屋里灯坏了 要人修
	}
	out.Intent = Claim
	if h, ok := l.first(kindVerb, "claim"); ok {
		out.Rest = l.rest(out.Text, h.to)
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
	if l.helper() && l.mood.claim && !l.mood.done && (!l.mood.decline || l.others()) {
		if h, ok := l.first(kindVerb, "claim"); ok && h.from <= end+4 {
			end = max(end, h.to)
		}
		return Claim, end
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
	case l.mood.decline:
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
	if l.helper() && best == Unknown && l.endsDone(end) {
		return Complete, end
	}
	return best, end
}

// endsDone holds for 66号 好了: a number, and that it is done.
func (l *line) endsDone(i int) bool {
	for l.at(i) == ' ' || l.at(i) == ',' {
		i++
	}
	for _, w := range [...]string{"好了", "好哒", "好咧", "完", "完了", "妥", "ok"} {
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
	if l.helper() && (l.has(kindVerb, "mistake") || l.mistaken()) && !l.mood.decline {
		out.Intent = Correct
		if l.reports(out, names) {
			l.report(out, names)
		}
		return true
	}
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

// mistaken holds for 写错了, 讲错了 anywhere in a helper's line.
func (l *line) mistaken() bool {
	for _, h := range l.all(kindVerb, "fix") {
		if h.to-h.from > 2 && strings.ContainsRune("写报讲说记发弄搞", l.Runes[h.from]) && l.Runes[h.from+1] == '错' {
			return true
		}
	}
	return false
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
	needs := len(out.Services) > 0 && !l.ill && !(l.helper() && !l.mood.want && (l.weak || onlyComfort(out.Services)))
	asker := l.c.Speaker.Role == "elder" || l.c.Speaker.Role == "family" || l.c.Speaker.Role == "stranger"
	wants := l.isHelp() && (len(out.Services) > 0 || asker && l.asksPeople()) && !(l.helper() && out.Minutes > 0)
	switch {
	case len(out.Vitals) > 0: // 我爸180/100 要人送医院 asks
		return l.helper() || !wants
	case out.All && len(out.ExceptOf)+len(out.Except) > 0, l.has(kindVerb, "all"):
		return out.Word != "认识" && !l.has(kindVerb, "known")
	case see && len(names) > 0:
		return !wants || l.firstVerb("see", "help")
	case missed && len(names) > 0, len(names) > 0 && out.Minutes > 0 && !l.mood.done:
		return !wants
	case see || l.has(kindVerb, "absent"):
		return !wants && len(out.Services) == 0
	case l.helper() && state && len(names) > 0 && l.shows("advice"):
		return true
	case missed && asker:
		return false
	case missed:
		return !l.isHelp() && len(out.Services) == 0 || l.has(kindVerb, "sign") || l.c.Report
	case l.has(kindVerb, "sign"):
		return len(names) > 0 || l.c.Report || out.Word == "没见到" || out.Answer == No
	}
	if l.helper() && len(names) > 0 && !wants && !l.mood.claim && l.contact(names) {
		return true
	}
	return state && (len(names) > 0 || l.c.Report || l.listed()) && !wants && !needs
}

// contact tells whether the line shows that a helper met whom he names: what he
// or she said or was doing, or that somebody went there.
func (l *line) contact(names []found) bool {
	for _, n := range names {
		i := n.to
		for _, w := range [...]string{"他", "她", "人", "今天", "屋里", "家", "那里", "也", "都", "就", "还"} {
			if l.is(i, w) {
				i += len([]rune(w))
			}
		}
		for _, w := range [...]string{"在", "正在", "身体", "精神", "气色", "胃口", "呷得", "吃得", "睡得", "困得", "刚", "咳"} {
			if l.is(i, w) && !l.mood.want {
				return true
			}
		}
	}
	return l.shows("went")
}

func onlyComfort(all []Service) bool { return len(all) == 1 && all[0] == Comfort }

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
	if !ok && out.Word != "取消" && !l.mood.cancel && !l.givenUp(out) {
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

// givenUp holds for an asker's 复查不去了: what he would have done is off.
func (l *line) givenUp(out *Reading) bool {
	if l.helper() || l.mood.want || len(out.Services) == 0 {
		return false
	}
	for _, h := range l.all(kindVerb, "decline") {
		if r := l.at(h.to); r == '了' || r == '哒' || l.Runes[h.to-1] == '了' {
			return true
		}
	}
	return false
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
	if (l.shows("public") || l.howTo()) && !l.asksPeople() || l.advert(out) {
		return false
	}
	if l.helper() && len(names) > 0 && !l.mood.want && !l.needful && !l.ill && !l.shows("cannot") && out.When.Grain == "" && (l.is(len(l.Runes)-1, "了") || l.is(len(l.Runes)-1, "哒")) {
		return false // 满爷爷腿好些 能下地走走 菜也浇了
	}
	if len(out.Services) > 0 {
		if l.has(kindVerb, "complete") && !l.isHelp() || l.ill && (l.has(kindVerb, "decline") || out.Danger.Level == Ask && !l.isHelp()) {
			return false
		}
		out.Intent = RequestHelp
		return true
	}
	if l.has(kindVerb, "decline") && !l.asksPeople() || l.claimFirst() {
		return false
	}
	if asker := l.c.Speaker.Role == "elder" || l.c.Speaker.Role == "family"; asker && !l.mood.ask && !l.questionWord() && l.needsSomething() {
		out.Intent = RequestHelp
		return true
	}
	if l.asksPeople() || out.Urgent && (len(names) > 0 || out.Kin != "") {
		out.Intent = RequestHelp
		out.Services = nil
		return true
	}
	return false
}

// howTo tells whether the line asks how, where, when or for how much something is to
// be had, and for nobody to do it: 养老认证怎么弄啊, 去县城的末班车几点.
func (l *line) howTo() bool {
	return l.shows("howto") && !l.mood.want && !l.shows("cannot") && !l.shows("earlier")
}

// needsSomething: a villager who tells what is wrong in his house, or that he wants
// or cannot do something, asks for help though no kind of it is named.
func (l *line) needsSomething() bool {
	if l.has(kindWish, "") || l.shows("cannot") {
		return true
	}
	return l.mood.want && l.shows("need")
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
