package session

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// took takes one customer message and says whether that should have worked.
func took(t *testing.T, s Store, who Who, want bool) {
	t.Helper()
	got, err := s.Take(t.Context(), who)
	if err != nil {
		t.Fatalf("Take: %v", err)
	}
	if got != want {
		t.Fatalf("Take: got %v, want %v", got, want)
	}
}

// tookAll takes n messages that must work and one that must not.
func tookAll(t *testing.T, s Store, who Who, n int) {
	t.Helper()
	for range n {
		took(t, s, who, true)
	}
	took(t, s, who, false)
}

// The cases are wechat-platform 1.9, with the margins of window.go.
func testWindows(t *testing.T, open opener, clock *fakeClock) {
	s := open(Options{Now: clock.Now})
	for _, c := range []struct {
		name string
		do   func(who Who)
		left int
	}{
		{"never wrote", func(Who) {}, 0},
		{"wrote", func(w Who) { set(t, s, w, Wrote, "") }, 5},
		{"wrote twice", func(w Who) { set(t, s, w, Wrote, ""); took(t, s, w, true); set(t, s, w, Wrote, "") }, 5},
		{"wrote, nearly 48 h ago", func(w Who) { set(t, s, w, Wrote, ""); clock.Advance(48*time.Hour - time.Minute - time.Millisecond) }, 5},
		{"wrote 48 h ago", func(w Who) { set(t, s, w, Wrote, ""); clock.Advance(48*time.Hour - time.Minute) }, 0},
		{"tapped", func(w Who) { set(t, s, w, Tapped, "") }, 3},
		{"tapped, nearly a minute ago", func(w Who) { set(t, s, w, Tapped, ""); clock.Advance(57*time.Second - time.Millisecond) }, 3},
		{"tapped a minute ago", func(w Who) { set(t, s, w, Tapped, ""); clock.Advance(57 * time.Second) }, 0},
		{"tapped twice", func(w Who) { set(t, s, w, Tapped, ""); took(t, s, w, true); set(t, s, w, Tapped, "") }, 3},
		{"wrote, then tapped", func(w Who) { set(t, s, w, Wrote, ""); set(t, s, w, Tapped, "") }, 8},
		{"tapped, then wrote", func(w Who) { set(t, s, w, Tapped, ""); set(t, s, w, Wrote, "") }, 8},
		{"the tap is used first", func(w Who) {
			set(t, s, w, Wrote, "")
			set(t, s, w, Tapped, "")
			took(t, s, w, true)
			clock.Advance(time.Minute)
		}, 5},
		{"neither act", func(w Who) { set(t, s, w, Wrote, ""); took(t, s, w, true); set(t, s, w, NoAct, "") }, 4},
		{"shut", func(w Who) { set(t, s, w, Wrote, ""); set(t, s, w, Tapped, ""); shut(t, s, w) }, 0},
		{"shut, then wrote", func(w Who) { shut(t, s, w); set(t, s, w, Wrote, "") }, 5},
		{"state forgotten, wrote", func(w Who) { clock.Advance(100 * time.Hour); set(t, s, w, Wrote, "") }, 5},
	} {
		who := Who{man.Account, c.name}
		c.do(who)
		t.Log(c.name)
		tookAll(t, s, who, c.left)
	}
}

func shut(t *testing.T, s Store, who Who) {
	t.Helper()
	if err := s.Shut(t.Context(), who); err != nil {
		t.Fatalf("Shut: %v", err)
	}
}

// A window is as old as the act, not as the save; and a repeat opens none.
func testWindowByAct(t *testing.T, open opener, clock *fakeClock) {
	s := open(Options{Now: clock.Now})
	err := s.Do(t.Context(), man, Tapped, func(context.Context, *Session) error {
		clock.Advance(10 * time.Second)
		return nil
	})
	if err != nil {
		t.Fatalf("Do: %v", err)
	}
	took(t, s, man, true)
	clock.Advance(47 * time.Second)
	took(t, s, man, false)

	err = s.Do(t.Context(), man, Wrote, func(_ context.Context, ses *Session) error {
		mustBe(t, Wrote, ses.Act)
		ses.Act = NoAct
		return nil
	})
	if err != nil {
		t.Fatalf("Do: %v", err)
	}
	took(t, s, man, false)
}

func testTakeRacing(t *testing.T, open opener, clock *fakeClock) {
	replicas := []Store{open(Options{Now: clock.Now}), open(Options{Now: clock.Now})}
	set(t, replicas[0], man, Wrote, "")
	set(t, replicas[1], man, Tapped, "")
	var taken atomic.Int64
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			ok, err := replicas[i%2].Take(t.Context(), man)
			if err != nil {
				t.Errorf("Take: %v", err)
			}
			if ok {
				taken.Add(1)
			}
		})
	}
	wg.Wait()
	mustBe(t, int64(8), taken.Load())
}

// plain is the rule once more, as a person would count it on paper.
type plain struct {
	tap, wrote       int
	tapEnd, wroteEnd time.Time
}

func (p *plain) act(a Act, now time.Time) {
	switch a {
	case Wrote:
		p.wrote, p.wroteEnd = 5, now.Add(47*time.Hour+59*time.Minute)
	case Tapped:
		p.tap, p.tapEnd = 3, now.Add(57*time.Second)
	}
}

func (p *plain) take(now time.Time) bool {
	if p.tap > 0 && now.Before(p.tapEnd) {
		p.tap--
		return true
	}
	if p.wrote > 0 && now.Before(p.wroteEnd) {
		p.wrote--
		return true
	}
	return false
}

// Whatever happens in whatever order, the store counts as the paper does.
func testWindowModel(t *testing.T, open opener, clock *fakeClock) {
	s := open(Options{Now: clock.Now})
	person := 0
	rapid.Check(t, func(rt *rapid.T) {
		person++
		who, paper := Who{man.Account, "o" + time.Duration(person).String()}, plain{}
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			switch step := rapid.SampledFrom([]string{"wrote", "tapped", "take", "take", "take", "wait", "shut"}).Draw(rt, "step"); step {
			case "wrote", "tapped":
				set(t, s, who, Act(step), "")
				paper.act(Act(step), clock.Now())
			case "take":
				took(t, s, who, paper.take(clock.Now()))
			case "wait":
				clock.Advance(rapid.SampledFrom([]time.Duration{
					time.Second, 28500 * time.Millisecond, 57 * time.Second, 24 * time.Hour, 47 * time.Hour,
				}).Draw(rt, "wait"))
			case "shut":
				shut(t, s, who)
				paper.tap, paper.wrote = 0, 0
			}
		}
	})
}
