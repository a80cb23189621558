package clock_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/talk"
	"mishu/storage"
)

// Each notice ends in one state, its line hears of it once, and only what the
// channel took is called sent.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	cases := []struct {
		verdict talk.Verdict
		state   string
		heard   int
	}{
		{talk.Sent, storage.NoticeSent, 1},
		{talk.Unsure, storage.NoticeUnknown, 1},
		{talk.Refused, storage.NoticeRefused, 1},
		{talk.NoRoom, storage.NoticeCarry, 1},
		{talk.Gone, storage.NoticeCarry, 1},
		{talk.Later, storage.NoticeDue, 1},
	}
	heard := map[string]int{}
	settles := func(_ storage.In, _ *book.Book, n storage.Notice) error {
		heard[n.Subject]++
		return nil
	}
	s := newStage(t, len(cases), line.Line{Settles: map[string]line.Settled{"case": settles}})
	for i, c := range cases {
		s.owe(storage.Notice{Person: s.people[i], Kind: "case", Subject: string(c.verdict), Words: string(c.verdict), Weight: storage.Direct})
	}
	s.answer = func(l talk.Letter) talk.Outcome {
		return talk.Outcome{Verdict: talk.Verdict(l.Text), Channel: "custom"}
	}
	s.tick()
	for range 3 {
		s.tick() // nothing is sent again by itself
	}
	for _, c := range cases {
		n := s.about("case", string(c.verdict))
		if n.State != c.state || heard[n.Subject] != c.heard || n.Attempts != 1 {
			t.Errorf("%s: %s after %d attempts, heard %d times; want %s, 1, %d", c.verdict, n.State, n.Attempts, heard[n.Subject], c.state, c.heard)
		}
		if (n.SentDay != "") != (c.state == storage.NoticeSent || c.state == storage.NoticeUnknown) {
			t.Errorf("%s counts as sent on %q", c.verdict, n.SentDay)
		}
	}
}

// What died between being owed and being sent is not sent, whatever of it was
// first: its time, its reason, or the person.
func TestInvariant04DeadReasonsAreNotSent(t *testing.T) {
	t.Parallel()
	alive := true
	fresh := func(_ storage.In, _ *book.Book, n *storage.Notice) (string, error) {
		if !alive {
			return "reported", nil
		}
		n.Words = "written at the last moment"
		return "", nil
	}
	s := newStage(t, 3, line.Line{Notices: map[string]line.Fresh{"list": fresh}})
	s.owe(storage.Notice{Person: s.people[0], Kind: "list", Subject: "alive", Weight: storage.Unasked})
	s.tick()
	if len(s.reached) != 1 || s.reached[0].Text != "written at the last moment" {
		t.Fatalf("while the reason lives: %v", s.reached)
	}
	night := dawn.Add(14 * time.Hour)
	s.set(night)
	s.owe(storage.Notice{Person: s.people[1], Kind: "list", Subject: "dead", Weight: storage.Unasked})
	s.owe(storage.Notice{Person: s.people[2], Kind: "other", Subject: "late", Weight: storage.Direct, NotAfter: storage.At(night.Add(time.Hour))})
	s.owe(storage.Notice{Person: s.buried(), Kind: "other", Subject: "gone", Weight: storage.Direct})
	s.tick()
	alive = false
	s.until(night.Add(12*time.Hour), time.Hour)
	for subject, want := range map[string][2]string{"dead": {storage.NoticeCleared, "list"}, "late": {storage.NoticeStale, "other"}, "gone": {storage.NoticeCleared, "other"}} {
		if n := s.about(want[1], subject); n.State != want[0] || n.SentDay != "" {
			t.Errorf("%s is %s (%s), want %s", subject, n.State, n.Why, want[0])
		}
	}
	if len(s.reached) != 1 {
		t.Errorf("%d letters went out, want only the first", len(s.reached))
	}
}

// buried is somebody who has died; his account is still bound.
func (s *stage) buried() int64 {
	s.t.Helper()
	p := storage.Person{Name: "向公", Group: 1, Status: storage.Dead}
	s.in(func(v storage.In) error {
		if err := v.AddPerson(&p); err != nil {
			return err
		}
		if err := v.AddMember(&storage.Member{Account: account, OpenID: "oGone", Person: p.ID, State: storage.Active}); err != nil {
			return err
		}
		return v.Changed()
	})
	return p.ID
}

