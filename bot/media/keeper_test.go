package media

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"mishu/config"
	"mishu/storage"
)

// shelf is a village with one voice that somebody sent.
type shelf struct {
	t     *testing.T
	now   time.Time
	store *storage.Store
	slip  storage.Slip
	fail  error
	calls int
	keep  *Keeper
}

func newShelf(t *testing.T) *shelf {
	t.Helper()
	s := &shelf{t: t, now: time.Date(2026, 11, 24, 9, 0, 0, 0, storage.Shanghai)}
	clock := func() time.Time { return s.now }
	d := config.SQLiteFile(filepath.Join(t.TempDir(), "mishu.db"))
	var err error
	if s.store, err = storage.Connect(d.Driver, d.DSN.Reveal(), storage.Clocks{Wall: clock, Village: clock}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.store.Close() })
	if err := s.store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.slip = storage.Slip{Account: "gh", OpenID: "o", Kind: "voice", Media: "m1", SourceKey: "k", Ordinal: 1}
	s.in(func(v storage.In) error { return v.AddSlip(&s.slip) })
	s.keep = &Keeper{Store: s.store, Log: slog.New(slog.DiscardHandler), Fetch: func(_ context.Context, account, id string, most int64) (string, []byte, error) {
		s.calls++
		if account != "gh" || id != "m1" || most != 3<<20 {
			t.Errorf("asked for %s of %s, at most %d", id, account, most)
		}
		return "audio/amr", []byte("#!AMR"), s.fail
	}}
	return s
}

func (s *shelf) in(f func(storage.In) error) {
	s.t.Helper()
	if err := s.store.Update(context.Background(), func(tx *storage.Tx) error { return f(tx.In(1)) }); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shelf) run() {
	s.t.Helper()
	if err := errors.Join(s.keep.FetchDue(s.t.Context()), s.keep.RemoveDue(s.t.Context())); err != nil {
		s.t.Fatal(err)
	}
}

// until lets days go by.
func (s *shelf) until(to time.Time, step time.Duration) {
	for s.now.Before(to) {
		s.now = s.now.Add(step)
		s.run()
	}
}

func (s *shelf) medium() (m storage.Medium, found bool) {
	s.in(func(v storage.In) (err error) {
		m, found, err = v.MediumOf(s.slip.ID)
		return err
	})
	return m, found
}

// A voice is fetched once, and goes thirty days after somebody has closed it.
func TestKeptUntilAMonthAfterClosing(t *testing.T) {
	s := newShelf(t)
	s.run()
	s.run()
	if m, _ := s.medium(); m.State != storage.MediumKept || string(m.Data) != "#!AMR" || s.calls != 1 {
		t.Fatalf("%s after %d calls", m.State, s.calls)
	}
	s.until(s.now.AddDate(0, 0, 60), 24*time.Hour)
	if _, found := s.medium(); !found {
		t.Fatal("nobody has listened, and after sixty days it is gone")
	}
	s.slip.State = storage.Closed
	s.in(func(v storage.In) error { return v.SaveSlip(s.slip) })
	s.until(s.now.AddDate(0, 0, 30), 24*time.Hour)
	if _, found := s.medium(); !found {
		t.Error("gone before its thirty days")
	}
	s.until(s.now.AddDate(0, 0, 2), 24*time.Hour)
	if _, found := s.medium(); found {
		t.Error("kept longer than thirty days after it was closed")
	}
}

func TestGoneAfterHalfAYear(t *testing.T) {
	s := newShelf(t)
	s.run()
	s.until(s.now.AddDate(0, 0, 182), 24*time.Hour)
	if _, found := s.medium(); found {
		t.Error("kept longer than half a year")
	}
}

// A platform that fails is asked again with growing pauses; what it does not
// have, or not any more, is lost and asked for no more.
func TestFetchFails(t *testing.T) {
	s := newShelf(t)
	s.fail = errors.New("busy")
	s.until(s.now.Add(2*time.Hour), time.Minute)
	if m, _ := s.medium(); m.State != storage.MediumWanted || s.calls < 5 || s.calls > 12 {
		t.Errorf("%s after %d calls in two hours", m.State, s.calls)
	}
	s.until(s.now.AddDate(0, 0, 3), time.Hour)
	calls := s.calls
	s.until(s.now.AddDate(0, 0, 3), time.Hour)
	if m, _ := s.medium(); m.State != storage.MediumLost || s.calls != calls {
		t.Errorf("after the platform's three days: %s, %d more calls", m.State, s.calls-calls)
	}
	gone := newShelf(t)
	gone.fail = ErrGone
	gone.until(gone.now.Add(time.Hour), time.Minute)
	if m, _ := gone.medium(); m.State != storage.MediumLost || gone.calls != 1 {
		t.Errorf("what is gone: %s after %d calls", m.State, gone.calls)
	}
}

// By the platform's id while it lives, then by what was kept, and by nothing
// when both are gone.
func TestAttach(t *testing.T) {
	s := newShelf(t)
	attached := func() (id string, data int, none bool) {
		s.in(func(v storage.In) error {
			m, err := Attach(v, nil, storage.Notice{Subject: "slip:1"})
			if none = m == nil; !none {
				id, data = m.ID, len(m.Data)
			}
			return err
		})
		return id, data, none
	}
	if id, _, _ := attached(); id != "m1" {
		t.Errorf("at once: %q", id)
	}
	s.run()
	s.now = s.now.AddDate(0, 0, 4)
	if id, data, _ := attached(); id != "" || data != 5 {
		t.Errorf("after four days: %q, %d bytes", id, data)
	}
	s.until(s.now.AddDate(0, 0, 200), 24*time.Hour)
	if _, _, none := attached(); !none {
		t.Error("after half a year there is still something")
	}
}
