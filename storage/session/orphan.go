package session

import (
	"context"
	"sync"
	"time"
)

// orphan is a lock that may have been taken though its answer never came: a
// store that hung does what it was sent once it goes on again. Nobody holds it,
// and for the rest of its lease the person would find himself busy.
type orphan struct {
	who   Who
	token string
	until time.Time // when its lease has run out; real time, however the clock is set
}

// orphans gives such locks back as soon as the store hears again. One goroutine
// does it, and lives only while there are any.
type orphans struct {
	vault vault
	lease time.Duration
	ctx   context.Context // ends with close
	end   context.CancelFunc
	work  sync.WaitGroup

	mu   sync.Mutex
	left []orphan
	busy bool // the goroutine runs
}

const (
	// mostOrphans is about what 500 messages a second leave behind in the two
	// seconds in which a hanging store is found out. The lease frees the rest.
	mostOrphans = 1000
	// between two tries at a store that does not answer.
	tryAgain = 100 * time.Millisecond
)

func newOrphans(v vault, lease time.Duration) *orphans {
	ctx, end := context.WithCancel(context.Background())
	return &orphans{vault: v, lease: lease, ctx: ctx, end: end}
}

func (o *orphans) add(who Who, token string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.left) >= mostOrphans || o.ctx.Err() != nil {
		return
	}
	o.left = append(o.left, orphan{who, token, time.Now().Add(o.lease)})
	if !o.busy {
		o.busy = true
		o.work.Go(o.sweep)
	}
}

// sweep tries until nothing is left that a lease would not have ended. What
// fails goes to the end: one dead shard of a cluster must not hold up the rest.
func (o *orphans) sweep() {
	for {
		next, ok := o.next()
		if !ok {
			return
		}
		if !o.free(next) {
			o.back(next)
			_ = sleep(o.ctx, tryAgain)
		}
	}
}

// next takes out the oldest orphan whose lease still binds.
func (o *orphans) next() (orphan, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for len(o.left) > 0 {
		x := o.left[0]
		o.left = o.left[1:]
		if o.ctx.Err() == nil && time.Now().Before(x.until) {
			return x, true
		}
	}
	o.left, o.busy = nil, false
	return orphan{}, false
}

func (o *orphans) back(x orphan) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.left = append(o.left, x)
}

func (o *orphans) free(x orphan) bool {
	ctx, cancel := context.WithTimeout(o.ctx, closing)
	defer cancel()
	return o.vault.free(ctx, x.who, x.token) == nil
}

// close gives up what is left.
func (o *orphans) close() {
	o.end()
	o.work.Wait()
}
