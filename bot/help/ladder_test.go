package help

import (
	"cmp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/storage"
)

// waiting hours of a ladder: two for each of the six rings, and what passes till
// the next brief has been read; five rounds of it (settled.md 15, care-features
// 4.2). A night has ten quiet hours, so that twelve waking ones are at most a
// day, and a brief is at most 26 hours off.
const (
	wakingRing  = 2 * time.Hour
	roundAtMost = 24*time.Hour + 26*time.Hour
	laddersEnd  = 5 * roundAtMost
	// Three rings of volunteers and leaders may say nothing before the office
	// hears: six waking hours, which may have a night between them, and the moment
	// in which a ring is passed that no channel reaches.
	officeHears = 3*wakingRing + 10*time.Hour + time.Second
)

// drawn is somebody of a village that is drawn.
type drawn struct {
	role, sex string
	group     int
	does      manner
}

func draw(r *rapid.T) []drawn {
	manners := rapid.SampledFrom([]manner{unbound, cutOff, silent, silent, declines, takes})
	if rapid.IntRange(0, 3).Draw(r, "grumpy") > 0 {
		manners = rapid.SampledFrom([]manner{unbound, cutOff, silent, declines})
	}
	all := []drawn{{"", "F", 2, unbound}}
	for i, n := 0, rapid.IntRange(0, 8).Draw(r, "volunteers"); i < n; i++ {
		sex := rapid.SampledFrom([]string{"F", "M"}).Draw(r, "sex")
		all = append(all, drawn{storage.Helper, sex, rapid.IntRange(1, 5).Draw(r, "group"), manners.Draw(r, "does")})
	}
	for i, n := 0, rapid.IntRange(0, 2).Draw(r, "leaders"); i < n; i++ {
		all = append(all, drawn{storage.Leader, "M", 2, manners.Draw(r, "does")})
	}
	for _, role := range []string{storage.Secretary, storage.Chair} {
		if rapid.Bool().Draw(r, role) {
			all = append(all, drawn{role, "F", 1, rapid.SampledFrom([]manner{unbound, cutOff, silent}).Draw(r, "does")})
		}
	}
	return all
}

// Whatever people there are and whatever they do, each request ends with
// somebody who takes it, or before a person who decides, in the sum of the
// waking hours; nobody is asked more than twice, and nobody in vain waits for
// somebody who cannot be reached.
func TestEveryLadderEnds(t *testing.T) {
	store, clock := openTowers(t)
	villages := 0
	rapid.Check(t, func(r *rapid.T) {
		villages++
		*clock = time.Date(2026, 11, 24, rapid.IntRange(0, 23).Draw(r, "hour"), rapid.IntRange(0, 59).Draw(r, "minute"), 0, 0, storage.Shanghai)
		w := &tower{t: r, store: store, clock: clock, manners: map[int64]manner{}, seen: map[int64]bool{}, asked: map[int64]int{}}
		w.found(villages)
		elder := w.populate(draw(r))
		service := rapid.SampledFrom([]string{"lao", "xi", "yi"}).Draw(r, "service")
		urgent := rapid.Bool().Draw(r, "urgent")
		began := *clock
		w.ask(elder, service, urgent)
		h := w.climb()
		w.holds(r, h, service)
		if took := clock.Sub(began); took > laddersEnd {
			r.Fatalf("after %v it is %s at step %d", took, h.State, h.Step)
		}
		if !w.told.IsZero() && w.told.Sub(began) > officeHears {
			r.Fatalf("the office heard only after %v", w.told.Sub(began))
		}
	})
}

// populate enters people and returns the first.
func (w *tower) populate(people []drawn) (first int64) {
	w.update(func(v storage.In, _ *book.Book) error {
		for _, p := range people {
			id, err := w.enter(v, p.role, p.sex, p.group, p.does)
			if err != nil {
				return err
			}
			first = cmp.Or(first, id)
		}
		return nil
	})
	return first
}

