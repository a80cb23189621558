package read

import (
	"slices"
	"strings"
)

// tidy takes out what belongs to other intents than the one that was found.
func (l *line) tidy(out *Reading) {
	switch out.Intent {
	case Claim, Decline:
		l.tidyTaken(out)
	case Complete, Cancel, ReportVisit:
		l.tidyTold(out)
	case RequestHelp:
		l.tidyAsked(out)
	case Order:
		out.Kin, out.KinIDs, out.Tickets = "", nil, nil
	case Unknown:
		if l.weak && (out.Likely != RequestHelp || out.Danger.Level == Ask) {
			out.Services = nil
		}
	case Emergency:
		if l.isNow && !l.is(l.runeAt(out.When.Span.From), "刚") {
			out.When = When{} // 马上派医生: how fast, not when
		}
	case Query:
		if l.isNow {
			out.When = When{} // 31号现在是哪个在跟
		}
		if l.weak && (slices.Contains(out.Services, Chu) || slices.Contains(out.Services, Comfort)) {
			out.Services = nil // 吃了饭没
		}
	case Smalltalk:
		out.Services = nil
	}
	if out.Word == officeWord {
		return
	}
	if i := wordIntents[out.Word]; (i == Greeting || i == Smalltalk) && out.Intent != i {
		out.Word, out.Rest = "", ""
	}
	if out.Urgent || out.Intent == Unknown && out.Kin != "" {
		out.AnyDay = false
	}
}

// tidyTaken leaves to a claim or a refusal no kind of help that only tells why.
func (l *line) tidyTaken(out *Reading) {
	out.Kin, out.KinIDs = "", nil
	if out.Intent == Claim {
		if l.is(l.mood.claimAt, "等我") && len(out.Tickets) > 0 {
			out.Services = nil // what he does before
		}
		return
	}
	if l.needful || l.weak && len(out.Services) > 0 && (l.ill || out.Services[0] == Fu) {
		out.Services = nil // 摩托车爆胎, 在镇上开会, 崽病了: why he cannot
	}
}

// tidyTold leaves to what was done or is off no time that is not its own.
func (l *line) tidyTold(out *Reading) {
	if len(out.Vitals) == 0 && (l.helper() || out.Kin == "child" || out.Kin == "sibling" || out.Kin == "neighbor") { // 我爸血压150/80 is of the father
		out.Kin, out.KinIDs = "", nil
	}
	if out.Intent == Complete && l.isNow && !l.isOneOf(l.runeAt(out.When.Span.From), "刚") {
		out.When = When{} // 现在好了
	}
	if out.Intent == ReportVisit && l.bareClock { // from two to four: how long, not when
		out.When = When{}
	}
}

// tidyAsked makes of somebody who does not answer a request to look in on him.
func (l *line) tidyAsked(out *Reading) {
	if len(out.Services) == 0 && l.shows("unreachable") && (out.Kin != "" || len(out.Mentions) > 0) {
		out.Services = []Service{Comfort}
		if !out.When.At.After(l.c.Now) { // when he did not answer is not when somebody is to go
			out.When = When{}
		}
	}
	if len(l.lengths) == 0 { // 两点到四点来个人: when, not how long
		out.Minutes = 0
	}
}

// looksBack tells whether the line tells what was done.
func (l *line) looksBack() bool {
	if l.metSurely {
		return true
	}
	for _, h := range l.hits {
		if h.value == "see" && l.sawDoctor(h) {
			continue
		}
		if h.kind == kindVerb && (h.value == "see" || h.value == "absent" || h.value == "late" || h.value == "all") {
			return true
		}
	}
	return false
}

// retime reads the time again where the intent shows which way it must lie.
func (l *line) retime(out *Reading) {
	intent := out.Intent
	if intent == Unknown {
		intent = out.Likely
	}
	switch intent {
	case RequestHelp, Claim, Cancel, Decline:
		l.aim = ahead
	case ReportVisit, Complete:
		if out.Intent == Unknown && out.When.Grain != "" && out.When.At.After(l.c.Now) {
			return // 明天不行 改后天 may well correct a report, and speaks of a day to come
		}
		if !l.back {
			l.times.known = false // bare days look back now
		}
		l.aim, l.back = behind, true
	default:
		return
	}
	if out.Digits != nil || len(out.Orders) > 0 {
		return
	}
	out.When = l.when()
	out.AnyDay = out.When.Grain == "" && l.has(kindDay, "any")
	out.Late = l.has(kindVerb, "late") || out.Intent == ReportVisit && out.When.Grain != "" && out.When.At.Before(l.today())
}

// bareTicket reads a line that is nothing but 26号: a day to one question, a
// request to another; both are told.
func (l *line) bareTicket() int {
	if len(l.nums) != 1 || l.nums[0].from != 0 {
		return 0
	}
	v, whole := l.nums[0].int()
	rest := strings.Trim(l.part(l.nums[0].to, len(l.Runes)), trimmed)
	if !whole || rest != "号" {
		return 0
	}
	return v
}
