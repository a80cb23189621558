package wechat

import (
	"strconv"
	"strings"
	"time"

	"mishu/bot/talk"
)

// shanghai is the platform's and the villages' time; a bare image has no table
// of zones.
var shanghai = time.FixedZone("CST", 8*3600)

// millisFrom is the year 5138 in seconds: a larger CreateTime is in
// milliseconds.
const millisFrom = 100_000_000_000

// qrPrefix stands before the scene when a scan made somebody follow.
const qrPrefix = "qrscene_"

// message turns what the platform says into what the conversation understands.
// Strings are copied: a name kept in somebody's cache must not hold the whole
// message in memory.
func (in *Inbound) message(arrived time.Time) talk.Message {
	m := talk.Message{
		Account:  strings.Clone(in.ToUserName),
		OpenID:   strings.Clone(in.FromUserName),
		Key:      in.Key(),
		Kind:     kindOf(in.MsgType),
		MediaID:  strings.Clone(in.MediaID),
		Label:    strings.Clone(in.Label),
		At:       in.moment(arrived),
		EventKey: strings.Clone(strings.TrimPrefix(in.EventKey, qrPrefix)),
	}
	switch m.Kind {
	case talk.Text:
		m.Text = strings.Clone(in.Content)
	case talk.Voice:
		m.Text = strings.Clone(in.Recognition)
	case talk.Event:
		m.Event = eventOf(in.Event)
	}
	if m.Kind != talk.Event {
		m.EventKey = ""
	}
	return m
}

// eventOf is an event as the conversation knows it. Who gives up his account of
// the platform, or takes his permission back, leaves like one who unfollows. A
// scan from the menu is a tap: what it read is for nobody.
func eventOf(event string) string {
	switch event {
	case "user_authorization_cancellation", "user_authorization_revoke":
		return talk.Unsubscribe
	case "scancode_push", "scancode_waitmsg":
		return talk.Click
	}
	return strings.Clone(event)
}

func kindOf(msgType string) talk.Kind {
	switch k := talk.Kind(msgType); k {
	case talk.Text, talk.Image, talk.Voice, talk.Video, talk.Location, talk.Link, talk.Event:
		return k
	case "shortvideo":
		return talk.Video
	}
	return talk.Unknown
}

// moment is when the person did it, or when we heard of it if the platform
// does not say.
func (in *Inbound) moment(arrived time.Time) time.Time {
	n, err := strconv.ParseInt(in.CreateTime, 10, 64)
	switch {
	case err != nil || n <= 0:
		return arrived.In(shanghai)
	case n >= millisFrom:
		return time.UnixMilli(n).In(shanghai)
	}
	return time.Unix(n, 0).In(shanghai)
}

// meant reports whether an event is one that the conversation hears; the others
// are reports of the platform or of no meaning here.
func meant(m *talk.Message) bool {
	if m.Kind != talk.Event {
		return true
	}
	switch m.Event {
	case talk.Subscribe, talk.Unsubscribe, talk.Scan, talk.Click:
		return true
	}
	return false
}
