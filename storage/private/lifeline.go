package private

import (
	"errors"
	"os"
	"os/exec"
	"time"
)

// lifeline is a pipe whose other end the server holds without knowing: it
// breaks when the server is gone. So nobody has to wait in a goroutine, which
// a test that looks for leaked goroutines would find.
type lifeline struct{ end *os.File }

// tie starts cmd holding one end of a new lifeline.
func tie(cmd *exec.Cmd) (*lifeline, error) {
	near, far, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer far.Close()
	cmd.ExtraFiles = append(cmd.ExtraFiles, far)
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(err, near.Close())
	}
	return &lifeline{near}, nil
}

// holds reports whether the process is still there after d at most.
func (l *lifeline) holds(d time.Duration) bool {
	if err := l.end.SetReadDeadline(time.Now().Add(d)); err != nil {
		return false
	}
	_, err := l.end.Read(make([]byte, 1))
	return errors.Is(err, os.ErrDeadlineExceeded)
}

func (l *lifeline) close() { _ = l.end.Close() }
