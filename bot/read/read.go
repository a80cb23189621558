// Package read turns the short lines that villagers type into facts: what a
// line is for, who, when, how long, which help, what danger. It is rules and
// word lists, no model, no network and no state: text in, facts out. The word
// lists are the files under words/, which anybody can read and extend.
package read

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxRead is how many bytes of a text are looked at. The platform delivers 2,048
// at most and two bubbles may be read joined; what is longer was not typed here.
const maxRead = 6144

// Read reads one line. It never fails: what it does not understand stays out,
// and the Intent is Unknown then.
func Read(text string, c Context) Reading {
	w := workspaces.Get().(*workspace)
	f := &w.folded
	f.fold(head(text))
	w.context = c
	if w.out = nothing(text); teaching(&w.out, f) {
		return w.reading()
	}
	said, taught := c.Taught.apply(f)
	w.readFolded(text, said)
	if !taught {
		w.joinedDanger()
		return w.reading()
	}
	g := w.out
	if w.readFolded(text, f); w.out.Danger.Level == NoDanger || graver(g.Danger.Level, w.out.Danger.Level) {
		w.out = g // else: no danger can be unlearned
	}
	return w.reading()
}

// graver tells whether a is more danger than b.
func graver(a, b Level) bool { return a != b && (a == Strong || b == NoDanger) }

// readFolded reads the text in its folded form.
func (w *workspace) readFolded(text string, f *Folded) {
	w.out = nothing(text)
	if word, ok := wholeWord(f.Text); ok {
		globalWord(&w.out, f, word)
		return
	}
	if a, ok := answerOf(f.Text); ok {
		w.out.Answer = a
		if a == Ack {
			w.out.Intent = Smalltalk
		}
		return
	}
	w.line.begin(f, &w.context)
	readLine(&w.out, &w.line)
}

// nothing is the reading of a line that says nothing.
func nothing(text string) Reading {
	return Reading{Text: text, Intent: Unknown, Danger: Danger{Level: NoDanger}}
}

