package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
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
	"mishu/handlers/wechat"
	"mishu/storage"
	"mishu/storage/failpoint"
	"mishu/storage/session"
)

// app is everything that serves one Official Account: the records, the dialog
// state, the conversation, the clock, and both directions of the account.
type app struct {
	store    *storage.Store
	redis    redis.UniversalClient // nil: dialogs are kept beside the records
	sessions session.Store
	bot      *bot.Bot
	clock    *clock.Clock
	client   *http.Client // to the platform
	api      *wechat.API
	gate     *wechat.Gate
	lifeline *lifeline.Lifeline // nil: no SMS
	registry *prometheus.Registry
	wall     func() time.Time
	log      *slog.Logger
}

// appOptions are what an app is made of.
type appOptions struct {
	config    config.Config
	village   func() time.Time // nil: the wall clock
	templates wechat.Templates
	log       *slog.Logger
}

// newApp makes an app over records that are open and of the right schema.
func newApp(store *storage.Store, opt appOptions) (*app, error) {
	a := &app{store: store, registry: prometheus.NewRegistry(), wall: time.Now, log: opt.log}
	a.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if err := a.openSessions(opt.config); err != nil {
		return nil, err
	}
	if opt.village == nil {
		opt.village = a.wall
	}
	account := accountOf(opt.config.WeChat)
	hash := hasher(account.Token)
	second, err := a.openSecond(opt.config.SMS, account.Token)
	if err != nil {
		return nil, errors.Join(err, a.sessions.Close())
	}
	a.bot = bot.New(bot.Options{
		Store: store, Sessions: a.sessions, Wall: a.wall, Village: opt.village, Log: opt.log, Metrics: bot.NewMetrics(a.registry), Hash: hash,
		Gather: 300 * time.Millisecond, CallOut: a.callOut(),
	})
	channels := a.outbound(account, opt)
	a.clock = clock.New(clock.Options{
		Store: store, Sessions: a.sessions, Books: a.bot.Books(), Lines: bot.Lines(), Channel: channels, SMS: second, Wake: a.bot.Wake,
		Wall: a.wall, Village: opt.village, Log: opt.log, Metrics: clock.NewMetrics(a.registry), More: a.jobs(),
	})
	a.gate = wechat.NewGate(account, a.bot, a.bot, wechat.GateOptions{
		Now: a.wall, Window: signatureWindow, Honest: bot.StillNoting, Log: opt.log, Metrics: a.registry, Hash: hash,
		Limits:   wechat.Limits{Person: opt.config.Limits.Person, All: opt.config.Limits.All},
		OnLate:   a.late,
		OnReport: a.report,
		Passed:   failpoint.Here,
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

// outbound makes the way to the platform.
func (a *app) outbound(account wechat.Account, opt appOptions) *wechat.Channels {
	a.client = &http.Client{Transport: http.DefaultTransport.(*http.Transport).Clone()}
	var store wechat.TokenStore = wechat.NewMemoryTokens(a.wall)
	if a.redis != nil {
		store = wechat.NewRedisTokens(a.redis)
	}
	base := opt.config.WeChat.API
	tokens := wechat.NewTokens(account, base, store, a.client, a.wall, opt.log)
	a.api = wechat.NewAPI(account, base, tokens, a.client, wechat.APIOptions{Now: a.wall, Log: opt.log, Metrics: a.registry})
	return wechat.NewChannels(a.api, windows{a.sessions}, opt.templates)
}

// windows shows the session store as the ledger of customer messages.
type windows struct{ sessions session.Store }

func (w windows) Take(ctx context.Context, account, openid string) (bool, error) {
	return w.sessions.Take(ctx, session.Who{Account: account, OpenID: openid})
}

func (w windows) Shut(ctx context.Context, account, openid string) error {
	return w.sessions.Shut(ctx, session.Who{Account: account, OpenID: openid})
}

func accountOf(w config.WeChat) wechat.Account {
	return wechat.Account{
		ID: w.Account, AppID: w.AppID, Secret: w.Secret.Reveal(), Token: w.Token.Reveal(),
		AESKey: w.AESKey.Reveal(), PreviousAESKey: w.PreviousAESKey.Reveal(), Mode: wechat.Mode(w.Mode),
	}
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

// report takes the platform's last word about a template message.
func (a *app) report(ctx context.Context, in wechat.Inbound) error {
	if in.Event != "TEMPLATESENDJOBFINISH" {
		return nil
	}
	return a.bot.FinalWord(ctx, in.ToUserName, in.MsgID, in.Status == "success", in.Status)
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
	a.client.CloseIdleConnections()
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

// wallClocks are both clocks of a real server.
func wallClocks() storage.Clocks { return storage.Clocks{Wall: time.Now, Village: time.Now} }
