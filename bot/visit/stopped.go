package visit

import (
	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/storage"
)

// stopped ends what waits about somebody who is not visited any more: closed
// doors, and what is carried to his family.
func stopped(t *line.Turn, f line.Fact) error {
	if f.Words == storage.Died {
		if err := t.In.ClearNotices(noteSeen, subject("elder", f.Person), subject("person", f.Person)+" "+f.Words); err != nil {
			return err
		}
	}
	attempts, err := t.In.AttemptsWaiting(storage.Day(t.Now().AddDate(0, 0, -waitingDays)))
	if err != nil {
		return err
	}
	for _, a := range attempts {
		if a.Elder != f.Person {
			continue
		}
		if err := settle(t, []int64{a.ID}, f.Words); err != nil {
			return err
		}
		if err := t.In.ClearNotices(noteUnseen, subject("visit", a.ID), subject("person", f.Person)+" "+f.Words); err != nil {
			return err
		}
	}
	return nil
}

// waitingDays is how many days an attempt stands in the brief.
const waitingDays = 3

func isDead(b *book.Book, id int64) bool { return b.Person(id).Status == storage.Dead }
