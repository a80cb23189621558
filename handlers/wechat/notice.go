package wechat

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"mishu/bot/talk"
)

type templateMessage struct {
	ToUser      string                `json:"touser"`
	TemplateID  string                `json:"template_id"`
	URL         string                `json:"url,omitempty"`
	ClientMsgID string                `json:"client_msg_id"`
	Data        map[string]fieldValue `json:"data"`
}

// template sends the first line. The letter's id lets the platform know a
// repetition for ten minutes, so an unclear attempt is made once more.
func (c *Channels) template(ctx context.Context, l talk.Letter) attempt {
	t, found := c.templates.pick(l.Kind)
	if !found || l.Lead == "" {
		return attempt{}
	}
	now := c.api.now()
	if left := c.stops.left(TemplateNotice, now); left > 0 {
		return noRoom(TemplateNotice, left)
	}
	message := templateMessage{l.OpenID, t.ID, t.URL, l.ID, t.filled(l.Lead, now)}
	var res struct {
		MsgID int64 `json:"msgid"`
	}
	const path = "/cgi-bin/message/template/send"
	err := c.api.send(ctx, path, message, &res)
	if unclear(err) && l.ID != "" {
		if again := c.api.send(ctx, path, message, &res); !unsent(again) {
			err = again
		}
	}
	out := c.believe(ctx, l, c.outcome(TemplateNotice, err))
	if err == nil {
		out.MsgID = strconv.FormatInt(res.MsgID, 10)
	}
	return attempt{out, true, false}
}

type subscribeMessage struct {
	ToUser     string                `json:"touser"`
	TemplateID string                `json:"template_id"`
	Page       string                `json:"page,omitempty"`
	Data       map[string]fieldValue `json:"data"`
}

// subscription sends the first line to somebody who agreed to it. The platform
// knows no repetition here: an unclear attempt stays one.
func (c *Channels) subscription(ctx context.Context, l talk.Letter) attempt {
	t, found := c.subscribe.pick(l.Kind)
	if !found || l.Lead == "" {
		return attempt{}
	}
	now := c.api.now()
	if left := c.stops.left(Subscription, now); left > 0 {
		return noRoom(Subscription, left)
	}
	agreed, err := c.consents.Take(ctx, l.Account, l.OpenID, t.ID, t.Long)
	if err != nil {
		return c.ledgerAway(Subscription, l, err)
	}
	if !agreed {
		return noRoom(Subscription, 0)
	}
	err = c.api.send(ctx, "/cgi-bin/message/subscribe/bizsend", subscribeMessage{l.OpenID, t.ID, t.URL, t.filled(l.Lead, now)}, nil)
	out := c.believe(ctx, l, c.outcome(Subscription, err))
	switch {
	case err == nil:
		out.MsgID = SubscriptionMark(l.OpenID, t.ID)
	case actionOf(out.Code) == actNoConsent:
		c.noteLedger("drop consents", l, c.consents.Drop(ctx, l.Account, l.OpenID, t.ID))
	case !t.Long && (out.Verdict == talk.Later || out.Verdict == talk.NoRoom): // not delivered: the consent stands
		c.noteLedger("give a consent back", l, c.consents.Give(ctx, l.Account, l.OpenID, t.ID))
	}
	return attempt{out, true, out.Verdict == talk.NoRoom}
}

// SubscriptionMark stands for the message id that the platform does not give
// with a subscription notice: its event names the person and the template.
func SubscriptionMark(openID, template string) string {
	sum := sha256.Sum256([]byte(openID + "\x00" + template))
	return "sub-" + hex.EncodeToString(sum[:12])
}
