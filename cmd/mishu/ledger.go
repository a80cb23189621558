package main

import (
	"context"

	"mishu/storage"
	"mishu/storage/session"
)

// windows shows the session store as the ledger of customer messages.
type windows struct{ sessions session.Store }

func (w windows) Take(ctx context.Context, account, openid string) (string, error) {
	ticket, err := w.sessions.Take(ctx, session.Who{Account: account, OpenID: openid})
	return string(ticket), err
}

func (w windows) Give(ctx context.Context, account, openid, ticket string) error {
	return w.sessions.Give(ctx, session.Who{Account: account, OpenID: openid}, session.Ticket(ticket))
}

func (w windows) Shut(ctx context.Context, account, openid string) error {
	return w.sessions.Shut(ctx, session.Who{Account: account, OpenID: openid})
}

// consents shows the records as the ledger of subscription notices. A consent to
// a template of the long kind is not used up.
type consents struct{ store *storage.Store }

func (c consents) Take(ctx context.Context, account, openid, template string, long bool) (agreed bool, err error) {
	if long {
		err = c.store.View(ctx, func(tx *storage.Tx) error {
			s, _, err := tx.SubscriptionTo(account, openid, template)
			agreed = s.Left > 0
			return err
		})
		return agreed, err
	}
	err = c.store.Update(ctx, func(tx *storage.Tx) (err error) {
		agreed, err = tx.UseSubscription(account, openid, template)
		return err
	})
	return agreed, err
}

func (c consents) Give(ctx context.Context, account, openid, template string) error {
	return c.store.Update(ctx, func(tx *storage.Tx) error { return tx.Subscribe(account, openid, template, 1) })
}

func (c consents) Drop(ctx context.Context, account, openid, template string) error {
	return c.store.Update(ctx, func(tx *storage.Tx) error { return tx.Unsubscribe(account, openid, template) })
}
