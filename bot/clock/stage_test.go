package clock_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mishu/bot/book"
	"mishu/bot/clock"
	"mishu/bot/line"
	"mishu/bot/talk"
	"mishu/config"
	"mishu/storage"
	"mishu/storage/session"
)

const account = "gh_clock"

// arrival is a letter as it reached the channel, and when.
type arrival struct {
	talk.Letter
	at time.Time
}

// stage is a village, a clock, and a channel that does what the test says. The
// line of work is the test's too, so that nothing but the clock is looked at.
type stage struct {
	t        *testing.T
	store    *storage.Store
	sessions session.Store
	timer    *clock.Clock
	line     line.Line
	registry *prometheus.Registry // of the last replica
	village  int64
	people   []int64

	mu      sync.Mutex
	now     time.Time
	answer  func(talk.Letter) talk.Outcome
	gateway func(talk.SMS) talk.Outcome // nil: no SMS
	weights map[int]bool                // for which SMS serve beside danger
	texts   []talk.SMS                  // everything the gateway was given
	tried   []arrival                   // everything the channel was given
	reached []arrival                   // what it accepted
}

// dawn is Tuesday, 2026-11-24, 08:00: nobody sleeps, and no rule falls then.
var dawn = time.Date(2026, 11, 24, 8, 0, 0, 0, storage.Shanghai)

func newStage(t *testing.T, people int, l line.Line) *stage {
	t.Helper()
	l.Name = "test"
	s := &stage{t: t, now: dawn, line: l, answer: accept}
	d := config.SQLiteFile(filepath.Join(t.TempDir(), "mishu.db"))
	clocks := storage.Clocks{Wall: s.clock, Village: s.clock}
	store, err := storage.Connect(d.Driver, d.DSN.Reveal(), clocks)
	s.must(err)
	t.Cleanup(func() { store.Close() })
	s.must(store.Migrate(context.Background()))
	s.store = store
	s.sessions, err = session.NewSQL(store.DB(), session.Options{Now: s.clock})
	s.must(err)
	s.must(store.Update(context.Background(), func(tx *storage.Tx) error { return s.found(tx, people) }))
	s.timer = s.replica()
	s.tick()
	return s
}

func accept(talk.Letter) talk.Outcome { return talk.Outcome{Verdict: talk.Sent, Channel: "custom"} }

func (s *stage) found(tx *storage.Tx, people int) error {
	village := storage.Village{Name: "青坪村", Township: "竹溪口镇", County: "溪江县"}
	if err := tx.AddVillage(&village); err != nil {
		return err
	}
	s.village = village.ID
	v := tx.In(village.ID)
	for i := range people {
		p := storage.Person{Name: "向" + strconv.Itoa(i), Group: 1}
		if err := v.AddPerson(&p); err != nil {
			return err
		}
		m := storage.Member{Account: account, OpenID: fmt.Sprintf("oClock%022d", i), Person: p.ID, State: storage.Active, Followed: true}
		if err := v.AddMember(&m); err != nil {
			return err
		}
		s.people = append(s.people, p.ID)
	}
	return nil
}

// replica is another process over the same records.
func (s *stage) replica() *clock.Clock {
	second := clock.Second{Weights: s.weights}
	if s.gateway != nil {
		second.Texter = s
	}
	s.registry = prometheus.NewRegistry()
	return clock.New(clock.Options{
		Store: s.store, Sessions: s.sessions, Books: book.NewShelf(s.store), Lines: []line.Line{s.line}, Channel: s, SMS: second,
		Wake: func(context.Context) error { return nil }, Wall: s.clock, Village: s.clock,
		Log: slog.New(slog.DiscardHandler), Metrics: clock.NewMetrics(s.registry),
	})
}

// Send is the channel.
func (s *stage) Send(_ context.Context, l talk.Letter) talk.Outcome {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.answer(l)
	s.tried = append(s.tried, arrival{l, s.now})
	if o.Verdict == talk.Sent {
		s.reached = append(s.reached, arrival{l, s.now})
	}
	return o
}

// Text is the second channel.
func (s *stage) Text(_ context.Context, m talk.SMS) talk.Outcome {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.texts = append(s.texts, m)
	return s.gateway(m)
}

func (s *stage) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *stage) set(to time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = to
}

func (s *stage) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) tick() {
	s.t.Helper()
	s.must(s.timer.Tick(context.Background()))
}

// until lets time go by in steps and ticks after each.
func (s *stage) until(to time.Time, step time.Duration) {
	s.t.Helper()
	for at := s.clock(); at.Before(to); {
		at = at.Add(min(step, to.Sub(at)))
		s.set(at)
		s.tick()
	}
}

func (s *stage) in(f func(storage.In) error) {
	s.t.Helper()
	s.must(s.store.Update(context.Background(), func(tx *storage.Tx) error { return f(tx.In(s.village)) }))
}

// owe owes one notice; what the test leaves out is filled in.
func (s *stage) owe(n storage.Notice) {
	s.t.Helper()
	if n.Period == "" {
		n.Period = "1"
	}
	if n.Lead == "" {
		n.Lead = "村里有事，回“看”"
	}
	if n.Words == "" {
		n.Words = n.Kind + " " + n.Subject
	}
	s.in(func(v storage.In) error { return v.Owe(n) })
}

func (s *stage) states() map[string]int64 {
	s.t.Helper()
	var counts map[string]int64
	s.must(s.store.View(context.Background(), func(tx *storage.Tx) (err error) {
		counts, err = tx.NoticeCounts()
		return err
	}))
	return counts
}

// about is the state of the one notice of a kind and subject, with why.
func (s *stage) about(kind, subject string) storage.Notice {
	s.t.Helper()
	var found []storage.Notice
	s.must(s.store.View(context.Background(), func(tx *storage.Tx) (err error) {
		found, err = tx.In(s.village).NoticesAbout(kind, subject)
		return err
	}))
	if len(found) != 1 {
		s.t.Fatalf("%d notices %s about %s, want 1", len(found), kind, subject)
	}
	return found[0]
}

// arrivedOnce fails where a notice reached somebody twice.
func (s *stage) arrivedOnce() {
	s.t.Helper()
	seen := map[string]bool{}
	for _, a := range s.reached {
		if seen[a.ID] {
			s.t.Errorf("notice %s arrived twice", a.ID)
		}
		seen[a.ID] = true
	}
}

var errTest = errors.New("on purpose")

// metric is the value of a gauge of the last replica.
func (s *stage) metric(name string) float64 {
	s.t.Helper()
	families, err := s.registry.Gather()
	s.must(err)
	for _, f := range families {
		if f.GetName() == name {
			return f.GetMetric()[0].GetGauge().GetValue()
		}
	}
	s.t.Fatalf("no metric %s", name)
	return 0
}
