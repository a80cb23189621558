package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"mishu/config"
	"mishu/handlers/admin"
	"mishu/storage"
	"mishu/storage/session"
)

// configured is the part that all commands share which read the configuration.
type configured struct {
	Config string `help:"File of KEY=value lines; MISHU_ variables win over it." type:"path" placeholder:"FILE"`
}

func (c configured) load(w world, need config.Need) (config.Config, error) {
	return config.Load(w.environ, c.Config, need, config.Check{Name: "MISHU_REDIS", Wrong: session.CheckAddress})
}

// serveCommand is the server of one Official Account.
type serveCommand struct{ configured }

// Run serves until the process is asked to stop.
func (c serveCommand) Run(w world) error {
	return c.withRecords(w, openServed, func(cfg config.Config, a *app) error {
		front, back := a.listeners(cfg.Listen, cfg.Admin)
		return a.service(front, back).run(w.ctx, func() {
			fmt.Fprintf(w.stdout, "mishu listens on %s, admin on %s\n", front.addr, back.addr)
		})
	})
}

// withApp runs f on an app made from the settings, and closes it.
func (c configured) withApp(w world, f func(config.Config, *app) error) error {
	return c.withRecords(w, func(ctx context.Context, d config.Database, clocks storage.Clocks) (*storage.Store, bool, error) {
		store, err := openRecords(ctx, d, clocks)
		return store, err == nil, err
	}, f)
}

// opener opens the records, or says that they are not here yet.
type opener func(context.Context, config.Database, storage.Clocks) (store *storage.Store, here bool, err error)

func (c configured) withRecords(w world, open opener, f func(config.Config, *app) error) error {
	cfg, err := c.load(w, config.Account)
	if err != nil {
		return err
	}
	log := newLog(w.stderr, cfg.Log)
	store, here, err := open(w.ctx, cfg.Database, wallClocks())
	if err != nil {
		return err
	}
	defer store.Close()
	a, err := newApp(store, appOptions{config: cfg, log: log, away: !here})
	if err != nil {
		return err
	}
	return errors.Join(f(cfg, a), a.close())
}

// tickEvery is the pause between two ticks of the clock.
const tickEvery = 2 * time.Second

// listeners are the public address and the operator's.
func (a *app) listeners(listen, adminAt string) (front, back *listener) {
	public := http.NewServeMux()
	admin.Public(public)
	a.webhooks(public)
	front = &listener{name: "webhook", listen: listen, handler: public, reading: 10 * time.Second, log: a.log}
	back = &listener{name: "admin", listen: adminAt, handler: admin.Handler(a.registry, a.checks()...), log: a.log}
	return front, back
}

// service is the app's parts in the order in which they start.
func (a *app) service(front, back *listener) service {
	return service{log: a.log, parts: []part{
		back.part(),
		a.records(),
		{name: "work in flight", start: nothing, stop: a.finish},
		front.part(),
		loop("clock", func(ctx context.Context) error {
			select {
			case <-ctx.Done():
				return nil
			case <-a.here:
				return a.clock.Run(ctx, tickEvery)
			}
		}),
	}}
}

// finish waits for the messages in hand and for what goes on behind them.
func (a *app) finish(ctx context.Context) error {
	var errs []error
	for _, o := range a.accounts {
		errs = append(errs, o.gate.Close(ctx))
	}
	return errors.Join(append(errs, a.bot.Close(ctx))...)
}

func nothing(context.Context, func(error)) error { return nil }

// loop is a part that runs in the background until it is stopped.
func loop(name string, run func(context.Context) error) part {
	ctx, cancel := context.WithCancel(context.Background())
	var wait sync.WaitGroup
	return part{
		name: name,
		start: func(_ context.Context, fail func(error)) error {
			wait.Go(func() {
				if err := run(ctx); err != nil {
					fail(err)
				}
			})
			return nil
		},
		stop: func(context.Context) error {
			cancel()
			wait.Wait()
			return nil
		},
	}
}

// migrateCommand brings the database to this program's schema.
type migrateCommand struct{ configured }

// Run migrates.
func (c migrateCommand) Run(w world) error {
	cfg, err := c.load(w, config.Schema)
	if err != nil {
		return err
	}
	store, err := storage.Connect(cfg.Database.Driver, cfg.Database.DSN.Reveal(), wallClocks())
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Migrate(w.ctx); err != nil {
		return err
	}
	fmt.Fprintln(w.stdout, "the database is ready")
	return nil
}
