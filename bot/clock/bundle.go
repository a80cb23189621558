package clock

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mishu/bot/book"
	"mishu/storage"
)

const (
	// ridersBound is how many notices one letter may hold beside its first.
	ridersBound = 6
	// bundleRunes is how long a bundle may grow: a screen of a telephone.
	bundleRunes = 400
)

// bundle adds to a letter what else is due for the same person: one message is
// read, four at dawn are not. What asks or answers in the middle of a day goes
// by itself, because its answer is a word.
func (c *Clock) bundle(v storage.In, b *book.Book, r *reserved) error {
	if !bundles(b, r.notice) {
		return nil
	}
	others, err := v.DueFor(r.notice.Person, storage.At(v.Now()), storage.At(v.Tx().Wall()), ridersBound)
	if err != nil {
		return err
	}
	for _, d := range others {
		if utf8.RuneCountInString(r.words()) > bundleRunes {
			return nil
		}
		if err := c.ride(v, b, r, d); err != nil {
			return err
		}
	}
	return nil
}

// ride claims one more notice and takes it into the letter, where it may be
// sent now.
func (c *Clock) ride(v storage.In, b *book.Book, r *reserved, d storage.Notice) error {
	if d.ID == r.notice.ID || !bundles(b, d) {
		return nil
	}
	n, claimed, err := c.claim(v, d.ID)
	if err != nil || !claimed {
		return err
	}
	mine, err := c.take(v, b, r, &n)
	if mine {
		r.riders = append(r.riders, n)
	}
	return err
}

// bundles reports whether a notice may share a letter: what nobody asked for,
// and whatever the night held back.
func bundles(b *book.Book, n storage.Notice) bool {
	if n.OpenID != "" || n.Weight < storage.Direct || n.Lead == "" {
		return false
	}
	if n.Weight != storage.Direct {
		return true
	}
	night, _ := b.Quiet(n.CreatedAt.Time())
	return night
}

// ordered are the notices of a letter: the brief first, then the heaviest.
func (r reserved) ordered() []storage.Notice {
	all := append([]storage.Notice{r.notice}, r.riders...)
	slices.SortStableFunc(all, func(x, y storage.Notice) int {
		if brief := first(y) - first(x); brief != 0 {
			return brief
		}
		return x.Weight - y.Weight
	})
	return all
}

func first(n storage.Notice) int {
	if n.Weight == storage.Brief {
		return 1
	}
	return 0
}

func (r reserved) words() string {
	switch {
	case r.hides():
		return r.hidden()
	case len(r.riders) == 0:
		return r.notice.Words
	}
	var words []string
	for _, n := range r.ordered() {
		words = append(words, n.Words)
	}
	return strings.Join(words, "\n")
}

// lead is what a lock screen shows of a letter.
func (r reserved) lead() string { return r.ordered()[0].Lead }

// with are the ids of the notices beside the first.
func (r reserved) with() []string {
	var ids []string
	for _, n := range r.riders {
		ids = append(ids, strconv.FormatInt(n.ID, 10))
	}
	return ids
}
