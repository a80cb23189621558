package wechat

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mishu/bot/talk"
)

func TestTwentyInTenSecondsPass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(20, 60).Draw(t, "most")
		l := newLimiter(Limits{Person: most}.filled())
		at := time.Unix(1_790_000_000, 0)
		gaps := rapid.SliceOfN(rapid.IntRange(0, 1000), 20, 20).Draw(t, "gaps")
		for i, gap := range gaps {
			at = at.Add(time.Duration(gap) * time.Millisecond / 2)
			if v := l.admit(&talk.Message{OpenID: "o1", Kind: talk.Text}, at, false); v != admitted {
				t.Fatalf("message %d: %v", i+1, v)
			}
		}
	})
}

func TestLimits(t *testing.T) {
	at := time.Unix(1_790_000_000, 0)
	l := newLimiter(Limits{Person: 20, All: 30}.filled())
	hear := func(who string) verdict { return l.admit(&talk.Message{OpenID: who, Kind: talk.Text}, at, false) }
	for i := range 20 {
		if v := hear("o1"); v != admitted {
			t.Fatalf("message %d: %v", i+1, v)
		}
	}
	if a, b, c := hear("o1"), hear("o1"), hear("o1"); a != tooFast || b != muted || c != muted {
		t.Errorf("over the limit: %v %v %v", a, b, c)
	}
	if v := l.admit(&talk.Message{OpenID: "o1", Kind: talk.Event, Event: talk.Unsubscribe}, at, false); v != admitted {
		t.Errorf("unsubscribe: %v", v)
	}
	for i := range 10 {
		if v := hear(fmt.Sprint("p", i)); v != admitted {
			t.Errorf("another person: %v", v)
		}
	}
	if a, b := hear("o2"), hear("o2"); a != tooMany || b != muted {
		t.Errorf("all over the limit: %v %v", a, b)
	}
	at = at.Add(600 * time.Millisecond) // one more fits in, and the spell goes on
	if a, b := hear("o1"), hear("o1"); a != admitted || b != muted {
		t.Errorf("after half a second: %v %v", a, b)
	}
	at = at.Add(time.Minute)
	if v := hear("o1"); v != admitted {
		t.Errorf("after a minute: %v", v)
	}
	if a := l.admit(&talk.Message{OpenID: "o1", Kind: talk.Text}, at, true); a != tooMany {
		t.Errorf("too much running: %v", a)
	}
}

func TestLimiterMemoryIsBounded(t *testing.T) {
	l := newLimiter(Limits{Person: 20}.filled())
	at := time.Unix(1_790_000_000, 0)
	for i := range maxPeople + 100 {
		l.admit(&talk.Message{OpenID: fmt.Sprint(i)}, at, false)
	}
	if len(l.people) > maxPeople {
		t.Errorf("%d people kept", len(l.people))
	}
	for range 2 {
		at = at.Add(personWindow + time.Second)
		l.admit(&talk.Message{OpenID: "one"}, at, false)
	}
	if n := len(l.people) + len(l.before); n > 2 {
		t.Errorf("%d people kept after two windows", n)
	}
}

func TestLimitedPersonHearsItOnce(t *testing.T) {
	s := newStand(t, testAccount, echo, nil, func(o *GateOptions) { o.Limits.Person = 20 })
	now := time.Now()
	var told, muted int
	for i := range 30 {
		message := testWire.Text("o1", fmt.Sprint(i), int64(i), now)
		first := outcome(s.say(t, message))
		if again := outcome(s.say(t, message)); again != first {
			t.Errorf("message %d: %q, then %q", i, first, again)
		}
		switch {
		case i < 20 && first != "您讲："+fmt.Sprint(i):
			t.Errorf("message %d: %q", i, first)
		case first == defaultSlow:
			told++
		case first == "success":
			muted++
		}
	}
	if told != 1 || muted < 7 { // a slow machine lets one or two more in
		t.Errorf("told %d times, muted %d", told, muted)
	}
}

// Danger is heard over every limit, of the person and of all; what it takes is
// not given to others.
func TestDangerIsHeardOverTheLimit(t *testing.T) {
	danger := func(text string) bool { return strings.Contains(text, "喊不应") }
	for name, limits := range map[string]Limits{"person": {Person: 20}, "all": {All: 20}} {
		now := time.Now()
		s := newStand(t, testAccount, echo, nil, func(o *GateOptions) {
			o.Limits, o.Urgent, o.Now = limits, danger, func() time.Time { return now }
		})
		for i := range 40 {
			_, _, _ = s.say(t, testWire.Text("o1", fmt.Sprint(i), int64(i), now))
		}
		for i := range 3 {
			words := fmt.Sprint("我爸喊不应了", i)
			if got := outcome(s.say(t, testWire.Text("o1", words, int64(100+i), now))); got != "您讲："+words {
				t.Errorf("%s: %q", name, got)
			}
		}
		if got := outcome(s.say(t, testWire.Text("o1", "还有", 200, now))); got != "success" && got != defaultBusy {
			t.Errorf("%s: what is no danger: %q", name, got)
		}
	}
}
