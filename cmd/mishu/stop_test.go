package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"mishu/storage"
)

// child is the program as a process of its own: the test binary, which TestMain
// turns into it.
type child struct {
	cmd      *exec.Cmd
	out, err printed
	ended    chan error
}

func spawns(t *testing.T, environ []string, args ...string) *child {
	t.Helper()
	c := &child{cmd: exec.Command(os.Args[0], args...), ended: make(chan error, 1)}
	c.cmd.Env = append(environ[:len(environ):len(environ)], asProgram+"=1")
	c.cmd.Stdout, c.cmd.Stderr = &c.out, &c.err
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		c.ended <- c.cmd.Wait()
		close(done)
	}()
	t.Cleanup(func() {
		_ = c.cmd.Process.Kill() // gone already where all went well
		<-done
		if t.Failed() {
			t.Logf("it printed:\n%s%s", c.out.String(), c.err.String())
		}
	})
	waitFor(t, "the line that it is ready", func() bool { return strings.Contains(c.out.String(), "\n") })
	return c
}

// hold keeps everybody else from writing until the returned function is called.
func hold(t *testing.T, store *storage.Store) (release func()) {
	t.Helper()
	conn, err := store.DB().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	lock, unlock := "BEGIN IMMEDIATE", "ROLLBACK"
	if store.Driver() == storage.MySQL {
		lock, unlock = "LOCK TABLES heard WRITE", "UNLOCK TABLES"
	}
	if _, err := conn.ExecContext(t.Context(), lock); err != nil {
		t.Fatal(err)
	}
	return func() {
		if _, err := conn.ExecContext(t.Context(), unlock); err != nil {
			t.Error(err)
		}
		conn.Close()
	}
}

// aboutToStop is a served village whose records are held, in a process of its
// own.
type aboutToStop struct {
	*child
	environ    []string
	url, admin string
	store      *storage.Store
	release    func()
}

// holds starts a server with a village and an invitation, lets before talk to
// it, and then holds its records.
func holds(t *testing.T, environ []string, before func(url, code string)) *aboutToStop {
	t.Helper()
	mustDo(t, environ, "migrate")
	mustDo(t, environ, "import", workbook(t, goodRoster), "--village", "青坪村")
	code := mustDo(t, environ, "invite", "--village", "青坪村", "--role", "secretary", "--person", "向春兰")[:8]
	s := &aboutToStop{child: spawns(t, environ, "serve"), environ: environ, store: records(t, environ)}
	at := addresses(s.out.String())
	s.url, s.admin = "http://"+at[0], "http://"+at[1]
	before(s.url, code)
	s.release = hold(t, s.store)
	return s
}

// answered is what came back for a message.
type answered struct {
	text   string
	status int
	err    error
}

// sends brings a message and returns when it has arrived, as the nth.
func (s *aboutToStop) sends(t *testing.T, message []byte, nth int) <-chan answered {
	t.Helper()
	reply := make(chan answered, 1)
	go func() {
		text, status, err := post(t, s.url, message)
		reply <- answered{text, status, err}
	}()
	waitFor(t, "the message", func() bool {
		_, metrics := fetch(t, s.admin+"/metrics")
		return strings.Contains(metrics, fmt.Sprintf("mishu_wechat_inbound_total{event=\"\",kind=\"text\"} %d", nth))
	})
	return reply
}

// term asks the process to stop and makes sure that it does not while its
// records are held.
func (s *aboutToStop) term(t *testing.T) {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-s.ended:
		t.Fatalf("ended with work in hand: %v", err)
	case <-time.After(time.Second):
	}
}

// ends wants a good end in time.
func (s *aboutToStop) ends(t *testing.T) {
	t.Helper()
	began := time.Now()
	if err := <-s.ended; err != nil || time.Since(began) > stopWithin {
		t.Errorf("it ended after %s: %v", time.Since(began), err)
	}
}

// A message that the records are slow with when SIGTERM comes is finished, and
// its sender gets the reply; the same message, brought again after the next
// start, gets the same.
func TestSlowMessageIsFinishedAfterSIGTERM(t *testing.T) {
	onBoth(t, func(t *testing.T, fresh func(t *testing.T) []string) {
		var message []byte
		s := holds(t, append(account(nobody), fresh(t)...), func(_, code string) {
			message = official.Text("oSecretary", code, ids(), time.Now())
		})
		reply := s.sends(t, message, 1)
		s.term(t)
		select {
		case got := <-reply:
			t.Errorf("answered before the records took it: %+v", got)
		default:
		}
		s.release()
		got := <-reply
		if got.err != nil || got.status != 200 || !strings.Contains(got.text, "向春兰") {
			t.Errorf("the message in hand got %+v", got)
		}
		s.ends(t)
		next := serves(t, s.environ)
		if again, _, err := post(t, next.url, message); err != nil || again != got.text {
			t.Errorf("after the next start: %q, %v", again, err)
		}
	})
}

// Danger is answered before the records take the alert; SIGTERM in between does
// not lose it.
func TestAlertIsStoredAfterSIGTERM(t *testing.T) {
	onBoth(t, func(t *testing.T, fresh func(t *testing.T) []string) {
		s := holds(t, append(account(nobody), fresh(t)...), func(url, code string) { hears(t, url, "oSecretary", code) })
		got := <-s.sends(t, official.Text("oSecretary", "我娘晕倒了叫不醒", ids(), time.Now()), 2)
		if got.err != nil || !strings.Contains(got.text, "120") {
			t.Errorf("danger got %+v", got)
		}
		s.term(t)
		s.release()
		s.ends(t)
		if n := rows(t, s.store, "alert"); n != 1 {
			t.Errorf("%d alerts are stored", n)
		}
	})
}
