package session

import (
	"sync/atomic"
	"time"
)

// fakeClock is a wall clock that stands still until it is moved.
type fakeClock struct{ ms atomic.Int64 }

func newClock() *fakeClock {
	c := &fakeClock{}
	c.ms.Store(time.Date(2026, 10, 21, 7, 5, 0, 0, time.FixedZone("CST", 8*3600)).UnixMilli())
	return c
}

func (c *fakeClock) Now() time.Time          { return time.UnixMilli(c.ms.Load()) }
func (c *fakeClock) Advance(d time.Duration) { c.ms.Add(d.Milliseconds()) }
