package wechat

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"runtime/debug"
	"time"

	"mishu/bot/talk"
)

// maxDeliveries is how often the platform brings a message that is not
// answered.
const maxDeliveries = 3

// pace is how long things may take.
type pace struct {
	deadline time.Duration // from arrival to the answer
	lookup   time.Duration // asking the records when the deadline is reached
	work     time.Duration // one message, after which its context ends
	grace    time.Duration // how long an unclaimed reply waits for a retry
}

// The lookup fits between our deadline and the platform's 5 s. A retry comes
// at once when we close, or at 5 s; a second more is for the road.
func newPace(deadline time.Duration) pace {
	return pace{deadline: deadline, lookup: 300 * time.Millisecond, work: 15 * time.Second, grace: 6 * time.Second}
}

// The third delivery comes 9 to 10 s after the message was written, two
// deadlines of ours or of the platform. It is known by its age where the first
// two went to another replica; an age beyond half a minute is a clock that is
// wrong, or a delayed first delivery, and says nothing.
const (
	thirdFrom = 8500 * time.Millisecond
	thirdTo   = 30 * time.Second
)

func deliveryByAge(written, arrived time.Time) int {
	if age := arrived.Sub(written); age >= thirdFrom && age <= thirdTo {
		return maxDeliveries
	}
	return 1
}

var errPanicked = errors.New("the conversation panicked")

// deliver answers one delivery of a message: with the reply of the work that
// all its deliveries share if it is ready in time.
func (g *Gate) deliver(w http.ResponseWriter, r *http.Request, x *exchange, m talk.Message) {
	f, fresh, full := g.flights.join(&m, deliveryByAge(m.At, x.arrived), x.arrived)
	if f == nil {
		g.refuse(w, refusedClosing)
		return
	}
	if fresh {
		g.start(f, m, x.arrived, full)
	} else {
		g.metrics.retried.Inc()
	}
	timer := time.NewTimer(g.pace.deadline - g.opt.Now().Sub(x.arrived))
	defer timer.Stop()
	select {
	case <-f.ready:
		g.answer(w, x, f)
	case <-timer.C:
		if f.isReady() { // both at once: select takes either
			g.answer(w, x, f)
			return
		}
		g.overdue(w, x, f, &m)
	case <-r.Context().Done():
		g.metrics.gone.Inc()
		g.leave(f, withNothing)
		panic(http.ErrAbortHandler) // a half-closed client would read an empty 200, which ends the retries
	}
}

// start has a message heard, unless its sender is over the limit. Danger is heard
// over any limit.
func (g *Gate) start(f *flight, m talk.Message, arrived time.Time, full bool) {
	if v := g.limiter.admit(&m, arrived, full); v != admitted && !g.opt.Urgent(m.Text) {
		g.metrics.limited(v)
		g.flights.land(f, m.Key, talk.Reply{Text: g.limiter.sentence(v)}, nil, arrived)
		g.flights.release()
		return
	}
	go g.run(f, m)
}

// run hears a message. Its context does not end with the client's: the work of
// a delivery that was given up is what the retry waits for.
func (g *Gate) run(f *flight, m talk.Message) {
	ctx, cancel := context.WithTimeout(context.Background(), g.pace.work)
	defer cancel()
	begun := time.Now()
	reply, err := g.call(ctx, m)
	g.metrics.heard.Observe(time.Since(begun).Seconds())
	if err != nil {
		g.metrics.failed.Inc()
		g.opt.Log.Error("hear message", "person", g.opt.Hash(m.OpenID), "request", m.Key[:8],
			"err", scrub(err, m.OpenID, m.Text))
	}
	g.flights.land(f, m.Key, reply, err, g.opt.Now())
	g.settle(f, false)
	g.flights.release()
}

// call is Hear with its panics caught.
func (g *Gate) call(ctx context.Context, m talk.Message) (reply talk.Reply, err error) {
	defer func() {
		if v := recover(); v != nil {
			g.metrics.panicked.Inc()
			g.opt.Log.Error("hear panicked", "request", m.Key[:8], "stack", string(debug.Stack()))
			err = fmt.Errorf("%w: %s", errPanicked, panicKind(v))
		}
	}()
	reply, err = g.hear.Hear(ctx, m)
	if m.Kind == talk.Unknown { // kinds that the platform invents get `success`, whatever is said to them
		reply.Text = ""
	}
	return reply, err
}

// panicKind names a panic without quoting it: its value may hold somebody's
// words. The runtime's own (an index, a nil) never do.
func panicKind(v any) string {
	if own, ok := v.(runtime.Error); ok {
		return own.Error()
	}
	return fmt.Sprintf("%T", v)
}

// answer lets a delivery carry the reply.
func (g *Gate) answer(w http.ResponseWriter, x *exchange, f *flight) {
	switch {
	case f.err != nil:
		w.WriteHeader(http.StatusInternalServerError) // the platform asks again
		g.leave(f, withNothing)
	case g.flights.wasLate(f):
		g.write(w, x, "")
		g.leave(f, withSuccess)
	case g.write(w, x, f.reply.Text):
		g.opt.Passed("reply-written")
		g.metrics.answered.Inc()
		g.leave(f, withReply)
	default:
		g.metrics.gone.Inc()
		g.leave(f, withNothing)
	}
}

// overdue ends a delivery that cannot wait longer. The first two are closed
// without an answer: the platform asks again, and the passive reply stays free.
// The last one must say something true.
func (g *Gate) overdue(w http.ResponseWriter, x *exchange, f *flight, m *talk.Message) {
	if g.flights.number(f) < maxDeliveries {
		g.metrics.closed.Inc()
		g.leave(f, withNothing)
		panic(http.ErrAbortHandler)
	}
	reply, found := g.committed(m)
	switch {
	case f.isReady():
		g.answer(w, x, f)
	case found && reply.Text != "":
		if g.write(w, x, reply.Text) {
			g.leave(f, withReply)
			return
		}
		g.leave(f, withSuccess)
	case found:
		g.write(w, x, "")
		g.leave(f, withSuccess)
	default:
		g.metrics.honest.Inc()
		g.write(w, x, g.opt.Honest)
		g.leave(f, withPromise)
	}
}

// committed asks the records for the fate of a message; no answer in time is
// as good as none.
func (g *Gate) committed(m *talk.Message) (talk.Reply, bool) {
	if g.done == nil {
		return talk.Reply{}, false
	}
	ctx, cancel := context.WithTimeout(context.Background(), g.pace.lookup)
	defer cancel()
	reply, found, err := g.done.Committed(ctx, m.Account, m.Key)
	if err != nil {
		g.opt.Log.Warn("look up message", "request", m.Key[:8], "err", scrub(err, m.OpenID, m.Text))
		return talk.Reply{}, false
	}
	return reply, found
}
