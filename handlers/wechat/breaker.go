package wechat

import (
	"sync"
	"time"
)

const (
	// burst is how many provider errors in a row, none older than burstWithin,
	// open the circuit.
	burst       = 5
	burstWithin = 10 * time.Second
	// restFor is how long the platform is left alone. Then one call tries.
	restFor = 30 * time.Second
)

// A breaker stops calls to a platform that is in trouble: waiting for 5 s a
// letter would hold up every other one.
type breaker struct {
	mu    sync.Mutex
	fails int
	first time.Time // of the row of failures
	until time.Time // open until then
}

// rest is how long calls must still wait, 0 if one may go ahead. After a rest
// one call goes and the others wait on, until it has told how it went.
func (b *breaker) rest(now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.until.IsZero() {
		return 0
	}
	if left := b.until.Sub(now); left > 0 {
		return left
	}
	b.until = now.Add(callTimeout)
	return 0
}

// peek is rest without taking the turn of the one that tries.
func (b *breaker) peek(now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	return max(0, b.until.Sub(now))
}

func (b *breaker) note(failed bool, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !failed {
		b.fails, b.until = 0, time.Time{}
		return
	}
	if b.fails == 0 || now.Sub(b.first) > burstWithin && b.until.IsZero() {
		b.fails, b.first = 0, now
	}
	b.fails++
	if b.fails >= burst || !b.until.IsZero() {
		b.until = now.Add(restFor)
	}
}
