package session

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// backend prepares an empty place and returns what opens a Store over it;
// opened twice, the two are replicas. They are closed with the test.
type backend func(t *testing.T) opener

type opener func(opt Options) Store

var man = Who{Account: "gh_village", OpenID: "oMan_1"}

// conform is what a Store must do, whatever it is made of.
func conform(t *testing.T, b backend) {
	for name, test := range map[string]func(*testing.T, opener, *fakeClock){
		"state":            testState,
		"persons apart":    testPersonsApart,
		"expiry":           testExpiry,
		"lock excludes":    testLockExcludes,
		"busy":             testBusy,
		"ended context":    testEndedContext,
		"error":            testErrorSavesNothing,
		"panic":            testPanicFrees,
		"lease taken over": testLeaseTakenOver,
		"lease outlived":   testLeaseOutlived,
		"clock set back":   testClockSetBack,
		"f ends by lease":  testContextEndsByLease,
		"save after end":   testSaveAfterContextEnded,
		"windows":          testWindows,
		"window by act":    testWindowByAct,
		"heard late":       testHeardLate,
		"give":             testGive,
		"window racing":    testTakeRacing,
		"window model":     testWindowModel,
		"facts":            testFacts,
		"facts overlap":    testFactsOverlap,
		"facts abandoned":  testFactsAbandoned,
		"hold":             testHold,
		"due racing":       testDueRacing,
		"ping":             testPing,
	} {
		t.Run(name, func(t *testing.T) { test(t, b(t), newClock()) })
	}
}

// set runs one message that leaves state behind.
func set(t *testing.T, s Store, who Who, act Act, state string) {
	t.Helper()
	err := s.Do(t.Context(), who, act, func(_ context.Context, ses *Session) error {
		ses.State = []byte(state)
		return nil
	})
	if err != nil {
		t.Fatalf("Do: %v", err)
	}
}

// look runs one message that changes nothing, and returns what it saw.
func look(t *testing.T, s Store, who Who) Session {
	t.Helper()
	var seen Session
	err := s.Do(t.Context(), who, NoAct, func(_ context.Context, ses *Session) error {
		seen = *ses
		return nil
	})
	if err != nil {
		t.Fatalf("Do: %v", err)
	}
	return seen
}

func peek(t *testing.T, s Store, who Who) string {
	t.Helper()
	state, err := s.Peek(t.Context(), who)
	if err != nil {
		t.Fatalf("Peek: %v", err)
	}
	return string(state)
}

func mustBe(t *testing.T, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("want -, got +:\n%s", diff)
	}
}

func testState(t *testing.T, open opener, clock *fakeClock) {
	s := open(Options{Now: clock.Now})
	first := look(t, s, man)
	if first.State != nil || first.Version == "" {
		t.Fatalf("a new person: state %q, version %q", first.State, first.Version)
	}
	binary := "{\"问\":\"要人陪么\"}\x00\xff\r\n"
	set(t, s, man, NoAct, binary)
	again := open(Options{Now: clock.Now}) // another replica, or the same after a restart
	mustBe(t, binary, peek(t, again, man))
	seen := look(t, again, man)
	mustBe(t, binary, string(seen.State))
	mustBe(t, first.Version, seen.Version)

	set(t, s, man, NoAct, "")
	if seen := look(t, again, man); seen.State != nil {
		t.Fatalf("forgotten state came back as %q", seen.State)
	}
}

// OpenIDs differ by case alone, and nothing that comes from outside may reach
// into another person's keys.
func testPersonsApart(t *testing.T, open opener, clock *fakeClock) {
	s := open(Options{Now: clock.Now})
	whos := []Who{
		man,
		{"gh_village", "oman_1"},
		{"gh_other", "oMan_1"},
		{"gh_village", ""},
		{"", "gh_village:"},
		{"a:b", "c"},
		{"a", "b:c"},
		{"}", "x"},
		{"a}{b", "100% 好"},
	}
	for i, who := range whos {
		set(t, s, who, NoAct, strconv.Itoa(i))
	}
	for i, who := range whos {
		mustBe(t, strconv.Itoa(i), peek(t, s, who))
	}
}

func testExpiry(t *testing.T, open opener, clock *fakeClock) {
	s := open(Options{Now: clock.Now})
	set(t, s, man, NoAct, "asked")
	clock.Advance(72*time.Hour - time.Millisecond)
	mustBe(t, "asked", peek(t, s, man))
	clock.Advance(time.Millisecond)
	mustBe(t, "", peek(t, s, man))
	if seen := look(t, s, man); seen.State != nil {
		t.Fatalf("state outlived its time: %q", seen.State)
	}
	set(t, s, man, NoAct, "asked again")
	mustBe(t, "asked again", peek(t, s, man))
}

func testErrorSavesNothing(t *testing.T, open opener, clock *fakeClock) {
	s := open(Options{Now: clock.Now})
	set(t, s, man, NoAct, "before")
	mine := errors.New("no")
	err := s.Do(t.Context(), man, Wrote, func(_ context.Context, ses *Session) error {
		ses.State = []byte("after")
		return mine
	})
	if err != mine { // not wrapped: it must come back as it is
		t.Errorf("Do: %v", err)
	}
	mustBe(t, "before", peek(t, s, man))
	took(t, s, man, false)
	set(t, s, man, NoAct, "free") // the lock was given back: this does not wait for the lease
}

func testPanicFrees(t *testing.T, open opener, clock *fakeClock) {
	s := open(Options{Now: clock.Now})
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = s.Do(t.Context(), man, Wrote, func(context.Context, *Session) error { panic("bad line") })
	}()
	set(t, s, man, NoAct, "free")
}

func testContextEndsByLease(t *testing.T, open opener, clock *fakeClock) {
	s := open(Options{Now: clock.Now, Lease: 30 * time.Millisecond})
	err := s.Do(t.Context(), man, NoAct, func(ctx context.Context, _ *Session) error {
		<-ctx.Done()
		return ctx.Err()
	})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Do: %v", err)
	}
}

func testSaveAfterContextEnded(t *testing.T, open opener, clock *fakeClock) {
	s := open(Options{Now: clock.Now})
	ctx, cancel := context.WithCancel(t.Context())
	err := s.Do(ctx, man, Wrote, func(_ context.Context, ses *Session) error {
		cancel()
		ses.State = []byte("answered")
		return nil
	})
	if err != nil {
		t.Fatalf("Do: %v", err)
	}
	mustBe(t, "answered", peek(t, s, man))
}

func testPing(t *testing.T, open opener, _ *fakeClock) {
	if err := open(Options{}).Ping(t.Context()); err != nil {
		t.Errorf("Ping: %v", err)
	}
}
