package private

import (
	"fmt"
	"io"
	"os/exec"
)

// guardian reads the process id of the server to look after, or "-" for none,
// a line each time it changes. Its input ends when this process is gone,
// however that came about: then it kills the server and deletes the folder,
// trying once more because a killed server takes a moment to let go.
const guardian = `
while read -r word; do server=$word; done
case ${server:--} in -) ;; *) kill -9 "$server" ;; esac
[ -z "$1" ] || rm -rf "$1" || { sleep 1; rm -rf "$1"; }
`

// guard is a small shell that outlives this process by a moment, so that no
// server and no folder is left behind by a test that panics, times out or is
// killed.
type guard struct {
	cmd  *exec.Cmd
	tell io.WriteCloser
}

func newGuard(dir string, remove bool) (*guard, error) {
	if !remove {
		dir = ""
	}
	cmd := exec.Command("sh", "-c", guardian, "guard", dir)
	ownGroup(cmd) // a Ctrl-C at the terminal is not for the guard
	tell, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("reach guard: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start guard: %w", err)
	}
	return &guard{cmd, tell}, nil
}

// watch names the process that must not outlive this one. A guard that cannot
// be told is a guard that is gone; the server is still stopped by Stop.
func (g *guard) watch(pid int) { _, _ = fmt.Fprintln(g.tell, pid) }

// unwatch says that there is no process to look after: its id may be another's
// by now.
func (g *guard) unwatch() { _, _ = fmt.Fprintln(g.tell, "-") }

// end lets the guard do its work and waits for it.
func (g *guard) end() {
	_ = g.tell.Close()
	_ = g.cmd.Wait()
}
