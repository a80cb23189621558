// Package consent is the line of work of agreeing: what a person lets the
// records keep, who may speak for him and what that one hears, and the words
// that take it all back.
package consent

import (
	"mishu/bot/line"
)

const name = "consent"

// The questions of this line.
const (
	askDoor  = "door"  // to a visitor: what did the elder say
	askLeave = "leave" // to somebody who wants out: really
	askPaper = "paper" // to who enters a sheet: are these the names
)

// The kinds of notice of this line.
const (
	noteDoor   = "door.ask"    // to a visitor: ask this at the next visit
	noteProxy  = "proxy"       // to who knows the face: is he that one's son
	noteSpeaks = "proxy.said"  // to the proxy: what became of it
	noteRenew  = "proxy.renew" // to a visitor: ask these elders again
	noteEnds   = "proxy.ends"  // to a proxy: until when he hears
	noteLeft   = "left"        // to the secretary-general: somebody withdrew
)

// Line declares the line of work.
func Line() line.Line {
	return line.Line{
		Name:      name,
		First:     First,
		Words:     map[string]line.Handler{"哪个听得到": whoHears},
		Questions: map[string]line.Answerer{askDoor: answerDoor, askLeave: answerLeave, askPaper: answerPaper},
		Hears:     map[string]func(*line.Turn, line.Fact) error{line.Met: askNext, line.Child: known},
		Agenda:    agenda,
		Act:       act,
		Notices:   map[string]line.Fresh{noteProxy: freshProxy, noteDoor: freshDoor, noteRenew: freshRenew, noteEnds: freshEnds},
		Rules:     rules,
	}
}

// First hears the sentences of a fixed form: what somebody wants kept of himself,
// and what a visitor heard at a door.
func First(t *line.Turn) (line.Answer, error) {
	if t.Me == 0 || len(t.Read.Text) > longest {
		return line.Answer{}, nil
	}
	for _, hear := range []line.Handler{own, about, speaks, vouches, office} {
		if a, err := hear(t); err != nil || a.Handled() {
			return a, err
		}
	}
	return line.Answer{}, nil
}

// longest is how long such a sentence is, in bytes.
const longest = 120
