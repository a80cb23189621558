package read

import (
	"fmt"
	"time"
)

// A Reason tells what a piece of a line was read as, and by which rule.
type Reason struct {
	From int    `json:"from"` // bytes of the text as typed
	To   int    `json:"to"`
	Text string `json:"text"`
	Rule string `json:"rule"`
}

// Explain tells how a line is read: every word of the lexicons that was found,
// every name, number and time, what turned a sign of danger off, and what the learned
// weights say, with the places that spoke most for it.
func Explain(text string, c Context) []Reason {
	typed := Fold(head(text))
	f, taught := c.Taught.apply(&typed)
	l := newLine(f, &c)
	var out []Reason
	say := func(s Span, format string, args ...any) {
		out = append(out, Reason{s.From, s.To, text[s.From:s.To], fmt.Sprintf(format, args...)})
	}
	for i := 0; taught && i < len(typed.Runes); i++ {
		if w, ok := c.Taught.at(typed.Runes[i:]); ok {
			say(typed.Span(i, i+len(w.word)), "taught: as %s", string(w.meaning))
			i += len(w.word) - 1
		}
	}
	for _, h := range l.hits {
		say(l.Span(h.from, h.to), "word: %s %s", h.kind, h.value)
	}
	for _, h := range l.signs {
		say(l.Span(h.from, h.to), "sign: %s, %s", h.value, [...]string{counting: "live", softened: "worth a question", turnedOff: "turned off"}[l.liveness(h)])
	}
	for _, h := range l.offs {
		say(l.Span(h.from, h.to), "off: %s", h.value)
	}
	for _, n := range l.nums {
		say(l.Span(n.from, n.to), "number: %g", n.value)
	}
	out = append(out, weighed(text, f, c)...)
	g := Read(text, c)
	for _, m := range g.Mentions {
		say(m.Span, "name: people %v, exact %t, other group %t", m.People, m.Exact, m.OtherGroup)
	}
	if g.When.Grain != "" {
		say(g.When.Span, "time: %s %s", g.When.At.Format(time.RFC3339), g.When.Grain)
	}
	return out
}

// String is the name of the section in the word files.
func (k kind) String() string {
	for name, one := range kinds {
		if one == k {
			return name
		}
	}
	return ""
}
