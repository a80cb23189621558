package wechat

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"

	"mishu/bot/talk"
)

// Windows is the ledger of how many customer messages each person may still
// be sent. Take uses one up and reports whether there was one; Shut says that
// the platform sees no window where the ledger saw one.
type Windows interface {
	Take(ctx context.Context, account, openid string) (bool, error)
	Shut(ctx context.Context, account, openid string) error
}

// The channels' names, as outcomes carry them.
const (
	Custom         = "custom"
	TemplateNotice = "template"
)

// Channels carry letters to people of one Official Account: as a customer
// message while a window is open, else as a template message that shows the
// first line alone.
type Channels struct {
	api       *API
	windows   Windows
	templates Templates
	stops     stops
}

// NewChannels makes the channels of an account. Without templates a letter
// that finds no window has no room.
func NewChannels(api *API, w Windows, templates Templates) *Channels {
	return &Channels{api: api, windows: w, templates: templates, stops: stops{until: map[string]time.Time{}}}
}

// Send brings a letter on its way by the first channel that takes it. It
// answers within fifteen seconds or, where the platform has to be asked twice,
// thirty.
func (c *Channels) Send(ctx context.Context, l talk.Letter) talk.Outcome {
	if left := c.api.breaker.peek(c.api.now()); left > 0 {
		return talk.Outcome{Verdict: talk.Later, Channel: Custom, After: left}
	}
	out := c.custom(ctx, l)
	if !out.tryNext {
		return out.Outcome
	}
	if t, found := c.templates.pick(l.Kind); found && l.Lead != "" {
		return c.template(ctx, l, t)
	}
	return out.Outcome
}

// attempt is an outcome, and whether another channel may still do better.
type attempt struct {
	talk.Outcome
	tryNext bool
}

type textBody struct {
	Content string `json:"content"`
}

type customMessage struct {
	ToUser  string   `json:"touser"`
	MsgType string   `json:"msgtype"`
	Text    textBody `json:"text"`
}

func (c *Channels) custom(ctx context.Context, l talk.Letter) attempt {
	if left := c.stops.left(Custom, c.api.now()); left > 0 {
		return attempt{talk.Outcome{Verdict: talk.NoRoom, Channel: Custom, After: left}, true}
	}
	open, err := c.windows.Take(ctx, l.Account, l.OpenID)
	if err != nil {
		c.api.log.Warn("look at a window", "err", scrub(err, l.OpenID, l.Text))
		return attempt{talk.Outcome{Verdict: talk.Later, Channel: Custom, After: afterBusy}, true}
	}
	if !open {
		return attempt{talk.Outcome{Verdict: talk.NoRoom, Channel: Custom}, true}
	}
	err = c.api.send(ctx, "/cgi-bin/message/custom/send", customMessage{l.OpenID, "text", textBody{fit(clean(l.Text))}}, nil)
	out := c.outcome(Custom, err)
	if actionOf(out.Code) == actWindow {
		if err := c.windows.Shut(ctx, l.Account, l.OpenID); err != nil {
			c.api.log.Warn("shut a window", "err", scrub(err, l.OpenID, l.Text))
		}
	}
	return attempt{out, out.Verdict == talk.NoRoom}
}

type templateMessage struct {
	ToUser      string                `json:"touser"`
	TemplateID  string                `json:"template_id"`
	URL         string                `json:"url,omitempty"`
	ClientMsgID string                `json:"client_msg_id"`
	Data        map[string]fieldValue `json:"data"`
}

// template sends the first line. The letter's id lets the platform know a
// repetition for ten minutes, so an unclear attempt is made once more.
func (c *Channels) template(ctx context.Context, l talk.Letter, t Template) talk.Outcome {
	now := c.api.now()
	if left := c.stops.left(TemplateNotice, now); left > 0 {
		return talk.Outcome{Verdict: talk.NoRoom, Channel: TemplateNotice, After: left}
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
	out := c.outcome(TemplateNotice, err)
	if err == nil {
		out.MsgID = strconv.FormatInt(res.MsgID, 10)
	}
	return out
}

// outcome reads what a call came to, and remembers what shuts a channel.
func (c *Channels) outcome(channel string, err error) talk.Outcome {
	e := (*APIError)(nil)
	switch {
	case err == nil:
		return talk.Outcome{Verdict: talk.Sent, Channel: channel}
	case !errors.As(err, &e):
		return talk.Outcome{Verdict: talk.Later, Channel: channel, After: afterBusy}
	case e.Code == 0 && e.trouble == noAnswer:
		return talk.Outcome{Verdict: talk.Unsure, Channel: channel}
	case e.Code == 0:
		after := max(afterBusy, c.api.breaker.peek(c.api.now()))
		return talk.Outcome{Verdict: talk.Later, Channel: channel, After: after}
	}
	out := outcomeOf(e.Code, c.api.now())
	out.Channel = channel
	if act := actionOf(e.Code); act == actStop || act == actTomorrow {
		c.stops.add(channel, e.Code, c.api.now().Add(out.After))
		c.api.log.Error("channel stopped by the platform", "channel", channel, "code", e.Code, "for", out.After)
	}
	return out
}

// stops are the channels that the platform shut, "" for all of them.
type stops struct {
	mu    sync.Mutex
	until map[string]time.Time
}

func (s *stops) add(channel string, code int, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !channelOnly[code] {
		channel = ""
	}
	s.until[channel] = until
}

func (s *stops) left(channel string, now time.Time) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return max(0, s.until[channel].Sub(now), s.until[""].Sub(now))
}
