package clock

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/storage"
	"mishu/storage/failpoint"
)

// villagesAtOnce is how many villages are read at a time: memory stays bounded
// however many there are.
const villagesAtOnce = 200

// plan owes the notices of every rule that came due since its watermark.
func (c *Clock) plan(ctx context.Context) error {
	after := int64(0)
	for {
		var villages []storage.Village
		err := c.Store.View(ctx, func(tx *storage.Tx) (err error) {
			villages, err = tx.Villages(after, villagesAtOnce)
			return err
		})
		if err != nil || len(villages) == 0 {
			return err
		}
		for _, v := range villages {
			if err := c.planVillage(ctx, v.ID); err != nil {
				return err
			}
		}
		after = villages[len(villages)-1].ID
	}
}

func (c *Clock) planVillage(ctx context.Context, village int64) error {
	b, err := c.Books.Read(ctx, village)
	if err != nil {
		return err
	}
	for _, l := range c.Lines {
		for _, r := range l.Rules {
			if err := c.planRule(ctx, b, r); err != nil {
				return fmt.Errorf("rule %s: %w", r.Name, err)
			}
		}
	}
	return nil
}

// lookBack bounds how far a rule is planned after an outage: what is older is
// stale anyway, and what was missed is counted by the brief.
const lookBack = 45 * 24 * time.Hour

// planRule plans one rule of one village: what came due since the watermark,
// and the watermark, in one transaction. A rule that is new starts now and
// never fills in what was before it.
func (c *Clock) planRule(ctx context.Context, b *book.Book, r line.Rule) error {
	if !c.anyDue(ctx, b, r) {
		return nil
	}
	err := c.Store.Update(ctx, func(tx *storage.Tx) error {
		now := tx.Now().In(storage.Shanghai)
		from, err := tx.Watermark(b.Village.ID, r.Name)
		if err != nil {
			return err
		}
		v := tx.In(b.Village.ID)
		if b, err = c.Books.Book(v); err != nil {
			return err
		}
		for _, at := range falls(b, r, from.Time(), now) {
			if err := r.Plan(v, b, at); err != nil {
				return err
			}
		}
		failpoint.Here("plan-before-watermark")
		moved, err := tx.MoveWatermark(b.Village.ID, r.Name, from, storage.At(now))
		if err != nil {
			return err
		}
		if !moved {
			return errElse
		}
		return nil
	})
	failpoint.Here("plan-after-commit")
	if errors.Is(err, errElse) || storage.IsDuplicate(err) {
		return nil
	}
	return err
}

// errElse means that another replica was first.
var errElse = errors.New("planned by somebody else")

// anyDue looks at the watermark without a transaction: most ticks find nothing.
func (c *Clock) anyDue(ctx context.Context, b *book.Book, r line.Rule) bool {
	due := true
	err := c.Store.View(ctx, func(tx *storage.Tx) error {
		from, err := tx.Watermark(b.Village.ID, r.Name)
		if err == nil && from != 0 {
			due = len(falls(b, r, from.Time(), tx.Now().In(storage.Shanghai))) > 0
		}
		return err
	})
	return err != nil || due // on an error the transaction says what is wrong
}

// falls are the times after from and up to now at which a rule falls due.
func falls(b *book.Book, r line.Rule, from, now time.Time) []time.Time {
	if from.IsZero() {
		return nil
	}
	if now.Sub(from) > lookBack {
		from = now.Add(-lookBack)
	}
	var times []time.Time
	from = from.In(storage.Shanghai)
	day := time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, storage.Shanghai)
	for ; !day.After(now); day = day.AddDate(0, 0, 1) {
		at, due := r.On(b, day)
		if t := day.Add(at); due && t.After(from) && !t.After(now) {
			times = append(times, t)
		}
	}
	return times
}

// duesAtOnce bounds what one tick looks at of one kind.
const duesAtOnce = 200

// lookAtDues looks at everything in the records whose own time has come.
func (c *Clock) lookAtDues(ctx context.Context) error {
	var failed error
	for _, l := range c.Lines {
		for _, d := range l.Dues {
			if err := c.lookAtDue(ctx, d); err != nil {
				failed = errors.Join(failed, fmt.Errorf("%s: %w", d.Name, err))
			}
		}
	}
	return failed
}

func (c *Clock) lookAtDue(ctx context.Context, d line.Due) error {
	var items []line.Item
	err := c.Store.View(ctx, func(tx *storage.Tx) (err error) {
		items, err = d.Find(tx, duesAtOnce)
		return err
	})
	for _, it := range items {
		one := c.Store.Update(ctx, func(tx *storage.Tx) error {
			v := tx.In(it.Village)
			b, err := c.Books.Book(v)
			if err != nil {
				return err
			}
			return d.Do(v, b, it.ID)
		})
		err = errors.Join(err, one)
	}
	return err
}
