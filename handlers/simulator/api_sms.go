package simulator

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// gatewayPath is the pretend provider of SMS. It is no part of WeChat: the page
// shows what it sent on the phone all the same, as a line between the bubbles.
const gatewayPath = "/sms/send"

// textsKept bounds what the gateway remembers.
const textsKept = 200

// Text is an SMS that the gateway took.
type Text struct {
	Phone string `json:"phone"`
	Words string `json:"words"`
}

// texts are the SMS that the gateway took, the newest last.
type texts struct {
	mu   sync.Mutex
	sent []Text
}

func (t *texts) add(m Text) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sent = append(t.sent, m)
	t.sent = t.sent[max(0, len(t.sent)-textsKept):]
}

// Texts are the newest SMS that the gateway took.
func (s *Simulator) Texts() []Text {
	s.texts.mu.Lock()
	defer s.texts.mu.Unlock()
	return slices.Clone(s.texts.sent)
}

var telephone = regexp.MustCompile(`^\+?[0-9]{5,15}$`)

// maxSMS is the longest text that providers take, in characters.
const maxSMS = 500

// apiSMS takes {"mobile","content","key"}, the key being the app secret.
func (s *Simulator) apiSMS(c call) (any, *refusal) {
	var in struct{ Mobile, Content, Key string }
	if no := c.read(&in); no != nil {
		return nil, no
	}
	switch n := len([]rune(in.Content)); {
	case in.Key != s.opt.Secret:
		return nil, refuse(codeSecret, "")
	case !telephone.MatchString(in.Mobile):
		return nil, refuse(codeBadValue, "mobile")
	case n == 0:
		return nil, refuse(codeEmptyText, "")
	case n > maxSMS:
		return nil, refuse(codeTooLong, "")
	}
	s.texts.add(Text{in.Mobile, in.Content})
	if err := s.ring(c.r.Context(), in.Mobile, in.Content); err != nil {
		s.opt.Log.Error("simulator: show an SMS", "err", err)
	}
	return done, nil
}

// ring shows an SMS on the phone of whoever has the telephone, if anybody does.
func (s *Simulator) ring(ctx context.Context, mobile, words string) error {
	if s.opt.People == nil {
		return nil
	}
	all, err := s.opt.People(ctx, "", wholeRoster)
	if err != nil {
		return err
	}
	for _, p := range all {
		if !slices.Contains(strings.Fields(p.Phones), mobile) {
			continue
		}
		id, err := s.phone(ctx, p.ID)
		if err != nil {
			return err
		}
		b := s.dated(note("手机短信："+words, ""))
		b.Person = id
		return s.book.change(func() ([]entry, error) { return []entry{{Bubble: &b}}, nil })
	}
	return nil
}
