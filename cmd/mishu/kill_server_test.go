//go:build failpoints

package main

import (
	"bytes"
	"errors"
	"net"
	"net/http"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// patience is how long the crash tests wait for what must come. It is no
// measure of speed: two cores may be busy with other tests.
const patience = 60 * time.Second

// buildProgram builds the real program with its failpoints.
func buildProgram(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "mishu")
	out, err := exec.Command("go", "build", "-tags", "failpoints", "-o", program, "mishu/cmd/mishu").CombinedOutput()
	if err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return program
}

// process is one life of the program.
type process struct {
	cmd    *exec.Cmd
	url    string
	output bytes.Buffer // read only after gone
	gone   chan struct{}
}

// launch starts `mishu serve` and returns when it answers or is dead already.
func launch(t *testing.T, program string, environ []string) *process {
	t.Helper()
	for range 5 { // between choosing a free port and binding it another process may take it
		p := begin(t, program, environ)
		if p.answers(t) || !bytes.Contains(p.output.Bytes(), []byte("address already in use")) {
			return p
		}
	}
	t.Fatal("no port stays free")
	return nil
}

func begin(t *testing.T, program string, environ []string) *process {
	t.Helper()
	listen, admin := freeAddress(t), freeAddress(t)
	p := &process{cmd: exec.Command(program, "serve"), url: "http://" + listen, gone: make(chan struct{})}
	p.cmd.Env = append(environ[:len(environ):len(environ)], "MISHU_LISTEN="+listen, "MISHU_ADMIN="+admin)
	p.cmd.Stdout, p.cmd.Stderr = &p.output, &p.output
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.cmd.Wait() // how it ended is read from its state
		close(p.gone)
	}()
	t.Cleanup(func() { p.end(t) })
	return p
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", freePort)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// answers waits until the process serves; false: it died first.
func (p *process) answers(t *testing.T) bool {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: patience}
	for stop := time.Now().Add(patience); time.Now().Before(stop); {
		select {
		case <-p.gone:
			return false
		case <-time.After(10 * time.Millisecond):
		}
		res, err := client.Get(p.url + "/healthz")
		if err != nil {
			continue
		}
		res.Body.Close()
		return true
	}
	t.Fatal("the server does not answer")
	return false
}

// killed waits for the end of the process and reports whether it was SIGKILL.
func (p *process) killed() bool {
	<-p.gone
	state, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus)
	return ok && state.Signaled() && state.Signal() == syscall.SIGKILL
}

// stop asks the process to end, as an operator does, and wants it to end well.
func (p *process) stop(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Errorf("ask the server to stop: %v", err)
	}
	select {
	case <-p.gone:
	case <-time.After(patience):
		t.Fatal("the server does not stop")
	}
	if code := p.cmd.ProcessState.ExitCode(); code != exitOK {
		t.Errorf("the server ended with %d:\n%s", code, p.output.Bytes())
	}
}

// end leaves nothing behind and, where the test failed, shows what was said.
func (p *process) end(t *testing.T) {
	if err := p.cmd.Process.Kill(); err == nil || errors.Is(err, exec.ErrNotFound) {
		<-p.gone
	}
	<-p.gone
	if t.Failed() {
		t.Logf("the server said:\n%s", p.output.Bytes())
	}
}
