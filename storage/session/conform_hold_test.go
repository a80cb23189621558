package session

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"
)

// due returns who is due, in the order of their OpenIDs.
func due(t *testing.T, s Store, now time.Time, n int) []Who {
	t.Helper()
	whos, err := s.Due(t.Context(), now, n)
	if err != nil {
		t.Fatalf("Due: %v", err)
	}
	slices.SortFunc(whos, func(a, b Who) int { return cmp.Compare(a.OpenID, b.OpenID) })
	return whos
}

func holdUntil(t *testing.T, s Store, who Who, at time.Time) {
	t.Helper()
	if err := s.Hold(t.Context(), who, at); err != nil {
		t.Fatalf("Hold: %v", err)
	}
}

func testHold(t *testing.T, open opener, clock *fakeClock) {
	s := open(Options{Now: clock.Now})
	now := clock.Now()
	odd := Who{"gh:}", "z 好%"}
	holdUntil(t, s, man, now.Add(20*time.Second))
	holdUntil(t, s, odd, now.Add(10*time.Second))
	mustBe(t, []Who(nil), due(t, s, now.Add(10*time.Second-time.Millisecond), 10))
	mustBe(t, []Who{odd}, due(t, s, now.Add(10*time.Second), 10))
	mustBe(t, []Who(nil), due(t, s, now.Add(10*time.Second), 10))

	holdUntil(t, s, man, now.Add(40*time.Second)) // he wrote again
	mustBe(t, []Who(nil), due(t, s, now.Add(20*time.Second), 10))
	holdUntil(t, s, man, time.Time{}) // and was answered
	holdUntil(t, s, man, time.Time{})
	mustBe(t, []Who(nil), due(t, s, now.Add(time.Hour), 10))

	for i := range 9 {
		holdUntil(t, s, Who{man.Account, fmt.Sprint(i)}, now)
	}
	mustBe(t, 4, len(due(t, s, now, 4)))
	mustBe(t, 0, len(due(t, s, now, 0)))
	mustBe(t, 5, len(due(t, s, now, 100)))
}

func testDueRacing(t *testing.T, open opener, clock *fakeClock) {
	replicas := []Store{open(Options{Now: clock.Now}), open(Options{Now: clock.Now})}
	const waiting = 60
	for i := range waiting {
		holdUntil(t, replicas[0], Who{man.Account, fmt.Sprint(i)}, clock.Now())
	}
	var mu sync.Mutex
	seen := map[Who]int{}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for {
				got, err := replicas[i%2].Due(t.Context(), clock.Now(), 7)
				if err != nil {
					t.Errorf("Due: %v", err)
				}
				if len(got) == 0 {
					return
				}
				mu.Lock()
				for _, who := range got {
					seen[who]++
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	mustBe(t, waiting, len(seen))
	for who, times := range seen {
		if times != 1 {
			t.Errorf("%v was given out %d times", who, times)
		}
	}
}
