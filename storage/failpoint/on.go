//go:build failpoints

// Package failpoint names the places at which the crash tests kill the
// process. Without the build tag `failpoints` nothing of it is left in the
// program.
package failpoint

import (
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
)

// MISHU_TEST_FAILPOINT=name or name:3 kills the process with SIGKILL, as a
// power cut would, when it passes the named place for the first or the third
// time. What begins with MISHU_TEST_ is no setting, so serve starts with it.
var (
	name   string
	passes int64
	seen   atomic.Int64
)

func init() {
	name, passes = os.Getenv("MISHU_TEST_FAILPOINT"), 1
	if before, after, found := strings.Cut(name, ":"); found {
		name = before
		passes, _ = strconv.ParseInt(after, 10, 64)
	}
}

// Here marks a place.
func Here(place string) {
	if place != name || seen.Add(1) != passes {
		return
	}
	syscall.Kill(os.Getpid(), syscall.SIGKILL) //nolint:errcheck // nothing is left to be told
	select {}
}
