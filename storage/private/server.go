package private

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

const (
	// A server is ready in 0.1 s; 30 s is for a machine whose two cores are
	// busy with other race-built tests.
	readyWithin = 30 * time.Second
	// MariaDB flushes and closes in about a second.
	stopWithin = 10 * time.Second
	// Between choosing a free port and binding it another process may take it.
	portTries = 5
)

// errDied is a server that ended by itself before it was ready.
var errDied = errors.New("server ended at start")

// kind is what MariaDB and Redis differ in.
type kind struct {
	binary string
	// prepare fills the server's folder; it finds a folder that was used
	// before as it was left.
	prepare func(dir string) error
	// argv is the command line that serves addr out of dir.
	argv func(dir string, addr *net.TCPAddr) []string
	// ready returns nil once the process pid, and no other, answers at addr.
	ready func(addr string, pid int) error
}

// Server is one running server. Its methods are for one goroutine.
type Server struct {
	Addr string // host:port

	kind  kind
	dir   string
	port  *net.TCPAddr
	extra []string
	guard *guard
	cmd   *exec.Cmd // nil while it does not run
	life  *lifeline
}

// start prepares dir and runs a server there on a free port. remove tells the
// guard to delete dir in the end.
func start(k kind, dir string, remove bool, extra []string) (*Server, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("name folder of %s: %w", k.binary, err)
	}
	g, err := newGuard(dir, remove)
	if err != nil {
		return nil, err
	}
	s := &Server{kind: k, dir: dir, extra: extra, guard: g}
	if err := s.first(); err != nil {
		g.end()
		return nil, err
	}
	return s, nil
}

// first runs the server on one free port after another until one is kept.
func (s *Server) first() error {
	if err := s.kind.prepare(s.dir); err != nil {
		return err
	}
	var err error
	for range portTries {
		if s.port, err = freePort(); err != nil {
			return err
		}
		s.Addr = s.port.String()
		if err = s.launch(); !errors.Is(err, errDied) {
			return err
		}
	}
	return err
}

// launch runs the process and waits until it is ready.
func (s *Server) launch() error {
	path, err := find(s.kind.binary)
	if err != nil {
		return err
	}
	cmd := exec.Command(path, append(s.kind.argv(s.dir, s.port), s.extra...)...)
	ownGroup(cmd)
	life, err := run(cmd, s.log())
	if err != nil {
		return fmt.Errorf("run %s: %w", s.kind.binary, err)
	}
	s.cmd, s.life = cmd, life
	s.guard.watch(cmd.Process.Pid)
	if err := s.untilReady(); err != nil {
		return errors.Join(err, s.Kill())
	}
	return nil
}

func (s *Server) untilReady() error {
	deadline := time.Now().Add(readyWithin)
	var err error
	for time.Now().Before(deadline) {
		if err = s.kind.ready(s.Addr, s.cmd.Process.Pid); err == nil {
			return nil
		}
		if !s.life.holds(5 * time.Millisecond) {
			return fmt.Errorf("%s: %w; its last words: %s", s.kind.binary, errDied, lastWords(s.log()))
		}
	}
	return fmt.Errorf("%s not ready in %s: %w; its last words: %s", s.kind.binary, readyWithin, err, lastWords(s.log()))
}

// Stop ends the server in good order and frees what guards it. The folder
// stays, so that StartMariaDB or StartRedis can go on with it.
func (s *Server) Stop() error {
	defer s.guard.end()
	if s.cmd == nil {
		return nil
	}
	if err := s.Resume(); err != nil { // a paused process does not hear a polite request
		return err
	}
	if err := terminate(s.cmd.Process); err != nil {
		return errors.Join(fmt.Errorf("stop %s: %w", s.kind.binary, err), s.Kill())
	}
	ended := time.AfterFunc(stopWithin, func() { _ = s.cmd.Process.Kill() })
	defer ended.Stop()
	return s.reap()
}

// Kill ends the server as a power cut does. Restart brings it back.
func (s *Server) Kill() error {
	if s.cmd == nil {
		return nil
	}
	if err := s.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("kill %s: %w", s.kind.binary, err)
	}
	return s.reap()
}

// Restart runs the server again at the same address over the same folder. It
// does nothing to a server that runs.
func (s *Server) Restart() error {
	if s.cmd != nil {
		return nil
	}
	return s.launch()
}

// Pause freezes the server: connections are accepted by the kernel, no answer
// comes, as behind a network that swallows.
func (s *Server) Pause() error { return s.signal("pause", pause) }

// Resume lets a paused server go on.
func (s *Server) Resume() error { return s.signal("resume", resume) }

func (s *Server) signal(what string, send func(*os.Process) error) error {
	if s.cmd == nil {
		return fmt.Errorf("%s %s: it does not run", what, s.kind.binary)
	}
	if err := send(s.cmd.Process); err != nil {
		return fmt.Errorf("%s %s: %w", what, s.kind.binary, err)
	}
	return nil
}

// reap waits for the process that was told to end.
func (s *Server) reap() error {
	err := s.cmd.Wait()
	s.guard.unwatch()
	s.life.close()
	s.cmd = nil
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return fmt.Errorf("wait for %s: %w", s.kind.binary, err)
	}
	return nil // how it ended is what the caller asked for
}

func (s *Server) log() string { return filepath.Join(s.dir, s.kind.binary+".log") }

// run starts cmd with its output in the file named log and a lifeline to it.
func run(cmd *exec.Cmd, log string) (*lifeline, error) {
	out, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	return tie(cmd)
}

// freePort returns a TCP port of 127.0.0.1 that nobody listens on now.
func freePort() (*net.TCPAddr, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("find a free port: %w", err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr), nil
}

// lastWords returns the end of a log file, for an error message.
func lastWords(file string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return err.Error()
	}
	return string(bytes.TrimSpace(text[max(0, len(text)-2000):]))
}
