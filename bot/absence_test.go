package bot_test

import (
	"strings"
	"testing"
	"time"

	"mishu/bot/roster"
	"mishu/storage"
)

// After a death nothing goes to the house, no list names him, whoever is left
// alone is proposed for closer visits, and a mistake is taken back without a
// trace (care-features 5, D23; invariants 4 and 14).
func TestDeathInAHouse(t *testing.T) {
	t.Parallel()
	cast := append(people(), roster.Row{Name: "刘秀英", Sex: "F", Group: 3, Born: "1946", Household: "刘满生"})
	s := newStageOf(t, stores[0], cast)
	s.say("向春兰", "满爷爷昨晚走了")
	s.say("向春兰", "过世")
	for _, words := range []string{"节哀", "刘满生", "刘秀英一个人在屋", "夏满妹那边，请您当面或打电话讲"} {
		if !strings.Contains(s.reply, words) {
			t.Errorf("told %q, without %q", s.reply, words)
		}
	}
	if len(s.pushed) > 0 {
		t.Errorf("sent by machine: %s", s.pushes())
	}
	s.setClock("2026-11-24 17:01")
	if !s.heard("向春兰", "改高 3组刘秀英") {
		t.Errorf("no proposal for who is left alone: %s", s.pushes())
	}
	s.say("向春兰", "1对")
	s.pushed = nil
	s.pass(40 * time.Hour)
	for _, p := range s.pushed {
		if name := s.names[p.person]; name == "刘秀英" || name == "刘海波" || strings.Contains(p.text, "刘满生") {
			t.Errorf("号→%s: %s", name, p.text)
		}
	}
	s.view(func(v storage.In) error {
		p, listed, err := v.Plan(s.ids["刘秀英"])
		if !listed || p.Tier != roster.High || p.Visitor != s.ids["夏满妹"] {
			t.Errorf("who is left alone is visited %+v (listed %t)", p, listed)
		}
		return err
	})
	s.pushed = nil
	s.say("向春兰", "满爷爷没过世 刘满生恢复")
	if !strings.Contains(s.reply, "没有发出过任何消息") {
		t.Errorf("told %q", s.reply)
	}
	s.pass(time.Hour)
	for _, p := range s.pushed {
		t.Errorf("fired late: 号→%s: %s", s.names[p.person], p.text)
	}
}

// The dead hold no office: a ring is never told to somebody who cannot hear it.
func TestTheDeadHoldNoOffice(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	s.say("向春兰", "3组舒立新过世了")
	s.say("向春兰", "过世")
	s.say("夏桂花", fell)
	if s.heard("舒立新", "") || strings.Contains(s.reply, "舒立新") {
		t.Errorf("told %q, %s", s.reply, s.pushes())
	}
	if !s.heard("刘承志", "茅厕") {
		t.Errorf("nobody hears: %s", s.pushes())
	}
}
