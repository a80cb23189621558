package clock

import (
	"context"
	"errors"
	"time"

	"mishu/storage"
)

const (
	// keepHeard is far longer than the platform delivers a message again
	// (15 s); a month lets a county look back.
	keepHeard = 30 * 24 * time.Hour
	// keepNumber is how long a closed request keeps its number (settled.md 16).
	keepNumber = 30 * 24 * time.Hour
	// keepPuzzle is how long a line that was not understood is kept: four of her
	// weekly lists.
	keepPuzzle = 30 * 24 * time.Hour
	// keepMeasure is what the text of consent promises (bot/consent/text.go).
	keepMeasure = 2 * 365 * 24 * time.Hour
	tidyAtOnce  = 500
)

// tidier is a session store that has rows of its own to remove.
type tidier interface {
	Tidy(context.Context) (int, error)
}

// tidy gives back what nobody needs any more, a bounded piece at a time.
func (c *Clock) tidy(ctx context.Context) error {
	if t, ok := c.Sessions.(tidier); ok {
		if _, err := t.Tidy(ctx); err != nil {
			return err
		}
	}
	var villages []storage.Village
	err := c.Store.View(ctx, func(tx *storage.Tx) (err error) {
		villages, err = tx.WithNumbersToFree(storage.At(tx.Now().Add(-keepNumber)), tidyAtOnce)
		return err
	})
	if err != nil {
		return err
	}
	return c.Store.Update(ctx, func(tx *storage.Tx) error {
		for _, v := range villages {
			if err := tx.In(v.ID).FreeNumbers(storage.At(tx.Now().Add(-keepNumber))); err != nil {
				return err
			}
		}
		return errors.Join(
			tx.ForgetPuzzles(storage.At(tx.Now().Add(-keepPuzzle)), tidyAtOnce),
			tx.ForgetMeasures(storage.At(tx.Now().Add(-keepMeasure)), tidyAtOnce),
			tx.ForgetHeard(storage.At(tx.Wall().Add(-keepHeard)), tidyAtOnce),
		)
	})
}
