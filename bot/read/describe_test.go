package read

import (
	"fmt"
	"strings"
)

// describe writes down everything that was understood, in one line that a
// person can check. Marks behind a name: ~ by sound, ! not of the group said.
func describe(g *Reading) string {
	var b strings.Builder
	b.WriteString(string(g.Intent))
	say := func(ok bool, format string, args ...any) {
		if ok {
			fmt.Fprintf(&b, " "+format, args...)
		}
	}
	say(g.Word != "", "word=%s", g.Word)
	words := any(g.Danger.Words)
	if g.Danger.Weighed {
		words = "[weighed]" // on which words is the weights' choice, another one after each learning
	}
	say(g.Danger.Level != NoDanger, "danger=%s/%s%v", g.Danger.Level, g.Danger.Class, words)
	say(g.Answer != NoAnswer, "answer=%s", g.Answer)
	say(len(g.Services) > 0, "services=%v", g.Services)
	for _, m := range g.Mentions {
		say(true, "@%s%s", g.Text[m.Span.From:m.Span.To], describeMention(m))
	}
	for _, c := range g.Calls {
		say(true, "%s", describeCall(c))
	}
	describeRest(g, say)
	return b.String()
}

func describeRest(g *Reading, say func(bool, string, ...any)) {
	say(g.All, "all")
	say(len(g.Except) > 0, "except=%v", g.Except)
	for _, m := range g.ExceptOf {
		say(true, "except=%s", describeMention(m))
	}
	say(g.When.Grain != "", "when=%s/%s", g.When.At.Format("01-02T15:04"), g.When.Grain)
	say(g.Minutes > 0, "minutes=%d", g.Minutes)
	say(g.Tickets != nil, "tickets=%v", g.Tickets)
	say(g.Digits != nil, "digits=%v", g.Digits)
	say(g.Phones != nil, "phones=%v", g.Phones)
	say(g.Group > 0, "group=%d", g.Group)
	for _, f := range []struct {
		on   bool
		name string
	}{{g.Urgent, "urgent"}, {g.Self, "self"}, {g.Late, "late"}, {g.Fix, "fix"}, {g.AnyDay, "anyday"}} {
		say(f.on, "%s", f.name)
	}
	say(g.Kin != "", "kin=%s%v", g.Kin, g.KinIDs)
	say(g.Wishes != nil, "wishes=%v", g.Wishes)
	say(g.Rest != "", "rest=%q", g.Rest)
	say(g.Name != "", "name=%s", g.Name)
	say(g.As != "", "as=%s", g.As)
	for _, o := range g.Orders {
		say(true, "<%d %s %s%s%s>", o.Ref, o.Do, describeMention(o.Mention), o.Rest, o.When.Grain)
	}
}

func describeMention(m Mention) string {
	s := fmt.Sprint(m.People)
	if len(m.People) > 0 && !m.Exact {
		s += "~"
	}
	if m.OtherGroup {
		s += "!"
	}
	return s
}

func describeCall(c Call) string {
	who := describeMention(c.Mention)
	if c.Number > 0 {
		who = fmt.Sprintf("no.%d", c.Number)
	}
	s := "{" + who + " met"
	if !c.Met {
		s = "{" + who + " not met"
	}
	for _, p := range [...][2]string{{"reason", c.Reason}, {"sign", c.Sign}, {"health", c.Health}} {
		if p[1] != "" {
			s += " " + p[0] + "=" + p[1]
		}
	}
	for _, f := range c.Findings {
		s += " found=" + f.Words
		if f.Urgent {
			s += "(urgent)"
		}
	}
	return s + "}"
}
