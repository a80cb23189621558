package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"mishu/storage"
)

// movedClock is the demo's village clock: the wall clock and how far it was
// moved forward. The distance is kept in a file, so that the village does not
// travel back when the demo starts again.
type movedClock struct {
	file  string
	ahead atomic.Int64 // nanoseconds
}

func openClock(file string) (*movedClock, error) {
	c := &movedClock{file: file}
	raw, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return c, c.advance(untilMorning(time.Now().In(storage.Shanghai)))
	}
	if err != nil {
		return nil, err
	}
	ahead, err := time.ParseDuration(strings.TrimSpace(string(raw)))
	if err != nil || ahead < 0 {
		return nil, fmt.Errorf("the clock in %s is no distance: %s", file, strconv.Quote(string(raw)))
	}
	c.ahead.Store(int64(ahead))
	return c, nil
}

// untilMorning is how far the demo's first start moves its village on: somebody
// who tries it late in the evening finds a village that is awake.
func untilMorning(now time.Time) time.Duration {
	begin := time.Date(now.Year(), now.Month(), now.Day(), 8, 10, 0, 0, storage.Shanghai)
	switch {
	case now.Before(begin):
		return begin.Sub(now)
	case now.Hour() < 16:
		return 0
	}
	return begin.AddDate(0, 0, 1).Sub(now)
}

func (c *movedClock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

// advance moves the clock forward and keeps it.
func (c *movedClock) advance(d time.Duration) error {
	ahead := time.Duration(c.ahead.Load()) + d
	if err := os.WriteFile(c.file, []byte(ahead.String()+"\n"), 0o600); err != nil {
		return fmt.Errorf("keep the clock: %w", err)
	}
	c.ahead.Store(int64(ahead))
	return nil
}
