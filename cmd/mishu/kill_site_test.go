//go:build failpoints

package main

import (
	"maps"
	"sync"
	"testing"
	"time"

	"mishu/storage"
)

// site is one village with one program that serves it, and dies.
type site struct {
	crash
	home  keeping
	store *storage.Store
	api   *platform

	mu      sync.Mutex
	now     *process
	heard   map[words]string // the reply to each message that was answered
	sending int              // notices that were being sent when it died
}

// enter starts a village of its own from the one of the crash tests.
func (c crash) enter(t *testing.T) *site {
	t.Helper()
	home := c.ground.fresh(t)
	c.ground.clone(t, c.village, home)
	heard := map[words]string{}
	maps.Copy(heard, c.heard)
	return &site{crash: c, home: home, store: home.open(t), api: newPlatform(t), heard: heard}
}

func (s *site) live() *process {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *site) launch(t *testing.T, point string) *process {
	t.Helper()
	p := launch(t, s.program, s.home.environ(s.api.URL, point))
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = p
	return p
}

// livesThrough sends the messages, sees the program die, starts it again, and
// returns when all are answered.
func (s *site) livesThrough(t *testing.T, messages ...words) {
	t.Helper()
	p := s.launch(t, s.point)
	answered := make(chan struct{})
	var senders sync.WaitGroup
	for _, m := range messages {
		senders.Go(func() { s.send(t, m) })
	}
	go func() {
		senders.Wait()
		close(answered)
	}()
	death, late := p.gone, time.After(patience)
	for answered != nil || s.point != "" && death != nil {
		select {
		case <-answered:
			answered = nil
		case <-death:
			death = nil
			if s.point == "" || !p.killed() {
				t.Errorf("the program ended by itself:\n%s", p.output.Bytes())
			}
			s.sending = int(countOf(t, s.store, "SELECT COUNT(*) FROM notice WHERE state = 'sending'"))
			outLive(t, s.home, s.store)
			s.launch(t, "")
		case <-late:
			t.Errorf("it did not die at %q", s.point)
			late, death = nil, nil
		}
	}
}

// send delivers a message as the platform does: three times at most, until it
// is answered.
func (s *site) send(t *testing.T, m words) {
	for range 3 {
		p := s.live()
		reply, ok := m.deliver(t, p.url)
		if ok {
			s.mu.Lock()
			s.heard[m] = reply
			s.mu.Unlock()
			return
		}
		s.nextLife(p)
	}
	t.Errorf("three deliveries of %q and no answer", m.text)
}

// nextLife waits between two deliveries: until the program is back, or for a
// second where it did not die.
func (s *site) nextLife(before *process) {
	select {
	case <-before.gone:
	case <-time.After(time.Second):
		return
	}
	for stop := time.Now().Add(patience); s.live() == before && time.Now().Before(stop); {
		time.Sleep(5 * time.Millisecond)
	}
}

// saysTheSame delivers everything once more, to a program that knows nothing
// but the records, when nothing is on its way any more.
func (s *site) saysTheSame(t *testing.T) {
	t.Helper()
	s.live().stop(t)
	p := s.launch(t, "")
	atRest(t, s.store)
	forget(t, s.home, s.store)
	for m, before := range s.heard {
		if reply, ok := m.deliver(t, p.url); !ok || reply != before {
			t.Errorf("%q was answered %q, and once more %q", m.text, before, reply)
		}
	}
	p.stop(t)
}
