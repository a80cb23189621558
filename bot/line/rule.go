package line

import (
	"time"

	"mishu/bot/book"
	"mishu/storage"
)

// Rule is a reminder: when it falls due and what it then owes to whom.
type Rule struct {
	Name string
	// On tells whether the rule falls on a village day, and at what time of it.
	On func(b *book.Book, day time.Time) (time.Duration, bool)
	// Plan owes the notices of one day. It runs once a village and day, in the
	// transaction that moves the rule's watermark.
	Plan func(v storage.In, b *book.Book, at time.Time) error
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
