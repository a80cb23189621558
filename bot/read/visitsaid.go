package read

import "strings"

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
	see := l.met || l.metSurely || l.saw() || l.has(kindVerb, "late")
	missed := l.has(kindVerb, "absent") || l.has(kindVerb, "reason")
	state := len(l.all(kindFinding, "")) > 0 || len(l.all(kindHealth, "")) > 0
	needs := len(out.Services) > 0 && !l.ill && !(l.helper() && !l.mood.want && (l.weak || onlyComfort(out.Services)))
	asker := !l.helper() && !l.office()
	wants := (l.isHelp() || l.sendsFor()) && (len(out.Services) > 0 || asker && l.asksPeople() || l.sendsFor()) && !(l.helper() && out.Minutes > 0 && !l.sendsFor())
	kin := out.Kin != "" && l.c.Speaker.Role == "family"
	switch {
	case asker && (l.mood.cancel && !see || l.asksPlainly() || l.unable() && !see || l.needful && len(l.all(kindHealth, "good")) == 0):
		return false // 她女儿接走了 不用送医院啦
	case l.metSurely && !l.asksPeople():
		return true
	case len(out.Vitals) > 0: // 我爸180/100 要人送医院 asks
		return l.helper() || !wants
	case out.All && len(out.ExceptOf)+len(out.Except) > 0, l.has(kindVerb, "all"):
		return out.Word != "认识" && !l.has(kindVerb, "known") && !(l.sendsFor() && len(out.Services) > 0)
	case kin && len(names) == 0 && l.feelsWell() && !l.mood.done && !l.mood.ask && !l.mood.want && !l.mood.cancel && !l.needful:
		return true // 我妈今天精神好得很
	case kin && len(names) == 0 && l.shows("phone") && l.shows("answered"):
		return !l.asksPeople() && !l.mood.cancel
	case see && (kin || l.c.Speaker.Role == "elder") && len(names) == 0:
		return !l.mood.want && !l.mood.cancel
	case see && len(names) > 0:
		return !wants || l.helper() && !l.asksPeople() || l.firstVerb("see", "help") && !(l.asksLast() && len(out.Services) > 0)
	case missed && len(names) > 0 && (l.needful || asker && !l.shows("went") && !l.shows("called")):
		return false // 他屋里保险丝烧了 黑灯瞎火
	case missed && len(names) > 0, len(names) > 0 && out.Minutes > 0 && !l.mood.done:
		return !wants
	case l.c.Speaker.Role == "elder" && !see && len(names) == 0:
		return false // 几天冇见荤腥: of himself
	case see || l.has(kindVerb, "absent"):
		return !wants && len(out.Services) == 0
	case l.helper() && state && len(names) > 0 && l.shows("advice"):
		return true
	case l.helper() && len(names) > 0 && (l.shows("unreachable") || l.shows("phone") && l.shows("noanswer") || l.left(names)) && !wants && !l.mood.claim && !l.needful:
		return true
	case missed && asker:
		return false
	case missed:
		return !l.isHelp() && len(out.Services) == 0 || l.has(kindVerb, "sign") || l.c.Report
	case l.has(kindVerb, "sign"):
		return len(names) > 0 && !wants || l.c.Report || out.Word == "没见到" || out.Answer == No
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
		if l.turnsToMe(i) || l.onlyThere(n) {
			return true
		}
	}
	return l.shows("went")
}

// turnsToMe holds for 光明叔今天骂我来迟了, 九娭毑拉着我不放: what somebody did to the helper, who so was
// there.
func (l *line) turnsToMe(i int) bool {
	i = l.overTime(i)
	for k := i; k < i+3; k++ {
		if l.isOneOf(k, "骂笑拉留夸塞递怪谢等认") {
			return l.is(k+1, "我") || l.is(k+2, "我")
		}
	}
	return false
}

// onlyThere holds for 欧爹？在: a name, and that he is there or well.
func (l *line) onlyThere(n found) bool {
	rest := strings.Trim(l.part(n.to, len(l.Runes)), trimmed)
	return n.from == 0 && (rest == "在" || rest == "在屋" || rest == "在家" || rest == "好" || rest == "没在" || rest == "不在")
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
