// Package talk holds what passes between the edges and the conversation: a
// Message that came in, the Reply to it, a Letter that goes out and the
// Outcome of sending it. It imports nothing of ours.
package talk

import "time"

// Kind tells what sort of message came in.
type Kind string

// The kinds of message an Official Account receives. Anything the platform
// invents later arrives as Unknown.
const (
	Text     Kind = "text"
	Image    Kind = "image"
	Voice    Kind = "voice"
	Video    Kind = "video"
	Location Kind = "location"
	Link     Kind = "link"
	Event    Kind = "event"
	Unknown  Kind = "unknown"
)

// The events that mean something to the conversation; the platform's own
// spelling. All other events are counted at the edge and answered `success`.
const (
	Subscribe   = "subscribe"
	Unsubscribe = "unsubscribe"
	Scan        = "SCAN"
	Click       = "CLICK"
)

// Message is one thing a person did in the account's chat.
type Message struct {
	Account string // the platform's own id of the Official Account (ToUserName)
	OpenID  string // who, as the platform names him; case-sensitive, never logged
	// Key is the same for every delivery of this message and different for any
	// other: 32 hex digits, a hash of the parts wechat-platform 1.3 names.
	Key      string
	Kind     Kind
	Text     string // words typed; for Voice the platform's recognition, usually ""
	MediaID  string // Image, Voice, Video: valid for three days
	Event    string // Kind Event: Subscribe, Unsubscribe, Scan, Click
	EventKey string // menu key, or QR scene without the "qrscene_" prefix
	Label    string // Location: the place's name
	At       time.Time
}

// Reply is the one passive answer to a Message. An empty Text means that there
// is nothing to say; the edge answers `success`.
type Reply struct {
	Text string
}

// Letter is a notice on its way to one OpenID.
type Letter struct {
	Account string
	OpenID  string
	ID      string // unique to the notice; client_msg_id where a channel takes one
	// Opening stands before Text where a lock screen shows how a message begins;
	// "" where Text begins with nothing that others may not see.
	Opening string
	Text    string // the whole words, for a channel that can carry them
	// Lead is the first line shown on a lock screen: no name, no need
	// (settled.md 19). Channels with fields of 20 characters send this alone.
	Lead string
	Kind string // the notice's kind, for metrics and template choice
	// With are the ids of the other notices in the letter: what is due together
	// for one person is one letter.
	With []string
	// Media follows the words where a channel can carry it. Its fate is not that
	// of the letter: the words say what it is, and where to ask for it again.
	Media *Media
}

// Media is a voice or a picture that goes with a letter: by the platform's id
// while it lives, for the account that it was sent to, else by what it holds.
type Media struct {
	Kind    Kind // Voice or Image
	Account string
	ID      string
	Data    []byte
}

// SMS is a few words on their way to a telephone: no name, no need
// (settled.md 3). The telephone is never logged.
type SMS struct {
	ID    string // unique to the notice; gateways that can refuse a repetition by it
	Phone string
	Text  string
}

// Verdict is what became of a Letter.
type Verdict string

// The verdicts of a channel. Only Sent means that a channel accepted it.
const (
	Sent    Verdict = "sent"
	NoRoom  Verdict = "no_room" // nothing left this process: no window, no consent, no template, channel off
	Later   Verdict = "later"   // proved not delivered; try again after Outcome.After
	Unsure  Verdict = "unsure"  // bytes went out and no answer came: never sent again blindly
	Refused Verdict = "refused" // the platform refuses this letter for good
	Gone    Verdict = "gone"    // the person does not follow any more
	Shut    Verdict = "shut"    // the person follows, and has turned messages off
)

// Outcome is a channel's answer for a Letter.
type Outcome struct {
	Verdict Verdict
	Channel string        // "custom", "template", "subscribe", "sms", ...
	MsgID   string        // the platform's id, settled later by its events; may be ""
	Code    int           // the platform's errcode, 0 if none
	After   time.Duration // Later: how long to wait at least
}
