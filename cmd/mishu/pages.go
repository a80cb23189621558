package main

import (
	"context"
	"errors"
	"fmt"

	"mishu/bot"
	"mishu/config"
	"mishu/handlers/pages"
	"mishu/handlers/wechat"
	"mishu/storage"
)

// pageAccount shows an account to its pages.
type pageAccount struct {
	id      string // gh_...
	bot     *bot.Bot
	store   *storage.Store
	logins  *wechat.Logins
	tickets *wechat.TicketSource
	notices []pages.Notice
}

// OpenID is pages.Account.
func (p pageAccount) OpenID(ctx context.Context, code string) (string, error) {
	openid, err := p.logins.OpenID(ctx, code)
	switch {
	case errors.Is(err, wechat.ErrCodeUsed):
		return "", fmt.Errorf("%w: %w", pages.ErrCodeUsed, err)
	case errors.Is(err, wechat.ErrSnapshot):
		return "", pages.ErrGuest
	}
	return openid, err
}

// SignPage is pages.Account.
func (p pageAccount) SignPage(ctx context.Context, address string) (pages.Signature, error) {
	s, err := p.tickets.SignPage(ctx, address)
	return pages.Signature(s), err
}

// Doubted is pages.Account.
func (p pageAccount) Doubted(ctx context.Context) error { return p.tickets.Doubted(ctx) }

// Visitor is pages.Account.
func (p pageAccount) Visitor(ctx context.Context, openid string) (pages.Visitor, error) {
	who, err := p.bot.Visitor(ctx, p.id, openid)
	if err != nil {
		return pages.Visitor{}, err
	}
	v := pages.Visitor{Known: who.Known, Name: who.Name, Works: who.Works, Left: map[string]int{}}
	err = p.store.View(ctx, func(tx *storage.Tx) error {
		for _, n := range p.notices {
			s, _, err := tx.SubscriptionTo(p.id, openid, n.Template)
			if err != nil {
				return err
			}
			v.Left[n.Template] = s.Left
		}
		return nil
	})
	return v, err
}

// noticesAddress is the page on which people agree to an account's subscription
// notices: "" where phones cannot reach it, the account is not named, or there is
// nothing to agree to.
func noticesAddress(w config.WeChat, public, path string) string {
	if public == "" || w.Account == "" || len(w.Subscribe) == 0 {
		return ""
	}
	return public + path + pages.Notices
}

// openPages makes the pages of an account.
func (a *app) openPages(o *publicAccount, w config.WeChat, public, path string) error {
	if o.notices = noticesAddress(w, public, path); o.notices == "" {
		return nil
	}
	account := pageAccount{
		id: w.Account, bot: a.bot, store: a.store,
		logins: wechat.NewLogins(o.api, o.tokens), tickets: wechat.NewTickets(o.api, o.tokens, a.wall, a.log),
	}
	seen := map[string]bool{}
	for _, t := range w.Subscribe {
		if !seen[t.ID] { // one template may serve several kinds
			seen[t.ID] = true
			account.notices = append(account.notices, pages.Notice{Template: t.ID, Long: t.Long})
		}
	}
	open := w.Open
	if open == "" {
		open = config.RealOpen
	}
	script := open + "/open/js/jweixin-1.6.0.js"
	if open == config.RealOpen {
		script = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"
	}
	var err error
	o.pages, err = pages.New(account, pages.Options{
		AppID: w.AppID, Secret: w.Secret.Reveal(), Public: public, Path: path, Open: open, Script: script,
		Notices: account.notices, AnyBrowser: open != config.RealOpen, Now: a.wall, Log: a.log,
	})
	return err
}
