package clock

import (
	"context"
	"time"

	"mishu/storage"
)

// The auditor looks every five minutes for what should have moved ten minutes
// ago (care-features 4.2).
const (
	auditEvery = 5 * time.Minute
	lateAfter  = 10 * time.Minute
)

// audit counts, by line of work, what the clock should have looked at and has
// not: it runs behind the dues, so that what it finds is stuck. Nothing is
// moved here; the brief tells the village, the metric the operator.
func (c *Clock) audit(ctx context.Context) error {
	now := c.Wall().UnixMilli()
	if last := c.audited.Load(); last != 0 && now-last < auditEvery.Milliseconds() {
		return nil
	}
	err := c.Store.View(ctx, func(tx *storage.Tx) error {
		for _, l := range c.Lines {
			if l.Late == nil {
				continue
			}
			n, err := l.Late(tx, storage.At(tx.Now().Add(-lateAfter)))
			if err != nil {
				return err
			}
			c.Metrics.late(l.Name, n)
			if n > 0 {
				c.Log.Error("should have moved", "line", l.Name, "n", n)
			}
		}
		return nil
	})
	if err == nil {
		c.audited.Store(now)
	}
	return err
}
