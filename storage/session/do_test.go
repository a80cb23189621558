package session

import (
	"context"
	"errors"
	"testing"
	"time"
)

// script is a vault whose opens go as the test says, one after another.
type script struct{ opens []func(context.Context) error }

func (v *script) open(ctx context.Context, _ Who, _ string, _ time.Time) (*Session, error) {
	next := v.opens[0]
	v.opens = v.opens[1:]
	return nil, next(ctx)
}

func (v *script) save(context.Context, Who, *Session, time.Time) (bool, error) { return true, nil }
func (v *script) free(context.Context, Who, string) error                      { return nil }

// What ended a wait is told by what was seen last: a held lock until the time
// was up is busy, also when the time was up in the middle of a look; a store
// that stopped answering is away.
func TestWhatEndsAWait(t *testing.T) {
	t.Parallel()
	held := func(context.Context) error { return nil }
	cut := func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err()
	}
	broken := func(context.Context) error { return errors.New("connection refused") }
	for name, c := range map[string]struct {
		opens []func(context.Context) error
		want  error
	}{
		"held, then cut":        {[]func(context.Context) error{held, held, cut}, ErrBusy},
		"cut at once":           {[]func(context.Context) error{cut}, ErrAway},
		"broken at once":        {[]func(context.Context) error{broken}, ErrAway},
		"held, then broken":     {[]func(context.Context) error{held, broken}, ErrAway},
		"held longer than time": {[]func(context.Context) error{held, held, held, held, held, held, held, held, held, held, cut}, ErrBusy},
	} {
		p := newPorter(&script{c.opens}, Options{}.filled())
		ctx, cancel := context.WithTimeout(t.Context(), 60*time.Millisecond)
		err := p.Do(ctx, man, NoAct, func(context.Context, *Session) error {
			t.Errorf("%s: f ran", name)
			return nil
		})
		cancel()
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		p.orphans.close()
	}
}
