package wechat

import (
	"context"

	"mishu/bot/talk"
)

type textBody struct {
	Content string `json:"content"`
}

type customMessage struct {
	ToUser  string   `json:"touser"`
	MsgType string   `json:"msgtype"`
	Text    textBody `json:"text"`
}

// custom sends the whole words as a customer message. Nothing makes it safe to
// repeat, so an unclear attempt stays one.
func (c *Channels) custom(ctx context.Context, l talk.Letter) attempt {
	if left := c.stops.left(Custom, c.api.now()); left > 0 {
		return noRoom(Custom, left)
	}
	ticket, err := c.windows.Take(ctx, l.Account, l.OpenID)
	if err != nil {
		return c.ledgerAway(Custom, l, err)
	}
	if ticket == "" {
		return noRoom(Custom, 0)
	}
	err = c.api.send(ctx, "/cgi-bin/message/custom/send", customMessage{l.OpenID, "text", textBody{fit(clean(l.Opening + l.Text))}}, nil)
	out := c.believe(ctx, l, c.outcome(Custom, err))
	switch act := actionOf(out.Code); {
	case act == actWindow || act == actRefuse:
		c.noteLedger("shut a window", l, c.windows.Shut(ctx, l.Account, l.OpenID))
	case out.Verdict == talk.Later || out.Verdict == talk.NoRoom: // not delivered, so the window holds it still
		c.noteLedger("give back to a window", l, c.windows.Give(ctx, l.Account, l.OpenID, ticket))
	}
	if out.Verdict == talk.Sent && l.Media != nil {
		c.enclose(ctx, l)
	}
	return attempt{out, true, out.Verdict == talk.NoRoom}
}
