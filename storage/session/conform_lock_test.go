package session

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"testing"
	"time"
)

// Fifty messages of one person at two replicas: each sees what the one before
// it left.
func testLockExcludes(t *testing.T, open opener, clock *fakeClock) {
	replicas := []Store{open(Options{Now: clock.Now}), open(Options{Now: clock.Now})}
	const messages = 50
	var wg sync.WaitGroup
	for i := range messages {
		wg.Go(func() {
			if err := replicas[i%2].Do(t.Context(), man, Wrote, increment); err != nil {
				t.Errorf("Do: %v", err)
			}
		})
	}
	wg.Wait()
	mustBe(t, strconv.Itoa(messages), peek(t, replicas[0], man))
}

func increment(_ context.Context, ses *Session) error {
	n, _ := strconv.Atoi(string(ses.State)) // nothing yet is 0
	ses.State = strconv.AppendInt(nil, int64(n+1), 10)
	return nil
}

// holder keeps the lock of man in another goroutine until let is closed.
type holder struct {
	let  chan struct{}
	done chan error
}

func hold(t *testing.T, s Store, state string) holder {
	t.Helper()
	h := holder{make(chan struct{}), make(chan error, 1)}
	in := make(chan struct{})
	go func() {
		h.done <- s.Do(context.WithoutCancel(t.Context()), man, Wrote, func(_ context.Context, ses *Session) error {
			close(in)
			<-h.let
			ses.State = []byte(state)
			return nil
		})
	}()
	select {
	case <-in:
	case err := <-h.done:
		t.Fatalf("the holder did not get in: %v", err)
	}
	return h
}

// leave lets the holder go and returns what its Do returned.
func (h holder) leave() error {
	close(h.let)
	return <-h.done
}

func testBusy(t *testing.T, open opener, clock *fakeClock) {
	s := open(Options{Now: clock.Now})
	h := hold(t, s, "held")
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Millisecond)
	defer cancel()
	err := s.Do(ctx, man, Wrote, func(context.Context, *Session) error {
		t.Error("f ran beside another")
		return nil
	})
	if !errors.Is(err, ErrBusy) || errors.Is(err, ErrAway) {
		t.Errorf("Do while held: %v", err)
	}
	if err := h.leave(); err != nil {
		t.Errorf("the holder: %v", err)
	}
	mustBe(t, "held", peek(t, s, man))
}

// However the end of the context meets the steps of Do, the lock is not left
// behind and f has run or has not.
func testEndedContext(t *testing.T, open opener, clock *fakeClock) {
	s := open(Options{Now: clock.Now})
	for i := range 40 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i*25)*time.Microsecond)
		ran := false
		err := s.Do(ctx, man, Wrote, func(context.Context, *Session) error {
			ran = true
			return nil
		})
		cancel()
		if ran != (err == nil) {
			t.Fatalf("f ran: %v, Do: %v", ran, err)
		}
	}
	set(t, s, man, NoAct, "free")
}

func testLeaseTakenOver(t *testing.T, open opener, clock *fakeClock) {
	old, next := open(Options{Now: clock.Now}), open(Options{Now: clock.Now})
	set(t, old, man, NoAct, "first")
	h := hold(t, old, "late")
	clock.Advance(15 * time.Second)
	set(t, next, man, NoAct, "second")
	if err := h.leave(); !errors.Is(err, ErrLost) {
		t.Errorf("the old holder: %v", err)
	}
	mustBe(t, "second", peek(t, next, man))
	took(t, next, man, false) // the refused save opened no window

	h = hold(t, old, "late")
	clock.Advance(15 * time.Second)
	h2 := hold(t, next, "third")
	if err := h.leave(); !errors.Is(err, ErrLost) {
		t.Errorf("the old holder, beside the new: %v", err)
	}
	if err := h2.leave(); err != nil {
		t.Errorf("the new holder: %v", err)
	}
	mustBe(t, "third", peek(t, next, man))
}

// A lease that ran out unnoticed harms nobody.
func testLeaseOutlived(t *testing.T, open opener, clock *fakeClock) {
	s := open(Options{Now: clock.Now})
	h := hold(t, s, "late")
	clock.Advance(time.Minute)
	if err := h.leave(); err != nil {
		t.Errorf("the only holder: %v", err)
	}
	mustBe(t, "late", peek(t, s, man))
}

// A holder whose clock was an hour ahead died: its lease binds nobody for an
// hour.
func testClockSetBack(t *testing.T, open opener, clock *fakeClock) {
	ahead := newClock()
	ahead.Advance(time.Hour)
	h := hold(t, open(Options{Now: ahead.Now}), "from the future")
	set(t, open(Options{Now: clock.Now}), man, NoAct, "now")
	if err := h.leave(); !errors.Is(err, ErrLost) {
		t.Errorf("the holder from the future: %v", err)
	}
}
