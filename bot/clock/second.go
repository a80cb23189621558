package clock

import (
	"context"
	"strconv"

	"mishu/bot/book"
	"mishu/bot/talk"
	"mishu/storage"
)

// Texter takes a few words to a telephone. It answers within ten seconds and
// says what it knows about the delivery.
type Texter interface {
	Text(ctx context.Context, m talk.SMS) talk.Outcome
}

// Second is the second channel: SMS for danger, and for what else the operator
// names by its weight.
type Second struct {
	Texter  Texter
	Weights map[int]bool // beside storage.Danger
}

// unsureSMS marks a notice whose SMS may have arrived: it is not sent again
// with the next try of the chat.
const unsureSMS = "SMS " + string(talk.Unsure)

// sms is what a notice is as an SMS; without a telephone it is none.
func (c *Clock) sms(v storage.In, b *book.Book, n storage.Notice) (talk.SMS, error) {
	texted := c.texted[n.Kind]
	if c.SMS.Texter == nil || texted == nil || n.Why == unsureSMS || n.Weight != storage.Danger && !c.SMS.Weights[n.Weight] {
		return talk.SMS{}, nil
	}
	phone, words, err := texted(v, b, n)
	return talk.SMS{ID: strconv.FormatInt(n.ID, 10), Phone: phone, Text: words}, err
}

// bothWays sends a notice to the person's chat and, for danger, at the same
// moment to his telephone: nobody knows whether a message in a chat wakes
// somebody. Anything else goes to the telephone only where no chat took it.
func (c *Clock) bothWays(ctx context.Context, r *reserved) talk.Outcome {
	if r.sms.Phone == "" {
		return c.send(ctx, r)
	}
	texted := make(chan talk.Outcome, 1)
	if r.notice.Weight == storage.Danger {
		go func() { texted <- c.text(ctx, r.sms) }()
	}
	chat := c.send(ctx, r)
	if r.notice.Weight != storage.Danger {
		if chat.Verdict == talk.Sent || chat.Verdict == talk.Unsure {
			return chat
		}
		texted <- c.text(ctx, r.sms)
	}
	return c.joined(r, chat, <-texted)
}

// joined is what became of a notice that went two ways: it was taken if one of
// them took it. What only the SMS told is told by its first line alone. Danger
// does not wait for a gateway that is away: the next people are told at once.
func (c *Clock) joined(r *reserved, chat, sms talk.Outcome) talk.Outcome {
	r.notice.Why = "SMS " + string(sms.Verdict)
	if sms.Verdict == talk.Later && r.notice.Weight == storage.Danger {
		sms.Verdict = talk.NoRoom
		if r.notice.Person == 0 && r.notice.OpenID == "" { // there is no next message to ride on
			sms.Verdict = talk.Refused
		}
	}
	switch {
	case chat.Verdict == talk.Sent:
		return chat
	case sms.Verdict == talk.Sent:
		return sms
	case chat.Verdict == talk.Later, chat.Verdict == talk.Unsure:
		return chat
	case sms.Verdict == talk.Unsure, len(r.members) == 0, sms.Verdict == talk.Later:
		return sms
	}
	return chat
}

func (c *Clock) text(ctx context.Context, m talk.SMS) (o talk.Outcome) {
	defer func() {
		if recover() != nil { // half sent, or not at all: nobody knows
			o = talk.Outcome{Verdict: talk.Unsure, Channel: "sms"}
		}
		c.Metrics.sent(o)
	}()
	return c.SMS.Texter.Text(ctx, m)
}
