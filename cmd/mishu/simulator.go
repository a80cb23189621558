package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"slices"

	"mishu/config"
	"mishu/handlers/simulator"
	"mishu/handlers/wechat/wire"
)

// simulatorCommand is the pretend platform alone, for a mishu that serves
// elsewhere. It takes the account from the same settings as that server.
type simulatorCommand struct {
	configured
	Listen  string `help:"Where the page is; the platform's API is under /cgi-bin of the same address." default:"127.0.0.1:8090"`
	Webhook string `help:"Where the account listens." default:"http://127.0.0.1:8080/wechat"`
	Journal string `help:"File that keeps the chats." type:"path"`
	Public  bool   `help:"Allow an address that others can reach."`
}

// Run serves until the process is asked to stop.
func (c simulatorCommand) Run(w world) error {
	if err := loopbackOnly(c.Listen, c.Public); err != nil {
		return err
	}
	cfg, err := c.load(w, config.Platform)
	if err != nil {
		return err
	}
	log := newLog(w.stderr, cfg.Log)
	wc := cfg.WeChat
	if wc.Mode == "plain" { // a key may be set all the same
		wc.AESKey = config.Secret{}
	}
	sim, err := simulator.New(simulator.Options{
		Webhook: c.Webhook, Secret: wc.Secret.Reveal(), Journal: c.Journal, Public: c.Public, Log: log,
		Wire:      wire.Wire{Token: wc.Token.Reveal(), AESKey: wc.AESKey.Reveal(), AppID: wc.AppID, AccountID: wc.Account},
		Templates: pretendTemplates(wc),
	})
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	for _, path := range []string{"/cgi-bin/", "/wxaapi/", "/sns/", "/connect/", "/open/", "/sms/"} {
		mux.Handle(path, sim.API())
	}
	mux.Handle("/", sim.Handler())
	page := &listener{name: "page", listen: c.Listen, handler: mux, log: log}
	s := service{log: log, parts: []part{
		page.part(),
		{name: "live pages", start: nothing, stop: func(context.Context) error { return sim.Close() }},
	}}
	return s.run(w.ctx, func() { fmt.Fprintf(w.stdout, "pretend platform on %s\n", page.url()) })
}

var errReachable = errors.New("that address can be reached by others; add --public if you mean it")

// loopbackOnly refuses an address that others can reach, unless it is meant.
func loopbackOnly(listen string, public bool) error {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return fmt.Errorf("--listen %s is no host:port", listen)
	}
	ip := net.ParseIP(host)
	if public || host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	return errReachable
}

// pretendTemplates are the templates of the settings, as an account has them.
func pretendTemplates(w config.WeChat) []simulator.Template {
	var all []simulator.Template
	for i, t := range slices.Concat(w.Template, w.Subscribe) {
		all = append(all, simulator.Template{
			ID: t.ID, Title: "村里有新消息", Long: t.Long, Subscription: i >= len(w.Template), Fields: slices.Sorted(maps.Keys(t.Fields)),
		})
	}
	return all
}
