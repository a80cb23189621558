package wechat

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"mishu/bot/talk"
)

// ledger is a Windows with a number of messages left.
type ledger struct {
	mu          sync.Mutex
	left, taken int
	shut        int
	err         error
}

func (l *ledger) Take(context.Context, string, string) (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err != nil || l.left == 0 {
		return "", l.err
	}
	l.left--
	l.taken++
	return "ticket", nil
}

func (l *ledger) Give(_ context.Context, _, _, ticket string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if ticket != "ticket" {
		return errors.New("another's ticket")
	}
	l.left++
	return nil
}

func (l *ledger) Shut(context.Context, string, string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.shut++
	return nil
}

var testLetter = talk.Letter{
	Account: testAccount.ID, OpenID: "oVillager1", ID: "n-42", Kind: "brief",
	Text: "早，向老师。要您定的3件：\n1 <刘满生> 要买米", Lead: "早，向老师。要您定的3件",
}

var byTemplate = ChannelOptions{Templates: testTemplates}

var testTemplates = Templates{"": {ID: "TPL", Fields: map[string]string{"thing1": "{lead}", "time2": "{time}", "phrase3": "待定"}}}

func TestCustomMessage(t *testing.T) {
	p, clock := newPlatform(t), newClock()
	out := NewChannels(p.api(clock), &ledger{left: 1}, ChannelOptions{}).Send(t.Context(), testLetter)
	if diff := cmp.Diff(talk.Outcome{Verdict: talk.Sent, Channel: Custom}, out); diff != "" {
		t.Error(diff)
	}
	var got customMessage
	if err := json.Unmarshal([]byte(p.sent[0]), &got); err != nil || strings.Contains(p.sent[0], `\u003c`) {
		t.Fatalf("%s: %v", p.sent[0], err)
	}
	if diff := cmp.Diff(customMessage{"oVillager1", "text", textBody{testLetter.Text}}, got); diff != "" {
		t.Error(diff)
	}
}

func TestTemplateWhenNoWindow(t *testing.T) {
	p, clock := newPlatform(t, answer{body: `{"errcode":0,"errmsg":"ok","msgid":200228332}`}), newClock()
	c := NewChannels(p.api(clock), &ledger{}, byTemplate)
	out := c.Send(t.Context(), testLetter)
	if diff := cmp.Diff(talk.Outcome{Verdict: talk.Sent, Channel: TemplateNotice, MsgID: "200228332"}, out); diff != "" {
		t.Error(diff)
	}
	want := templateMessage{ToUser: "oVillager1", TemplateID: "TPL", ClientMsgID: "n-42", Data: map[string]fieldValue{
		"thing1": {"早，向老师。要您定的3件"}, "time2": {"2026-10-21 08:00"}, "phrase3": {"待定"},
	}}
	var got templateMessage
	if err := json.Unmarshal([]byte(p.sent[0]), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" || strings.Contains(p.sent[0], "刘满生") {
		t.Error(diff)
	}
	if out := NewChannels(p.api(clock), &ledger{}, ChannelOptions{}).Send(t.Context(), testLetter); out.Verdict != talk.NoRoom || p.calls() != 1 {
		t.Errorf("without template: %+v, %d calls", out, p.calls())
	}
}

// TestEveryCode is the error table met on the wire, by a customer message with
// no other channel behind it.
func TestEveryCode(t *testing.T) {
	verdicts := map[action]talk.Verdict{
		actRetry: talk.Later, actSent: talk.Sent, actRefresh: talk.Later, actStop: talk.NoRoom, actTomorrow: talk.NoRoom,
		actDrop: talk.Refused, actUnfollow: talk.Gone, actRefuse: talk.Shut, actNoConsent: talk.NoRoom, actWindow: talk.NoRoom,
		actLogin: talk.Refused, actAdmin: talk.Refused,
	}
	all := map[int]action{99999: actDrop, -1: actRetry} // one that nobody knows
	for n, act := range codes {
		all[n] = act
	}
	for n, act := range all {
		p, clock := newPlatform(t, code(n, "some words, rid: 1-2-3")), newClock()
		w := &ledger{left: 9}
		out := NewChannels(p.api(clock), w, ChannelOptions{}).Send(t.Context(), testLetter)
		if out.Verdict != verdicts[act] || out.Code != n || out.Channel != Custom {
			t.Errorf("%d (%s): %+v", n, act, out)
		}
		if needsWait := act == actRetry || act == actRefresh || act == actStop || act == actTomorrow; needsWait != (out.After > 0) {
			t.Errorf("%d (%s): after %v", n, act, out.After)
		}
		if calls := p.calls(); act == actRefresh && (calls != 2 || p.tokens != 2) || act != actRefresh && calls != 1 {
			t.Errorf("%d (%s): %d calls, %d tokens", n, act, calls, p.tokens)
		}
		if (w.shut == 1) != (act == actWindow || act == actRefuse) {
			t.Errorf("%d (%s): shut %d times", n, act, w.shut)
		}
		p.checkNoSecrets(t)
	}
}

