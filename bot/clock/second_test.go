package clock_test

import (
	"fmt"
	"testing"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/talk"
	"mishu/storage"
)

// smsLine texts every kind to one telephone.
var smsLine = line.Line{Texted: map[string]line.Texted{"x": func(_ storage.In, _ *book.Book, n storage.Notice) (string, string, error) {
	return "19900000001", "村里有急事", nil
}}}

func smsStage(t *testing.T, chat, gateway talk.Verdict, weights ...int) *stage {
	s := newStage(t, 1, smsLine)
	s.answer = func(talk.Letter) talk.Outcome { return talk.Outcome{Verdict: chat, Channel: "custom"} }
	s.gateway = func(talk.SMS) talk.Outcome { return talk.Outcome{Verdict: gateway, Channel: "sms"} }
	s.weights = map[int]bool{}
	for _, w := range weights {
		s.weights[w] = true
	}
	s.timer = s.replica()
	return s
}

// Danger goes both ways at once. It was told if one of them took it, it is
// whole only by the chat, and a gateway that is away keeps nobody waiting: the
// notice is lost, and the next people are told.
func TestDangerGoesBothWays(t *testing.T) {
	t.Parallel()
	type end struct {
		state, channel string
		whole          bool
	}
	for chat, gateways := range map[talk.Verdict]map[talk.Verdict]end{
		talk.Sent: {
			talk.Sent: {"sent", "custom", true}, talk.Refused: {"sent", "custom", true}, talk.Later: {"sent", "custom", true}, talk.Unsure: {"sent", "custom", true},
		},
		talk.NoRoom: {
			talk.Sent: {"sent", "sms", false}, talk.Refused: {"carry", "custom", false}, talk.Later: {"carry", "custom", false}, talk.Unsure: {"unknown", "sms", false},
		},
		talk.Unsure: {
			talk.Sent: {"sent", "sms", false}, talk.Refused: {"unknown", "custom", true}, talk.Later: {"unknown", "custom", true}, talk.Unsure: {"unknown", "custom", true},
		},
		talk.Later: {
			talk.Sent: {"sent", "sms", false}, talk.Refused: {"due", "custom", false}, talk.Later: {"due", "custom", false}, talk.Unsure: {"due", "custom", false},
		},
	} {
		for gateway, want := range gateways {
			t.Run(fmt.Sprintf("%s and %s", chat, gateway), func(t *testing.T) {
				t.Parallel()
				s := smsStage(t, chat, gateway)
				s.owe(storage.Notice{Person: s.people[0], Kind: "x", Subject: "1", Weight: storage.Danger})
				s.tick()
				n := s.about("x", "1")
				if got := (end{n.State, n.Channel, n.Whole}); got != want || len(s.texts) != 1 || len(s.tried) != 1 {
					t.Errorf("%+v, want %+v; %d SMS, %d letters", got, want, len(s.texts), len(s.tried))
				}
			})
		}
	}
}

// Whoever has no chat at all is told by SMS, also a telephone that belongs to
// nobody on the roster; without a gateway that notice ends.
func TestTelephoneAlone(t *testing.T) {
	t.Parallel()
	s := smsStage(t, talk.Sent, talk.Sent)
	owe := func(subject string) { s.owe(storage.Notice{Kind: "x", Subject: subject, Weight: storage.Danger}) }
	owe("1")
	s.tick()
	s.gateway = func(talk.SMS) talk.Outcome { return talk.Outcome{Verdict: talk.Later, Channel: "sms"} }
	owe("2")
	s.tick()
	s.gateway = nil
	s.timer = s.replica()
	owe("3")
	s.tick()
	for subject, want := range map[string]string{"1": storage.NoticeSent, "2": storage.NoticeRefused, "3": storage.NoticeRefused} {
		if got := s.about("x", subject).State; got != want {
			t.Errorf("%s is %s, want %s", subject, got, want)
		}
	}
	if len(s.texts) != 2 || len(s.tried) != 0 {
		t.Errorf("%d SMS, %d letters", len(s.texts), len(s.tried))
	}
}

// What is no danger costs an SMS only where the operator wants it, and only
// when no chat takes it.
func TestOtherWeightsNeedASetting(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		chat    talk.Verdict
		weights []int
		want    int
	}{
		"not set":   {talk.NoRoom, nil, 0},
		"by chat":   {talk.Sent, []int{storage.Brief}, 0},
		"unsure":    {talk.Unsure, []int{storage.Brief}, 0},
		"no window": {talk.NoRoom, []int{storage.Brief}, 1},
		"down":      {talk.Later, []int{storage.Brief}, 1},
	} {
		s := smsStage(t, c.chat, talk.Sent, c.weights...)
		s.owe(storage.Notice{Person: s.people[0], Kind: "x", Subject: "1", Weight: storage.Brief})
		s.owe(storage.Notice{Person: s.people[0], Kind: "other", Subject: "1", Weight: storage.Danger})
		s.tick()
		if len(s.texts) != c.want {
			t.Errorf("%s: %d SMS, want %d", name, len(s.texts), c.want)
		}
	}
}

// An SMS that may have arrived is not sent again with the chat's next try; one
// that surely did not is.
func TestUnsureSMSIsNotRepeated(t *testing.T) {
	t.Parallel()
	for verdict, want := range map[talk.Verdict]int{talk.Unsure: 1, talk.Later: 2} {
		s := smsStage(t, talk.Later, verdict)
		s.owe(storage.Notice{Person: s.people[0], Kind: "x", Subject: "1", Weight: storage.Danger})
		s.tick()
		s.until(dawn.Add(time.Minute), time.Minute)
		if len(s.tried) != 2 || len(s.texts) != want {
			t.Errorf("%s: %d letters, %d SMS, want 2 and %d", verdict, len(s.tried), len(s.texts), want)
		}
	}
}

// A gateway that panics is no reason to lose the letter.
func TestGatewayPanics(t *testing.T) {
	t.Parallel()
	s := smsStage(t, talk.Sent, talk.Sent)
	s.gateway = func(talk.SMS) talk.Outcome { panic("provider") }
	s.owe(storage.Notice{Person: s.people[0], Kind: "x", Subject: "1", Weight: storage.Danger})
	s.tick()
	if n := s.about("x", "1"); n.State != storage.NoticeSent || len(s.reached) != 1 {
		t.Errorf("%s, %d letters", n.State, len(s.reached))
	}
}
