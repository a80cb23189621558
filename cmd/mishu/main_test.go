package main

import (
	"bytes"
	"os"
	"runtime/debug"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

// asProgram makes the test binary the program itself: tests that need a process
// of its own, to send it signals, start themselves.
const asProgram = "MISHU_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	goleak.VerifyTestMain(m)
}

// mishu runs the command line and returns its exit code and what it printed.
func mishu(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	code = run(args, world{t.Context(), nil, strings.NewReader(""), &out, &err})
	return code, out.String(), err.String()
}

func TestHelpListsCommands(t *testing.T) {
	code, out, _ := mishu(t, "--help")
	if code != exitOK || !strings.Contains(out, "version") {
		t.Errorf("%d %s", code, out)
	}
}

func TestWrongUseIsExplained(t *testing.T) {
	for _, args := range [][]string{{}, {"no-such-command"}, {"version", "--no-such-flag"}} {
		code, out, err := mishu(t, args...)
		if code != exitUsage || out != "" || !strings.Contains(err, "mishu --help") {
			t.Errorf("%v: %d, printed %q and %q", args, code, out, err)
		}
	}
}

func TestVersion(t *testing.T) {
	code, out, _ := mishu(t, "version")
	if code != exitOK || !strings.HasPrefix(out, "mishu (devel) go1.") || strings.Count(out, "\n") != 1 {
		t.Errorf("%d %q", code, out)
	}
}

func TestVersionNamesTheRevision(t *testing.T) {
	info := &debug.BuildInfo{GoVersion: "go1.26.8", Settings: []debug.BuildSetting{
		{Key: "vcs.revision", Value: "0123456789abcdef0123"}, {Key: "vcs.time", Value: "2026-11-23T07:05:00Z"}, {Key: "vcs.modified", Value: "true"},
	}}
	info.Main.Version = "v1.2.3"
	got := describe(info)
	if !strings.HasPrefix(got, "mishu v1.2.3 go1.26.8 ") || !strings.HasSuffix(got, ", revision 0123456789ab of 2026-11-23T07:05:00Z, with changes") {
		t.Error(got)
	}
}
