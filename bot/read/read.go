// Package read turns the short lines that villagers type into facts: what a
// line is for, who, when, how long, which help, what danger. It is rules and
// word lists, and beside them weights that were learned from labelled lines; no
// network and no state: text in, facts out. The word lists are the files under words/,
// the labelled lines those under examples/, which anybody can read and extend.
package read

import (
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
	l.weighDanger(out)
	l.capComplaint(out)
	l.decide(out, names)
	l.weighIntent(out)
	l.retime(out)
	l.tidy(out)
	l.weighServices(out)
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
