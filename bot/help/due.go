package help

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/ladder"
	"mishu/bot/line"
	"mishu/storage"
)

// dues are the requests that the clock has to look at.
var dues = []line.Due{
	{Name: "help.unclear", Find: due(storage.Unclear), Do: stayedUnclear},
	{Name: "help.ladder", Find: due(storage.Open), Do: nextRing},
	{Name: "help.held", Find: due(storage.Held), Do: holdEnded},
	{Name: "help.taken", Find: due(storage.Taken), Do: nudge},
}

func due(state string) func(*storage.Tx, int) ([]line.Item, error) {
	return func(tx *storage.Tx, n int) ([]line.Item, error) {
		helps, err := tx.HelpsDue(state, storage.At(tx.Now()), n)
		items := make([]line.Item, 0, len(helps))
		for _, h := range helps {
			items = append(items, line.Item{Village: h.Village, ID: h.ID})
		}
		return items, err
	}
}

// locked runs f on a request that is still in the state and whose time has come.
func locked(v storage.In, id int64, state string, f func(*storage.Help) error) error {
	h, found, err := v.LockHelp(id)
	if err != nil || !found || h.State != state || h.NextAt == 0 || h.NextAt > storage.At(v.Now()) {
		return err
	}
	if err := f(&h); err != nil {
		return err
	}
	return v.SaveHelp(h)
}

// stayedUnclear hands a request that nobody completed to the secretary-general
// as it stands (settled.md 10).
func stayedUnclear(v storage.In, b *book.Book, id int64) error {
	return locked(v, id, storage.Unclear, func(h *storage.Help) error {
		h.NextAt = 0
		return ladder.TellSecretary(v, b, *h, noteUnclear, "有1件事没问清，回“看”")
	})
}

// nextRing asks the next ring. By day only, unless it is urgent.
func nextRing(v storage.In, b *book.Book, id int64) error {
	return locked(v, id, storage.Open, func(h *storage.Help) error {
		if quiet, ends := b.Quiet(v.Now()); quiet && !h.Urgent {
			h.NextAt = storage.At(ends)
			return nil
		}
		return ladder.Advance(v, b, h)
	})
}

// holdEnded gives a request back whose asker did not answer about a condition.
func holdEnded(v storage.In, b *book.Book, id int64) error {
	h, found, err := v.LockHelp(id)
	if err != nil || !found || h.State != storage.Held || h.HeldUntil > storage.At(v.Now()) {
		return err
	}
	if err := v.LogHelp(id, 0, "hold ended", ""); err != nil {
		return err
	}
	return Reopen(v, b, &h)
}

// helpOf reads the request that a notice is about.
func helpOf(v storage.In, n storage.Notice) (storage.Help, error) {
	id, err := strconv.ParseInt(strings.TrimPrefix(n.Subject, "help:"), 10, 64)
	if err != nil {
		return storage.Help{}, fmt.Errorf("notice about %q: %w", n.Subject, err)
	}
	h, _, err := v.Help(id)
	return h, err
}

// inState lets a notice live while its request is in one of the states.
func inState(states ...string) line.Fresh {
	return func(v storage.In, _ *book.Book, n *storage.Notice) (string, error) {
		h, err := helpOf(v, *n)
		if err != nil {
			return "", err
		}
		for _, s := range states {
			if h.State == s {
				return "", nil
			}
		}
		return n.Subject + " is " + h.State, nil
	}
}

var (
	freshTerms   = inState(storage.Held)
	freshGood    = inState(storage.Done)
	freshOpen    = inState(storage.Open, storage.Unclear, storage.Held)
	freshUnclear = inState(storage.Unclear)
	freshNudge   = inState(storage.Taken)
	freshYours   = inState(storage.Taken)
)

// freshOthers lets "somebody goes" live while that is so, and not for the one
// who goes.
func freshOthers(v storage.In, _ *book.Book, n *storage.Notice) (string, error) {
	h, err := helpOf(v, *n)
	switch {
	case err != nil:
		return "", err
	case h.State != storage.Taken:
		return n.Subject + " is " + h.State, nil
	case h.Holder == n.Person:
		return n.Subject + " is his own", nil
	}
	return "", nil
}

// freshAsk writes the question anew: the day or the wishes may have changed.
func freshAsk(v storage.In, b *book.Book, n *storage.Notice) (string, error) {
	h, err := helpOf(v, *n)
	if err != nil || h.State != storage.Open {
		return n.Subject + " is " + h.State, err
	}
	n.Words = ladder.Words(b, h, v.Now())
	return "", nil
}

// freshPromise says how things stand at the promised time, also when the news
// is "nobody yet" (settled.md 11).
func freshPromise(v storage.In, b *book.Book, n *storage.Notice) (string, error) {
	h, err := helpOf(v, *n)
	if err != nil {
		return "", err
	}
	switch h.State {
	case storage.Open:
		n.Words = fmt.Sprintf("讲了给您回信：%d号还没人接，我还在问，%s也看得到。", h.Number, b.Called())
	case storage.Held:
		n.Words = fmt.Sprintf("讲了给您回信：%d号%s肯来，在等一句回话。", h.Number, b.Name(h.Holder))
	case storage.Unclear:
		n.Words = fmt.Sprintf("讲了给您回信：%d号还差日子，讲一声哪天方便。", h.Number)
	default:
		return n.Subject + " is " + h.State, nil
	}
	if phone := b.Office(v.Now()); phone != "" {
		n.Words += "急就打" + phone + "。"
	}
	return "", nil
}

// settledRing passes a ring at once in which no channel reached anybody: only
// what a channel accepted counts as asked (settled.md 15).
func settledRing(v storage.In, b *book.Book, n storage.Notice) error {
	if !ladder.Lost(n) {
		return nil
	}
	h, err := helpOf(v, n)
	if err != nil {
		return err
	}
	if _, _, err := v.LockHelp(h.ID); err != nil { // of two lost at once, the second must see the first
		return err
	}
	silent, err := ladder.Silent(v, h, n)
	if err != nil {
		return err
	}
	if n.Kind == noteAsk {
		if err := tellUnreached(v, b, h, n.Person); err != nil {
			return err
		}
	}
	if !silent {
		return nil
	}
	h, found, err := v.LockHelp(h.ID)
	if err != nil || !found || h.State != storage.Open || h.NextAt == 0 {
		return err
	}
	h.NextAt = storage.At(v.Now().Add(time.Millisecond))
	return v.SaveHelp(h)
}
