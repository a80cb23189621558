package session

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"mishu/storage/private"
)

// Each of many callers gets the answer to his own script, also while the server
// forgets all scripts, and the mistake of one is his alone.
func TestLanesKeepAnswersApart(t *testing.T) {
	t.Parallel()
	r := newRedis(t, private.Redis(t), Options{})
	echo := redis.NewScript(`return {KEYS[1], ARGV[1]}`)
	wrong := redis.NewScript(`return redis.call('HGET', KEYS[1])`)
	var wg sync.WaitGroup
	for i := range 300 {
		wg.Go(func() {
			key, arg := fmt.Sprintf("k%d", i), strconv.Itoa(i)
			switch i % 50 {
			case 7:
				if err := r.client.ScriptFlush(t.Context()).Err(); err != nil {
					t.Errorf("flush: %v", err)
				}
			case 13:
				if err := r.lanes.run(t.Context(), wrong, key).Err(); err == nil {
					t.Error("a wrong script gave no error")
				}
			default:
				got, err := r.lanes.run(t.Context(), echo, key, arg).StringSlice()
				if err != nil || len(got) != 2 || got[0] != key || got[1] != arg {
					t.Errorf("%s %s: %v, %v", key, arg, got, err)
				}
			}
		})
	}
	wg.Wait()
}

// Who waits in a queue that does not move leaves it when his time is up, or
// when the store is closed.
func TestLanesAreLeft(t *testing.T) {
	t.Parallel()
	l := &lanes{queue: make(chan *trip, 1), quit: make(chan struct{})} // nobody drives
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	for range 2 { // one in the queue, one before it
		if err := l.run(ctx, openScript, "k").Err(); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("time is up: %v", err)
		}
	}
	if batch := l.gather(<-l.queue); len(batch) != 0 {
		t.Errorf("%d who had left were taken along", len(batch))
	}
	time.AfterFunc(10*time.Millisecond, func() { close(l.quit) })
	if err := l.run(t.Context(), openScript, "k").Err(); !errors.Is(err, redis.ErrClosed) {
		t.Errorf("closed: %v", err)
	}
}
