package session

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	_ "modernc.org/sqlite"
)

// file opens the writing handle of a SQLite file as storage does.
func file(t testing.TB, path string) *sqlx.DB {
	t.Helper()
	db, err := sqlx.Open("sqlite", "file:"+path+
		"?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)&_txlock=immediate")
	if err != nil {
		t.Fatalf("open sqlite: %v", err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func newSQL(t testing.TB, path string, opt Options) *SQL {
	t.Helper()
	s, err := NewSQL(file(t, path), opt)
	if err != nil {
		t.Fatalf("NewSQL: %v", err)
	}
	return s
}

func TestSQL(t *testing.T) {
	t.Parallel()
	conform(t, func(t *testing.T) opener {
		path := filepath.Join(t.TempDir(), "village.db")
		return func(opt Options) Store { return newSQL(t, path, opt) }
	})
}

func TestSQLAway(t *testing.T) {
	t.Parallel()
	s := newSQL(t, filepath.Join(t.TempDir(), "village.db"), Options{})
	if err := s.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	set(t, s, man, NoAct, "the file is still the records'")
	h := hold(t, s, "lost")
	if err := s.db.Close(); err != nil {
		t.Fatalf("close the file: %v", err)
	}
	if err := h.leave(); !errors.Is(err, ErrLost) {
		t.Errorf("save without a store: %v", err)
	}
	allAway(t, s)
}

// allAway fails unless every method says that the store is away.
func allAway(t *testing.T, s Store) {
	t.Helper()
	ctx := t.Context()
	_, peek := s.Peek(ctx, man)
	_, take := s.Take(ctx, man)
	give := s.Give(ctx, man, "wrote:4:1")
	_, due := s.Due(ctx, time.Now(), 1)
	for name, err := range map[string]error{
		"Do": s.Do(ctx, man, Wrote, func(context.Context, *Session) error {
			t.Error("f ran without a store")
			return nil
		}),
		"Peek": peek, "Take": take, "Due": due,
		"Touch": s.Touch(ctx, man), "Settle": s.Settle(ctx, man), "Shut": s.Shut(ctx, man), "Give": give,
		"Hold": s.Hold(ctx, man, time.Now()), "forget": s.Hold(ctx, man, time.Time{}), "Ping": s.Ping(ctx),
	} {
		if !errors.Is(err, ErrAway) {
			t.Errorf("%s: %v, want ErrAway", name, err)
		}
	}
}

func TestSQLTidy(t *testing.T) {
	t.Parallel()
	clock := newClock()
	s := newSQL(t, filepath.Join(t.TempDir(), "village.db"), Options{Now: clock.Now})
	tidy := func() int {
		t.Helper()
		n, err := s.Tidy(t.Context())
		if err != nil {
			t.Fatalf("Tidy: %v", err)
		}
		return n
	}
	insert := `WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 700)
INSERT INTO session (account, openid, keep) SELECT 'gh_old', n, ? FROM i`
	if _, err := s.db.Exec(insert, clock.Now().UnixMilli()); err != nil {
		t.Fatalf("insert: %v", err)
	}
	set(t, s, man, Wrote, "asked")
	h := hold(t, s, "held")
	clock.Advance(72*time.Hour + time.Hour - time.Millisecond)
	mustBe(t, 500, tidy())
	mustBe(t, 200, tidy())
	mustBe(t, 0, tidy())
	if err := h.leave(); err != nil { // the row did not vanish under its holder
		t.Errorf("the holder: %v", err)
	}
	clock.Advance(73 * time.Hour)
	h = hold(t, s, "held again") // of whom nothing is remembered
	mustBe(t, 0, tidy())
	if err := h.leave(); err != nil {
		t.Errorf("the holder: %v", err)
	}
	clock.Advance(73 * time.Hour)
	mustBe(t, 1, tidy())
}

func TestSQLNeedsSQLite(t *testing.T) {
	t.Parallel()
	db := file(t, filepath.Join(t.TempDir(), "no such folder", "village.db"))
	if _, err := NewSQL(db, Options{}); err == nil {
		t.Error("NewSQL without a file gave no error")
	}
}
