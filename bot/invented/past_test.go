package invented

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The story's own day: what the first brief has to say.
func TestPastOnTheStorysDay(t *testing.T) {
	p := Village()
	today := time.Date(2026, 11, 24, 7, 5, 0, 0, shanghai)
	h := p.History(today)
	seen, knocked, visits, attempts := map[int]bool{}, map[int]bool{}, 0, 0
	for _, trip := range h.Trips {
		for _, c := range trip.Calls {
			if c.Met {
				visits++
			} else {
				attempts++
			}
			if trip.At.Month() == 11 {
				seen[c.Elder] = seen[c.Elder] || c.Met
				knocked[c.Elder] = true
			}
		}
	}
	var missing []string
	for i, r := range p.People {
		if r.Listed && !seen[i] {
			missing = append(missing, fmt.Sprintf("%d组%s", r.Group, r.Name))
		}
	}
	if len(missing) < 9 || len(missing) > 16 || !slices.Contains(missing, "3组舒忠良") || !slices.Contains(missing, "5组王桂香") {
		t.Errorf("not seen this month: %v", missing)
	}
	if !knocked[p.Find("舒忠良", 3)] || knocked[p.Find("王桂香", 5)] {
		t.Error("the door that stayed shut is 舒忠良's, and nobody went to 王桂香 of group 5")
	}
	if visits < 300 || visits > 460 || attempts < 5 {
		t.Errorf("%d visits, %d attempts in %d days", visits, attempts, pastDays)
	}
}

func TestPastOfAnyDay(t *testing.T) {
	p := Village()
	rapid.Check(t, func(t *rapid.T) {
		today := time.Unix(rapid.Int64Range(1_700_000_000, 2_000_000_000).Draw(t, "today"), 0)
		y, m, d := today.In(shanghai).Date()
		midnight := time.Date(y, m, d, 0, 0, 0, 0, shanghai)
		h := p.History(today)
		if diff := cmp.Diff(h, p.History(midnight)); diff != "" {
			t.Fatal(diff)
		}
		last := time.Time{}
		for _, trip := range h.Trips {
			if trip.At.Before(last) || !trip.At.Before(midnight) || trip.Minutes <= 0 || !p.People[trip.By].Has("志愿者") {
				t.Fatalf("trip %+v", trip)
			}
			last = trip.At
			for _, c := range trip.Calls {
				if !p.People[c.Elder].Listed || c.Met == (c.Reason != "") || c.Met == (c.Health == "") {
					t.Fatalf("call %+v", c)
				}
			}
		}
		open := 0
		for _, x := range h.Helps {
			if x.For < 0 || x.By < 0 || !x.At.Before(midnight) || x.Holder >= 0 != !x.TakenAt.IsZero() || !x.DoneAt.IsZero() != (x.Minutes > 0) || x.DoneAt.After(midnight) {
				t.Fatalf("help %+v", x)
			}
			if x.DoneAt.IsZero() {
				open++
			}
		}
		if open < 4 {
			t.Fatalf("%d open requests", open)
		}
	})
}
