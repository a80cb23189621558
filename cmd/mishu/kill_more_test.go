//go:build failpoints

package main

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"mishu/bot"
)

// An invitation is used once, however its message is delivered: nobody reads
// that his own code is no longer good.
func bindsOnce(t *testing.T, c crash) {
	s := c.enter(t)
	text := command(t, s.program, s.home.environ(s.api.URL, ""), "invite", "--village", crashVillage, "--role", "villager", "--person", "刘满生")
	s.livesThrough(t, wrote("oCrash-villager-liu", regexp.MustCompile(`[0-9]{8}`).FindString(text)))
	s.saysTheSame(t)
	for m, reply := range s.heard {
		if !strings.Contains(reply, "刘满生") {
			t.Errorf("the code was answered %q", reply)
		}
		if n := countOf(t, s.store, "SELECT COUNT(*) FROM member WHERE openid = ? AND state = 'active'", m.from); n != 1 {
			t.Errorf("he is bound %d times", n)
		}
	}
	openLedger(t, s.store, s.api.arrived()).delivered(t)
}

// stopsWithLetterUnderWay asks the program to stop while the platform has a
// letter and has not answered yet: it waits for the answer, so that nothing is
// in doubt.
func stopsWithLetterUnderWay(t *testing.T, c crash) {
	s := c.enter(t)
	s.api.slow = make(chan struct{}, 100)
	p := s.launch(t, "")
	s.send(t, wrote(crashHelper, crashReport))
	select {
	case <-s.api.slow:
	case <-time.After(patience):
		t.Fatal("no letter came")
	}
	p.stop(t)
	if n := countOf(t, s.store, "SELECT COUNT(*) FROM notice WHERE state = 'sending'"); n != 0 {
		t.Errorf("%d letters were left half sent", n)
	}
	p = s.launch(t, "")
	atRest(t, s.store)
	p.stop(t)
	if n := openLedger(t, s.store, s.api.arrived()).delivered(t); n != 0 {
		t.Errorf("%d notices are unknown", n)
	}
}

// answersInRealTime kills the program before a commit and lets the platform
// deliver again at its own pace, while the dead process still holds the
// conversation: the person gets the one true reply, at once or as a letter.
func answersInRealTime(t *testing.T, c crash) {
	s := c.enter(t)
	m := wrote(crashHelper, crashReport)
	p := s.launch(t, s.point)
	m.deliver(t, p.url)
	if !p.killed() {
		t.Fatal("the program ended by itself")
	}
	p = s.launch(t, "")
	read := ""
	for n := 1; n < 3 && read == ""; n++ {
		time.Sleep(time.Until(m.at.Add(time.Duration(n) * 5 * time.Second)))
		read, _ = m.deliver(t, p.url)
	}
	t.Logf("%s after he wrote he read %q", time.Since(m.at).Round(time.Second), read)
	switch right := s.reply(t, m); read {
	case right:
	case "", bot.StillNoting:
		s.arrives(t, mail{m.from, right})
	default:
		t.Errorf("he read %q, and the reply is %q", read, right)
	}
	atRest(t, s.store)
	p.stop(t)
	openLedger(t, s.store, s.api.arrived()).delivered(t)
}

// reply waits until the records have the reply to a message.
func (s *site) reply(t *testing.T, m words) string {
	t.Helper()
	for stop := time.Now().Add(patience); time.Now().Before(stop); time.Sleep(20 * time.Millisecond) {
		var kept []string
		if err := s.store.DB().Select(&kept, "SELECT reply FROM heard WHERE msg_key = ?", m.key(t)); err != nil {
			t.Fatal(err)
		}
		if len(kept) == 1 {
			return kept[0]
		}
	}
	t.Fatal("the message was never heard")
	return ""
}

// arrives waits for a letter.
func (s *site) arrives(t *testing.T, l mail) {
	t.Helper()
	for stop := time.Now().Add(patience); time.Now().Before(stop); time.Sleep(20 * time.Millisecond) {
		if s.api.arrived()[l] == 1 {
			return
		}
	}
	t.Errorf("the letter never came: %q", l.text)
}
