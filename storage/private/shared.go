package private

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// One server of each kind serves all tests of a binary: a test has no other
// place to leave it for the next. They live until the binary ends; the guard
// then kills them and deletes their folders.
var (
	sharedDatabase = sync.OnceValues(func() (*Database, error) {
		dir, err := os.MkdirTemp("", "mishu-mariadb-")
		if err != nil {
			return nil, fmt.Errorf("make temporary folder: %w", err)
		}
		return startMariaDB(dir, true, nil)
	})
	sharedMemory = sync.OnceValues(func() (*Memory, error) {
		dir, err := os.MkdirTemp("", "mishu-redis-")
		if err != nil {
			return nil, fmt.Errorf("make temporary folder: %w", err)
		}
		return startRedis(dir, true, nil)
	})
	databases, memories atomic.Int64 // given out so far
)

// MariaDB returns the address of a fresh, empty database as MISHU_DATABASE
// takes it; the database is dropped when the test is over. Without MariaDB on
// the machine the test is skipped, or fails where MISHU_TEST_SERVERS=required.
func MariaDB(t testing.TB) string {
	t.Helper()
	need(t, "mariadbd", "mariadb-install-db")
	server, err := sharedDatabase()
	if err != nil {
		t.Fatalf("start MariaDB: %v", err)
	}
	name := fmt.Sprintf("t%d", databases.Add(1))
	if err := server.Create(t.Context(), name); err != nil {
		t.Fatalf("make test database: %v", err)
	}
	t.Cleanup(func() { drop(t, server, name) })
	count(t, "mariadb")
	return server.URL(name)
}

// drop deletes a test's database. A connection left open by the test may hold
// its tables, so the wait is bounded; what stays goes with the folder.
func drop(t testing.TB, server *Database, name string) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := server.Drop(ctx, name); err != nil {
		t.Logf("the test left its database in use: %v", err)
	}
}

// Redis returns the address of an empty logical database of its own, as
// MISHU_REDIS takes it: redis://127.0.0.1:port/number. Without Redis on the
// machine the test is skipped, or fails where MISHU_TEST_SERVERS=required.
func Redis(t testing.TB) string {
	t.Helper()
	need(t, "redis-server")
	server, err := sharedMemory()
	if err != nil {
		t.Fatalf("start Redis: %v", err)
	}
	n := int(memories.Add(1)) - 1
	if n >= spaces {
		t.Fatalf("this test binary used all %d spaces of its Redis", spaces)
	}
	count(t, "redis")
	return server.URL(n)
}

// need ends the test where a binary is missing: as a failure where servers are
// required, so that a run that proves nothing cannot look like one that does.
func need(t testing.TB, binaries ...string) {
	t.Helper()
	for _, binary := range binaries {
		_, err := find(binary)
		switch {
		case err == nil:
		case os.Getenv("MISHU_TEST_SERVERS") == "required":
			t.Fatalf("a real server is required: %v", err)
		default:
			t.Skipf("no real server here: %v", err)
		}
	}
}

// count adds the test to the tally, one line, "kind package test". Lines this
// short are appended whole, also by several binaries at once.
func count(t testing.TB, kind string) {
	t.Helper()
	file := os.Getenv("MISHU_TEST_TALLY")
	if file == "" {
		return
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatalf("open tally: %v", err)
	}
	defer f.Close()
	if _, err := fmt.Fprintf(f, "%s %s %s\n", kind, testedPackage(), t.Name()); err != nil {
		t.Fatalf("write tally: %v", err)
	}
}

// testedPackage names the package whose tests these are.
func testedPackage() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Path != "" {
		return info.Path
	}
	return filepath.Base(os.Args[0])
}
