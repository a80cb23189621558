package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/prometheus/client_golang/prometheus"

	"mishu/bot"
	"mishu/bot/talk"
	"mishu/config"
	"mishu/handlers/pages"
	"mishu/handlers/wechat"
	"mishu/storage/failpoint"
)

// publicAccount is both directions of one Official Account, with its keys, its token,
// its channels and what the platform stopped of them.
type publicAccount struct {
	account  wechat.Account
	pages    *pages.Pages // nil: none
	notices  string       // the address of the page of subscription notices, "" without
	tokens   wechat.TokenStore
	client   *http.Client // to the platform
	api      *wechat.API
	channels *wechat.Channels
	gate     *wechat.Gate
}

// openAccounts makes the first account and those beside it.
func (a *app) openAccounts(opt appOptions, hash func(string) string) error {
	all := append([]config.WeChat{opt.config.WeChat}, opt.config.More...)
	for i, w := range all {
		metrics := prometheus.Registerer(a.registry)
		if len(all) > 1 {
			metrics = prometheus.WrapRegistererWith(prometheus.Labels{"account": w.Account}, a.registry)
		}
		o, err := a.openAccount(w, opt, metrics)
		if err != nil {
			return fmt.Errorf("open account %s: %w", w.Account, err)
		}
		o.gate = wechat.NewGate(o.account, a.bot, a.bot, wechat.GateOptions{
			Now: a.wall, Window: signatureWindow, Honest: bot.StillNoting, Log: opt.log, Metrics: metrics, Hash: hash,
			Urgent:   a.bot.Urgent,
			Limits:   wechat.Limits{Person: opt.config.Limits.Person, All: opt.config.Limits.All},
			OnLate:   a.late,
			OnReport: a.report,
			Passed:   failpoint.Here,
		})
		if err := a.openPages(o, w, opt.config.Public, pathOf(w, i)); err != nil {
			return fmt.Errorf("open account %s: %w", w.Account, err)
		}
		a.accounts = append(a.accounts, o)
	}
	return nil
}

// openAccount makes the way to the platform.
func (a *app) openAccount(w config.WeChat, opt appOptions, metrics prometheus.Registerer) (*publicAccount, error) {
	o := &publicAccount{account: accountOf(w)}
	if err := o.account.Validate(); err != nil {
		return nil, err
	}
	transport, err := transportOf(w)
	if err != nil {
		return nil, err
	}
	o.client = &http.Client{Transport: transport}
	o.tokens = wechat.NewMemoryTokens(a.wall)
	if a.redis != nil {
		o.tokens = wechat.NewRedisTokens(a.redis)
	}
	tokens := wechat.NewTokens(o.account, w.API, o.tokens, o.client, a.wall, opt.log)
	o.api = wechat.NewAPI(o.account, w.API, tokens, o.client, wechat.APIOptions{Now: a.wall, Log: opt.log, Metrics: metrics})
	o.channels = wechat.NewChannels(o.api, windows{a.sessions}, wechat.ChannelOptions{
		Templates: templatesOf(w.Template), Subscribe: templatesOf(w.Subscribe), Consents: consents{a.store}, Metrics: metrics,
	})
	return o, nil
}

// transportOf is the way to the platform: by the proxy of the settings, else by
// that of the environment.
func transportOf(w config.WeChat) (*http.Transport, error) {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	if !w.Proxy.IsSet() {
		return transport, nil
	}
	proxy, err := url.Parse(w.Proxy.Reveal())
	if err != nil {
		return nil, errors.New("the proxy's address cannot be read") // the cause would show it
	}
	transport.Proxy = http.ProxyURL(proxy)
	return transport, nil
}

func accountOf(w config.WeChat) wechat.Account {
	return wechat.Account{
		ID: w.Account, AppID: w.AppID, Secret: w.Secret.Reveal(), Token: w.Token.Reveal(), ClassicToken: w.Classic,
		AESKey: w.AESKey.Reveal(), PreviousAESKey: w.PreviousAESKey.Reveal(), Mode: wechat.Mode(w.Mode),
	}
}

func templatesOf(list []config.Template) wechat.Templates {
	all := wechat.Templates{}
	for _, t := range list {
		all[t.Kind] = wechat.Template{ID: t.ID, URL: t.URL, Long: t.Long, Fields: t.Fields}
	}
	return all
}

// postmen carry each letter by the account that its person follows.
type postmen []*publicAccount

// Send is clock.Channel.
func (p postmen) Send(ctx context.Context, l talk.Letter) talk.Outcome {
	if len(p) == 1 {
		return p[0].channels.Send(ctx, l)
	}
	for _, o := range p {
		if o.account.ID == l.Account {
			return o.channels.Send(ctx, l)
		}
	}
	return talk.Outcome{Verdict: talk.NoRoom} // of an account that is served no more
}

// pathOf is the address of the nth account's webhook.
func pathOf(w config.WeChat, n int) string {
	if n == 0 {
		return "/wechat"
	}
	return "/wechat/" + w.Account
}

// name is what operators know the account by.
func (o *publicAccount) name() string {
	if o.account.ID != "" {
		return o.account.ID
	}
	return o.account.AppID
}

// webhooks are the addresses of the accounts: the first is /wechat, and each of
// several is /wechat/ and its original id. Their pages are below.
func (a *app) webhooks(mux *http.ServeMux) {
	mux.Handle("/wechat", a.accounts[0].gate)
	for _, o := range a.accounts {
		if o.account.ID != "" {
			mux.Handle("/wechat/"+o.account.ID, o.gate)
		}
		if o.pages != nil {
			o.pages.Mount(mux)
		}
	}
}
