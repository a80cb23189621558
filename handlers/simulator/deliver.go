package simulator

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

const (
	// deliveries is how often the platform offers one message in all.
	deliveries = 3
	// maxAnswer bounds what is read of an answer.
	maxAnswer = 1 << 20
	// faultLine is what the platform says in the account's stead.
	faultLine = "该公众号提供的服务出现故障，请稍后再试"
)

// delivery is what came of offering one message to the webhook.
type delivery struct {
	query  string // of the last envelope
	sealed string // the last envelope's body
	raw    string // the answer as it came
	reply  []byte // the answer in the clear; nil where there is nothing to say
	tries  []try
	fault  bool // nobody answered, or with something the platform cannot use
}

// begin puts the act's bubble on the phone and starts the deliveries.
func (s *Simulator) begin(p plan) error {
	openID := ""
	if err := s.book.look(p.bubble.Person, func(c *chat) { openID = c.person.OpenID }); err != nil {
		return err
	}
	bodies := make([]string, len(p.bodies))
	for i, fields := range p.bodies {
		bodies[i] = string(s.message(openID, s.opt.Now(), fields...))
	}
	b := s.dated(p.bubble)
	t := &trace{Inner: strings.Join(bodies, "\n")}
	err := s.book.change(func() ([]entry, error) {
		return append(p.also, entry{Bubble: &b, Trace: t}), nil
	})
	if err != nil {
		return err
	}
	s.spawn(func() {
		for _, body := range bodies {
			s.offer(b, openID, body, p.isEvent)
		}
	})
	return nil
}

// dated gives a bubble its two times.
func (s *Simulator) dated(b bubble) bubble {
	b.Wall = s.opt.Now()
	b.At = b.Wall.In(shanghai)
	if s.opt.Village != nil {
		b.At = s.opt.Village().In(shanghai)
	}
	return b
}

// offer delivers the message behind a bubble and shows what came back.
func (s *Simulator) offer(b bubble, openID, body string, isEvent bool) {
	s.hub.send("waiting", map[string]any{"person": b.Person, "bubble": b.ID, "on": true})
	s.counts.made(isEvent)
	d := s.deliver(s.ctx, []byte(body), isEvent)
	s.hub.send("waiting", map[string]any{"person": b.Person, "bubble": b.ID, "on": false})
	if s.ctx.Err() != nil {
		return // the simulator ends: nothing is known of this delivery
	}
	t := &trace{Bubble: b.ID, Query: d.query, Inner: body, Sealed: d.sealed, Answer: d.raw, Tries: d.tries}
	bubbles, err := readReply(d, openID)
	if err != nil {
		d.fault = true
		t.Tries[len(t.Tries)-1].Note = err.Error()
	}
	if d.fault {
		bubbles = []bubble{{From: fromSystem, Kind: kindNote, Text: faultLine}}
	}
	s.settle(b.Person, t, bubbles, d)
}

// settle keeps what is known of a delivery and puts the answer on the phone,
// unless its owner has left meanwhile.
func (s *Simulator) settle(person string, t *trace, bubbles []bubble, d delivery) {
	err := s.book.change(func() ([]entry, error) {
		entries := []entry{{Trace: t}}
		if !s.book.chats[person].following {
			return entries, nil
		}
		for _, b := range bubbles {
			b.Person = person
			b = s.dated(b)
			entries = append(entries, entry{Bubble: &b, Trace: &trace{Inner: string(d.reply), Sealed: d.raw, Tries: d.tries}})
		}
		return entries, nil
	})
	if err != nil {
		s.opt.Log.Error("simulator: keep an answer", "err", err)
	}
}

// deliver offers one message until somebody answers, three times in all.
func (s *Simulator) deliver(ctx context.Context, body []byte, isEvent bool) delivery {
	d := delivery{fault: true}
	for range deliveries {
		s.counts.posted(isEvent)
		again := s.attempt(ctx, body, &d)
		if !again || ctx.Err() != nil {
			return d
		}
	}
	return d
}

// attempt posts once and notes it; again is true where the platform would ask
// once more: no answer in time, a closed connection, or a server error.
func (s *Simulator) attempt(ctx context.Context, body []byte, d *delivery) (again bool) {
	start := time.Now()
	t := try{At: s.opt.Now()}
	trouble, met := s.troubles.next(Deliveries)
	raw, err := s.carry(ctx, body, d, &t, trouble)
	t.Millis = time.Since(start).Milliseconds()
	switch {
	case met && (trouble.How == Dropped || trouble.How == Unheard):
		t.Note, again = trouble.words(), true
	case err != nil:
		t.Note, again = "没有回答："+brief(err), true
	case t.Status >= 500:
		t.Note, again = "服务器出错", true
	case t.Status != http.StatusOK:
		t.Note = "被拒收"
	default:
		t.Note = s.accept(raw, d)
	}
	d.tries = append(d.tries, t)
	return again
}

// accept takes an answer of status 200; the returned words are for the trace.
func (s *Simulator) accept(raw []byte, d *delivery) string {
	d.raw = string(raw)
	if len(raw) == 0 || string(raw) == "success" {
		d.fault = false
		return "收到，没有话要回"
	}
	plain, err := s.opt.Wire.OpenReply(raw)
	if err != nil {
		return "回答看不懂：" + err.Error()
	}
	d.reply, d.fault = plain, false
	return "收到回答"
}

// post makes a fresh envelope, as each delivery has its own time and nonce.
func (s *Simulator) post(ctx context.Context, body []byte, d *delivery, t *try) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	req, err := s.opt.Wire.Request(s.opt.Webhook, body, s.opt.Now())
	if err != nil {
		return nil, fmt.Errorf("seal the message: %w", err)
	}
	d.query = req.URL.RawQuery
	if envelope, err := req.GetBody(); err == nil {
		sealed, _ := io.ReadAll(envelope)
		d.sealed = string(sealed)
	}
	res, err := s.client.Do(req.WithContext(ctx))
	if err != nil {
		return nil, fmt.Errorf("post the message: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	t.Status = res.StatusCode
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	return raw, nil
}

// brief names a failed delivery without its address, which is signed.
func brief(err error) string {
	if errors.Is(err, context.DeadlineExceeded) {
		return "等了5秒"
	}
	if errors.Is(err, io.EOF) {
		return "连接断了"
	}
	return "连不上"
}

// report sends an event of the platform's own, like the outcome of a template
// message. The person sees nothing of it.
func (s *Simulator) report(openID string, fields ...node) {
	body := s.message(openID, s.opt.Now(), fields...)
	s.spawn(func() {
		s.counts.made(true)
		d := s.deliver(s.ctx, body, true)
		if d.fault && s.ctx.Err() == nil {
			s.opt.Log.Warn("simulator: a report found no taker", "deliveries", len(d.tries))
		}
	})
}
