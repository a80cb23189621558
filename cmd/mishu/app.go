package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/redis/go-redis/v9"

	"mishu/bot"
	"mishu/bot/clock"
	"mishu/bot/lifeline"
	"mishu/bot/talk"
	"mishu/config"
	"mishu/handlers/admin"
	"mishu/storage"
	"mishu/storage/session"
)

// app is everything that serves the Official Accounts: the records, the dialog
// state, the conversation, the clock, and both directions of each account.
type app struct {
	store    *storage.Store
	redis    redis.UniversalClient // nil: dialogs are kept beside the records
	sessions session.Store
	bot      *bot.Bot
	clock    *clock.Clock
	accounts []*publicAccount   // one at least
	lifeline *lifeline.Lifeline // nil: no SMS
	here     chan struct{}      // closed when the records have been reached for the first time
	registry *prometheus.Registry
	wall     func() time.Time
	log      *slog.Logger
}

// appOptions are what an app is made of.
type appOptions struct {
	config  config.Config
	wall    func() time.Time // nil: time.Now
	village func() time.Time // nil: the wall clock
	log     *slog.Logger
	away    bool // the records could not be reached yet
}

// newApp makes an app over records that are open and of the right schema, or that
// are away.
func newApp(store *storage.Store, opt appOptions) (*app, error) {
	a := &app{store: store, registry: prometheus.NewRegistry(), wall: opt.wall, log: opt.log, here: make(chan struct{})}
	if !opt.away {
		close(a.here)
	}
	if a.wall == nil {
		a.wall = time.Now
	}
	a.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if err := a.openSessions(opt.config); err != nil {
		return nil, err
	}
	if opt.village == nil {
		opt.village = a.wall
	}
	token := opt.config.WeChat.Token.Reveal()
	hash := hasher(token)
	second, err := a.openSecond(opt.config.SMS, token)
	if err != nil {
		return nil, errors.Join(err, a.sessions.Close())
	}
	a.bot = bot.New(bot.Options{
		Store: store, Sessions: a.sessions, Wall: a.wall, Village: opt.village, Log: opt.log, Metrics: bot.NewMetrics(a.registry), Hash: hash,
		Gather: 300 * time.Millisecond, CallOut: a.callOut(),
	})
	if err := a.openAccounts(opt, hash); err != nil {
		return nil, errors.Join(err, a.close())
	}
	a.clock = clock.New(clock.Options{
		Store: store, Sessions: a.sessions, Books: a.bot.Books(), Lines: bot.Lines(), Channel: postmen(a.accounts), SMS: second, Wake: a.bot.Wake,
		Wall: a.wall, Village: opt.village, Log: opt.log, Metrics: clock.NewMetrics(a.registry), More: a.jobs(), Unreached: a.bot.Unreached,
	})
	return a, nil
}

// signatureWindow is how old a signature may be: ten minutes cover the
// platform's retries and clocks that are a little off.
const signatureWindow = 10 * time.Minute

// sessionLease is how long the conversation of a person waits for a process that
// died in the middle of his message: with 8 s the platform's third delivery, 10 s
// after the first, still gets the true reply.
const sessionLease = 8 * time.Second

func (a *app) openSessions(c config.Config) error {
	opt := session.Options{Now: a.wall, Lease: sessionLease}
	if !c.Redis.IsSet() {
		s, err := session.NewSQL(a.store.DB(), opt)
		if err != nil {
			return fmt.Errorf("open sessions: %w", err)
		}
		a.sessions = s
		return nil
	}
	client, err := session.Dial(c.Redis.Reveal())
	if err != nil {
		return err
	}
	a.redis, a.sessions = client, session.NewRedis(client, opt)
	return nil
}

// hasher names people in the log: 8 hex digits that nobody can turn back
// without the account's token.
func hasher(key string) func(string) string {
	return func(openid string) string {
		mac := hmac.New(sha256.New, []byte("log "+key))
		mac.Write([]byte(openid))
		return hex.EncodeToString(mac.Sum(nil)[:4])
	}
}

// late takes a reply that was ready after the platform had been answered: it
// becomes a notice like any other.
func (a *app) late(m talk.Message, r talk.Reply) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := a.bot.Late(ctx, m, r); err != nil {
		a.log.Error("late reply not kept", "err", err)
	}
}

// checks are what /readyz asks.
func (a *app) checks() []admin.Check {
	checks := []admin.Check{
		{Name: "database", Run: a.store.Ping},
		{Name: "schema", Run: a.store.CheckSchema},
		{Name: "sessions", Run: a.sessions.Ping},
		{Name: "clock", Run: func(context.Context) error {
			if age := a.clock.Age(); age > clockStale {
				return fmt.Errorf("last tick %s ago", age.Round(time.Second))
			}
			return nil
		}},
	}
	return checks
}

// clockStale is when the clock counts as stuck (care-features 56: 15 minutes).
const clockStale = 15 * time.Minute

// close gives back what newApp opened; the records are the caller's.
func (a *app) close() error {
	for _, o := range a.accounts {
		o.client.CloseIdleConnections()
	}
	var err error
	if a.redis != nil {
		err = a.redis.Close()
	}
	return errors.Join(a.sessions.Close(), err)
}

// openRecords connects to the records. SQLite is migrated on the way, MySQL
// only by `mishu migrate`.
func openRecords(ctx context.Context, d config.Database, clocks storage.Clocks) (*storage.Store, error) {
	store, err := storage.Connect(d.Driver, d.DSN.Reveal(), clocks)
	if err != nil {
		return nil, err
	}
	prepare := store.CheckSchema
	if d.Driver == config.SQLite {
		prepare = store.Migrate
	}
	if err := prepare(ctx); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// openServed is openRecords for a server, which starts without its database as
// well: danger is answered, and everything else honestly, until it comes. here is
// false then. A database that answers and is not ours is refused at once.
func openServed(ctx context.Context, d config.Database, clocks storage.Clocks) (store *storage.Store, here bool, err error) {
	if d.Driver == config.SQLite {
		store, err = openRecords(ctx, d, clocks)
		return store, err == nil, err
	}
	if store, err = storage.Connect(d.Driver, d.DSN.Reveal(), clocks); err != nil {
		return nil, false, err
	}
	asking, cancel := context.WithTimeout(ctx, firstAsk)
	defer cancel()
	switch err = store.CheckSchema(asking); {
	case err == nil:
		return store, true, nil
	case ctx.Err() == nil && storage.Unreachable(err):
		return store, false, nil
	}
	return nil, false, errors.Join(err, store.Close())
}

// firstAsk is how long a server's start waits for its database.
const firstAsk = 5 * time.Second

// wallClocks are both clocks of a real server.
func wallClocks() storage.Clocks { return storage.Clocks{Wall: time.Now, Village: time.Now} }
