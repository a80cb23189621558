package read

import (
	"sort"
	"strings"
)

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
	if l.helper() && !l.mood.want && len(out.Tickets) == 0 && !l.staysAway() && !l.callsOff(out, names) && l.refusedBy(names) {
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
}

// asForward leaves alone what was passed on: it is nobody's own words.
func (l *line) asForward(out *Reading, _ []found) bool {
	if l.is(0, "转:") || l.is(0, "转 :") {
		return true
	}
	h, ok := l.first(kindVerb, "forward")
	return ok && h.from <= 1 && l.at(h.to) != 0 && (isMark(l.at(h.to)) || l.at(h.from) == '[' || l.at(h.from) == '【')
}

// asWork reads a helper's line that tells that he cannot, or that it is done:
// 后天劈柴我去不了, 被子洗好晾起了. What was also a visit is a report.
func (l *line) asWork(out *Reading, names []found) bool {
	if !l.helper() {
		return l.askerDone(out)
	}
	switch {
	case l.callsOff(out, names):
		out.Intent = Cancel
	case l.mood.decline && !(l.mood.want && !l.cannotMyself() && !l.wantsOther() && len(out.Services) > 0 && len(names) > 0) && !l.looksBack():
		out.Intent = Decline
	case l.mood.done && !(len(names) > 0 && len(out.Services) == 0 && l.feelsWell()) && !(l.mood.loosely && len(names) > 0 && l.talks()) && !l.looksBack() && !(l.mood.want && out.Minutes == 0) && !l.has(kindVerb, "reason"):
		out.Intent = Complete
	case l.told(out, names):
		out.Intent = Complete
	default:
		return false
	}
	return true
}

// callsOff holds for a helper's 莲娭毑不想洗了，这单先放一放, 路上结冰 那里只好算了: a work that is off.
func (l *line) callsOff(out *Reading, names []found) bool {
	h, ok := l.first(kindVerb, "cancel")
	if !ok || l.looksBack() || l.mood.done || l.sentAway(names) || l.settles(h, out) || l.mood.claim && !l.is(h.from-2, "只好") {
		return false
	}
	return len(out.Services) > 0 && !l.mood.want || l.is(h.from-2, "只好") || l.calledOff(h)
}

// calledOff tells whether what is off is called a request: 这单先放一放, 那件取消.
func (l *line) calledOff(h hit) bool {
	for i := max(0, h.from-8); i < h.from; i++ {
		if l.isOneOf(i, "单件") && l.clause[i] == l.clause[h.from] {
			return true
		}
	}
	return false
}

// told holds for a helper's work that is said in the past and asked of nobody: 送药到石爹
// 手上了, 快手卸掉了.
func (l *line) told(out *Reading, names []found) bool {
	if l.mood.want || l.mood.claim || l.looksBack() || l.needful || len(out.Services) == 0 || l.weak || l.mood.ask || l.feelsWell() && len(names) > 0 {
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

// talks tells whether a story of somebody is told: what he said, how he stood there.
func (l *line) talks() bool {
	for i := range l.Runes {
		if l.isOneOf(i, "讲说笑站坐想哭") {
			return true
		}
	}
	return false
}

// feelsWell tells whether the line says that somebody is well; the 好 of 翻新好了 says it of a
// work.
func (l *line) feelsWell() bool {
	for _, h := range l.all(kindHealth, "good") {
		if h.to-h.from > 1 || !l.actEnds(h.from) && !l.isOneOf(h.from-1, "新") {
			return true
		}
	}
	return false
}

// actEnds tells whether a verb of work ends before i.
func (l *line) actEnds(i int) bool {
	for _, h := range l.hits {
		if h.kind == kindAct && h.to == i {
			return true
		}
	}
	return false
}

// workBefore tells whether the clause of i names a work before it.
func (l *line) workBefore(i int) bool {
	found := false
	for _, h := range l.hitsIn(l.clauseStart(i), i) {
		if (h.kind == kindAct || h.kind == kindService) && h.to <= i {
			if found = true; l.theirs(h.from) {
				return false
			}
		}
	}
	return found
}

// theirs holds for 爷爷去放牛了, 他自己把柴劈了: it is not the helper who does what begins at i.
func (l *line) theirs(i int) bool {
	for _, w := range [...]string{"自己", "还在", "正在", "去", "在", "跟"} {
		k := i - len([]rune(w))
		if !l.is(k, w) {
			continue
		}
		if l.isOneOf(k-1, "他她") || l.endsName(k) {
			return true
		}
		for _, h := range l.endingBy(k) {
			if h.to == k && (h.kind == kindKin || h.kind == kindTitle) && h.value != "any helper" {
				return true
			}
		}
	}
	return false
}

// endsName tells whether somebody's name ends at i.
func (l *line) endsName(i int) bool {
	k := sort.Search(len(l.named), func(k int) bool { return l.named[k].to >= i })
	return k < len(l.named) && l.named[k].to == i
}

// refusedBy holds for what somebody who is named says that he will not or need not
// have: 陈金平讲我不用来看他.
func (l *line) refusedBy(names []found) bool {
	if l.sentAway(names) {
		return true
	}
	silent := -1 // the clause of which no more is said to the end
	for _, n := range names {
		i := n.to
		for i < len(l.Runes) && strings.ContainsRune("他她那这自己家里老人", l.Runes[i]) {
			i++
		}
		if r := l.at(i); r != '讲' && r != '说' || int(l.clause[i]) == silent {
			continue
		}
		end := l.clauseEnd(i)
		for k := i + 1; k < end; k++ {
			if strings.ContainsRune("不莫冇没", l.Runes[k]) && !l.is(k, "不动") && !l.is(k-1, "动不") {
				return true
			}
			if strings.ContainsRune("要想请找求", l.Runes[k]) {
				return false
			}
		}
		silent = int(l.clause[i])
	}
	return false
}

// moves tells whether the word puts one thing in the place of another wherever
// it stands: 后天那个改到大后天.
func (l *line) moves(h hit) bool {
	return h.to-h.from > 1 && strings.ContainsRune("改推提挪延", l.Runes[h.from])
}

// sentAway holds for 曾凡林门开了条缝 叫我莫来了, 她讲不用我再去: what somebody who is named wants of
// the one who came to see him.
func (l *line) sentAway(names []found) bool {
	if len(names) == 0 || l.shows("earlier") {
		return false
	}
	for i := names[0].to; i < len(l.Runes); i++ {
		if l.phraseAt(i, sendingAway) != "" {
			return true
		}
	}
	return false
}

var sendingAway = newPhrases("叫我莫", "喊我莫", "要我莫", "让我莫", "叫我别", "让我别", "要我别", "喊我别", "叫我不要", "喊我不要", "要我不要", "让我不要", "讲不要我", "说不要我", "讲不用我", "说不用我", "讲我不用", "说我不用", "不用去看", "不要去看", "不用看他", "不用看她", "莫去看", "不消去看", "把我赶", "赶我")

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
