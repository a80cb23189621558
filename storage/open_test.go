package storage

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"mishu/config"
	"mishu/storage/private"
)

// noon is when the tests begin: a Tuesday in the village.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, Shanghai)

// hands are the clocks of one store; a test moves them.
type hands struct {
	mu            sync.Mutex
	wall, village time.Time
}

func newHands() *hands { return &hands{wall: noon, village: noon} }

func (h *hands) clocks() Clocks {
	read := func(which *time.Time) func() time.Time {
		return func() time.Time {
			h.mu.Lock()
			defer h.mu.Unlock()
			return *which
		}
	}
	return Clocks{Wall: read(&h.wall), Village: read(&h.village)}
}

func (h *hands) move(wall, village time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.wall, h.village = h.wall.Add(wall), h.village.Add(village)
}

// opener opens one database again and again, each time with clocks of its own.
type opener func(t testing.TB, clocks Clocks) *Store

// address is a database as Connect takes it.
type address struct{ driver, dsn string }

func (a address) open(t testing.TB, clocks Clocks) *Store {
	t.Helper()
	s, err := Connect(a.driver, a.dsn, clocks)
	if err != nil {
		t.Fatalf("connect: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// migrated brings the database to the schema of this program.
func (a address) migrated(t testing.TB) address {
	t.Helper()
	if err := a.open(t, newHands().clocks()).Migrate(t.Context()); err != nil {
		t.Fatalf("migrate: %v", err)
	}
	return a
}

// addressOf reads a value of MISHU_DATABASE, so that the tests connect as the
// program does.
func addressOf(t testing.TB, text string) address {
	t.Helper()
	d, err := config.ParseDatabase(text)
	if err != nil {
		t.Fatal(err)
	}
	return address{d.Driver, d.DSN.Reveal()}
}

func sqliteAddress(t testing.TB) address {
	return addressOf(t, "sqlite:"+filepath.Join(t.TempDir(), "village.db"))
}

func mariaAddress(t testing.TB) address { return addressOf(t, private.MariaDB(t)) }

// must runs f in a transaction that must succeed.
func (s *Store) must(t testing.TB, f func(*Tx) error) {
	t.Helper()
	if err := s.Update(context.Background(), f); err != nil {
		t.Fatalf("update: %v", err)
	}
}

// see runs f in a view that must succeed.
func (s *Store) see(t testing.TB, f func(*Tx) error) {
	t.Helper()
	if err := s.View(context.Background(), f); err != nil {
		t.Fatalf("view: %v", err)
	}
}

// newVillage adds a village of the test's own and returns its id.
func (s *Store) newVillage(t testing.TB, township string) int64 {
	t.Helper()
	v := Village{Name: t.Name(), Township: township, County: "县"}
	if len(v.Name) > 60 {
		v.Name = v.Name[len(v.Name)-60:]
	}
	s.must(t, func(tx *Tx) error { return tx.AddVillage(&v) })
	return v.ID
}
