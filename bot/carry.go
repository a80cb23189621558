package bot

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"mishu/bot/line"
	"mishu/storage"
)

const (
	// waitingBound is how many waiting notices one message looks at.
	waitingBound = 20
	// shortWords is how long a notice may be that rides on a reply (design.md:
	// short; care-features 4.1: 60 characters).
	shortWords = 60
	// showBound is how many notices 看 shows in one bubble.
	showBound = 4
)

// carry takes what waits for this person and fits on the reply, and says how
// much more there is. It is settled in the transaction that stores the reply:
// whoever delivers the message again gets the same words.
func (b *Bot) carry(t *line.Turn) ([]string, error) {
	waiting, err := b.alive(t)
	if err != nil {
		return nil, err
	}
	var words []string
	rest := 0
	for _, n := range waiting {
		switch {
		case len(words) == carryBound || !rides(n):
			if n.Weight != storage.Brief {
				rest++
			}
			continue
		}
		if err := b.hand(t, n); err != nil {
			return nil, err
		}
		words = append(words, "捎一句："+n.Words)
	}
	if rest > 0 {
		words = append(words, fmt.Sprintf("另有%d件事等您，回“看”。", rest))
	}
	return words, nil
}

// rides reports whether a notice may ride on a reply: it is short and asks
// nothing (settled.md 20).
func rides(n storage.Notice) bool {
	asks := strings.Contains(n.Words, "？") || strings.Contains(n.Words, "回“")
	return !asks && n.Weight != storage.Brief && utf8.RuneCountInString(n.Words) <= shortWords
}

// alive are the waiting notices whose reason still lives; the others are
// settled here.
func (b *Bot) alive(t *line.Turn) ([]storage.Notice, error) {
	waiting, err := t.In.CarriedFor(t.Me, waitingBound)
	if err != nil {
		return nil, err
	}
	var alive []storage.Notice
	for _, n := range waiting {
		state, why := "", ""
		if n.NotAfter != 0 && n.NotAfter < storage.At(t.Now()) {
			state, why = storage.NoticeStale, "its time passed"
		} else if fresh := b.fresh[n.Kind]; fresh != nil {
			if why, err = fresh(t.In, t.Book, &n); err != nil {
				return nil, err
			}
			if why != "" {
				state = storage.NoticeCleared
			}
		}
		if state == "" {
			alive = append(alive, n)
			continue
		}
		if err := finish(t, n, state, why); err != nil {
			return nil, err
		}
	}
	return alive, nil
}

// hand settles a notice as told by this reply.
func (b *Bot) hand(t *line.Turn, n storage.Notice) error {
	n.Channel, n.Whole, n.SentDay = "carry", true, storage.Day(t.Now())
	return finish(t, n, storage.NoticeSent, "carried")
}

// finish settles a notice that waited for this person.
func finish(t *line.Turn, n storage.Notice, state, why string) error {
	taken, ok, err := t.In.ClaimNotice(n.ID, storage.NoticeCarry, "carry", storage.At(t.In.Tx().Wall()))
	if err != nil || !ok {
		return err
	}
	n.State, n.Why, n.Owner, n.Lease, n.SettledAt = state, why, taken.Owner, taken.Lease, storage.At(t.Now())
	_, err = t.In.SettleNotice(n)
	return err
}

// show hears 看: the words of what reached the person only by its first line,
// or not at all. With nothing of that kind it is the lines' word.
func (b *Bot) show(t *line.Turn) (line.Answer, error) {
	half, err := t.In.HalfTold(t.Me, storage.Day(t.Now().AddDate(0, 0, -3)), showBound)
	if err != nil {
		return line.Answer{}, err
	}
	var words []string
	for _, n := range half {
		if err := errors.Join(t.In.ToldWhole(n.ID), b.play(t, n)); err != nil {
			return line.Answer{}, err
		}
		words = append(words, n.Words)
	}
	waiting, err := b.alive(t)
	if err != nil {
		return line.Answer{}, err
	}
	for _, n := range waiting {
		if len(words) == showBound {
			words = append(words, "还有，再回“看”。")
			break
		}
		if n.Weight == storage.Brief {
			continue // what is open today is shown fresh by the brief itself
		}
		if err := errors.Join(b.hand(t, n), b.play(t, n)); err != nil {
			return line.Answer{}, err
		}
		words = append(words, n.Words)
	}
	if len(words) == 0 {
		return line.Answer{}, nil
	}
	return line.Ask(strings.Join(words, "\n")), nil
}

func joinLines(text string, more []string) string {
	for _, m := range more {
		if text != "" {
			text += "\n"
		}
		text += m
	}
	return text
}
