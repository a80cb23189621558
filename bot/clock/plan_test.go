package clock_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"mishu/bot/book"
	"mishu/bot/clock"
	"mishu/bot/line"
	"mishu/bot/talk"
	"mishu/storage"
)

// daily is a rule at eight that owes everybody one reminder, good for two days.
func daily() line.Rule {
	return line.Rule{
		Name: "daily", Day: line.Daily, At: line.Clock("08:00"), Whom: everybody, Lasts: 48 * time.Hour,
		Owes: storage.Notice{Kind: "daily", Subject: "day", Weight: storage.Unasked, Lead: "今天的事，回“看”"},
	}
}

func everybody(v storage.In) ([]int64, error) {
	people, err := v.People()
	ids := make([]int64, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	return ids, err
}

// dated writes the day of a daily reminder into it.
func dated(_ storage.In, _ *book.Book, n *storage.Notice) (string, error) {
	n.Words = "daily " + n.Period
	return "", nil
}

func dailyStage(t *testing.T, people int) *stage {
	t.Helper()
	return newStage(t, people, line.Line{Rules: []line.Rule{daily()}, Notices: map[string]line.Fresh{"daily": dated}})
}

func sum(counts map[string]int64) int64 {
	total := int64(0)
	for _, n := range counts {
		total += n
	}
	return total
}

// A new rule begins when it is deployed: nothing of the day it began on, then
// one notice a day at its hour.
func TestRuleBeginsNowAndFallsOnceADay(t *testing.T) {
	t.Parallel()
	s := dailyStage(t, 1)
	s.until(dawn.Add(23*time.Hour+50*time.Minute), 10*time.Minute)
	if n := sum(s.states()); n != 0 {
		t.Fatalf("%d notices before its first hour", n)
	}
	for day := 1; day <= 5; day++ {
		s.until(dawn.AddDate(0, 0, day).Add(3*time.Hour), 10*time.Minute)
		if len(s.reached) != day {
			t.Fatalf("day %d: %d arrived", day, len(s.reached))
		}
	}
	for i, a := range s.reached {
		if want := dawn.AddDate(0, 0, i+1); !a.at.Equal(want) {
			t.Errorf("reminder %d came at %s, want %s", i, a.at, want)
		}
	}
}

// After an outage of any length what is still of use arrives, the rest is
// counted as stale, and nobody gets more than his three a day.
func TestInvariant05Outages(t *testing.T) {
	t.Parallel()
	for _, out := range []time.Duration{26 * time.Hour, 8 * 24 * time.Hour, 40 * 24 * time.Hour} {
		t.Run(out.String(), func(t *testing.T) {
			t.Parallel()
			s := dailyStage(t, 3)
			s.set(dawn.Add(out))
			s.tick()
			back := s.clock()
			days := int64(out/(24*time.Hour)) * 3
			n := s.states()
			if sum(n) != days {
				t.Errorf("%d rows for %d that came due: %v", sum(n), days, n)
			}
			useful := min(days, 3*3) // of 48 hours: three at most, where the outage ends on the hour
			if stale := n[storage.NoticeStale]; stale < days-useful || days > 9 && stale == 0 {
				t.Errorf("%d are stale of %d: %v", stale, days, n)
			}
			s.until(back.Add(20*time.Hour), 2*time.Hour)
			s.arrivedOnce()
			perPerson := map[string]int{}
			for _, a := range s.reached {
				perPerson[a.OpenID]++
				if late := back.Sub(dayOf(t, a)); late > 48*time.Hour {
					t.Errorf("%q arrived %s late", a.Text, late)
				}
			}
			for who, got := range perPerson {
				if got > 1 { // one of a kind a day
					t.Errorf("%s got %d on the day the process came back", who, got)
				}
			}
			if len(perPerson) != 3 {
				t.Errorf("%d of 3 heard of it", len(perPerson))
			}
		})
	}
}

// dayOf is when a daily reminder was due.
func dayOf(t *testing.T, a arrival) time.Time {
	t.Helper()
	day, err := time.ParseInLocation("daily "+time.DateOnly, a.Text, storage.Shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return day.Add(8 * time.Hour)
}

// Two replicas and their restarts share the work: every notice has one row, at
// most one letter, and the states add up.
func TestInvariant02TwoClocksAtOnce(t *testing.T) {
	t.Parallel()
	s := dailyStage(t, 20)
	s.answer = sometimes()
	clocks := []*clock.Clock{s.timer, s.replica()}
	for step := range 3 * 24 {
		s.set(dawn.Add(time.Duration(step+1) * time.Hour))
		if step%12 == 11 {
			clocks[step/12%2] = s.replica() // that one was restarted
		}
		together(t, clocks)
	}
	for range 60 { // those that were to be tried later
		s.set(s.clock().Add(time.Minute))
		together(t, clocks)
	}
	n := s.states()
	if sum(n) != 20*3 {
		t.Errorf("%d rows, want 60: %v", sum(n), n)
	}
	if int64(len(s.reached)) != n[storage.NoticeSent] {
		t.Errorf("%d letters taken, %d rows sent", len(s.reached), n[storage.NoticeSent])
	}
	if n[storage.NoticeSending] != 0 || n[storage.NoticeDue] != 0 {
		t.Errorf("not settled: %v", n)
	}
	s.arrivedOnce()
}

// sometimes is a channel that takes two of three and is slow about the third.
func sometimes() func(talk.Letter) talk.Outcome {
	tries := map[string]int{}
	return func(l talk.Letter) talk.Outcome {
		tries[l.ID]++
		if l.ID[len(l.ID)-1]%3 == 0 && tries[l.ID] < 3 {
			return talk.Outcome{Verdict: talk.Later, Channel: "custom"}
		}
		return accept(l)
	}
}

func together(t *testing.T, clocks []*clock.Clock) {
	t.Helper()
	var done sync.WaitGroup
	for _, c := range clocks {
		done.Go(func() {
			if err := c.Tick(context.Background()); err != nil {
				t.Errorf("tick: %v", err)
			}
		})
	}
	done.Wait()
}

// A rule that fails is planned again at the next tick: its watermark stays with
// its notices.
func TestFailedRuleIsNotLost(t *testing.T) {
	t.Parallel()
	s := dailyStage(t, 1)
	failing := s.line.Rules[0]
	broken := true
	failing.Whom = func(v storage.In) ([]int64, error) {
		if broken {
			return nil, errTest
		}
		return everybody(v)
	}
	s.line.Rules = []line.Rule{failing}
	s.timer = s.replica()
	s.set(dawn.AddDate(0, 0, 1))
	if err := s.timer.Tick(context.Background()); err == nil {
		t.Fatal("the tick hides that a rule failed")
	}
	if n := sum(s.states()); n != 0 {
		t.Fatalf("%d notices of a plan that failed", n)
	}
	broken = false
	s.set(s.clock().Add(10 * time.Second)) // still the same minute
	s.tick()
	if len(s.reached) != 1 {
		t.Errorf("%d arrived once it worked again", len(s.reached))
	}
}