// head is the part of the text that is read.
func head(text string) string {
	if len(text) <= maxRead {
		return text
	}
	end := maxRead
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// maxWord is longer, in bytes, than any line that is one word of the lists.
const maxWord = 90

// wholeWord looks up a line that is one word, such as 帮助 or 我的事, with or
// without the marks and particles that people put around it.
func wholeWord(s string) (string, bool) {
	return look(lex().whole, s)
}

func answerOf(s string) (Answer, bool) {
	return look(lex().answers, s)
}

func look[V any](m map[string]V, s string) (V, bool) {
	if len(s) > maxWord {
		var none V
		return none, false
	}
	v, ok := said(m, s)
	if !ok {
		v, ok = said(m, strings.TrimFunc(s, isTrimmed))
	}
	return v, ok
}

// said looks s up where a word of the lists may be as long and begin so.
func said[V any](m map[string]V, s string) (v V, ok bool) {
	if r, _ := utf8.DecodeRuneInString(s); !isHan(r) || len(s) <= int(lex().sayings[r-firstHan]) {
		v, ok = m[s]
	}
	return v, ok
}

// trimmed is what may stand around a word without changing it.
const trimmed = " \n.,!?~;:、。…吧啊哈呢嘞咯哦啦嘛呀哟喽"

var isTrimmed = runesOf(trimmed).has

// readLine reads a line of several words. The order matters: what is taken by
// an earlier reader (a telephone number, a group, a name) is not looked at by a
// later one.
func readLine(out *Reading, l *line) {
	l.back = l.back || l.looksBack() || l.pastMarked()
	out.Phones = l.phones()
	groups := l.groups()
	if len(groups) > 0 {
		out.Group = groups[0].number
	}
	out.Digits = l.digits()
	names := l.names(groups, l.c.Speaker.Role == "secretary" && !l.back)
	l.named = names
	l.forget(names)
	for _, n := range names {
		out.Mentions = append(out.Mentions, l.mention(n))
	}
	l.met, l.metSurely = l.went(names)
	if l.back = l.back || l.met || l.metSurely; (l.met || l.metSurely) && l.mood.commit {
		l.mood.claim = false // what he does there, he did
	}
	out.Danger = l.danger(out.Text)
	l.exception(out, names)
	if out.Digits == nil {
		out.Vitals = l.vitals(names)
	}
	l.numbers(out)
	if g := out.When.Grain; l.met && !l.metSurely && (g == Hour || g == Minute || g == Part) && out.When.At.After(l.c.Now) {
		l.met, l.mood.claim = false, l.mood.claim || l.mood.commit // 今天上午十点我到她屋里烧饭
	}
	l.needs(out)
	l.frame(out)
	l.decide(out, names)
	l.retime(out)
	l.tidy(out)
}

// tidy takes out what belongs to other intents than the one that was found.
func (l *line) tidy(out *Reading) {
	switch out.Intent {
	case Claim, Decline:
		out.Kin, out.KinIDs = "", nil
		if out.Intent == Decline && l.needful {
			out.Services = nil // 摩托车爆胎: why he cannot
		}
		if out.Intent == Claim && l.is(l.mood.claimAt, "等我") && len(out.Tickets) > 0 {
			out.Services = nil // what he does before
		}
		if out.Intent == Decline && l.weak && len(out.Services) > 0 && (l.ill || out.Services[0] == Fu) {
			out.Services = nil // 在镇上开会, 崽病了: why he cannot
		}
	case Complete, Cancel, ReportVisit:
		if len(out.Vitals) == 0 && (l.helper() || out.Kin == "child" || out.Kin == "sibling" || out.Kin == "neighbor") { // 我爸血压150/80 is of the father
			out.Kin, out.KinIDs = "", nil
		}
		if out.Intent == Complete && l.isNow && !l.isOneOf(l.runeAt(out.When.Span.From), "刚") {
			out.When = When{} // 现在好了
		}
		if out.Intent == ReportVisit && l.bareClock { // from two to four: how long, not when
			out.When = When{}
		}
	case RequestHelp:
		if len(out.Services) == 0 && l.shows("unreachable") && (out.Kin != "" || len(out.Mentions) > 0) {
			out.Services = []Service{Comfort}
			if !out.When.At.After(l.c.Now) { // when he did not answer is not when somebody is to go
				out.When = When{}
			}
		}
		if len(l.lengths) == 0 { // 两点到四点来个人: when, not how long
			out.Minutes = 0
		}
	case Order:
		out.Kin, out.KinIDs, out.Tickets = "", nil, nil
	case Unknown:
		if l.weak && out.Likely != RequestHelp {
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

// numbers reads tickets, lengths of time and times, in this order.
func (l *line) numbers(out *Reading) {
	if out.Digits != nil {
		return
	}
	bare := l.bareTicket()
	l.lengths = l.durations(l.lengths)
	out.Tickets = l.tickets()
	out.Minutes = l.spent(l.lengths)
	out.When = l.when()
	if out.Minutes == 0 {
		out.Minutes = l.between()
	}
	out.AnyDay = out.When.Grain == "" && l.has(kindDay, "any")
	if bare > 0 && out.Tickets == nil {
		out.Tickets = []int{bare}
	}
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

// needs reads what is asked for, and for whom by kin.
func (l *line) needs(out *Reading) {
	out.Urgent = l.urgent()
	out.Kin, out.KinIDs = l.kin()
	out.Self = l.self()
	out.Services = l.services()
	out.Wishes = l.wishes(out.Text)
	out.Fix = l.has(kindVerb, "fix")
	out.Late = l.has(kindVerb, "late")
}

// frame reads what stands around the matter: an answer or a word at the
// beginning, and what follows it.
func (l *line) frame(out *Reading) {
	end := l.clauseEnd(0)
	if len(l.Runes) == 0 {
		return
	}
	first := l.part(0, end)
	if a, ok := answerOf(first); ok {
		out.Answer = a
		out.Rest = l.rest(out.Text, end)
	} else if w, ok := wholeWord(first); ok {
		out.Word = w
		out.Rest = l.rest(out.Text, end)
	}
	if a, ok := l.lastAnswer(); ok && out.Answer == NoAnswer {
		out.Answer = a
	}
}

// lastAnswer reads the answer at the end: 她讲了要的 对.
func (l *line) lastAnswer() (Answer, bool) {
	end := len(l.Runes)
	for end > 0 && (l.Runes[end-1] == ' ' || isFullMark(l.Runes[end-1])) {
		end--
	}
	from := end
	for !l.begins(from) {
		from--
	}
	if from == 0 || from == end {
		return NoAnswer, false
	}
	a, ok := answerOf(l.part(from, end))
	return a, ok && a == Yes
}

// rest is what follows the rune i, as typed, without the word that joins it.
func (l *line) rest(text string, i int) string {
	for again := true; again; {
		again = false
		for i < len(l.Runes) && strings.ContainsRune(trimmed, l.Runes[i]) {
			i++
		}
		for _, w := range [...]string{"不过", "但是", "就是", "只是", "可是", "但"} {
			if l.is(i, w) {
				i, again = i+len([]rune(w)), true
			}
		}
	}
	return strings.TrimSpace(l.typed(text, i, len(l.Runes)))
}