func TestFaults(t *testing.T) {
	for name, c := range map[string]struct {
		first    answer
		custom   talk.Verdict
		template talk.Verdict // the template is tried twice; the second attempt is answered well
	}{
		"5xx":       {answer{status: 502, body: "bad gateway"}, talk.Unsure, talk.Sent},
		"no JSON":   {answer{body: "<html>"}, talk.Unsure, talk.Sent},
		"cut":       {answer{cut: true}, talk.Unsure, talk.Sent},
		"slow":      {answer{slow: 300 * time.Millisecond}, talk.Unsure, talk.Sent},
		"redirect":  {answer{status: 307}, talk.Unsure, talk.Sent},
		"too long":  {answer{body: `{"errcode":0,"errmsg":"` + strings.Repeat("x", maxAnswer) + `"}`}, talk.Unsure, talk.Sent},
		"duplicate": {code(40241, "same message"), talk.Sent, talk.Sent},
	} {
		for channel, want := range map[string]talk.Verdict{Custom: c.custom, TemplateNotice: c.template} {
			p, clock := newPlatform(t, c.first, answer{body: `{"errcode":0,"msgid":7}`}), newClock()
			api := p.api(clock)
			api.to.client.Timeout = 150 * time.Millisecond
			w := &ledger{left: 1}
			if channel == TemplateNotice {
				w.left = 0
			}
			if out := NewChannels(api, w, byTemplate).Send(t.Context(), testLetter); out.Verdict != want || out.Channel != channel {
				t.Errorf("%s: %+v, want %s by %s", name, out, want, channel)
			}
			p.checkNoSecrets(t)
		}
	}
	p, clock := newPlatform(t), newClock()
	api := p.api(clock)
	p.Close()
	if out := NewChannels(api, &ledger{left: 1}, byTemplate).Send(t.Context(), testLetter); out.Verdict != talk.Later || out.After < afterBusy {
		t.Errorf("platform unreachable: %+v", out)
	}
}

func TestTokenRefusedOnce(t *testing.T) {
	p, clock := newPlatform(t), newClock()
	c := NewChannels(p.api(clock), &ledger{left: 9}, ChannelOptions{})
	p.valid = "SECRET-T2" // T1 has been dropped by the platform
	if out := c.Send(t.Context(), testLetter); out.Verdict != talk.Sent || p.tokens != 2 || p.calls() != 2 {
		t.Errorf("%+v, %d tokens, %d calls", out, p.tokens, p.calls())
	}
	p.set(func() { p.valid = "never" })
	if out := c.Send(t.Context(), testLetter); out.Verdict != talk.Later || out.Code != 40001 || p.calls() != 4 {
		t.Errorf("refused for ever: %+v, %d calls", out, p.calls())
	}
	p.checkNoSecrets(t)
}

// TestCircuit: a burst of trouble leaves the platform alone for half a minute,
// takes nobody's window and ends with one call that tries.
func TestCircuit(t *testing.T) {
	p, clock := newPlatform(t, code(-1, "system error")), newClock()
	w := &ledger{left: 100}
	c := NewChannels(p.api(clock), w, byTemplate)
	for i := range 20 {
		out := c.Send(t.Context(), testLetter)
		if out.Verdict != talk.Later || out.After <= 0 || out.After > restFor {
			t.Errorf("letter %d: %+v", i+1, out)
		}
	}
	if p.calls() != burst || w.taken != burst {
		t.Errorf("%d calls, %d windows taken", p.calls(), w.taken)
	}
	clock.move(restFor + time.Second)
	c.Send(t.Context(), testLetter)
	c.Send(t.Context(), testLetter)
	if p.calls() != burst+1 {
		t.Errorf("after the rest: %d calls", p.calls())
	}
	clock.move(restFor + time.Second)
	p.set(func() { p.answers = nil })
	for range 3 {
		if out := c.Send(t.Context(), testLetter); out.Verdict != talk.Sent {
			t.Errorf("well again: %+v", out)
		}
	}
}

