package storage

import (
	"errors"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

// bothEmpty runs a test on an empty database of each kind.
func bothEmpty(t *testing.T, f func(t *testing.T, a address)) {
	t.Run(SQLite, func(t *testing.T) { f(t, sqliteAddress(t)) })
	t.Run("mariadb", func(t *testing.T) { f(t, mariaAddress(t)) })
}

func TestMigrate(t *testing.T) {
	t.Parallel()
	bothEmpty(t, func(t *testing.T, a address) {
		s := a.open(t, newHands().clocks())
		if err := s.CheckSchema(t.Context()); !errors.Is(err, ErrOlder) {
			t.Errorf("an empty database: %v", err)
		}
		for range 2 {
			if err := s.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := s.CheckSchema(t.Context()); err != nil {
				t.Error(err)
			}
		}
		outOfStep(t, s)
	})
}

// outOfStep bumps the version by hand, forth and back.
func outOfStep(t *testing.T, s *Store) {
	t.Helper()
	s.write.MustExec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
	for name, err := range map[string]error{"check": s.CheckSchema(t.Context()), "migrate": s.Migrate(t.Context())} {
		if !errors.Is(err, ErrNewer) {
			t.Errorf("%s a newer database: %v", name, err)
		}
	}
	s.write.MustExec("DELETE FROM goose_db_version WHERE version_id > 1")
	if err := s.CheckSchema(t.Context()); !errors.Is(err, ErrOlder) {
		t.Errorf("check an older database: %v", err)
	}
	if err := s.Migrate(t.Context()); err != nil {
		t.Errorf("migrate an older database: %v", err)
	}
}

// Replicas that are rolled out together migrate together.
func TestMigrateAtOnce(t *testing.T) {
	t.Parallel()
	bothEmpty(t, func(t *testing.T, a address) {
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				if err := a.open(t, newHands().clocks()).Migrate(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if err := a.open(t, newHands().clocks()).CheckSchema(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// MariaDB commits each CREATE TABLE by itself: whatever a migration got done
// before it was cut off is still there when it runs again.
func TestMigrateInterrupted(t *testing.T) {
	t.Parallel()
	bothEmpty(t, func(t *testing.T, a address) {
		s := a.open(t, newHands().clocks())
		s.write.MustExec("CREATE TABLE goose_db_version (" + versionTable[s.driver] + ")") // died before its first row
		all := statements(t, s.driver)
		for _, statement := range all[:len(all)*2/3] {
			if _, err := s.write.Exec(statement); err != nil {
				t.Fatalf("%s: %v", statement, err)
			}
		}
		if err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := s.CheckSchema(t.Context()); err != nil {
			t.Error(err)
		}
		s.newVillage(t, "镇")
	})
}

// versionTable is what goose keeps.
var versionTable = map[string]string{
	SQLite: "id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now'))",
	MySQL:  "id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, version_id BIGINT NOT NULL, is_applied BOOLEAN NOT NULL, tstamp DATETIME NULL DEFAULT CURRENT_TIMESTAMP",
}

// statements are those of the first two migrations.
func statements(t *testing.T, driver string) []string {
	files, err := dialect(driver)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, name := range []string{"0001_people.sql", "0002_work.sql"} {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		for statement := range strings.SplitSeq(string(text), ";\n") {
			if strings.Contains(statement, "CREATE") {
				all = append(all, statement)
			}
		}
	}
	return all
}

// The migrations that are embedded are in order and none is missing.
func TestMigrationFiles(t *testing.T) {
	t.Parallel()
	for _, driver := range []string{SQLite, MySQL} {
		files, err := dialect(driver)
		if err != nil {
			t.Fatal(err)
		}
		for name, file := range files.(fstest.MapFS) {
			if strings.Contains(string(file.Data), "{{") {
				t.Errorf("%s has a mark that %s does not know", name, driver)
			}
		}
	}
}
