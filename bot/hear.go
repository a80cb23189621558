package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"mishu/bot/alert"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/talk"
	"mishu/storage"
	"mishu/storage/failpoint"
	"mishu/storage/session"
)

// Hear gives the one reply to a message, after everything that the message
// changes has been committed. The same message heard again, on any replica and
// with the session store empty, changes nothing and gets the same reply.
//
// An error means that nothing is known to be stored and that the message is
// best left to the platform to deliver again.
func (b *Bot) Hear(ctx context.Context, m talk.Message) (talk.Reply, error) {
	failpoint.Here("hear-begin")
	c := read.Context{Now: b.village()}
	if known := b.remembered(whoSent(m)); known.book != nil { // a village may have taught its own words for danger
		c = known.book.Reading(c.Now)
	}
	danger := read.Read(m.Text, c).Danger
	if danger.Level == read.Strong {
		return b.hearDanger(ctx, m, danger)
	}
	return b.hear(ctx, m, danger)
}

// Urgent reports whether words alone tell of danger: such a message is heard
// however much else is said.
func (b *Bot) Urgent(text string) bool {
	return text != "" && read.Read(text, read.Context{Now: b.village()}).Danger.Level == read.Strong
}

// hearDanger answers danger in time, whatever the stores do: when they are slow
// the fixed text goes out, filled from memory, and the alert and its notices
// follow as soon as the records take them.
func (b *Bot) hearDanger(ctx context.Context, m talk.Message, danger read.Danger) (talk.Reply, error) {
	type heard struct {
		reply talk.Reply
		err   error
	}
	done := make(chan heard, 1)
	b.behind.Go(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), dangerFollows)
		defer cancel()
		r, err := b.hear(ctx, m, danger)
		done <- heard{r, err}
	})
	select {
	case h := <-done:
		return h.reply, h.err
	case <-time.After(b.waits):
		b.metrics.away("records")
		known := b.remembered(whoSent(m))
		return talk.Reply{Text: alert.Fixed(danger, known.book, b.village(), known.person)}, nil
	}
}

// dangerFollows is how long the alert behind a text that has gone out is tried.
const dangerFollows = 30 * time.Second

// Close waits until the work that went on behind an answer is done, or ctx ends.
func (b *Bot) Close(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		b.behind.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("alerts are still being stored: %w", ctx.Err())
	}
}

// hear is Hear for one try.
func (b *Bot) hear(ctx context.Context, m talk.Message, danger read.Danger) (talk.Reply, error) {
	var text string
	err := b.sessions.Do(ctx, whoSent(m), act(m), func(ctx context.Context, s *session.Session) (err error) {
		text, err = b.inSession(ctx, m, s)
		return err
	})
	switch {
	case errors.Is(err, session.ErrLost):
		err = nil // the reply stands; what was remembered of the dialog is lost
	case errors.Is(err, session.ErrAway):
		text, err = b.withoutSession(ctx, m)
	}
	failpoint.Here("hear-end")
	if err == nil {
		return talk.Reply{Text: text}, nil
	}
	return b.failed(m, danger, err)
}

func whoSent(m talk.Message) session.Who {
	return session.Who{Account: m.Account, OpenID: m.OpenID}
}

// act is which window of customer messages a message opens (wechat-platform 1.9).
func act(m talk.Message) session.Act {
	if m.Kind != talk.Event {
		return session.Wrote
	}
	switch m.Event {
	case talk.Subscribe, talk.Scan, talk.Click:
		return session.Tapped
	}
	return session.NoAct
}

// inSession hears a message with the state of its conversation.
func (b *Bot) inSession(ctx context.Context, m talk.Message, s *session.Session) (string, error) {
	var st line.State
	if err := st.Unpack(s.State); err != nil {
		b.log.Warn("forget an unreadable session", "who", b.hash(m.OpenID), "err", err)
	}
	if text, ok := st.ToldTo(m.Key); ok {
		s.Act = session.NoAct
		return text, nil
	}
	s.Acted = m.At
	failpoint.Here("session-open")
	text, err := b.turn(ctx, m, &st, s.Version)
	if err != nil {
		return "", err
	}
	failpoint.Here("session-save")
	st.Tell(m.Key, text)
	b.holdIfFragment(ctx, whoSent(m), &st)
	s.State, err = st.Pack()
	return text, err
}

