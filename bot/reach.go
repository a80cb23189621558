package bot

import (
	"context"

	"mishu/bot/who"
	"mishu/storage"
	"mishu/storage/session"
)

// Unreached hears that nothing reaches an OpenID: its owner does not follow the
// account any more, or refuses its messages. He is pushed nothing until he
// writes again.
func (b *Bot) Unreached(ctx context.Context, account, openid string, refuses bool) error {
	sender := session.Who{Account: account, OpenID: openid}
	if err := b.sessions.Touch(ctx, sender); err != nil {
		b.metrics.away("sessions")
	}
	err := b.store.Update(ctx, func(tx *storage.Tx) error { return who.Unreached(tx, account, openid, refuses) })
	return b.settle(ctx, []session.Who{sender}, err)
}

// returns notes that somebody who was taken for gone has written: he can be
// reached again.
func (b *Bot) returns(ctx context.Context, sender session.Who) error {
	if err := b.sessions.Touch(ctx, sender); err != nil {
		b.metrics.away("sessions")
	}
	err := b.store.Update(ctx, func(tx *storage.Tx) error { return tx.Follow(sender.Account, sender.OpenID, true) })
	return b.settle(ctx, []session.Who{sender}, err)
}

// A Choice is what a person decided about the subscription notices of one
// template.
type Choice struct {
	Template string
	Accept   bool
}

// Chose stores what a person decided about subscription notices. The platform
// may tell it several times under one key: it counts once.
func (b *Bot) Chose(ctx context.Context, account, openid, key string, choices []Choice) error {
	err := b.store.Update(ctx, func(tx *storage.Tx) error {
		if err := tx.AddHeard(account, key, ""); err != nil {
			return err
		}
		for _, c := range choices {
			if err := chose(tx, account, openid, c); err != nil {
				return err
			}
		}
		return nil
	})
	if storage.IsDuplicate(err) {
		return nil
	}
	return err
}

func chose(tx *storage.Tx, account, openid string, c Choice) error {
	if !c.Accept {
		return tx.Unsubscribe(account, openid, c.Template)
	}
	return tx.Subscribe(account, openid, c.Template, 1)
}
