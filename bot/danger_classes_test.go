package bot_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"mishu/storage"
	"mishu/storage/session"
)

// dangers are words of every class of danger, with what the reply must hold. A
// class that the reader only suspects is answered with its question.
var dangers = []struct {
	words, reply string
	sure         bool
}{
	{fell, "120", true},
	{"隔壁桂花婶喝了农药", "120", true},
	{"忠良爹灶屋起火了", "119", true},
	{"有个娃掉塘里了", "119", true},
	{"我不想活了", "12356", true},
	{"隔壁细伢子天天挨打，身上青一块紫一块", "110", true},
	{"会长关起来打他屋里细伢子 身上都是伤", "110", true},
	{"我崽在打我 动刀了", "110", true},
	{"我娘走丢了", "110", true},
	{"有人打电话讲我中奖了要验证码", "莫转钱", false},
	{"媳妇不给饭呷 打我", "110", false},
}

// Every class of danger wins in every state of every conversation, and nobody is
// asked first who he is (invariant 8 of care-features 7).
func TestDangerWinsInEveryState(t *testing.T) {
	t.Parallel()
	for _, c := range situations {
		t.Run(c.line+"."+c.question, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, stores[0])
			s.reach(c)
			state := s.dialog(c.who, nil)
			for _, d := range dangers {
				s.dialog(c.who, state)
				s.say(c.who, d.words)
				if !strings.Contains(s.reply, d.reply) {
					t.Errorf("%s is answered %q", d.words, s.reply)
				}
				if d.sure && !s.alarmed(d.words) {
					t.Errorf("%s stands in no alert", d.words)
				}
				s.pushed = nil
			}
		})
	}
}

// alarmed reports whether an open alert holds these words.
func (s *stage) alarmed(words string) bool {
	s.t.Helper()
	found := false
	s.view(func(v storage.In) error {
		open, err := v.OpenAlerts()
		found = slices.ContainsFunc(open, func(a storage.Alert) bool { return strings.Contains(a.Words, words) })
		return err
	})
	return found
}

// dialog is what is remembered of somebody's conversation; with a state it is
// put back.
func (s *stage) dialog(name string, put []byte) []byte {
	s.t.Helper()
	var kept []byte
	who := session.Who{Account: account, OpenID: s.openID(s.person(name))}
	s.must(s.session.Do(context.Background(), who, session.NoAct, func(_ context.Context, x *session.Session) error {
		kept = append([]byte(nil), x.State...)
		if put != nil {
			x.State = append([]byte(nil), put...)
		}
		return nil
	}))
	return kept
}
