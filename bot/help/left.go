package help

import (
	"mishu/bot/line"
)

// left hears that a volunteer has left: what he held is asked of others, and
// whoever waits for it hears so.
func left(t *line.Turn, f line.Fact) error {
	held, err := t.In.HelpsHeldBy(f.Person)
	if err != nil {
		return err
	}
	for _, h := range held {
		h, found, err := t.In.LockHelp(h.ID)
		if err != nil || !found || h.Holder != f.Person {
			return err
		}
		if err := t.In.LogHelp(h.ID, f.Person, "left", t.Read.Text); err != nil {
			return err
		}
		if err := Reopen(t.In, t.Book, &h); err != nil {
			return err
		}
		if err := tellBack(t.In, t.Book, h, f.Person, "不做了"); err != nil {
			return err
		}
	}
	return nil
}
