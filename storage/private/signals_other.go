//go:build !unix

package private

import (
	"errors"
	"os"
	"os/exec"
)

// Elsewhere there is no guard shell either, so a server never gets this far:
// start reports the missing shell.

func ownGroup(*exec.Cmd) {}

func terminate(p *os.Process) error { return p.Kill() }
func pause(*os.Process) error       { return errors.ErrUnsupported }
func resume(*os.Process) error      { return errors.ErrUnsupported }
