package main

import (
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

// A message that the records are slow with when SIGTERM comes is finished, and
// its sender gets the reply; the same message, brought again after the next
// start, gets the same.
func TestSlowMessageIsFinishedAfterSIGTERM(t *testing.T) {
	onBoth(t, func(t *testing.T, fresh func(t *testing.T) []string) {
		environ := append(account(nobody), fresh(t)...)
		mustDo(t, environ, "migrate")
		mustDo(t, environ, "import", workbook(t, playedVillage), "--village", "青坪村")
		code := mustDo(t, environ, "invite", "--village", "青坪村", "--role", "secretary", "--person", "向春兰")[:8]
		message := official.Text("oSecretary", code, ids(), time.Now())
		store := records(t, environ)
		c := spawns(t, environ, "serve")
		at := addresses(c.out.String())
		release := hold(t, store)
		type said struct {
			text   string
			status int
			err    error
		}
		answered := make(chan said, 1)
		go func() {
			text, status, err := post(t, "http://"+at[0], message)
			answered <- said{text, status, err}
		}()
		waitFor(t, "the message", func() bool {
			_, metrics := fetch(t, "http://"+at[1]+"/metrics")
			return strings.Contains(metrics, `mishu_wechat_inbound_total{event="",kind="text"} 1`)
		})
		if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		select {
		case got := <-answered:
			t.Errorf("answered before the records took it: %+v", got)
		case err := <-c.ended:
			t.Errorf("ended with a message in hand: %v", err)
		case <-time.After(time.Second):
		}
		release()
		got := <-answered
		if got.err != nil || got.status != 200 || !strings.Contains(got.text, "向春兰") {
			t.Errorf("the message in hand got %+v", got)
		}
		began := time.Now()
		if err := <-c.ended; err != nil || time.Since(began) > stopWithin {
			t.Errorf("it ended after %s: %v", time.Since(began), err)
		}
		s := serves(t, environ)
		if again, _, err := post(t, s.url, message); err != nil || again != got.text {
			t.Errorf("after the next start: %q, %v", again, err)
		}
	})
}
