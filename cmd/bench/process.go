package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a program of ours while it is measured.
type process struct {
	name    string
	address string // where messages go
	admin   string // where it tells about itself, "" if it does not
	begun   time.Time
	cmd     *exec.Cmd
	log     string
	done    chan struct{} // closed when it ended
}

// stopWithin is more than mishu gives its messages in hand (10 s).
const stopWithin = 15 * time.Second

// launch runs a program until ctx ends or stop is called; what it says goes to
// a file in dir.
func launch(ctx context.Context, dir, name string, env []string, binary string, args ...string) (*process, error) {
	p := &process{name: name, log: filepath.Join(dir, name+".log"), done: make(chan struct{})}
	out, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", name, err)
	}
	defer out.Close()
	p.cmd = exec.CommandContext(ctx, binary, args...)
	p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr = env, out, out
	p.cmd.Cancel = func() error { return p.cmd.Process.Signal(syscall.SIGTERM) }
	p.cmd.WaitDelay = stopWithin
	p.begun = time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("run %s: %w", name, err)
	}
	go func() {
		_ = p.cmd.Wait() // how it ended is told by its log
		close(p.done)
	}()
	return p, nil
}

// answers waits until the process answers a message rightly, and returns how
// long that took from its start.
func (p *process) answers(ctx context.Context, m message) (time.Duration, error) {
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline) && ctx.Err() == nil; {
		select {
		case <-p.done:
			return 0, fmt.Errorf("%s ended at its start: %s", p.name, lastWords(p.log))
		case <-time.After(time.Millisecond):
		}
		c, err := dial(p.address, 10*time.Second)
		if err != nil {
			continue
		}
		body, err := c.post(m.request)
		took := time.Since(p.begun)
		if err = errors.Join(err, c.Close()); err == nil {
			err = m.check(body)
		}
		return took, err
	}
	return 0, errors.Join(fmt.Errorf("%s does not answer: %s", p.name, lastWords(p.log)), ctx.Err())
}

// stop ends the process in good order.
func (p *process) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop %s: %w", p.name, err)
	}
	select {
	case <-p.done:
		return nil
	case <-time.After(stopWithin):
		return errors.Join(fmt.Errorf("stop %s: it went on", p.name), p.cmd.Process.Kill())
	}
}

func lastWords(file string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(text[max(0, len(text)-1000):]))
}

// tick is the unit in which Linux counts a process's time for others to read:
// a hundredth of a second on every machine it tells.
const tick = 10 * time.Millisecond

// cpu is the processor time that a process has used.
func cpu(pid int) (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, fmt.Errorf("read time used: %w", err)
	}
	// The name in brackets may hold blanks; utime and stime are the 12th and
	// 13th words behind it.
	words := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	if len(words) < 13 {
		return 0, errors.New("read time used: too few words")
	}
	user, err := strconv.Atoi(words[11])
	system, err2 := strconv.Atoi(words[12])
	return time.Duration(user+system) * tick, errors.Join(err, err2)
}

// resident is the memory that a process holds, in megabytes of 2^20 bytes.
func resident(pid int) (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, fmt.Errorf("read memory used: %w", err)
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 64)
			return kb / 1024, err
		}
	}
	return 0, errors.New("read memory used: the process is gone")
}
