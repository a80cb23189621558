package line

import (
	"slices"
	"time"

	"mishu/bot/book"
	"mishu/storage"
)

// Rule is a reminder, as data: what it says, to whom, when, how long it is of
// use, and why it would die. The clock makes rows of it; the words may be
// written at the last moment by the kind's Fresh, which also sees whether the
// reason still lives.
type Rule struct {
	Name string // under which its watermark is stored: visit.list
	What string // for people who ask why they got it: 每月1号的名单
	Dies string // what makes it die before it is sent, for the same people

	Day   Day
	At    func(book.Settings) time.Duration // the time of that day
	Whom  Whom
	Owes  storage.Notice // kind, subject, weight, lead, words: the same for each
	Lasts time.Duration  // how long after its time it is still of use

	// Switch is the line of work that an office may turn off as a whole
	// (settled.md 33), "" for what is always on. Optional ones are off until a
	// village turns them on.
	Switch   string
	Optional bool
}

// Whom names those to whom a rule owes its notice, from the records.
type Whom func(storage.In) ([]int64, error)

// Fall is one time at which a rule fell due, and the logical period it is for:
// the key of its notices never holds an instant.
type Fall struct {
	At     time.Time
	Period string
}

// On reports whether the office wants this rule.
func (r Rule) On(s book.Settings) bool { return r.Switch == "" || s.On(r.Switch, !r.Optional) }

// Falls are the times after from and up to now at which the rule falls due.
func (r Rule) Falls(s book.Settings, from, now time.Time) []Fall {
	if !r.On(s) {
		return nil
	}
	var falls []Fall
	from, now = from.In(storage.Shanghai), now.In(storage.Shanghai)
	for day := midnight(from); !day.After(now); day = day.AddDate(0, 0, 1) {
		period, due := r.Day(s, day)
		if !due {
			continue
		}
		if at := day.Add(r.At(s)); at.After(from) && !at.After(now) {
			falls = append(falls, Fall{At: at, Period: period})
		}
	}
	return falls
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, storage.Shanghai)
}

// Notice is what the rule owes one person at one fall.
func (r Rule) Notice(f Fall, person int64) storage.Notice {
	n := r.Owes
	n.Person, n.Period = person, f.Period
	n.NotBefore, n.NotAfter = storage.At(f.At), storage.At(f.At.Add(r.Lasts))
	return n
}

// Clock is a fixed time of day: "08:00".
func Clock(at string) func(book.Settings) time.Duration { return ClockOf("", at) }

// ClockOf is a time of day that the office may set.
func ClockOf(setting, otherwise string) func(book.Settings) time.Duration {
	return func(s book.Settings) time.Duration { return s.Clock(setting, otherwise) }
}

// Holders are those who have one of the roles.
func Holders(roles ...string) Whom {
	return func(v storage.In) ([]int64, error) { return v.HoldersOf(roles...) }
}

// Besides are those whom one names and the other does not.
func Besides(all, but Whom) Whom {
	return func(v storage.In) ([]int64, error) {
		ids, err := all(v)
		if err != nil {
			return nil, err
		}
		not, err := but(v)
		return slices.DeleteFunc(ids, func(id int64) bool { return slices.Contains(not, id) }), err
	}
}

// Due is something in the records whose own time has come: a step of a ladder,
// an attempt that nobody has answered.
type Due struct {
	Name string
	// Find names what is due, in all villages.
	Find func(tx *storage.Tx, n int) ([]Item, error)
	// Do looks at one of them; it may be done already.
	Do func(v storage.In, b *book.Book, id int64) error
}

// Item names something of a village.
type Item struct{ Village, ID int64 }
