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
	if (got != "") != want {
		t.Fatalf("Take: got %q, want %v", got, want)
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
	later := func() { clock.Advance(clocksApart + time.Millisecond) }
	for _, c := range []struct {
		name string
		do   func(who Who)
		left int
	}{
		{"never wrote", func(Who) {}, 0},
		{"wrote", func(w Who) { set(t, s, w, Wrote, "") }, 5},
		{"wrote twice", func(w Who) { set(t, s, w, Wrote, ""); took(t, s, w, true); later(); set(t, s, w, Wrote, "") }, 5},
		{"wrote, was sent something, wrote at once", func(w Who) { set(t, s, w, Wrote, ""); took(t, s, w, true); set(t, s, w, Wrote, "") }, 4},
		{"wrote, nearly 48 h ago", func(w Who) { set(t, s, w, Wrote, ""); clock.Advance(48*time.Hour - time.Minute - time.Millisecond) }, 5},
		{"wrote 48 h ago", func(w Who) { set(t, s, w, Wrote, ""); clock.Advance(48*time.Hour - time.Minute) }, 0},
		{"tapped", func(w Who) { set(t, s, w, Tapped, "") }, 3},
		{"tapped, nearly a minute ago", func(w Who) { set(t, s, w, Tapped, ""); clock.Advance(57*time.Second - time.Millisecond) }, 3},
		{"tapped a minute ago", func(w Who) { set(t, s, w, Tapped, ""); clock.Advance(57 * time.Second) }, 0},
		{"tapped twice", func(w Who) { set(t, s, w, Tapped, ""); took(t, s, w, true); later(); set(t, s, w, Tapped, "") }, 3},
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
		{"shut, then wrote", func(w Who) { shut(t, s, w); later(); set(t, s, w, Wrote, "") }, 5},
		{"wrote, shut, heard", func(w Who) { shut(t, s, w); set(t, s, w, Wrote, "") }, 0},
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
			ticket, err := replicas[i%2].Take(t.Context(), man)
			if err != nil {
				t.Errorf("Take: %v", err)
			}
			if ticket != "" {
				taken.Add(1)
			}
		})
	}
	wg.Wait()
	mustBe(t, int64(8), taken.Load())
}

// A message that is brought late opened its window when it was written: it ends
// as much earlier, and what was sent meanwhile has been taken out of it.
func testHeardLate(t *testing.T, open opener, clock *fakeClock) {
	s := open(Options{Now: clock.Now})
	late := func(who Who, act Act, after time.Duration) {
		t.Helper()
		err := s.Do(t.Context(), who, act, func(_ context.Context, ses *Session) error {
			ses.Acted = clock.Now().Add(-after)
			return nil
		})
		if err != nil {
			t.Fatalf("Do: %v", err)
		}
	}
	tap := Who{man.Account, "tapped, heard at the third delivery"}
	late(tap, Tapped, 10*time.Second)
	clock.Advance(46 * time.Second)
	took(t, s, tap, true)
	clock.Advance(time.Second)
	took(t, s, tap, false)

	busy := Who{man.Account, "was sent two before the message was heard"}
	set(t, s, busy, Wrote, "")
	took(t, s, busy, true)
	clock.Advance(20 * time.Second)
	took(t, s, busy, true)
	took(t, s, busy, true)
	late(busy, Wrote, 10*time.Second)
	tookAll(t, s, busy, 3)
	late(busy, Wrote, 10*time.Second)
	took(t, s, busy, false)
	clock.Advance(time.Minute)
	late(busy, Wrote, -time.Hour) // a clock that is wrong opens no longer window
	clock.Advance(48*time.Hour - time.Minute)
	took(t, s, busy, false)
}

// What was taken for a message that never left is given back once, and not into
// a window that has changed since.
func testGive(t *testing.T, open opener, clock *fakeClock) {
	s := open(Options{Now: clock.Now})
	take := func() Ticket {
		t.Helper()
		got, err := s.Take(t.Context(), man)
		if err != nil || got == "" {
			t.Fatalf("Take: %q %v", got, err)
		}
		return got
	}
	give := func(ticket Ticket) {
		t.Helper()
		if err := s.Give(t.Context(), man, ticket); err != nil {
			t.Fatalf("Give: %v", err)
		}
	}
	for _, act := range []Act{Wrote, Tapped} {
		set(t, s, man, act, "")
		w, _ := act.opens()
		first := take()
		give(first)
		give(first) // the client repeats a trip whose answer was lost
		second := take()
		take()
		give(second) // the window has changed
		tookAll(t, s, man, w.allows-2)
		clock.Advance(time.Minute)
	}
	old := Ticket("")
	for range 3 {
		set(t, s, man, Wrote, "")
		if old != "" {
			give(old)
		}
		old = take()
		tookAll(t, s, man, 4)
		clock.Advance(time.Minute)
	}
}

// plain is the rule once more, as a person would count it on paper.
type plain struct {
	tap, wrote       int
	tapEnd, wroteEnd time.Time
	takes            []time.Time
}

func (p *plain) act(a Act, at time.Time) {
	switch a {
	case Wrote:
		p.wrote, p.wroteEnd = max(0, 5-p.since(at)), at.Add(47*time.Hour+59*time.Minute)
	case Tapped:
		p.tap, p.tapEnd = max(0, 3-p.since(at)), at.Add(57*time.Second)
	}
}

// since counts what was taken after an act or two seconds before it.
func (p *plain) since(at time.Time) (n int) {
	for _, took := range p.takes {
		if !took.Before(at.Add(-2 * time.Second)) {
			n++
		}
	}
	return n
}

func (p *plain) take(now time.Time) bool {
	switch {
	case p.tap > 0 && now.Before(p.tapEnd):
		p.tap--
	case p.wrote > 0 && now.Before(p.wroteEnd):
		p.wrote--
	default:
		return false
	}
	p.takes = append(p.takes, now)
	return true
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
				at := clock.Now().Add(-rapid.SampledFrom([]time.Duration{0, 0, time.Second, 10 * time.Second}).Draw(rt, "late"))
				err := s.Do(t.Context(), who, Act(step), func(_ context.Context, ses *Session) error {
					ses.Acted = at
					return nil
				})
				if err != nil {
					rt.Fatalf("Do: %v", err)
				}
				paper.act(Act(step), at)
			case "take":
				took(t, s, who, paper.take(clock.Now()))
			case "wait":
				clock.Advance(rapid.SampledFrom([]time.Duration{
					time.Second, 28500 * time.Millisecond, 57 * time.Second, 24 * time.Hour, 47 * time.Hour,
				}).Draw(rt, "wait"))
			case "shut":
				shut(t, s, who)
				paper.tap, paper.wrote = 0, 0
				for range 8 {
					paper.takes = append(paper.takes, clock.Now())
				}
			}
		}
	})
}
