package clock

import (
	"context"
	"time"
)

// Job is something that each replica does from time to time and that may run
// twice, or be broken off, without harm.
type Job struct {
	Name  string
	Every time.Duration // wall time between two runs; one that failed runs again at the next tick
	Run   func(context.Context) error
}

// paced is a job and when it last ended well. Ticks do not overlap.
type paced struct {
	Job
	last time.Time
}

func (p *paced) run(ctx context.Context, now time.Time) error {
	if !p.last.IsZero() && now.Sub(p.last) < p.Every {
		return nil
	}
	if err := p.Job.Run(ctx); err != nil {
		return err
	}
	p.last = now
	return nil
}
