package wechat

import (
	"context"
	"fmt"

	"mishu/bot/talk"
)

type mediaBody struct {
	ID string `json:"media_id"`
}

type mediaMessage struct {
	ToUser  string     `json:"touser"`
	MsgType string     `json:"msgtype"`
	Voice   *mediaBody `json:"voice,omitempty"`
	Image   *mediaBody `json:"image,omitempty"`
}

// enclose sends the voice or picture of a letter whose words have gone out. It
// is not tried again: whoever misses it asks for it by a word, and gets it anew.
func (c *Channels) enclose(ctx context.Context, l talk.Letter) {
	id, err := c.mediaID(ctx, l)
	if err != nil {
		c.noteLedger("upload a medium", l, err)
		return
	}
	ticket, err := c.windows.Take(ctx, l.Account, l.OpenID)
	if err != nil || ticket == "" {
		c.noteLedger("look at a window", l, err)
		return
	}
	m := mediaMessage{ToUser: l.OpenID, MsgType: string(l.Media.Kind)}
	if l.Media.Kind == talk.Image {
		m.Image = &mediaBody{id}
	} else {
		m.Voice = &mediaBody{id}
	}
	err = c.api.send(ctx, "/cgi-bin/message/custom/send", m, nil)
	if out := c.outcome(Custom, err); out.Verdict == talk.Later || out.Verdict == talk.NoRoom {
		c.noteLedger("give back to a window", l, c.windows.Give(ctx, l.Account, l.OpenID, ticket))
	}
}

// mediaID is the platform's id of a letter's medium: its own while it lives, else
// that of what was kept, uploaded anew.
func (c *Channels) mediaID(ctx context.Context, l talk.Letter) (string, error) {
	if l.Media.ID != "" && l.Media.Account == l.Account {
		return l.Media.ID, nil
	}
	if len(l.Media.Data) == 0 {
		return "", fmt.Errorf("the medium belongs to another account and was not fetched yet")
	}
	return c.api.Upload(ctx, l.Media.Kind, l.Media.Data)
}
