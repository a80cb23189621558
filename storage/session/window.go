package session

import "time"

// Act is what a person did in the chat, as far as it opens a window for
// customer messages (wechat-platform 1.9).
type Act string

// The acts.
const (
	NoAct  Act = ""
	Wrote  Act = "wrote"  // sent a message of any kind
	Tapped Act = "tapped" // tapped the menu, scanned a code, subscribed
)

// window is what an act allows: how many customer messages, and for how long.
type window struct {
	allows int
	lasts  time.Duration
}

// The platform counts 48 h and 1 min from its own clock and from the act
// itself, we from when the message was first heard. Ours end 60 s and 3 s
// earlier, so that the difference never costs a refused message.
var (
	written = window{allows: 5, lasts: 48*time.Hour - 60*time.Second}
	tapped  = window{allows: 3, lasts: time.Minute - 3*time.Second}
)

// opens gives the window of an act; false for an act that opens none.
func (a Act) opens() (window, bool) {
	switch a {
	case Wrote:
		return written, true
	case Tapped:
		return tapped, true
	default:
		return window{}, false
	}
}
