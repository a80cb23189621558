package clock

import (
	"context"
	"errors"
	"fmt"

	"mishu/bot/line"
	"mishu/storage"
)

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
