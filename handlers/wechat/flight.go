package wechat

import (
	"context"
	"sync"
	"time"

	"mishu/bot/talk"
)

const (
	// keepDone is how long a finished flight answers retries. The platform's
	// three deliveries are over after fifteen seconds; the rest is for delays.
	keepDone = time.Minute
	// maxDone bounds the finished flights. Beyond it the oldest go; a retry of
	// theirs is heard again, and the records know it.
	maxDone = 20_000
)

// A flight is one message being worked on, or just finished, with all its
// deliveries that reached this process.
type flight struct {
	ready chan struct{} // closed when reply and err stand
	reply talk.Reply
	err   error

	// Guarded by flights.mu.
	message    talk.Message // emptied once answered: only a late reply needs it
	deliveries int          // how many there were, as far as can be known
	waiting    int          // deliveries that may still carry the answer
	over       bool         // ready is closed
	answered   bool         // a delivery carried the reply
	promised   bool         // the last delivery went away without it: the reply is owed
	honest     bool         // ... and the person was told to wait for it
	late       bool         // the owed reply was handed to OnLate
}

func (f *flight) isReady() bool {
	select {
	case <-f.ready:
		return true
	default:
		return false
	}
}

// flights are the messages of this process by key, so that a retry joins the
// work in progress.
type flights struct {
	mu      sync.Mutex
	byKey   map[string]*flight
	done    []finished // in the order they finished
	running int        // flights and late replies not over yet
	most    int
	closing bool
	idle    chan struct{} // closed when closing and nothing runs
}

type finished struct {
	flight *flight
	key    string
	at     time.Time
}

func newFlights(most int) *flights {
	return &flights{byKey: map[string]*flight{}, most: most, idle: make(chan struct{})}
}

// join adds a delivery to its message's flight. fresh: it is the first, and the
// caller must see to it that land and release are called. full: too much is running already.
// A nil flight means that the gate is closing.
func (fs *flights) join(m *talk.Message, number int, now time.Time) (f *flight, fresh, full bool) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	fs.sweep(now)
	f = fs.byKey[m.Key]
	if f == nil {
		if fs.closing {
			return nil, false, false
		}
		f = &flight{ready: make(chan struct{}), message: *m}
		full = fs.running >= fs.most
		fs.byKey[m.Key] = f
		fs.running++
		fresh = true
	}
	f.deliveries = max(f.deliveries+1, number)
	f.waiting++
	return f, fresh, full
}

// sweep forgets what finished long ago.
func (fs *flights) sweep(now time.Time) {
	for len(fs.done) > 0 && (len(fs.done) > maxDone || now.Sub(fs.done[0].at) > keepDone) {
		old := fs.done[0]
		fs.done[0] = finished{}
		fs.done = fs.done[1:]
		if fs.byKey[old.key] == old.flight {
			delete(fs.byKey, old.key)
		}
	}
}

// land ends a flight. After an error nothing is kept: the next delivery starts
// afresh.
func (fs *flights) land(f *flight, key string, reply talk.Reply, err error, now time.Time) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	f.reply, f.err, f.over = reply, err, true
	if err == nil {
		fs.done = append(fs.done, finished{f, key, now})
	} else {
		delete(fs.byKey, key)
	}
	close(f.ready)
}

// release takes one off the running: a flight that landed and whose debt is
// settled, or a debt that was paid.
func (fs *flights) release() {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	fs.running--
	if fs.closing && fs.running == 0 {
		close(fs.idle)
	}
}

// leave takes one delivery out of the flight.
func (fs *flights) leave(f *flight, how leaving) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	f.waiting--
	switch how {
	case withReply:
		f.answered = true
		f.message = talk.Message{}
	case withPromise:
		f.promised, f.honest = true, true
	case withSuccess:
		f.promised = true
	}
}

// leaving is what a delivery took away with it.
type leaving int

const (
	withNothing leaving = iota
	withReply
	withPromise // the honest sentence
	withSuccess // the platform will not ask again, but the reply is still owed
)

// wasLate reports whether the reply was already handed on; stable while the
// asker is among the waiting.
func (fs *flights) wasLate(f *flight) bool {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	return f.late
}

// debt is what a flight still owes its person.
type debt int

const (
	owesNothing debt = iota
	owesMaybe        // a retry may yet come for it
	owesReply
	owesApology // told to wait, and the work came to nothing
)

// settle decides what is owed now; last means that no retry is expected any
// more. For owesReply and owesApology the caller must pay and then call release.
func (fs *flights) settle(f *flight, last bool) (debt, talk.Message) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	switch {
	case !f.over || f.waiting > 0 || f.answered || f.late:
		return owesNothing, talk.Message{}
	case f.err != nil && !f.honest, f.err == nil && f.reply.Text == "":
		return owesNothing, talk.Message{}
	case !f.promised && !last && f.deliveries < maxDeliveries:
		return owesMaybe, talk.Message{}
	case fs.closing && fs.running == 0:
		return owesNothing, talk.Message{} // closed: the records answer the retry, in another process
	}
	f.late = true
	fs.running++
	if f.err != nil {
		return owesApology, f.message
	}
	return owesReply, f.message
}

func (fs *flights) close(ctx context.Context) error {
	fs.mu.Lock()
	if !fs.closing && fs.running == 0 {
		close(fs.idle)
	}
	fs.closing = true
	fs.mu.Unlock()
	select {
	case <-fs.idle:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