// withoutSession hears a message while the session store is away: what one
// sentence says is still done, an open question is asked again (settled.md 46).
func (b *Bot) withoutSession(ctx context.Context, m talk.Message) (string, error) {
	b.metrics.away("sessions")
	st := line.State{}
	return b.turn(ctx, m, &st, awayVersion)
}

// awayVersion stands for "the session store is away": no version is ever equal
// to it, so nothing is taken from memory or kept there.
const awayVersion = "away"

// failed is the reply when the records are away or did not answer. Danger gets
// its text all the same.
func (b *Bot) failed(m talk.Message, danger read.Danger, err error) (talk.Reply, error) {
	b.log.Error("message not heard", "who", b.hash(m.OpenID), "key", m.Key[:min(8, len(m.Key))], "err", err)
	if danger.Level == read.Strong && !errors.Is(err, session.ErrBusy) && !errors.Is(err, context.Canceled) {
		b.textDuty(m)
	}
	if danger.Level == read.Strong && !errors.Is(err, storage.ErrUnsure) {
		known := b.remembered(whoSent(m))
		return talk.Reply{Text: alert.Fixed(danger, known.book, b.village(), known.person)}, nil
	}
	switch {
	case errors.Is(err, session.ErrBusy), errors.Is(err, context.Canceled):
		return talk.Reply{}, err // the platform delivers it again
	case errors.Is(err, storage.ErrUnsure):
		return talk.Reply{Text: StillNoting}, nil
	}
	b.metrics.away("records")
	return talk.Reply{Text: b.notNoted(m)}, nil
}

// textDuty texts the people on duty behind the reply: no record tells them.
func (b *Bot) textDuty(m talk.Message) {
	if b.callOut == nil {
		return
	}
	b.behind.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), dangerFollows)
		defer cancel()
		took := b.callOut(ctx, m.Account, m.OpenID)
		b.log.Error("danger while the records are away", "who", b.hash(m.OpenID), "texted", took)
	})
}

// StillNoting is said when it is not known whether a message was stored: never
// that it was not.
const StillNoting = "收到了，还在记。过一会儿回“我的事”看一下。"

// notNoted says honestly that nothing was stored, and whom to ring.
func (b *Bot) notNoted(m talk.Message) string {
	text := "对不住，这会儿记不下，刚才这句没有记。"
	if known := b.remembered(whoSent(m)); known.book != nil {
		if phone := known.book.Office(b.village()); phone != "" {
			return text + "急事打" + phone + "，不急过会儿再发一次。"
		}
	}
	return text + "急病打120，别的过会儿再发一次。"
}

// Committed reports whether a message has changed something, and the reply it
// got, from the records alone.
func (b *Bot) Committed(ctx context.Context, account, key string) (talk.Reply, bool, error) {
	var h storage.Heard
	var found bool
	err := b.store.View(ctx, func(tx *storage.Tx) (err error) {
		h, found, err = tx.Heard(account, key)
		return err
	})
	return talk.Reply{Text: h.Reply}, found, err
}

// slow is when a message is worth a line in the log.
const slow = 2 * time.Second

// turn hears one message with its state, and changes the state.
func (b *Bot) turn(ctx context.Context, m talk.Message, st *line.State, version string) (string, error) {
	begun := b.wall()
	defer func() {
		if took := b.wall().Sub(begun); took > slow {
			b.log.Warn("slow message", slog.String("who", b.hash(m.OpenID)), slog.Duration("took", took))
		}
	}()
	f, err := b.know(ctx, whoSent(m), version)
	if err != nil {
		return "", err
	}
	if f.unreached() && m.Event != talk.Unsubscribe {
		if err := b.returns(ctx, whoSent(m)); err != nil {
			return "", err
		}
	}
	s, err := b.scene(ctx, m, st, f, version == awayVersion)
	if err != nil || s.asks != "" {
		return s.question(), err
	}
	if m.Kind == talk.Event && (m.Event == talk.Subscribe || m.Event == talk.Unsubscribe) {
		return b.follow(ctx, s)
	}
	if text, done := b.quick(s); done {
		return text, nil
	}
	return b.inRecords(ctx, s)
}
