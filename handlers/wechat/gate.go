package wechat

import (
	"context"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mishu/bot/talk"
)

// Hearer is the conversation. Hear may take its time: it gets up to fifteen
// seconds and is called once for all deliveries of a message that reach this
// process while it works and for a minute after. An error or a panic means
// that nothing may be answered; the platform will ask again.
type Hearer interface {
	Hear(ctx context.Context, m talk.Message) (talk.Reply, error)
}

// Committed reports whether the message with this key already changed
// something, and the reply it got. It is asked when the time to answer has run
// out, and must itself answer at once.
type Committed interface {
	Committed(ctx context.Context, account, key string) (reply talk.Reply, found bool, err error)
}

// GateOptions are the gate's settings. The zero value of each is usable.
type GateOptions struct {
	Now      func() time.Time // nil: time.Now
	Window   time.Duration    // how old or early a signature may be; 0 takes any age
	Deadline time.Duration    // from arrival to the answer; 0: 4.5 s, half a second before the platform gives up
	Limits   Limits
	// Urgent tells by its words whether a message is heard over every limit. It is
	// asked only of what would be turned away. nil: none is.
	Urgent func(text string) bool
	// Honest is said when the third delivery runs out of time and it is not
	// known whether the message was noted.
	Honest string
	// Lost is sent after Honest when the work came to nothing.
	Lost    string
	Log     *slog.Logger
	Metrics prometheus.Registerer // nil: counted, not shown
	// OnLate gets a reply that no delivery carried; it goes out as a customer
	// message. Called on a goroutine of its own.
	OnLate func(m talk.Message, r talk.Reply)
	// OnReport gets the events in which the platform reports on its own work
	// (what became of a template message, a changed consent), once for every
	// delivery: the same report may come again. An error makes
	// the platform report again. nil: they are counted only.
	OnReport func(ctx context.Context, in Inbound) error
	// Hash names a person in logs without telling who it is.
	Hash func(openid string) string
	// Passed is told the places that a delivery passes; the crash tests end the
	// process at one of them.
	Passed func(place string)
}

const (
	defaultDeadline = 4500 * time.Millisecond
	defaultHonest   = "收到了，还在记，记好就告诉您。急事请直接打村里电话。"
	defaultLost     = "刚才那句没记成，请您再讲一遍。急事请直接打村里电话。"
)

func (o GateOptions) filled() GateOptions {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Deadline <= 0 {
		o.Deadline = defaultDeadline
	}
	if o.Honest == "" {
		o.Honest = defaultHonest
	}
	if o.Lost == "" {
		o.Lost = defaultLost
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.OnLate == nil {
		o.OnLate = func(talk.Message, talk.Reply) {}
	}
	if o.Hash == nil {
		o.Hash = func(string) string { return "-" }
	}
	if o.Urgent == nil {
		o.Urgent = func(string) bool { return false }
	}
	if o.Passed == nil {
		o.Passed = func(string) {}
	}
	o.Limits = o.Limits.filled()
	return o
}

// A Gate is the webhook of one Official Account, an http.Handler for /wechat.
type Gate struct {
	account Account
	mode    Mode
	keys    keyring
	hear    Hearer
	done    Committed
	opt     GateOptions
	pace    pace
	metrics *gateMetrics
	rooms   scratchPool
	limiter *limiter
	flights *flights
}

// NewGate makes the gate of an account. An account that does not validate is
// a mistake of the program, which must not start to listen: NewGate panics.
func NewGate(account Account, hear Hearer, done Committed, opt GateOptions) *Gate {
	ring, err := newKeyring(account)
	if bad := account.Validate(); bad != nil || err != nil {
		panic("wechat: gate for an account that does not validate")
	}
	opt = opt.filled()
	return &Gate{
		account: account, mode: account.Mode.orSafe(), keys: ring,
		hear: hear, done: done, opt: opt, pace: newPace(opt.Deadline),
		metrics: newGateMetrics(opt.Metrics),
		limiter: newLimiter(opt.Limits),
		flights: newFlights(opt.Limits.Running),
	}
}

// ServeHTTP answers the platform: GET verifies the address, POST delivers.
func (g *Gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer g.contain(w)
	x := exchange{arrived: g.opt.Now(), scratch: g.rooms.get()}
	defer g.rooms.put(x.scratch)
	q := readQuery(r.URL.RawQuery)
	switch r.Method {
	case http.MethodPost:
		g.receive(w, r, &q, &x)
	case http.MethodGet:
		g.verify(w, &q, &x)
	default:
		g.refuse(w, refusedMethod)
	}
}

// verify answers the question that the console puts when the address is set.
func (g *Gate) verify(w http.ResponseWriter, q *query, x *exchange) {
	parts := [...]string{g.account.Token, q.timestamp, q.nonce}
	if !signed(x.scratch, q.signature, parts[:]) {
		g.refuse(w, refusedSignature)
		return
	}
	if no := g.checkFresh(q, x); no != nil {
		g.refuse(w, no)
		return
	}
	reply(w, typePlain, []byte(q.echo))
}

// receive takes one delivery. A POST is a message whatever its query says.
func (g *Gate) receive(w http.ResponseWriter, r *http.Request, q *query, x *exchange) {
	g.opt.Passed("gate-received")
	if no := g.open(r, q, x); no != nil {
		g.refuse(w, no)
		return
	}
	g.opt.Passed("gate-decrypted")
	m := x.in.message(x.arrived)
	g.metrics.count(&m, &x.in)
	if !meant(&m) {
		g.report(w, r, x)
		return
	}
	g.deliver(w, r, x, m)
}

// report hands on what the platform tells about its own work.
func (g *Gate) report(w http.ResponseWriter, r *http.Request, x *exchange) {
	if g.opt.OnReport != nil {
		if err := g.opt.OnReport(r.Context(), x.in); err != nil {
			g.opt.Log.Error("take the platform's report", "event", x.in.Event,
				"err", scrub(err, x.in.FromUserName, ""))
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
	}
	g.write(w, x, "")
}

// contain keeps a panic of the gate itself from ending as a half-written
// answer. Closing the connection on purpose is also a panic, and goes on.
func (g *Gate) contain(w http.ResponseWriter) {
	switch v := recover(); v {
	case nil:
	case http.ErrAbortHandler:
		panic(v)
	default:
		g.metrics.panicked.Inc()
		g.opt.Log.Error("gate panicked", "stack", string(debug.Stack()))
		w.WriteHeader(http.StatusInternalServerError)
	}
}

// Close lets the work in flight end, its late replies included, and turns new
// deliveries away, which the platform will bring again. It returns ctx's error
// if the work outlasts ctx.
func (g *Gate) Close(ctx context.Context) error {
	return g.flights.close(ctx)
}
