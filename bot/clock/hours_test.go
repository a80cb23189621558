package clock_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"mishu/bot/line"
	"mishu/bot/talk"
	"mishu/storage"
)

// At every hour of the day something of every weight is owed to somebody of his
// own: only danger disturbs a sleeper, what is urgent until ten, and what is held
// back is not lost but arrives when people get up.
func TestQuietHoursHoldAndNeverDrop(t *testing.T) {
	t.Parallel()
	weights := []int{storage.Danger, storage.Urgent, storage.Direct, storage.Unasked, storage.Brief}
	s := newStage(t, 24*len(weights), line.Line{})
	owed := map[string]time.Time{}
	for hour := range 24 {
		s.set(dawn.Add(time.Duration(hour) * time.Hour))
		for i, w := range weights {
			subject := fmt.Sprintf("%d at %d", w, hour)
			s.owe(storage.Notice{Person: s.people[hour*len(weights)+i], Kind: "hours", Subject: subject, Weight: w})
			owed["hours "+subject] = s.clock()
		}
		s.tick()
	}
	s.until(dawn.Add(24*time.Hour), time.Hour)
	if len(s.reached) != len(owed) {
		t.Errorf("%d of %d arrived: %v", len(s.reached), len(owed), s.states())
	}
	s.arrivedOnce()
	for _, a := range s.reached {
		want := owed[a.Text]
		switch w := a.Text[len("hours ")] - '0'; {
		case w > storage.Urgent:
			want = awake(want, 21)
		case w == storage.Urgent: // until ten (settled.md 7)
			want = awake(want, 22)
		}
		if !a.at.Equal(want) {
			t.Errorf("%q arrived at %s, want %s", a.Text, a.at.Format("15:04"), want.Format("15:04"))
		}
	}
}

// awake is the first moment from 07:00 until an hour of the evening.
func awake(at time.Time, until int) time.Time {
	seven := time.Date(at.Year(), at.Month(), at.Day(), 7, 0, 0, 0, storage.Shanghai)
	switch {
	case at.Before(seven):
		return seven
	case at.Hour() < until:
		return at
	}
	return seven.AddDate(0, 0, 1)
}

// Three unasked ones a day and one of a kind; what answers a person's own
// matter, what is urgent and what is danger has no ceiling, nor has the brief.
func TestCeilingOfADay(t *testing.T) {
	t.Parallel()
	s := newStage(t, 2, line.Line{})
	for i := range 6 {
		s.owe(storage.Notice{Person: s.people[0], Kind: "kind" + strconv.Itoa(i), Subject: "x", Weight: storage.Unasked})
		s.owe(storage.Notice{Person: s.people[1], Kind: "same", Subject: strconv.Itoa(i), Weight: storage.Unasked})
	}
	s.tick()
	if n := s.states(); n[storage.NoticeSent] != 3+1 || n[storage.NoticeCarry] != 3+5 {
		t.Fatalf("of six kinds and of six alike: %v", n)
	}
	for _, w := range []int{storage.Danger, storage.Urgent, storage.Direct, storage.Brief} {
		for i := range 5 {
			s.owe(storage.Notice{Person: s.people[0], Kind: "own", Subject: strconv.Itoa(w) + "." + strconv.Itoa(i), Weight: w})
		}
	}
	s.tick()
	if n := s.states(); n[storage.NoticeSent] != 4+20 || n[storage.NoticeCarry] != 8 {
		t.Errorf("twenty more without a ceiling: %v", n)
	}
	s.set(dawn.AddDate(0, 0, 1))
	s.owe(storage.Notice{Person: s.people[1], Kind: "same", Subject: "tomorrow", Weight: storage.Unasked})
	s.tick()
	if got := s.about("same", "tomorrow").State; got != storage.NoticeSent {
		t.Errorf("the next day begins anew, but it is %s", got)
	}
}

// A letter that the channel did not take leaves room for another one.
func TestCeilingCountsOnlyWhatWasTaken(t *testing.T) {
	t.Parallel()
	s := newStage(t, 1, line.Line{})
	s.answer = func(talk.Letter) talk.Outcome { return talk.Outcome{Verdict: talk.NoRoom, Channel: "custom"} }
	for i := range 5 {
		s.owe(storage.Notice{Person: s.people[0], Kind: "lost" + strconv.Itoa(i), Subject: "x", Weight: storage.Unasked})
	}
	s.tick()
	s.answer = accept
	for i := range 3 {
		s.owe(storage.Notice{Person: s.people[0], Kind: "kind" + strconv.Itoa(i), Subject: "x", Weight: storage.Unasked})
	}
	s.tick()
	if n := s.states(); n[storage.NoticeSent] != 3 || n[storage.NoticeCarry] != 5 {
		t.Errorf("five that found no channel, then three: %v", n)
	}
}
