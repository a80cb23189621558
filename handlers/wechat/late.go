package wechat

import (
	"runtime/debug"
	"strings"
	"time"

	"mishu/bot/talk"
)

// number is how many deliveries a flight has had.
func (fs *flights) number(f *flight) int {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	return f.deliveries
}

func (g *Gate) leave(f *flight, how leaving) {
	g.flights.leave(f, how)
	if how != withReply {
		g.settle(f, false)
	}
}

// settle sees to a reply that no delivery carried: it waits a while for a
// retry, which costs nothing, and then goes out as a customer message.
func (g *Gate) settle(f *flight, last bool) {
	switch owed, m := g.flights.settle(f, last); owed {
	case owesMaybe:
		time.AfterFunc(g.pace.grace, func() { g.settle(f, true) })
	case owesReply:
		g.metrics.late.Inc()
		go g.pay(m, f.reply)
	case owesApology:
		g.metrics.lost.Inc()
		go g.apologise(m)
	}
}

func (g *Gate) pay(m talk.Message, r talk.Reply) {
	defer g.flights.release()
	defer func() {
		if recover() != nil {
			g.metrics.panicked.Inc()
			g.opt.Log.Error("late reply panicked", "request", m.Key[:8], "stack", string(debug.Stack()))
		}
	}()
	g.opt.OnLate(m, r)
}

// apologise tells a person who was asked to wait that nothing came of it,
// unless the records say otherwise: an error after the commit is not a loss.
func (g *Gate) apologise(m talk.Message) {
	if r, found := g.committed(&m); found {
		g.pay(m, r)
		return
	}
	g.pay(m, talk.Reply{Text: g.opt.Lost})
}

// scrub makes an error fit for the log: a database quotes what it was given,
// and that is a person's name or words. Words under four bytes stay, or every
// digit of the error would go.
func scrub(err error, openID, words string) string {
	text := err.Error()
	for _, private := range []string{openID, words} {
		if len(private) >= 4 {
			text = strings.ReplaceAll(text, private, "***")
		}
	}
	return text
}
