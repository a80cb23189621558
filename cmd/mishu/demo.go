package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"mishu/bot"
	"mishu/bot/invented"
	"mishu/config"
	"mishu/handlers/admin"
	"mishu/handlers/simulator"
	"mishu/handlers/wechat/wire"
	"mishu/storage"
)

// demoCommand is the whole of mishu on one machine with nothing installed: an
// invented village in a file, and a pretend WeChat platform with a page.
type demoCommand struct {
	Listen string `help:"Where the page is." default:"127.0.0.1:8080"`
	Data   string `help:"Folder that keeps the village and the chats." default:"mishu-demo" type:"path"`
	Public bool   `help:"Allow an address that others can reach. Anybody who can open the page can be anybody of the invented village."`
}

// Run serves until the process is asked to stop.
func (c demoCommand) Run(w world) error {
	if err := loopbackOnly(c.Listen, c.Public); err != nil {
		return err
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return err
	}
	d := &demo{command: c, place: invented.Village(), log: newLog(w.stderr, slog.LevelWarn)}
	lock, err := lockFolder(w.ctx, c.Data)
	if err != nil {
		return err
	}
	defer lock.Close()
	if err := d.open(w.ctx); err != nil {
		return errors.Join(err, d.close())
	}
	return errors.Join(d.run(w), d.close())
}

// demo is a running demo.
type demo struct {
	command demoCommand
	place   invented.Place
	clock   *movedClock
	config  config.Config
	store   *storage.Store
	app     *app
	sim     *simulator.Simulator
	webhook *listener
	admin   *listener
	api     *listener
	page    *listener
	people  *phones
	log     *slog.Logger
}

// open opens the records, and founds the village on the first start.
func (d *demo) open(ctx context.Context) (err error) {
	if d.clock, err = openClock(filepath.Join(d.command.Data, "clock")); err != nil {
		return err
	}
	d.config = config.Config{Database: config.SQLiteFile(filepath.Join(d.command.Data, "mishu.db"))}
	clocks := storage.Clocks{Wall: time.Now, Village: d.clock.now}
	if d.store, err = openRecords(ctx, d.config.Database, clocks); err != nil {
		return err
	}
	if err := found(ctx, d.store, d.place); err != nil {
		return err
	}
	d.people, err = loadPhones(ctx, d.store, d.place)
	return err
}

func (d *demo) close() error {
	var err error
	if d.app != nil {
		err = d.app.close()
	}
	if d.store != nil {
		err = errors.Join(err, d.store.Close())
	}
	return err
}

// run starts the parts in the order in which they need one another: the
// pretend platform's API, the account that sends through it, the page.
func (d *demo) run(w world) error {
	d.webhook = &listener{name: "webhook", listen: freePort, log: d.log, reading: 10 * time.Second}
	d.admin = &listener{name: "admin", listen: freePort, log: d.log}
	d.api = &listener{name: "platform", listen: freePort, log: d.log, reading: 10 * time.Second}
	d.page = &listener{name: "page", listen: d.command.Listen, log: d.log}
	var api, webhook, page http.Handler // made by the parts below, after the addresses are known
	d.api.handler = later(&api)
	d.webhook.handler = later(&webhook)
	d.page.handler = later(&page)
	s := service{log: d.log, parts: []part{
		d.api.part(),
		d.webhook.part(),
		{name: "account", start: func(context.Context, func(error)) (err error) {
			webhook, err = d.account()
			return err
		}},
		{name: "phones", start: func(context.Context, func(error)) (err error) {
			api, page, err = d.platform()
			return err
		}},
		{name: "work in flight", start: nothing, stop: func(ctx context.Context) error { return d.app.finish(ctx) }},
		{name: "menu", start: d.publishMenu},
		loop("clock", func(ctx context.Context) error { return d.app.clock.Run(ctx, time.Second) }),
		{name: "opening", start: d.opening},
		d.page.part(),
		{name: "live pages", start: nothing, stop: func(context.Context) error { return d.sim.Close() }},
	}}
	return s.run(w.ctx, func() {
		fmt.Fprintf(w.stdout, "%s，%d人。打开 %s\n", d.place.Name, len(d.place.People), d.page.url())
	})
}

