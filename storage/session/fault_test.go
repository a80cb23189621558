package session

import (
	"context"
	"errors"
	"testing"
	"time"

	"mishu/storage/private"
)

// ownServer starts a Redis that the test may harm.
func ownServer(t *testing.T) *private.Memory {
	t.Helper()
	private.Redis(t) // skips, or fails, where there is no server
	server, err := private.StartRedis(t.TempDir())
	if err != nil {
		t.Fatalf("start Redis: %v", err)
	}
	t.Cleanup(func() { _ = server.Stop() })
	return server
}

func TestRedisKilled(t *testing.T) {
	t.Parallel()
	server := ownServer(t)
	s := newRedis(t, server.URL(0), Options{})
	set(t, s, man, NoAct, "before")
	h := hold(t, s, "lost")
	if err := server.Kill(); err != nil {
		t.Fatalf("kill Redis: %v", err)
	}
	if err := h.leave(); !errors.Is(err, ErrLost) || errors.Is(err, ErrAway) {
		t.Errorf("save without a store: %v", err)
	}
	allAway(t, s)
	if err := server.Restart(); err != nil {
		t.Fatalf("restart Redis: %v", err)
	}
	heardAgain(t, s)
	mustBe(t, "", peek(t, s, man)) // it came back empty, and serves on
	set(t, s, man, NoAct, "after")
	mustBe(t, "after", peek(t, s, man))
}

// heardAgain waits until the client has noticed that its server is back.
func heardAgain(t *testing.T, s Store) {
	t.Helper()
	var err error
	for range 300 {
		if err = s.Ping(t.Context()); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("3 s after the server came back: %v", err)
}

// A Redis that hangs is away in the time that the caller has; what it does of
// the attempt once it goes on again does not lock the person out.
func TestRedisHangs(t *testing.T) {
	t.Parallel()
	server := ownServer(t)
	s := newRedis(t, server.URL(0), Options{})
	set(t, s, man, NoAct, "before")
	if err := server.Pause(); err != nil {
		t.Fatalf("pause Redis: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	start := time.Now()
	err := s.Do(ctx, man, Wrote, func(context.Context, *Session) error {
		t.Error("f ran without a store")
		return nil
	})
	if !errors.Is(err, ErrAway) {
		t.Errorf("Do: %v", err)
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("Do took %v", took)
	}
	if err := server.Resume(); err != nil {
		t.Fatalf("resume Redis: %v", err)
	}
	ctx, cancel = context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if err := s.Do(ctx, man, Wrote, increment); err != nil {
		t.Errorf("Do after the pause: %v", err)
	}
}

// The client repeats a trip whose answer was lost. Both steps then find their
// own work done: the lock is not a stranger's, the save is not refused.
func TestRedisRepeatedTrips(t *testing.T) {
	t.Parallel()
	r := newRedis(t, private.Redis(t), Options{})
	ctx, now := t.Context(), time.Now()
	var s *Session
	for range 2 {
		var err error
		if s, err = r.open(ctx, man, "mine", now); err != nil || s == nil {
			t.Fatalf("open: %v, %v", s, err)
		}
	}
	s.token, s.State, s.Act = "mine", []byte("saved"), Wrote
	for range 2 {
		if ok, err := r.save(ctx, man, s, now); err != nil || !ok {
			t.Fatalf("save: %v, %v", ok, err)
		}
		took(t, r, man, true)
	}
	mustBe(t, "saved", peek(t, r, man))
	tookAll(t, r, man, 3) // the repeat did not open the window anew
}

// Everything in Redis ends by itself.
func TestRedisKeysExpire(t *testing.T) {
	t.Parallel()
	r := newRedis(t, private.Redis(t), Options{})
	ctx := t.Context()
	for openID, leave := range map[string]func(Who){
		"locked": func(w Who) { _, _ = r.open(ctx, w, "dead", time.Now()) },
		"failed": func(w Who) {
			_ = r.Do(ctx, w, Wrote, func(context.Context, *Session) error { return errors.New("no") })
		},
		"saved": func(w Who) { set(t, r, w, Wrote, "x") },
		"saved again": func(w Who) {
			set(t, r, w, Wrote, "x")
			r.client.Expire(ctx, r.key(w), time.Hour)
			set(t, r, w, NoAct, "x")
			if ttl := r.client.PTTL(ctx, r.key(w)).Val(); ttl < 72*time.Hour {
				t.Errorf("a save left the key with %v", ttl)
			}
		},
		"touched":  func(w Who) { touch(t, r, w) },
		"settled":  func(w Who) { settle(t, r, w) },
		"shut":     func(w Who) { shut(t, r, w) },
		"peeked":   func(w Who) { peek(t, r, w) },
		"no taker": func(w Who) { took(t, r, w, false) },
	} {
		who := Who{man.Account, openID}
		leave(who)
		ttl := r.client.PTTL(ctx, r.key(who)).Val()
		if ttl == -1 || ttl > 73*time.Hour { // -1: for ever; -2: nothing is there
			t.Errorf("%s: expires in %v", openID, ttl)
		}
	}
}
