package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

var quiet = slog.New(slog.DiscardHandler)

// diary is what parts did, in order.
type diary struct{ lines []string }

func (d *diary) note(s string) { d.lines = append(d.lines, s) }

// part writes down its start and stop.
func (d *diary) part(name string) part {
	return part{
		name:  name,
		start: func(context.Context, func(error)) error { d.note("start " + name); return nil },
		stop:  func(context.Context) error { d.note("stop " + name); return nil },
	}
}

func (d *diary) want(t *testing.T, lines ...string) {
	t.Helper()
	if diff := cmp.Diff(lines, d.lines); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func TestPartsStartInOrderAndStopInReverse(t *testing.T) {
	var d diary
	ctx, cancel := context.WithCancel(t.Context())
	bare := part{name: "bare", start: func(context.Context, func(error)) error { return nil }}
	s := service{[]part{d.part("records"), bare, d.part("clock"), d.part("listener")}, quiet}
	err := s.run(ctx, func() { d.note("ready"); cancel() })
	if err != nil {
		t.Errorf("asked to stop, it says %v", err)
	}
	d.want(t, "start records", "start clock", "start listener", "ready", "stop listener", "stop clock", "stop records")
}

// What did not start is not stopped, and nothing is announced.
func TestPartThatDoesNotStart(t *testing.T) {
	var d diary
	taken := errors.New("address in use")
	bad := d.part("listener")
	bad.start = func(context.Context, func(error)) error { return taken }
	err := service{[]part{d.part("records"), bad, d.part("clock")}, quiet}.run(t.Context(), func() { d.note("ready") })
	if !errors.Is(err, taken) || !strings.Contains(err.Error(), "start listener") {
		t.Errorf("got %v", err)
	}
	d.want(t, "start records", "stop records")
}

func TestPartThatFailsLaterStopsAll(t *testing.T) {
	var d diary
	broke := errors.New("accept: too many open files")
	bad := d.part("listener")
	bad.start = func(_ context.Context, fail func(error)) error { go fail(broke); return nil }
	err := service{[]part{d.part("records"), bad}, quiet}.run(t.Context(), func() {})
	if !errors.Is(err, broke) || !strings.Contains(err.Error(), "listener: ") {
		t.Errorf("got %v", err)
	}
	d.want(t, "start records", "stop listener", "stop records")
}

// Asked to stop while it starts, it starts no more and announces nothing.
func TestStopWhileStarting(t *testing.T) {
	var d diary
	ctx, cancel := context.WithCancel(t.Context())
	slow := d.part("records")
	slow.start = func(context.Context, func(error)) error { cancel(); return nil }
	err := service{[]part{slow, d.part("listener")}, quiet}.run(ctx, func() { d.note("ready") })
	if err != nil {
		t.Error(err)
	}
	d.want(t, "stop records")
}

// A part that hangs is left behind after ten seconds and its grace; those
// before it are still stopped.
func TestWatchdog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var d diary
		ctx, cancel := context.WithCancel(t.Context())
		hangs := d.part("clock")
		release := make(chan struct{})
		hangs.stop = func(context.Context) error { <-release; return nil }
		began := time.Now()
		err := service{[]part{d.part("records"), hangs, d.part("listener")}, quiet}.run(ctx, cancel)
		if took := time.Since(began); took != stopWithin+lastGrace {
			t.Errorf("it took %s", took)
		}
		if !errors.Is(err, errHangs) || !strings.Contains(err.Error(), "stop clock") {
			t.Errorf("got %v", err)
		}
		d.want(t, "start records", "start clock", "start listener", "stop listener", "stop records")
		close(release)
	})
}

func TestStopHeedsItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		slow := (&diary{}).part("messages")
		slow.stop = func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
		began := time.Now()
		err := service{[]part{slow}, quiet}.run(ctx, cancel)
		if took := time.Since(began); took != stopWithin || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("after %s: %v", took, err)
		}
	})
}

// A request that is being answered when the process is asked to stop gets its
// answer; nobody new gets in.
func TestListenerFinishesWhatItBegan(t *testing.T) {
	inside, answer := make(chan struct{}), make(chan struct{})
	l := &listener{name: "webhook", listen: "127.0.0.1:0", log: quiet, handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(inside)
		<-answer
		_, _ = io.WriteString(w, "success")
	})}
	ctx, cancel := context.WithCancel(t.Context())
	said := make(chan string, 1)
	err := service{[]part{l.part()}, quiet}.run(ctx, func() {
		go func() { said <- ask(l.url()) }()
		<-inside
		cancel()
		l.server.RegisterOnShutdown(func() { close(answer) }) // once it takes nobody new
	})
	if err != nil {
		t.Error(err)
	}
	if got := <-said; got != "success" {
		t.Errorf("the request in hand got %q", got)
	}
	if _, err := net.Dial("tcp", l.addr.String()); err == nil {
		t.Error("somebody new gets in")
	}
}

func ask(url string) string {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Get(url)
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err.Error()
	}
	return string(body)
}

func TestListenerSaysThatTheAddressIsTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	l := &listener{name: "webhook", listen: taken.Addr().String(), log: quiet}
	err = service{[]part{l.part()}, quiet}.run(t.Context(), func() { t.Error("announced") })
	if err == nil || !strings.Contains(err.Error(), "start webhook: listen") {
		t.Errorf("got %v", err)
	}
}
