package help

import (
	"fmt"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// aloud hears that somebody asks for help in words that he did not type: a
// person has listened to his voice, or he has said by a digit what a picture is
// for. The request is his own. Whoever types himself is asked which day would
// suit; else any day does, and the asking begins at once.
func aloud(t *line.Turn, f line.Fact) error {
	part := *t
	c := t.Book.Reading(t.Now())
	c.Speaker = read.Speaker{Person: f.Person}
	part.Read = read.Read(f.Words, c)
	part.Me = f.Person
	d := begin(&part)
	if d.Elder == 0 {
		d.Elder, d.Choices = f.Person, nil
	}
	if len(d.Services) == 0 {
		d.Services = []string{string(read.Other)}
	}
	himself := t.Me == f.Person
	if d.Grain == "" && !himself {
		d.Grain = anytime
	}
	for _, service := range d.Services {
		why := basis(&part, d)
		if f.Tie != "" {
			why = t.In.Told(d.Elder, f.Tie)
		}
		if err := askAloud(t, &part, d, service, why); err != nil {
			return err
		}
	}
	return nil
}

// wanted hears that the speaker wants something seen to which he saw at an elder's:
// he asks for it in the elder's place, for any day.
func wanted(t *line.Turn, f line.Fact) error {
	part := *t
	c := t.Book.Reading(t.Now())
	c.Speaker = read.Speaker{Person: t.Me}
	part.Read = read.Read(f.Words, c)
	d := begin(&part)
	d.Elder, d.Choices, d.Grain, d.Detail = f.Person, nil, anytime, f.Words
	if len(d.Services) == 0 {
		d.Services = []string{string(read.Lao)}
	}
	a, err := commit(t, d)
	t.Said = a.Text
	return err
}

func askAloud(t, part *line.Turn, d draft, service string, why storage.Basis) error {
	h := record(part, d, service)
	h.Ordinal = t.Next("help")
	if t.Me != part.Me { // the message is the listener's; the answers go to whoever spoke
		h.Account, h.OpenID = "", ""
	}
	if err := t.In.AddHelp(&h, why); err != nil {
		return err
	}
	if err := t.In.LogHelp(h.ID, t.Me, "asked", t.Read.Text); err != nil {
		return err
	}
	if h.State == storage.Unclear {
		t.Question(line.Question{Line: name, Name: askWhen, Ref: h.ID, Refs: []int64{h.ID}, Text: fmt.Sprintf("%d号哪天方便？", h.Number)})
		return nil
	}
	return start(t, h.ID)
}
