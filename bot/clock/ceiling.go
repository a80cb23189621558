package clock

import (
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/storage"
)

// ceiling is how many unasked notices anybody gets a day, one of a kind.
const ceiling = 3

// quietOrFull holds what may not disturb at this hour or this week, and leaves
// for the next message what the day has no room for.
func (c *Clock) quietOrFull(v storage.In, b *book.Book, n *storage.Notice) (bool, error) {
	if quiet, ends := b.Quiet(v.Now()); quiet && !wakes(v, b, *n) {
		n.State, n.NotBefore = storage.NoticeDue, storage.At(morning(b, n.Person, ends))
		return true, nil
	}
	if n.Weight != storage.Unasked {
		return false, nil
	}
	until, err := c.heldBack(v, b, *n)
	if err != nil {
		return false, err
	}
	if until.After(v.Now()) {
		n.State, n.NotBefore = storage.NoticeDue, storage.At(until)
		n.NotAfter = max(n.NotAfter, storage.At(until.Add(heldFor)))
		return true, nil
	}
	full, err := noRoom(v, n)
	if full {
		n.State, n.Why = storage.NoticeCarry, "ceiling"
	}
	return full, err
}

// answersNow are the kinds that answer what their reader wrote a moment ago: he
// is awake.
var answersNow = map[string]bool{line.Late: true, line.Played: true}

// wakes reports whether a notice may disturb somebody in the quiet hours: danger
// always, 加急 until ten (settled.md 7).
func wakes(v storage.In, b *book.Book, n storage.Notice) bool {
	night, _ := b.Night(v.Now())
	return n.Weight == storage.Danger || n.Weight == storage.Urgent && (!night || answersNow[n.Kind])
}

// heldFor is how long a notice is of use after the time until which a line held
// it back.
const heldFor = 10 * time.Hour

// heldBack asks the lines whether an unasked notice has to wait, and until when.
func (c *Clock) heldBack(v storage.In, b *book.Book, n storage.Notice) (time.Time, error) {
	var latest time.Time
	for _, l := range c.Lines {
		if l.Holds == nil {
			continue
		}
		until, err := l.Holds(v, b, n)
		if err != nil {
			return latest, err
		}
		if until.After(latest) {
			latest = until
		}
	}
	return latest, nil
}

// morning is when the night ends for somebody: for the secretary-general with
// her brief, so that what came up in the night is one message.
func morning(b *book.Book, person int64, ends time.Time) time.Time {
	if !b.Has(person, storage.Secretary) {
		return ends
	}
	at := ends.In(storage.Shanghai)
	brief := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, storage.Shanghai).Add(b.Clock(book.BriefAt, "07:05"))
	if brief.After(ends) {
		return brief
	}
	return ends
}

// noRoom reports whether the person has had his unasked notices of the day, or
// one of this kind.
func noRoom(v storage.In, n *storage.Notice) (bool, error) {
	if err := v.LockPerson(n.Person); err != nil { // two replicas may not both find room
		return false, err
	}
	day := storage.Day(v.Now())
	any, err := v.SentOn(n.Person, day, "")
	if err != nil || any >= ceiling {
		return true, err
	}
	same, err := v.SentOn(n.Person, day, n.Kind)
	return same > 0, err
}
