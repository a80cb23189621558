package private

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// judge stands in for a test that asks for a server: it keeps how it ended.
type judge struct {
	testing.TB
	failed, skipped bool
}

func (j *judge) Helper()               {}
func (j *judge) Fatalf(string, ...any) { j.failed = true; runtime.Goexit() }
func (j *judge) Skipf(string, ...any)  { j.skipped = true; runtime.Goexit() }

func TestMissingServerSkipsOrFails(t *testing.T) {
	for _, c := range []struct {
		setting         string
		failed, skipped bool
	}{
		{"", false, true},
		{"required", true, false},
	} {
		t.Setenv("MISHU_TEST_SERVERS", c.setting)
		j := &judge{TB: t}
		done := make(chan struct{})
		go func() {
			defer close(done)
			need(j, "no-such-server-anywhere")
		}()
		<-done
		if j.failed != c.failed || j.skipped != c.skipped {
			t.Errorf("MISHU_TEST_SERVERS=%q: failed %v, skipped %v", c.setting, j.failed, j.skipped)
		}
	}
}

func TestTallyNamesKindPackageAndTest(t *testing.T) {
	file := filepath.Join(t.TempDir(), "tally")
	t.Setenv("MISHU_TEST_TALLY", file)
	Redis(t)
	MariaDB(t)
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(got)), "\n")
	if len(lines) != 2 || !isTally(lines[0], "redis", t.Name()) || !isTally(lines[1], "mariadb", t.Name()) {
		t.Errorf("tally is %q", got)
	}
}

func isTally(line, kind, test string) bool {
	f := strings.Fields(line)
	return len(f) == 3 && f[0] == kind && strings.Contains(f[1], "storage/private") && f[2] == test
}
