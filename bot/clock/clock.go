// Package clock runs the timed jobs: it plans reminders, looks at what is due,
// delivers notices, and tidies. Everything it knows is in the records, so it
// may stop anywhere and any replica goes on.
package clock

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"runtime/debug"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/talk"
	"mishu/storage"
	"mishu/storage/session"
)

// Channel takes letters to people. It never panics, never blocks longer than
// its own time-out, and says what it knows about the delivery.
type Channel interface {
	Send(ctx context.Context, l talk.Letter) talk.Outcome
}

// Options are what a Clock is made of.
type Options struct {
	Store    *storage.Store
	Sessions session.Store
	Books    *book.Shelf
	Lines    []line.Line
	Channel  Channel
	SMS      Second                      // the second channel; the zero Second is none
	More     []Job                       // what else is done from time to time
	Wake     func(context.Context) error // answers the fragments that have waited long enough
	// Unreached is told that nothing reaches an OpenID: its owner does not follow
	// any more, or refuses messages. nil: it is not noted.
	Unreached func(ctx context.Context, account, openid string, refuses bool) error
	Wall      func() time.Time
	Village   func() time.Time
	Log       *slog.Logger
	Metrics   *Metrics
	Senders   int // letters on their way at once; 0 for the default
}

// Clock runs the timed jobs of one replica.
type Clock struct {
	Options
	owner   string // names this replica in the leases
	fresh   map[string]line.Fresh
	settled map[string]line.Settled
	texted  map[string]line.Texted
	attach  map[string]line.Attached
	rules   []line.Rule
	nexts   map[int64]next // by village; only Tick touches it
	ticked  atomic.Int64   // wall milliseconds of the last tick that ended well
	planned atomic.Int64   // the village minute that was planned last
	audited atomic.Int64   // wall milliseconds of the last audit
	tidied  atomic.Int64   // wall milliseconds of the last tidying
	more    []*paced
	ticking sync.Mutex
}

// New makes a Clock.
func New(opt Options) *Clock {
	c := &Clock{Options: opt, owner: strconv.FormatUint(rand.Uint64(), 36), fresh: line.FreshOf(opt.Lines), settled: map[string]line.Settled{}, texted: map[string]line.Texted{}, attach: map[string]line.Attached{}, nexts: map[int64]next{}}
	for _, j := range opt.More {
		c.more = append(c.more, &paced{Job: j})
	}
	for _, l := range opt.Lines {
		maps.Copy(c.texted, l.Texted)
		maps.Copy(c.attach, l.Attaches)
		c.rules = append(c.rules, l.Rules...)
		for kind, f := range l.Settles {
			c.settled[kind] = f
		}
	}
	return c
}

// job is one timed module. run is separate from its loop, so that tests and the
// demo run it when they like.
type job struct {
	name string
	run  func(context.Context) error
}

func (c *Clock) jobs() []job {
	jobs := []job{
		{"books", c.Books.Refresh},
		{"fragments", c.Wake},
		{"dues", c.lookAtDues}, // before the plan: an office that comes back gets what falls due now
		{"plan", c.eachMinute},
		{"audit", c.audit},
		{"lost", c.findLost},
		{"deliver", c.deliver},
		{"tidy", c.nowAndThen},
	}
	for _, p := range c.more {
		jobs = append(jobs, job{p.Name, func(ctx context.Context) error { return c.pace(ctx, p) }})
	}
	return jobs
}

// eachMinute plans when the village's clock shows a new minute: rules name no
// finer time.
func (c *Clock) eachMinute(ctx context.Context) error {
	minute := c.Village().Unix() / 60
	if c.planned.Load() == minute {
		return nil
	}
	err := c.plan(ctx)
	if err == nil {
		c.planned.Store(minute)
	}
	return err
}

// tidyEvery is how often a replica tidies.
const tidyEvery = 10 * time.Minute

func (c *Clock) nowAndThen(ctx context.Context) error {
	now := c.Wall().UnixMilli()
	if now-c.tidied.Load() < tidyEvery.Milliseconds() {
		return nil
	}
	err := c.tidy(ctx)
	if err == nil {
		c.tidied.Store(now)
	}
	return err
}

// jobTime bounds one run of one job.
const jobTime = time.Minute

// Tick runs each job once. A job that fails or panics does not keep the others
// from running. Ticks do not overlap: where one is asked for while Run ticks, it
// waits.
func (c *Clock) Tick(ctx context.Context) error {
	c.ticking.Lock()
	defer c.ticking.Unlock()
	var failed error
	for _, j := range c.jobs() {
		if err := c.guarded(ctx, j); err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", j.name, err))
		}
	}
	if failed == nil {
		c.ticked.Store(c.Wall().UnixMilli())
	}
	return failed
}

func (c *Clock) guarded(ctx context.Context, j job) (err error) {
	ctx, cancel := context.WithTimeout(ctx, jobTime)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return j.run(ctx)
}

// Run ticks until ctx ends. every is the pause between two ticks.
func (c *Clock) Run(ctx context.Context, every time.Duration) error {
	for {
		if err := c.Tick(ctx); err != nil && ctx.Err() == nil {
			c.Metrics.failed()
			c.Log.Error("clock", "err", err)
		}
		pause := every + rand.N(every/4+1) // replicas drift apart
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
}

// Age is how long ago the last tick ended well; it is the pulse that /readyz
// shows.
func (c *Clock) Age() time.Duration {
	at := c.ticked.Load()
	if at == 0 {
		return 0
	}
	return c.Wall().Sub(time.UnixMilli(at))
}
