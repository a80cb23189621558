package session

import (
	"context"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// lanes carries the scripts of many callers to one server. What arrives while a
// lane is on its way goes with the next, in one write and one read: under load
// most of a trip's cost is the kernel's, on both sides. A lone caller goes at
// once. Each script still runs by itself, and fails by itself.
type lanes struct {
	client redis.UniversalClient
	queue  chan *trip
	quit   chan struct{}
	work   sync.WaitGroup
}

const (
	// laneCount: while one waits for the server the other is filled. One was
	// a little slower at 64 callers, four clearly so: they leave half empty.
	laneCount = 2
	// laneful bounds what shares a fate when a connection breaks.
	laneful = 64
	// crossing bounds one lane's way there and back; the client's own
	// time-outs, 1 s each and tried twice, come first.
	crossing = 3 * time.Second
)

// trip is one script on one key.
type trip struct {
	ctx    context.Context
	script *redis.Script
	keys   []string
	args   []any
	answer *redis.Cmd
	done   chan struct{}
}

func newLanes(client redis.UniversalClient) *lanes {
	l := &lanes{client: client, queue: make(chan *trip, laneful), quit: make(chan struct{})}
	for range laneCount {
		l.work.Go(l.drive)
	}
	return l
}

// run gives the script's answer. When ctx ends first the script may still run.
func (l *lanes) run(ctx context.Context, script *redis.Script, key string, args ...any) *redis.Cmd {
	t := &trip{ctx: ctx, script: script, keys: []string{key}, args: args, done: make(chan struct{})}
	select {
	case l.queue <- t:
	case <-l.quit:
		return failed(ctx, redis.ErrClosed)
	case <-ctx.Done():
		return failed(ctx, context.Cause(ctx))
	}
	select {
	case <-t.done:
		return t.answer
	case <-l.quit:
		return failed(ctx, redis.ErrClosed)
	case <-ctx.Done():
		return failed(ctx, context.Cause(ctx))
	}
}

func failed(ctx context.Context, err error) *redis.Cmd {
	cmd := redis.NewCmd(ctx)
	cmd.SetErr(err)
	return cmd
}

func (l *lanes) drive() {
	for {
		select {
		case t := <-l.queue:
			l.carry(l.gather(t))
		case <-l.quit:
			return
		}
	}
}

// gather takes along whoever else waits and has not given up.
func (l *lanes) gather(first *trip) []*trip {
	batch := make([]*trip, 0, laneful)
	for t := first; ; {
		if t.ctx.Err() == nil {
			batch = append(batch, t)
		}
		if len(batch) == laneful {
			return batch
		}
		select {
		case t = <-l.queue:
		default:
			return batch
		}
	}
}

func (l *lanes) carry(batch []*trip) {
	if len(batch) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), crossing)
	defer cancel()
	pipe := l.client.Pipeline()
	for _, t := range batch {
		t.answer = t.script.EvalSha(ctx, pipe, t.keys, t.args...)
	}
	_, _ = pipe.Exec(ctx) // each answer has its own error
	for _, t := range batch {
		if redis.HasErrorPrefix(t.answer.Err(), "NOSCRIPT") {
			t.answer = t.script.Eval(ctx, l.client, t.keys, t.args...)
		}
		close(t.done)
	}
}

// close ends the lanes; who still waits is told that the client is closed.
func (l *lanes) close() {
	close(l.quit)
	l.work.Wait()
}
