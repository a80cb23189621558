package session

import (
	"context"
	"testing"
	"time"
)

// version is what a message heard now would be told.
func version(t *testing.T, s Store, who Who) string {
	t.Helper()
	return look(t, s, who).Version
}

func touch(t *testing.T, s Store, whos ...Who) {
	t.Helper()
	if err := s.Touch(t.Context(), whos...); err != nil {
		t.Fatalf("Touch: %v", err)
	}
}

func settle(t *testing.T, s Store, whos ...Who) {
	t.Helper()
	if err := s.Settle(t.Context(), whos...); err != nil {
		t.Fatalf("Settle: %v", err)
	}
}

// fresh fails unless v is a version that was never given before.
func fresh(t *testing.T, v string, old ...string) {
	t.Helper()
	if v == "" {
		t.Fatal("still in flux")
	}
	for _, o := range old {
		if v == o {
			t.Fatalf("version %q was given before", v)
		}
	}
}

func testFacts(t *testing.T, open opener, clock *fakeClock) {
	s, other := open(Options{Now: clock.Now}), open(Options{Now: clock.Now})
	her := Who{man.Account, "oHer"}
	first, hers := version(t, s, man), version(t, s, her)
	fresh(t, first, hers)
	mustBe(t, first, version(t, other, man)) // it stays while nothing changes

	touch(t, s, man, her)
	mustBe(t, "", version(t, other, man))
	mustBe(t, "", version(t, other, her))
	settle(t, s, man, her)
	second := version(t, other, man)
	fresh(t, second, first, hers)
	fresh(t, version(t, other, her), first, hers, second)

	set(t, s, man, Wrote, "asked") // saving a state changes no facts
	mustBe(t, second, version(t, s, man))

	stranger := Who{man.Account, "oStranger"}
	touch(t, s, stranger) // who has never been here
	mustBe(t, "", version(t, other, stranger))
	settle(t, s, stranger)
	fresh(t, version(t, other, stranger))

	settle(t, s, Who{man.Account, "oNobody"}) // a Settle alone does no harm
	fresh(t, version(t, s, Who{man.Account, "oNobody"}))
}

// Two changes of one person at once: the first to finish must not declare the
// facts settled, for the second may not have been committed yet.
func testFactsOverlap(t *testing.T, open opener, clock *fakeClock) {
	s := open(Options{Now: clock.Now})
	first := version(t, s, man)
	touch(t, s, man)
	touch(t, s, man)
	settle(t, s, man)
	mustBe(t, "", version(t, s, man))
	settle(t, s, man)
	second := version(t, s, man)
	fresh(t, second, first)

	// A change announced while a message is heard reaches the next message,
	// and saving the message does not hide it.
	err := s.Do(t.Context(), man, Wrote, func(context.Context, *Session) error {
		touch(t, s, man)
		return nil
	})
	if err != nil {
		t.Fatalf("Do: %v", err)
	}
	mustBe(t, "", version(t, s, man))
	settle(t, s, man)
	fresh(t, version(t, s, man), first, second)
}

func testFactsAbandoned(t *testing.T, open opener, clock *fakeClock) {
	s := open(Options{Now: clock.Now})
	first := version(t, s, man)
	touch(t, s, man)
	clock.Advance(59 * time.Second)
	mustBe(t, "", version(t, s, man))
	touch(t, s, man) // the minute is counted from the last
	clock.Advance(59 * time.Second)
	mustBe(t, "", version(t, s, man))
	clock.Advance(time.Second)
	second := version(t, s, man)
	fresh(t, second, first)
	mustBe(t, second, version(t, s, man))

	settle(t, s, man) // the dead process was only slow
	third := version(t, s, man)
	fresh(t, third, first, second)
	touch(t, s, man)
	mustBe(t, "", version(t, s, man))
	settle(t, s, man)
	fresh(t, version(t, s, man), first, second, third)
}
