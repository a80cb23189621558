package read

import (
	"encoding/json"
	"time"
)

// A Message is one line that `mishu read` takes.
type Message struct {
	ID     json.RawMessage `json:"id"`
	Text   string          `json:"text"`
	Time   string          `json:"reference_time"` // RFC 3339; without a zone, Shanghai's
	Sender Sender          `json:"sender"`
}

// Sender is who typed it. A role that is not known counts as stranger.
type Sender struct {
	ID    string   `json:"id"`
	Role  string   `json:"role"` // family, elder, volunteer, secretary, doctor, stranger
	Bound []string `json:"bound_elders"`
}

// timeForms are the ways in which a reference time may be written.
var timeForms = [...]string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02"}

// ParseTime reads a reference time; a wall clock without a zone is Shanghai's.
func ParseTime(s string) (time.Time, bool) {
	for _, form := range timeForms {
		if t, err := time.ParseInLocation(form, s, shanghai); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// speaker tells the reader who speaks: what the conversation takes from the
// village's book, taken from the line.
func (v *Village) speaker(s Sender) Speaker {
	me := v.byID[s.ID]
	out := Speaker{Role: s.Role}
	bound := v.numbers(s.Bound)
	if bound == nil {
		bound = v.bound[me]
	}
	switch s.Role {
	case "elder":
		out.Person = me
	case "family":
		out.Person, out.Proxies = me, bound
	case "volunteer":
		out.Person, out.Cares = me, bound
	case "secretary", "doctor":
		out.Person = me
	default:
		return Speaker{}
	}
	if p, ok := v.Roster.Person(me); ok {
		out.Household, out.Group = p.Household, p.Group
	}
	return out
}

// Context is what a message is read against. now stands in for a reference time
// that is missing or unreadable.
func (v *Village) Context(m Message, now time.Time) Context {
	if t, ok := ParseTime(m.Time); ok {
		now = t
	}
	return Context{Now: now, Roster: v.Roster, Speaker: v.speaker(m.Sender), Market: v.market, Taught: v.taught}
}

// Read reads one message by the function that the conversation calls, against its
// Context.
func (v *Village) Read(m Message, now time.Time, why bool) Output {
	c := v.Context(m, now)
	g := Read(m.Text, c)
	if g.Word == "食堂" && g.When.Grain == "" { // in the conversation its day answers no question
		f := Fold(head(m.Text))
		g.When = newLine(&f, &c).when()
	}
	out := v.output(&g, &c, m.Sender.Role)
	out.ID = m.ID
	if why {
		out.Why = Explain(m.Text, c)
	}
	return out
}
