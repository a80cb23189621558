// Package who is the line of work that knows who speaks: strangers, binding by
// name and group, vouching, invitations, and the words that a person has to
// look at.
package who

import (
	"strconv"

	"mishu/bot/line"
	"mishu/bot/media"
	"mishu/bot/read"
)

const name = "who"

// The questions of this line.
const (
	askWho     = "who"     // to a stranger: 您是几组的哪位
	askVouch   = "vouch"   // to whoever vouches: which of several
	askPerson  = "person"  // which person of the roster it is
	askAdd     = "add"     // nobody of the roster: put him on it
	askPicture = "picture" // what a picture is for
	askElder   = "elder"   // to a child: which elder it is about
)

// The kinds of notice of this line. The subject is "member:ID" or "slip:ID".
const (
	noteVouch   = "vouch"       // to whoever knows the face: 认识不认识
	noteWaiting = "vouch.wait"  // to the newcomer after a day
	noteBound   = "bound"       // to the newcomer: 认得您了
	noteRefused = "refused"     // to the newcomer: please ring
	noteLeft    = "left"        // to the chair: an office holder unfollowed
	noteSlip    = "slip"        // to who left words: a person has looked at them
	noteWord    = "word"        // to whoever somebody sends a word
	noteListen  = "listen"      // to a listener: a voice waits for an ear
	noteUrgent  = "slip.urgent" // to the secretary-general: words that cannot wait for the brief
)

// Line declares the line of work.
func Line() line.Line {
	return line.Line{
		Name:  name,
		First: first,
		Intents: map[read.Intent]line.Handler{
			read.Register: Register,
			read.Order:    vouchOrder,
		},
		Words: map[string]line.Handler{
			"登记": Register, "认识": Vouch, "不认识": Vouch, "没人接": rang, "错号": rang, "你是谁": aboutUs, "骗子": aboutUs, "隐私": private,
		},
		Questions: map[string]line.Answerer{
			askWho:     answerWho,
			askVouch:   answerVouch,
			askPerson:  answerPerson,
			askAdd:     answerAdd,
			askPicture: answerPicture,
		},
		Waiting: Vouch,
		Else:    Vouch,
		Agenda:  agenda,
		Act:     act,
		Notices: map[string]line.Fresh{
			noteVouch:   freshPending,
			noteWaiting: freshPending,
			noteUrgent:  freshSlip,
			noteListen:  freshSlip,
		},
		Settles:  map[string]line.Settled{noteListen: settledEar, noteVouch: settledVouch},
		Dues:     []line.Due{{Name: "who.listen", Find: listenDue, Do: nextEar}, {Name: "who.vouch", Find: facesDue, Do: passFace}},
		Attaches: map[string]line.Attached{noteUrgent: media.Attach, noteListen: media.Attach, line.Played: media.Attach},
	}
}

func subject(id int64) string { return "member:" + strconv.FormatInt(id, 10) }
