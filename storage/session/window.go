package session

import (
	"strings"
	"time"
)

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

// clocksApart is how far our clock and the platform's may be from one another,
// and mostTaken how many messages all windows of a person hold together. The
// moments of that many last takes are kept: a message that is heard late opened
// its window earlier, and what was sent since then has been taken out of it.
const (
	clocksApart = 2 * time.Second
	mostTaken   = 8
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

// A Ticket is one customer message taken out of a window: the act that opened
// it, and the window as the take left it, "wrote:4:1790000000000".
type Ticket string

// parts are the act and the window of a ticket.
func (t Ticket) parts() (act Act, left string) {
	a, left, _ := strings.Cut(string(t), ":")
	return Act(a), left
}

// moment is when the window of an act begins that is saved at now.
func (s *Session) moment(now time.Time) time.Time {
	if s.Acted.IsZero() || now.Before(s.Acted) {
		return now
	}
	return s.Acted
}
