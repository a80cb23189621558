// Package session keeps what a conversation needs between two messages of one
// person, shared by all replicas: the open question, a lock so that his
// messages are heard one after another, the version of the facts known about
// him, how many customer messages the platform still allows, and whose
// fragment waits to be asked about. It lives in Redis or in the SQLite file;
// losing all of it costs an open question and nothing that was recorded.
package session

import (
	"context"
	"errors"
	"time"
)

// Who is one person in one Official Account's chat.
type Who struct {
	Account string // the platform's own id of the Official Account
	OpenID  string // case-sensitive, never logged
}

// Session is what is remembered of a person while a message of his is heard.
type Session struct {
	// State is the bot's own JSON, opaque here. Nil: nothing is remembered.
	State []byte
	// Version names the present state of this person's facts (membership,
	// roles, carried notices): what was cached under the same Version is still
	// true. "": in flux, neither trust a cache nor fill it.
	Version string
	// Act is what Do was told. f sets NoAct when the message turns out to be a
	// repeat, so that the platform's second delivery refills no window.
	Act Act
	// Acted is when the person did it, by the platform's clock. A message that
	// was brought late opens no more than it did when it was written. Zero: the
	// moment of the call.
	Acted time.Time

	token string // names this holder of the lock
	lock  string // the lock as Redis has it: token and end of the lease
	saved string // version of the State that was read, named after its saver
}

// The errors of a Store; each comes wrapped with what was attempted.
var (
	// ErrAway: the store could not be reached. Of Do: f was not run.
	ErrAway = errors.New("session store is away")
	// ErrBusy: the context ended while another message of this person was
	// being heard. f was not run.
	ErrBusy = errors.New("session is busy")
	// ErrLost: f ran, but what it left in State was not saved: the lock had
	// passed to somebody else, or the store went away. The answer still stands.
	ErrLost = errors.New("session was not saved")
)

// Store keeps sessions. Every method is safe for many goroutines and for many
// replicas at once. Outside Do a store that cannot be reached gives ErrAway.
type Store interface {
	// Do runs f alone for this person, across replicas, waiting for the lock
	// until ctx ends (ErrBusy). The context of f ends with the lease at the
	// latest. Once f returns nil, State is saved by compare-and-set on the lock
	// and on the version that was read, the window of act is opened and the
	// lock freed, in one trip; this is done even when ctx has ended. When f
	// returns an error it is returned as it is, nothing is saved, the lock is
	// freed. ErrAway: f was not run. ErrLost: f ran.
	Do(ctx context.Context, who Who, act Act, f func(context.Context, *Session) error) error
	// Peek reads State without the lock. Nil: nothing is remembered.
	Peek(ctx context.Context, who Who) ([]byte, error)

	// Touch marks the facts of these persons as in flux. It must return before
	// the commit that changes them; where the store is the SQLite file, before
	// the transaction begins, for the file has one writer.
	Touch(ctx context.Context, whos ...Who) error
	// Settle gives each a new version; call it after the commit or the
	// rollback. A Touch that is never settled ends after a minute, so no
	// transaction may last that long.
	Settle(ctx context.Context, whos ...Who) error

	// Take takes one customer message out of the person's open windows. "":
	// none is open, or all are used up.
	Take(ctx context.Context, who Who) (Ticket, error)
	// Give gives back what was taken for a message of which no byte left. Where
	// the window has changed since, it gives nothing: it may hold too little,
	// never too much.
	Give(ctx context.Context, who Who, t Ticket) error
	// Shut closes the windows: the platform said 45015 or 45047, or the person
	// left. What he wrote before does not open them again.
	Shut(ctx context.Context, who Who) error

	// Hold remembers until at that something of this person waits to be said.
	// A later Hold replaces it; the zero time forgets it.
	Hold(ctx context.Context, who Who, at time.Time) error
	// Due removes and returns at most n persons whose time has come by now.
	// Among racing callers each person is given to one alone. Whoever is
	// returned beside an error has been removed as well.
	Due(ctx context.Context, now time.Time, n int) ([]Who, error)

	// Ping tells whether the store can be reached.
	Ping(ctx context.Context) error
	Close() error
}

// Options are the settings that both stores share. The zero value will do.
type Options struct {
	// Now is the wall clock, not the village's. Nil: time.Now.
	Now func() time.Time
	// Lease is how long a lock outlives a holder that died. 0: 15 s, longer
	// than any handler (the deadline is 4.5 s, the rest is for late work).
	Lease time.Duration
	// TTL is how long State is remembered after the last save. 0: 72 h, so a
	// dialog begun on Friday can be finished on Monday.
	TTL time.Duration
	// Prefix begins every key in Redis. "": "mishu".
	Prefix string
}

func (o Options) filled() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Lease <= 0 {
		o.Lease = 15 * time.Second
	}
	if o.TTL <= 0 {
		o.TTL = 72 * time.Hour
	}
	if o.Prefix == "" {
		o.Prefix = "mishu"
	}
	return o
}

// fluxLasts is how long a Touch without Settle is believed: the process that
// made it has died, for no transaction takes a minute.
const fluxLasts = time.Minute

// keeps is how long a row is kept after its last save: the longest of State
// and window, and an hour more, so that each ends by its own date first.
func (o Options) keeps() time.Duration {
	return max(o.TTL, written.lasts) + time.Hour
}
