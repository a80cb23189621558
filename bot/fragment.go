package bot

import (
	"context"
	"fmt"
	"time"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/talk"
	"mishu/storage"
	"mishu/storage/session"
)

// unsaid decides about a message to which no line had anything to say: words
// are held as a fragment for the next bubble, anything else needs no reply.
func (b *Bot) unsaid(s *scene, t *line.Turn, a line.Answer) (line.Answer, error) {
	if a.Handled() || s.msg.Text == "" || s.msg.Kind != talk.Text {
		return a, nil
	}
	if s.alone {
		return b.puzzled(t)
	}
	t.State.Fragment = &line.Fragment{Key: s.msg.Key, Text: t.Read.Text, At: b.wall().UnixMilli()}
	return a, nil
}

// holdIfFragment asks the clock to come back when a bubble was held.
func (b *Bot) holdIfFragment(ctx context.Context, who session.Who, st *line.State) {
	if st.Fragment == nil {
		return
	}
	at := time.UnixMilli(st.Fragment.At).Add(holdFor)
	if err := b.sessions.Hold(ctx, who, at); err != nil {
		b.metrics.away("sessions")
	}
}

// Wake answers the fragments that have waited long enough. The answer is a
// notice like any other: it is owed in the transaction that ends the waiting.
func (b *Bot) Wake(ctx context.Context) error {
	whos, err := b.sessions.Due(ctx, b.wall(), 100)
	if err != nil {
		return fmt.Errorf("find fragments: %w", err)
	}
	for _, who := range whos {
		err := b.sessions.Do(ctx, who, session.NoAct, func(ctx context.Context, s *session.Session) error {
			return b.wake(ctx, who, s)
		})
		if err != nil {
			b.log.Warn("fragment not answered", "who", b.hash(who.OpenID), "err", err)
			if held := b.sessions.Hold(ctx, who, b.wall().Add(holdFor)); held != nil {
				return fmt.Errorf("keep fragment: %w", held)
			}
		}
	}
	return nil
}

func (b *Bot) wake(ctx context.Context, who session.Who, s *session.Session) error {
	var st line.State
	if err := st.Unpack(s.State); err != nil || st.Fragment == nil {
		return nil //nolint:nilerr // a session that was lost or answered has nothing to say
	}
	f, err := b.know(ctx, who, s.Version)
	if err != nil {
		return err
	}
	fragment := *st.Fragment
	m := talk.Message{Account: who.Account, OpenID: who.OpenID, Kind: talk.Text, Text: fragment.Text, Key: fragment.Key}
	st.Fragment = nil
	sc, err := b.scene(ctx, m, &st, f, false)
	if err != nil || sc.village == 0 {
		return err
	}
	err = b.store.Update(ctx, func(tx *storage.Tx) error {
		t, err := b.open(sc, tx)
		if err != nil {
			return err
		}
		t.Read.Intent = read.Unknown
		a, err := b.puzzled(t)
		if err != nil {
			return err
		}
		st = *t.State
		return t.Owe(storage.Notice{
			Person: sc.me, Account: who.Account, OpenID: who.OpenID, Kind: "fragment", Subject: fragment.Key, Period: "1",
			Weight: storage.Direct, Lead: "刚才那句没听明白，回“帮助”", Words: a.Text,
		})
	})
	if err != nil && !storage.IsDuplicate(err) {
		return err
	}
	s.State, err = st.Pack()
	return err
}
