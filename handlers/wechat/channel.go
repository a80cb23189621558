package wechat

import (
	"context"
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mishu/bot/talk"
)

// Windows is the ledger of how many customer messages each person may still
// be sent. Take uses one up and returns a ticket for it, "" where there is
// none; Give gives back what was taken for a message of which no byte left;
// Shut says that the platform sees no window where the ledger saw one.
type Windows interface {
	Take(ctx context.Context, account, openid string) (ticket string, err error)
	Give(ctx context.Context, account, openid, ticket string) error
	Shut(ctx context.Context, account, openid string) error
}

// Consents is the ledger of how many subscription notices of a template each
// person still agreed to. Take uses one up, unless the template is of the long
// kind, and reports whether there was one;
// Give gives it back; Drop says that the platform knows of none.
type Consents interface {
	Take(ctx context.Context, account, openid, template string, long bool) (bool, error)
	Give(ctx context.Context, account, openid, template string) error
	Drop(ctx context.Context, account, openid, template string) error
}

// The channels' names, as outcomes carry them.
const (
	Custom         = "custom"
	Subscription   = "subscribe"
	TemplateNotice = "template"
)

// Channels carry letters to people of one Official Account: as a customer
// message while a window is open, else as a subscription notice while there is
// a consent, else as a template message. The last two show the first line alone.
type Channels struct {
	api       *API
	windows   Windows
	consents  Consents
	subscribe Templates
	templates Templates
	stops     *stops
}

// ChannelOptions are the settings of Channels. The zero value will do: customer
// messages alone.
type ChannelOptions struct {
	Templates Templates // for template messages
	Subscribe Templates // for subscription notices
	Consents  Consents  // nil: there are no subscription notices
	Metrics   prometheus.Registerer
}

// NewChannels makes the channels of an account. Without templates a letter
// that finds no window has no room.
func NewChannels(api *API, w Windows, opt ChannelOptions) *Channels {
	c := &Channels{api: api, windows: w, consents: opt.Consents, subscribe: opt.Subscribe, templates: opt.Templates, stops: newStops()}
	if opt.Consents == nil {
		c.subscribe = nil
	}
	if opt.Metrics != nil {
		opt.Metrics.MustRegister(c.stops.alarms)
	}
	return c
}

// attempt is what one channel made of a letter.
type attempt struct {
	talk.Outcome
	tried   bool // false: the channel has nothing for this letter
	tryNext bool // another channel may still do better
}

// tells reports whether a tells more than the attempt after it: that a channel
// may do later, or why one did not, is more than that another has nothing left.
func (a attempt) tells(next attempt) bool {
	return a.tried && next.Verdict == talk.NoRoom && (a.Verdict == talk.Later || next.Code == 0 && (next.After == 0 || a.Code != 0))
}

// Send brings a letter on its way by the first channel that takes it. It
// answers within fifteen seconds or, where the platform has to be asked twice,
// thirty.
func (c *Channels) Send(ctx context.Context, l talk.Letter) talk.Outcome {
	if left := c.api.breaker.peek(c.api.now()); left > 0 {
		return talk.Outcome{Verdict: talk.Later, Channel: Custom, After: left}
	}
	var best attempt
	for _, try := range []func(context.Context, talk.Letter) attempt{c.custom, c.subscription, c.template} {
		next := try(ctx, l)
		if next.tried && !best.tells(next) {
			best = next
		}
		if next.tried && !next.tryNext {
			break
		}
	}
	return best.Outcome
}

// noRoom is what a channel answers that has nothing left for a person.
func noRoom(channel string, after time.Duration) attempt {
	return attempt{talk.Outcome{Verdict: talk.NoRoom, Channel: channel, After: after}, true, true}
}

// ledgerAway: whether there is room is not known now.
func (c *Channels) ledgerAway(channel string, l talk.Letter, err error) attempt {
	c.api.log.Warn("look into a ledger", "channel", channel, "err", scrub(err, l.OpenID, l.Text))
	return attempt{talk.Outcome{Verdict: talk.Later, Channel: channel, After: afterBusy}, true, true}
}

// noteLedger logs that a ledger did not take a correction; it will be
// corrected by the platform's next answer.
func (c *Channels) noteLedger(what string, l talk.Letter, err error) {
	if err != nil {
		c.api.log.Warn(what, "err", scrub(err, l.OpenID, l.Text))
	}
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