// freePort is any port of this machine alone.
const freePort = "127.0.0.1:0"

// later is a handler that is made after its listener.
func later(h *http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if *h == nil {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		(*h).ServeHTTP(w, r)
	})
}

// The demo's account. The secrets are made anew at each start: nobody outside
// this process needs them.
const (
	demoAccount  = "gh_qingping0demo"
	demoAppID    = "wxdemo0qingping01"
	demoTemplate = "demo-notice"
	// What the phones may agree to.
	demoSubscription = "demo-subscription"
)

// account makes the real app, pointed at the pretend platform.
func (d *demo) account() (http.Handler, error) {
	d.config.WeChat = config.WeChat{
		Account: demoAccount, AppID: demoAppID, Secret: config.NewSecret(random()), Token: config.NewSecret(random()),
		AESKey: config.NewSecret(random() + "A"), Mode: "safe", API: d.api.url(), Open: d.api.url(),
		Template:  []config.Template{{ID: demoTemplate, Fields: map[string]string{"thing1": "{lead}", "time2": "{time}"}}},
		Subscribe: []config.Template{{ID: demoSubscription, Fields: map[string]string{"thing1": "{lead}", "time2": "{time}"}}},
	}
	d.config.Public = d.webhook.url()
	d.config.SMS = config.SMS{
		URL: d.api.url() + "/sms/send", Method: "POST", Body: `{"mobile":"{phone}","content":"{text}","key":"{secret}"}`,
		Secret: d.config.WeChat.Secret, Taken: `"errcode":0`, Urgent: true, Brief: true,
	}
	a, err := newApp(d.store, appOptions{config: d.config, village: d.clock.now, log: d.log})
	if err != nil {
		return nil, err
	}
	d.app = a
	mux := http.NewServeMux()
	admin.Public(mux)
	a.webhooks(mux)
	return mux, nil
}

// random is 42 letters and digits.
func random() string {
	raw := make([]byte, 21)
	rand.Read(raw) //nolint:errcheck // crypto/rand.Read never returns an error
	return hex.EncodeToString(raw)
}

// platform makes the pretend platform and its page.
func (d *demo) platform() (api, page http.Handler, err error) {
	c := d.config.WeChat
	d.sim, err = simulator.New(simulator.Options{
		Webhook: d.webhook.url() + "/wechat",
		Wire:    wire.Wire{Token: c.Token.Reveal(), AESKey: c.AESKey.Reveal(), AppID: c.AppID, AccountID: c.Account},
		Secret:  c.Secret.Reveal(), Account: d.place.Name + "服务号",
		People: d.people.search, Cast: d.people.cast, Hints: d.people.hints(),
		Templates: pretendTemplates(c),
		Village:   d.clock.now, Move: d.move, Journal: filepath.Join(d.command.Data, "chats.jsonl"),
		Public: d.command.Public, Log: d.log,
	})
	if err != nil {
		return nil, nil, err
	}
	return d.sim.API(), d.sim.Handler(), nil
}

func (d *demo) publishMenu(ctx context.Context, _ func(error)) error {
	o := d.app.accounts[0]
	p, err := planMenus(ctx, o.api, bot.Menus(o.notices))
	if err != nil {
		return err
	}
	return p.publish(ctx)
}

// move sets the village's clock forward and lets the timed jobs run. It goes in
// steps of an hour at most, so that what falls due in between is planned and
// sent in its order.
func (d *demo) move(ctx context.Context, to time.Time) error {
	for {
		left := to.Sub(d.clock.now())
		if left <= 0 {
			return nil
		}
		if err := d.clock.advance(min(left, time.Hour)); err != nil {
			return err
		}
		if err := d.app.clock.Tick(ctx); err != nil {
			return err
		}
	}
}

// openID is the OpenID of somebody of the invented village, always the same.
func openID(person int64) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "demo person %d", person))
	return "oDemo" + hex.EncodeToString(sum[:])[:23]
}
