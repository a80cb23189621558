package session

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"
)

// vault is what Do needs of a store: three steps, one trip each.
type vault interface {
	// open takes the lock in the name of token and reads; nil if it is held.
	open(ctx context.Context, who Who, token string, now time.Time) (*Session, error)
	// save writes s, opens the window of s.Act as of its moment, now at the
	// latest, and frees the lock. False: the lock or the version was no longer
	// the one that was read.
	save(ctx context.Context, who Who, s *Session, now time.Time) (bool, error)
	// free gives the lock back, if token still holds it.
	free(ctx context.Context, who Who, token string) error
}

// porter lets messages in to a vault, one at a time for each person.
type porter struct {
	vault   vault
	opt     Options
	orphans *orphans
}

func newPorter(v vault, opt Options) porter {
	return porter{vault: v, opt: opt, orphans: newOrphans(v, opt.Lease)}
}

// closing is how long saving or freeing may take once f has run. It does not
// hang on the caller's context, which may have ended with the handler.
const closing = 2 * time.Second

// Do is Store.Do. The moment of the act is the moment of the call, not of the
// save: a window must not be thought longer than it is.
func (p porter) Do(ctx context.Context, who Who, act Act, f func(context.Context, *Session) error) error {
	now := p.opt.Now()
	s, err := p.enter(ctx, who)
	if err != nil {
		return err
	}
	s.Act = act
	if err := p.run(ctx, who, s, f); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closing)
	defer cancel()
	saved, err := p.vault.save(ctx, who, s, now)
	if err != nil {
		p.orphans.add(who, s.token)
		return fmt.Errorf("save session: %w: %w", ErrLost, err)
	}
	if !saved {
		return fmt.Errorf("save session: %w: another holder took over", ErrLost)
	}
	return nil
}

// enter waits for the lock until ctx ends. A token names one attempt of one
// message, so that a trip repeated by the client after a lost answer finds its
// own lock and not a stranger's.
func (p porter) enter(ctx context.Context, who Who) (*Session, error) {
	token, why := newToken(), ErrAway
	for pause := firstPause; ; pause = min(pause*3/2, lastPause) {
		s, err := p.vault.open(ctx, who, token, p.opt.Now())
		if err != nil {
			p.orphans.add(who, token)
			return nil, fmt.Errorf("open session: %w: %w", reason(ctx, why), err)
		}
		if s != nil {
			s.token = token
			return s, nil
		}
		why = ErrBusy // it is there, and held: what can end the wait now is ctx
		if err := sleep(ctx, pause/2+rand.N(pause/2)); err != nil {
			return nil, fmt.Errorf("open session: %w: %w", ErrBusy, err)
		}
	}
}

// reason tells a wait that ended from a store that went away during the wait.
func reason(ctx context.Context, why error) error {
	if ctx.Err() == nil {
		return ErrAway
	}
	return why
}

// The pause between two looks at a held lock grows from 5 ms, within which most
// messages are done, to 50 ms, at which a waiter costs the store some 25 looks
// a second; each is cut short by chance, so that waiters do not march in step.
const (
	firstPause = 5 * time.Millisecond
	lastPause  = 50 * time.Millisecond
)

// run runs f within the lease; if f fails or panics the lock is freed.
func (p porter) run(ctx context.Context, who Who, s *Session, f func(context.Context, *Session) error) error {
	within, cancel := context.WithTimeout(ctx, p.opt.Lease)
	defer cancel()
	kept := false
	defer func() {
		if !kept {
			p.release(ctx, who, s.token)
		}
	}()
	if err := f(within, s); err != nil {
		return err
	}
	kept = true
	return nil
}

func (p porter) release(ctx context.Context, who Who, token string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closing)
	defer cancel()
	if err := p.vault.free(ctx, who, token); err != nil {
		p.orphans.add(who, token)
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-t.C:
		return nil
	}
}

// newToken gives a name that no other holder and no other version ever has:
// 64 random bits, base 36.
func newToken() string {
	return strconv.FormatUint(rand.Uint64(), 36)
}
