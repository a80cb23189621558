package bot

import (
	"context"

	"mishu/bot/line"
	"mishu/bot/talk"
	"mishu/storage"
)

// Late owes a reply that was ready only after the platform had been answered.
// Repeating it changes nothing: the notice's key is the message's.
func (b *Bot) Late(ctx context.Context, m talk.Message, r talk.Reply) error {
	if r.Text == "" {
		return nil
	}
	f, err := b.know(ctx, whoSent(m), "")
	if err != nil {
		return err
	}
	s, err := b.scene(ctx, m, &line.State{}, f, true)
	if err != nil || s.village == 0 {
		return err
	}
	if len(f.active()) > 1 { // whose it was is in the words, and no other is shown it
		s.me = 0
	}
	return b.store.Update(ctx, func(tx *storage.Tx) error {
		return tx.In(s.village).Owe(storage.Notice{
			Person: s.me, Account: m.Account, OpenID: m.OpenID, Kind: line.Late, Subject: m.Key, Period: "1",
			Weight: storage.Urgent, Lead: "您刚才的话有回音，回“看”", Words: r.Text,
		})
	})
}

// FinalWord stores what the platform says at last about a message that it had
// accepted.
func (b *Bot) FinalWord(ctx context.Context, account, msgID string, arrived bool, why string) error {
	state := storage.NoticeSent
	if !arrived {
		state = storage.NoticeRefused
	}
	return b.store.Update(ctx, func(tx *storage.Tx) error { return tx.FinalWord(account, msgID, state, why) })
}
