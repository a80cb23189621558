package clock_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mishu/bot/line"
	"mishu/storage"
)

// The demo moves the clock and asks for a tick while the server's own loop ticks:
// one waits for the other, and what a tick remembers is touched by one at a time.
func TestTicksDoNotOverlap(t *testing.T) {
	t.Parallel()
	s := newStage(t, 1, line.Line{})
	var inside, most atomic.Int64
	s.line.Dues = []line.Due{{Name: "slow", Find: func(*storage.Tx, int) ([]line.Item, error) {
		most.Store(max(most.Load(), inside.Add(1)))
		time.Sleep(5 * time.Millisecond)
		inside.Add(-1)
		return nil, nil
	}}}
	timer := s.replica()
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if err := timer.Tick(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if most.Load() != 1 {
		t.Errorf("%d ticks at once", most.Load())
	}
}
