package wechat

import (
	"context"
	"net/url"

	"mishu/bot/talk"
)

// believe asks the platform by another way before somebody is taken for gone:
// one wrong answer of a platform in trouble must not cut a village off.
func (c *Channels) believe(ctx context.Context, l talk.Letter, out talk.Outcome) talk.Outcome {
	if out.Verdict != talk.Gone {
		return out
	}
	follows, err := c.api.follows(ctx, l.OpenID)
	switch {
	case err != nil:
		out.Verdict, out.After = talk.Later, afterBusy
	case follows:
		out.Verdict = talk.NoRoom
		c.api.log.Warn("the platform says gone of somebody who follows", "channel", out.Channel, "code", out.Code)
	}
	return out
}

// follows asks whether a person follows the account.
func (a *API) follows(ctx context.Context, openID string) (bool, error) {
	var res struct {
		Subscribe *int `json:"subscribe"`
	}
	const path = "/cgi-bin/user/info"
	if err := a.get(ctx, path, "&openid="+url.QueryEscape(openID), &res); err != nil {
		return false, err
	}
	if res.Subscribe == nil {
		return false, a.to.fail(path, noAnswer, "the answer does not say")
	}
	return *res.Subscribe == 1, nil
}
