package wechat

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mishu/bot/talk"
)

// short is the deadline of these tests while the work is held up. What must be
// ready in time is let go before it is asked for, so that a slow machine
// changes nothing.
const short = 40 * time.Millisecond

func quick(o *GateOptions) { o.Deadline = short }

// heldHear works until it is let go, and counts. It heeds its context.
type heldHear struct {
	calls atomic.Int64
	once  sync.Once
	open  chan struct{}
}

func newHeldHear() *heldHear { return &heldHear{open: make(chan struct{})} }

func (h *heldHear) letGo() { h.once.Do(func() { close(h.open) }) }

func (h *heldHear) Hear(ctx context.Context, m talk.Message) (talk.Reply, error) {
	h.calls.Add(1)
	select {
	case <-h.open:
		return talk.Reply{Text: "记了：" + m.Text}, nil
	case <-ctx.Done():
		return talk.Reply{}, ctx.Err()
	}
}

// letGo ends the work and waits until its reply stands.
func (s *stand) letGo(h *heldHear) {
	h.letGo()
	for !s.landed() {
		time.Sleep(time.Millisecond)
	}
}

func (s *stand) landed() bool {
	s.flights.mu.Lock()
	defer s.flights.mu.Unlock()
	for _, f := range s.flights.byKey {
		if !f.over {
			return false
		}
	}
	return true
}

// outcome is how one delivery ended.
func outcome(words string, status int, err error) string {
	switch {
	case errors.Is(err, io.EOF), errors.As(err, new(*net.OpError)):
		return "closed"
	case err != nil:
		return err.Error()
	case status != http.StatusOK:
		return http.StatusText(status)
	}
	return words
}

// TestThreeDeliveries brings a message three times, each after the one before
// was closed, as the platform does.
func TestThreeDeliveries(t *testing.T) {
	committed := &records{replies: map[string]talk.Reply{"*": {Text: "记了：买米"}}}
	quietly := &records{replies: map[string]talk.Reply{"*": {}}}
	away := &records{err: errors.New("database is away")}
	for name, c := range map[string]struct {
		ready int // the delivery before which the work is done
		done  Committed
		want  []string
		late  string
	}{
		"at once":                  {1, nil, []string{"记了：买米", "记了：买米", "记了：买米"}, ""},
		"ready for the second":     {2, nil, []string{"closed", "记了：买米", "记了：买米"}, ""},
		"ready for the third":      {3, nil, []string{"closed", "closed", "记了：买米"}, ""},
		"never, unknown":           {4, &records{}, []string{"closed", "closed", defaultHonest}, "o1: 记了：买米"},
		"never, no records":        {4, nil, []string{"closed", "closed", defaultHonest}, "o1: 记了：买米"},
		"never, records away":      {4, away, []string{"closed", "closed", defaultHonest}, "o1: 记了：买米"},
		"never, committed":         {4, committed, []string{"closed", "closed", "记了：买米"}, ""},
		"never, committed, silent": {4, quietly, []string{"closed", "closed", "success"}, "o1: 记了：买米"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			hear := newHeldHear()
			s := newStand(t, testAccount, hear, c.done, quick)
			message := testWire.Text("o1", "买米", 7, time.Now())
			for i, want := range c.want {
				if c.ready == i+1 {
					s.letGo(hear)
				}
				if got := outcome(s.say(t, message)); got != want {
					t.Errorf("delivery %d: %q, want %q", i+1, got, want)
				}
			}
			hear.letGo()
			if c.late == "" {
				s.late.none(t, 2*short)
			} else if got := s.late.wait(t); got != c.late {
				t.Errorf("late: %q", got)
			}
			if n := hear.calls.Load(); n != 1 {
				t.Errorf("heard %d times", n)
			}
		})
	}
}

// TestDeliveriesAtOnce brings the same message by several connections while
// the first is being worked on.
func TestDeliveriesAtOnce(t *testing.T) {
	hear := newHeldHear()
	s := newStand(t, testAccount, hear, nil, nil)
	message := testWire.Text("o1", "买米", 7, time.Now())
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			if got := outcome(s.say(t, message)); got != "记了：买米" {
				t.Errorf("%q", got)
			}
		})
	}
	time.Sleep(short) // most of them arrive; who does not gets the same
	hear.letGo()
	wg.Wait()
	if n := hear.calls.Load(); n != 1 {
		t.Errorf("heard %d times", n)
	}
	s.late.none(t, 2*short)
}

// TestThirdByAge: the first two deliveries went to another replica.
func TestThirdByAge(t *testing.T) {
	hear := newHeldHear()
	s := newStand(t, testAccount, hear, nil, quick)
	now := time.Now()
	if got := outcome(s.say(t, testWire.Text("o1", "买米", 7, now.Add(-10*time.Second)))); got != defaultHonest {
		t.Errorf("aged ten seconds: %q", got)
	}
	for _, age := range []time.Duration{0, 6 * time.Second, time.Hour, -time.Hour} {
		if got := outcome(s.say(t, testWire.Text("o1", "买米", int64(100+age), now.Add(-age)))); got != "closed" {
			t.Errorf("aged %v: %q", age, got)
		}
	}
	hear.letGo()
	if got := s.late.wait(t); got != "o1: 记了：买米" {
		t.Errorf("late: %q", got)
	}
}

// TestNobodyAsksAgain: after a closed delivery no retry comes, so the reply
// goes out by itself once.
func TestNobodyAsksAgain(t *testing.T) {
	hear := newHeldHear()
	s := newStand(t, testAccount, hear, nil, quick)
	s.pace.grace = short
	message := testWire.Text("o1", "买米", 7, time.Now())
	if got := outcome(s.say(t, message)); got != "closed" {
		t.Fatalf("%q", got)
	}
	s.letGo(hear)
	if got := s.late.wait(t); got != "o1: 记了：买米" {
		t.Errorf("late: %q", got)
	}
	if got := outcome(s.say(t, message)); got != "success" {
		t.Errorf("a retry after the late reply: %q", got)
	}
	s.late.none(t, 3*short)
}

// TestPromiseBroken: the honest sentence was said and then the work failed.
func TestPromiseBroken(t *testing.T) {
	for name, c := range map[string]struct {
		done *records
		late string
	}{
		"nothing noted":    {&records{}, "o1: " + defaultLost},
		"noted after all":  {&records{replies: map[string]talk.Reply{}}, "o1: 记了"},
		"records are away": {&records{err: errors.New("away")}, "o1: " + defaultLost},
	} {
		t.Run(name, func(t *testing.T) {
			release := make(chan struct{})
			s := newStand(t, testAccount, hearFunc(func(_ context.Context, m talk.Message) (talk.Reply, error) {
				<-release
				return talk.Reply{}, errors.New("commit unanswered")
			}), c.done, quick)
			message := testWire.Text("o1", "买米", 7, time.Now())
			for _, want := range []string{"closed", "closed", defaultHonest} {
				if got := outcome(s.say(t, message)); got != want {
					t.Errorf("%q, want %q", got, want)
				}
			}
			c.done.mu.Lock()
			if c.done.replies != nil {
				c.done.replies["*"] = talk.Reply{Text: "记了"}
			}
			c.done.mu.Unlock()
			close(release)
			if got := s.late.wait(t); got != c.late {
				t.Errorf("late: %q", got)
			}
		})
	}
}