// climb runs a ladder to its end.
func (w *tower) climb() storage.Help {
	for range 200 {
		if h := w.next(); h.State != storage.Open || h.NextAt == 0 {
			return h
		}
	}
	w.t.Fatalf("the ladder has no end")
	return storage.Help{}
}

// holds checks a ladder that has ended.
func (w *tower) holds(r *rapid.T, h storage.Help, service string) {
	for person, n := range w.asked {
		if n > 2 {
			r.Fatalf("somebody was asked %d times", n)
		}
		w.update(func(_ storage.In, b *book.Book) error {
			if service == "xi" && b.Has(person, storage.Helper) && b.Person(person).Sex != "F" {
				r.Fatalf("a man was asked to wash a woman")
			}
			return nil
		})
	}
	if h.State == storage.Taken {
		return
	}
	w.update(func(v storage.In, _ *book.Book) error {
		again, err := v.LaddersBegun(w.help, storage.RoundAgain)
		if again != 4 {
			r.Fatalf("it rests after %d rounds", again+1)
		}
		return err
	})
	points := w.agenda()
	if len(points) != 1 || !strings.HasPrefix(points[0].Words, "红线") {
		r.Fatalf("it rests and the brief has %v", points)
	}
}

func (w *tower) agenda() (points []line.Point) {
	w.update(func(v storage.In, b *book.Book) (err error) {
		points, err = agenda(v, b)
		return err
	})
	return points
}

// A ladder with nobody on it is in the secretary-general's brief, and before
// her, within the tick in which it begins.
func TestInvariant16LadderWithNobody(t *testing.T) {
	store, clock := openTowers(t)
	*clock = time.Date(2026, 11, 24, 9, 0, 0, 0, storage.Shanghai)
	w := &tower{t: t, store: store, clock: clock, manners: map[int64]manner{}, seen: map[int64]bool{}, asked: map[int64]int{}}
	w.found(1)
	elder := w.person("", "F", 2, unbound)
	w.person(storage.Secretary, "F", 1, silent)
	began := *clock
	w.ask(elder, "lao", false)
	w.next()
	if points := w.agenda(); len(points) != 1 || !strings.Contains(points[0].Words, "没人接") {
		t.Errorf("the brief has %v", points)
	}
	if !w.told.Equal(began) {
		t.Errorf("she was told at %v, want %v", w.told, began)
	}
}

// Each manner alone on every ring: the ladder ends where it must.
func TestLaddersOfOneManner(t *testing.T) {
	store, clock := openTowers(t)
	for i, does := range []manner{unbound, cutOff, silent, declines, takes} {
		*clock = time.Date(2026, 11, 24, 9, 0, 0, 0, storage.Shanghai)
		w := &tower{t: t, store: store, clock: clock, manners: map[int64]manner{}, seen: map[int64]bool{}, asked: map[int64]int{}}
		w.found(i)
		elder := w.person("", "F", 2, unbound)
		for g := range 5 {
			w.person(storage.Helper, "F", g+1, does)
		}
		w.person(storage.Leader, "M", 2, does)
		w.person(storage.Secretary, "F", 1, silent)
		w.person(storage.Chair, "M", 1, silent)
		w.ask(elder, "lao", false)
		first := *clock
		h := w.climb()
		want := map[manner]struct {
			state string
			asked int
			told  time.Duration
		}{
			unbound:  {storage.Open, 0, 0},
			cutOff:   {storage.Open, 0, 0},
			silent:   {storage.Open, 6, 6 * time.Hour},
			declines: {storage.Open, 6, 0},
			takes:    {storage.Taken, 3, -1},
		}[does]
		if h.State != want.state || len(w.asked) != want.asked {
			t.Errorf("who %s: %s, %d asked, want %s, %d", does, h.State, len(w.asked), want.state, want.asked)
		}
		if told := w.told.Sub(first); want.told >= 0 && told.Truncate(time.Second) != want.told {
			t.Errorf("who %s: the office heard after %v, want %v", does, told, want.told)
		}
	}
}