func TestStops(t *testing.T) {
	for name, c := range map[string]struct {
		code     int
		template talk.Verdict // with the first channel stopped
		again    time.Duration
	}{
		"one channel":     {48001, talk.Sent, afterStopped},
		"the day's quota": {45009, talk.Sent, 16 * time.Hour},
		"the account":     {40164, talk.NoRoom, afterStopped},
	} {
		p, clock := newPlatform(t, code(c.code, "no")), newClock()
		channels := NewChannels(p.api(clock), &ledger{left: 9}, ChannelOptions{})
		if out := channels.Send(t.Context(), testLetter); out.Verdict != talk.NoRoom || out.After != c.again {
			t.Errorf("%s: %+v", name, out)
		}
		channels.Send(t.Context(), testLetter)
		if p.calls() != 1 {
			t.Errorf("%s: asked again while stopped", name)
		}
		p.set(func() { p.answers = []answer{{body: `{"errcode":0}`}} })
		channels.templates = testTemplates
		if out := channels.Send(t.Context(), testLetter); out.Verdict != c.template || out.Channel != TemplateNotice {
			t.Errorf("%s, template: %+v", name, out)
		}
		clock.move(c.again + time.Second)
		if out := channels.Send(t.Context(), testLetter); out.Verdict != talk.Sent || out.Channel != Custom {
			t.Errorf("%s, afterwards: %+v", name, out)
		}
	}
}

func TestLedgerAway(t *testing.T) {
	p, clock := newPlatform(t), newClock()
	w := &ledger{err: errors.New("redis is away")}
	if out := NewChannels(p.api(clock), w, ChannelOptions{}).Send(t.Context(), testLetter); out.Verdict != talk.Later || p.calls() != 0 {
		t.Errorf("no template: %+v, %d calls", out, p.calls())
	}
	if out := NewChannels(p.api(clock), w, byTemplate).Send(t.Context(), testLetter); out.Verdict != talk.Sent || out.Channel != TemplateNotice {
		t.Errorf("template: %+v", out)
	}
}

// TestNothingLeft: what never reached the platform costs nobody a window.
func TestNothingLeft(t *testing.T) {
	p, clock := newPlatform(t), newClock()
	api := p.api(clock)
	if _, err := api.tokens.Token(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.Close()
	w := &ledger{left: 5}
	c := NewChannels(api, w, ChannelOptions{})
	for range 20 {
		if out := c.Send(t.Context(), testLetter); out.Verdict != talk.Later {
			t.Errorf("%+v", out)
		}
		clock.move(time.Minute)
	}
	if w.left != 5 || w.taken < 10 {
		t.Errorf("%d left after %d attempts", w.left, w.taken)
	}
}

// TestGoneIsAsked: somebody is gone when the platform says so by two ways.
func TestGoneIsAsked(t *testing.T) {
	for name, c := range map[string]struct {
		info string
		want talk.Verdict
	}{
		"gone":           {`{"subscribe":0,"openid":"oVillager1"}`, talk.Gone},
		"follows":        {`{"subscribe":1,"openid":"oVillager1"}`, talk.NoRoom},
		"in trouble":     {`{"errcode":-1,"errmsg":"system error"}`, talk.Later},
		"says nothing":   {`{}`, talk.Later},
		"answers a page": {`<html>`, talk.Later},
	} {
		for _, n := range []int{43004, 50005} {
			p, clock := newPlatform(t, code(n, "require subscribe")), newClock()
			p.userInfo = c.info
			out := NewChannels(p.api(clock), &ledger{}, byTemplate).Send(t.Context(), testLetter)
			if out.Verdict != c.want || out.Code != n || p.asked != 1 || (out.After > 0) != (c.want == talk.Later) {
				t.Errorf("%s, %d: %+v, asked %d times", name, n, out, p.asked)
			}
			p.checkNoSecrets(t)
		}
	}
}

func TestPublishMenu(t *testing.T) {
	p, clock := newPlatform(t), newClock()
	reg := prometheus.NewRegistry()
	a := NewAPI(testAccount, p.URL, p.source(NewMemoryTokens(clock.now), clock), nil, APIOptions{Now: clock.now, Metrics: reg})
	const buttons = `[{"type":"click","name":"求助","key":"help"}]`
	if err := a.PublishMenu(t.Context(), json.RawMessage(buttons)); err != nil || strings.TrimSpace(p.sent[0]) != `{"button":`+buttons+`}` {
		t.Errorf("%v, sent %v", err, p.sent)
	}
	if err := a.PublishMenu(t.Context(), json.RawMessage("{")); err == nil || p.calls() != 1 {
		t.Errorf("no JSON: %v", err)
	}
	p.set(func() { p.answers = []answer{code(65303, "no default menu")} })
	if err := a.PublishMenu(t.Context(), json.RawMessage(buttons)); codeOf(err) != 65303 {
		t.Errorf("refused: %v", err)
	}
	families, err := reg.Gather()
	if err != nil || len(families) != 1 || len(families[0].GetMetric()) != 2 { // codes 0 and 65303
		t.Errorf("metrics %v, %v", families, err)
	}
}
