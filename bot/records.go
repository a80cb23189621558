package bot

import (
	"context"
	"errors"
	"slices"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/talk"
	"mishu/storage"
	"mishu/storage/failpoint"
	"mishu/storage/session"
)

// errOldBook stops a transaction whose message was judged by a book of the
// village that is not the newest any more.
var errOldBook = errors.New("the village has changed")

// errTouchFirst stops a transaction that changes what is known of an OpenID
// before the session store was told that it is in flux.
var errTouchFirst = errors.New("touch first")

// inRecords hears a message in one transaction: the record, every notice it
// causes, and the reply it got.
func (b *Bot) inRecords(ctx context.Context, s *scene) (string, error) {
	if s.village == 0 {
		return b.nowhere(ctx, s)
	}
	if looks, ok := b.looks(s); ok {
		return b.look(ctx, s, looks)
	}
	var touched []session.Who
	for tries := 0; ; tries++ {
		text, want, err := b.record(ctx, s, touched)
		if errors.Is(err, errOldBook) && tries < touchBound {
			b.books.Drop(s.village)
			continue
		}
		if !errors.Is(err, errTouchFirst) || tries == touchBound {
			return text, b.settle(ctx, touched, err)
		}
		if err := b.sessions.Touch(ctx, want...); err != nil {
			b.metrics.away("sessions") // what others keep is refreshed by its age then
		}
		touched = want
	}
}

// touchBound is how often a transaction may find out that it changes somebody
// else than it thought, or that the village changed under it.
const touchBound = 3

// settle gives those a new version whose facts the transaction changed.
func (b *Bot) settle(ctx context.Context, touched []session.Who, err error) error {
	if len(touched) == 0 {
		return err
	}
	for _, w := range touched {
		b.facts.Remove(w)
	}
	if settled := b.sessions.Settle(ctx, touched...); settled != nil {
		b.metrics.away("sessions")
	}
	return err
}

// record runs the transaction. It returns whose facts it changes; if they were
// not touched before, nothing is committed.
func (b *Bot) record(ctx context.Context, s *scene, touched []session.Who) (string, []session.Who, error) {
	var text string
	var state line.State
	var want []session.Who
	var readers, holders []storage.Reader
	err := b.store.Update(ctx, func(tx *storage.Tx) error {
		t, err := b.open(s, tx)
		if err != nil {
			return err
		}
		answer, err := b.dispatch(t)
		if err != nil {
			return err
		}
		if answer, err = b.unsaid(s, t, answer); err != nil {
			return err
		}
		if text, err = b.conclude(s, t, tx, answer); err != nil {
			return err
		}
		want = changes(t)
		if !covers(touched, want) {
			return errTouchFirst
		}
		state, readers, holders = *t.State, tx.Carried(), tx.Holders()
		failpoint.Here("before-commit")
		return nil
	})
	failpoint.Here("after-commit")
	if err == nil {
		*s.state = state
		b.renew(readers)
		b.renewNow(ctx, holders)
		return text, want, nil
	}
	if storage.IsDuplicate(err) || errors.Is(err, storage.ErrUnsure) {
		text, err = b.heardBefore(ctx, s, err)
	}
	return text, want, err
}

// open makes the turn that the lines see, with a state of its own: the
// transaction may run again.
func (b *Bot) open(s *scene, tx *storage.Tx) (*line.Turn, error) {
	v := tx.In(s.village)
	bk := b.books.Kept(s.village)
	if bk == nil {
		var err error
		if bk, err = b.books.Book(v); err != nil {
			return nil, err
		}
	}
	if bk != s.book { // the village changed since the words were read
		s.book = bk
		s.reading = b.understand(s)
	}
	state := *s.state // lines replace what is in it and change nothing behind it
	return &line.Turn{Msg: s.msg, Read: s.reading, Book: bk, Me: s.me, Free: !s.facts.holds, In: v, State: &state, Heed: b.heed}, nil
}

// conclude adds what may be carried, and remembers the reply beside whatever
// the message changed.
func (b *Bot) conclude(s *scene, t *line.Turn, tx *storage.Tx, answer line.Answer) (string, error) {
	if !tx.Wrote() {
		h, found, err := tx.Heard(t.Msg.Account, t.Msg.Key)
		if err != nil || found { // an earlier delivery changed something: this one says the same
			return h.Reply, err
		}
	}
	text := s.named(answer.Text)
	if answer.Plain && t.Me != 0 && s.facts.carries {
		carried, err := b.carry(t)
		if err != nil {
			return "", err
		}
		text = joinLines(text, carried)
	}
	if !tx.Wrote() {
		return text, nil
	}
	current, err := t.In.AddHeard(t.Book.Village.Version, t.Msg.Account, t.Msg.Key, text)
	if err == nil && !current {
		err = errOldBook
	}
	return text, err
}

// changes are those whose facts in memory this message makes untrue.
func changes(t *line.Turn) []session.Who {
	var whos []session.Who
	for _, w := range t.Touched {
		whos = append(whos, session.Who{Account: w[0], OpenID: w[1]})
	}
	return whos
}

func covers(have, want []session.Who) bool {
	return !slices.ContainsFunc(want, func(w session.Who) bool { return !slices.Contains(have, w) })
}

// heardBefore finds the reply of a delivery that was first, or whose COMMIT was
// not answered.
func (b *Bot) heardBefore(ctx context.Context, s *scene, cause error) (string, error) {
	reply, found, err := b.Committed(ctx, s.msg.Account, s.msg.Key)
	switch {
	case err != nil:
		return "", errors.Join(cause, err)
	case found:
		return reply.Text, nil
	}
	return "", cause
}

// looks finds the handler of a word that only looks something up.
func (b *Bot) looks(s *scene) (line.Handler, bool) {
	if s.me == 0 || s.facts.carries || s.reading.Danger.Level != read.NoDanger || s.state.Fragment != nil || s.msg.Kind == talk.Event && s.msg.Event != talk.Click {
		return nil, false
	}
	for _, l := range b.lines {
		if h, ok := l.Looks[s.reading.Word]; ok {
			return h, true
		}
	}
	return nil, false
}

// look answers a question from the records without a transaction: one indexed
// read where one is enough.
func (b *Bot) look(ctx context.Context, s *scene, h line.Handler) (string, error) {
	var text string
	err := b.store.View(ctx, func(tx *storage.Tx) error {
		t := &line.Turn{Msg: s.msg, Read: s.reading, Book: s.book, Me: s.me, In: tx.In(s.village), State: s.state}
		a, err := h(t)
		text = s.named(a.Text)
		return err
	})
	if err == nil {
		s.state.Fails = 0
		b.metrics.read("look")
	}
	return text, err
}

// heed runs the lines that hear a fact, in list order.
func (b *Bot) heed(t *line.Turn, f line.Fact) error {
	for _, l := range b.lines {
		if hear, ok := l.Hears[f.Kind]; ok {
			if err := hear(t, f); err != nil {
				return err
			}
		}
	}
	return nil
}
