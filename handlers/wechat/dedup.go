package wechat

import (
	"crypto/sha256"
	"encoding/hex"
)

// Key is the same for every delivery of a message and different for any other.
//
// The platform's documentation names MsgId for messages and sender with second
// for events. Both lose messages: MsgIds repeat between senders, and one person
// causes several events in one second (follow and scan; tap and link). So the
// key takes in everything that tells them apart. No field holds a zero byte
// (clean takes them out), so parts cannot run into one another.
func (in *Inbound) Key() string {
	var room [512]byte
	b := room[:0]
	switch {
	case in.MsgType == "event":
		b = join(b, "e", in.ToUserName, in.FromUserName, in.CreateTime, in.Event, in.EventKey)
		b = join(b, in.MsgID, in.MenuID, in.Ticket, in.ScanResult)
		for _, l := range in.Lists { // two answers about notices within one second
			b = join(b, l.TemplateID, l.Status, l.MsgID)
		}
	case in.MsgID != "":
		b = join(b, "m", in.ToUserName, in.FromUserName, in.MsgID)
	default: // no message of the platform lacks its id; a second of one sender is the best that is left
		b = join(b, "x", in.ToUserName, in.FromUserName, in.CreateTime, in.MsgType, in.Content, in.MediaID)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

func join(b []byte, parts ...string) []byte {
	for _, p := range parts {
		b = append(b, p...)
		b = append(b, 0)
	}
	return b
}
