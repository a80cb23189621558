package clock

import (
	"context"
	"time"
)

// Job is something that each replica does from time to time and that may run
// twice, or be broken off, without harm. That it fails is logged, and is no
// failure of the clock: the platform may be away while all else goes on.
type Job struct {
	Name  string
	Every time.Duration // wall time between two runs; after one that failed at most a minute
	Run   func(context.Context) error
}

// paced is a job and when it runs next. Ticks do not overlap.
type paced struct {
	Job
	next time.Time
}

// afterFailure is when a job that failed runs again.
const afterFailure = time.Minute

func (c *Clock) pace(ctx context.Context, p *paced) error {
	now := c.Wall()
	if now.Before(p.next) {
		return nil
	}
	p.next = now.Add(p.Every)
	if err := p.Run(ctx); err != nil && ctx.Err() == nil {
		p.next = now.Add(min(p.Every, afterFailure))
		c.Metrics.failed()
		c.Log.Warn("a job failed", "job", p.Name, "err", err)
	}
	return nil
}