// A process that died while it was sending leaves a row of which nobody knows
// whether it went out: it is called unknown, and never sent again.
func TestLostLettersBecomeUnknown(t *testing.T) {
	t.Parallel()
	s := newStage(t, 1, line.Line{})
	s.owe(storage.Notice{Person: s.people[0], Kind: "lost", Subject: "x", Weight: storage.Direct})
	s.in(func(v storage.In) error {
		_, claimed, err := v.ClaimNotice(s.about("lost", "x").ID, storage.NoticeDue, "who died", storage.At(s.clock().Add(time.Minute)))
		if !claimed {
			t.Error("not claimed")
		}
		return err
	})
	s.tick()
	if got := s.about("lost", "x").State; got != storage.NoticeSending {
		t.Fatalf("while the lease lasts it is %s", got)
	}
	s.until(dawn.Add(3*time.Minute), time.Minute)
	if n := s.about("lost", "x"); n.State != storage.NoticeUnknown || len(s.tried) != 0 {
		t.Errorf("after the lease it is %s, tried %d times", n.State, len(s.tried))
	}
}

// A channel that is down is asked again after pauses that grow to an hour, not
// before what it asked for, and not for ever.
func TestRetriesWithGrowingPauses(t *testing.T) {
	t.Parallel()
	s := newStage(t, 2, line.Line{})
	s.answer = func(l talk.Letter) talk.Outcome {
		return talk.Outcome{Verdict: talk.Later, Channel: "custom", After: map[string]time.Duration{"down slow": 2 * time.Hour}[l.Text]}
	}
	s.owe(storage.Notice{Person: s.people[0], Kind: "down", Subject: "fast", Weight: storage.Danger})
	s.owe(storage.Notice{Person: s.people[1], Kind: "down", Subject: "slow", Weight: storage.Danger})
	s.tick()
	s.until(dawn.Add(time.Hour), 10*time.Second)
	s.until(dawn.Add(4*24*time.Hour), 10*time.Minute)
	pauses := map[string][]time.Duration{}
	last := map[string]time.Time{}
	for _, a := range s.tried {
		if at, ok := last[a.Text]; ok {
			pauses[a.Text] = append(pauses[a.Text], a.at.Sub(at))
		}
		last[a.Text] = a.at
	}
	for i, p := range pauses["down fast"] {
		if want := min(30*time.Second<<min(i, 7), time.Hour); p < want || p > want+want/4+10*time.Minute {
			t.Errorf("pause %d is %s, want %s", i+1, p, want)
		}
	}
	for i, p := range pauses["down slow"] {
		if p < 2*time.Hour {
			t.Errorf("pause %d is %s, but the channel asked for two hours", i+1, p)
		}
	}
	for _, subject := range []string{"fast", "slow"} {
		if n := s.about("down", subject); n.State != storage.NoticeCarry || n.Attempts != 20 {
			t.Errorf("%s: %s after %d attempts, want carry after 20", subject, n.State, n.Attempts)
		}
	}
}

// A week without a push API: everything owed waits for its person, nothing is
// counted as sent, and the day the API is back nothing is sent twice.
func TestWeekWithoutChannel(t *testing.T) {
	t.Parallel()
	s := newStage(t, 5, line.Line{})
	s.answer = func(talk.Letter) talk.Outcome { return talk.Outcome{Verdict: talk.Later, Channel: "custom"} }
	for day := range 5 {
		s.set(dawn.AddDate(0, 0, day))
		for _, p := range s.people {
			s.owe(storage.Notice{Person: p, Kind: "week", Subject: strconv.FormatInt(p, 10), Period: strconv.Itoa(day), Weight: storage.Direct})
		}
		s.until(dawn.AddDate(0, 0, day+1), 2*time.Hour)
	}
	s.until(dawn.AddDate(0, 0, 7), 2*time.Hour)
	if n := s.states(); n[storage.NoticeCarry] != 25 || len(s.reached) != 0 {
		t.Fatalf("after the week: %v", n)
	}
	s.answer = accept
	s.until(dawn.AddDate(0, 0, 8), 2*time.Hour)
	if n := s.states(); n[storage.NoticeCarry] != 25 || len(s.reached) != 0 {
		t.Errorf("what waits for its person is not pushed as well: %v", n)
	}
}

// A job that fails or panics keeps no other from running, and the tick says so.
func TestOneFailingJobStopsNoOther(t *testing.T) {
	t.Parallel()
	bad := line.Due{
		Name: "bad",
		Find: func(*storage.Tx, int) ([]line.Item, error) { panic("on purpose") },
	}
	s := newStage(t, 1, line.Line{})
	s.line.Dues = []line.Due{bad}
	s.timer = s.replica()
	s.owe(storage.Notice{Person: s.people[0], Kind: "still", Subject: "x", Weight: storage.Direct})
	if err := s.timer.Tick(context.Background()); err == nil {
		t.Error("a panic is no error")
	}
	if got := s.about("still", "x").State; got != storage.NoticeSent {
		t.Errorf("the letter is %s", got)
	}
	if s.timer.Age() != 0 {
		t.Error("a tick that failed counts as a pulse")
	}
}
