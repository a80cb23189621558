// Package help is the line of work 求助: a request for help from the first
// sentence until a person closes it.
package help

import (
	"strconv"

	"mishu/bot/ladder"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

const name = "help"

// The questions of this line.
const (
	askDraft = "draft" // who or what is missing; nothing is committed yet
	askWhen  = "when"
	askRight = "right" // 对就回“对”
	askSame  = "same"
	askWhich = "which" // which of several to cancel or to complete
	askTime  = "minutes"
	askChain = "chain" // which of a 接龙 gets the request
	askRelay = "relay" // 回信讲给您转告，要得不
	askTaker = "taker" // a conditional yes without a number: which one
)

// The kinds of notice of this line. The subject is "help:ID".
const (
	noteAsk     = ladder.NoteAsk    // to a volunteer: 接不接
	noteTerms   = "terms"           // to the asker: is the volunteer's condition all right
	noteTaken   = "taken"           // to the asker: who comes
	noteYours   = "yours"           // to the holder: the private side
	noteOthers  = "others"          // to the other volunteers: somebody goes
	notePromise = "promise"         // to the asker: the answer that was promised
	noteGood    = "good"            // to the asker: was it good
	noteNobody  = ladder.NoteNobody // to the secretary: nobody took it
	noteCall    = ladder.NoteCall   // to the secretary: ring a leader who does not read
	noteNone    = ladder.NoteNone   // to the asker: nobody was found so far
	noteUrgent  = "urgent"          // to the secretary and whoever is on duty: 加急
	noteDuty    = "urgent.duty"     // to the duty telephone, where its holder is not on the roster
	noteUnclear = "unclear"         // to the secretary: stays unanswered, as it stands
	noteEnded   = "ended"           // to the holder: withdrawn
	noteBack    = "back"            // to the secretary: the holder cannot, or it was not good
	noteNudge   = "nudge"           // to the holder: still going?
)

// Line declares the line of work.
func Line() line.Line {
	return line.Line{
		Name:  name,
		First: first,
		Intents: map[read.Intent]line.Handler{
			read.RequestHelp: Request,
			read.Claim:       Claim,
			read.Decline:     Decline,
			read.Complete:    Complete,
			read.Cancel:      Cancel,
			read.Order:       Order,
			read.Smalltalk:   praised,
		},
		Words: map[string]line.Handler{
			"求助": Offer, "接": Claim, "不接": Decline, "做完": Complete, "进度": Progress, "看望": LookedIn, "电话": Phone,
		},
		Looks: map[string]line.Handler{"我的事": Mine, "没人接的": Unclaimed},
		Questions: map[string]line.Answerer{
			askDraft: answerDraft,
			askWhen:  answerWhen,
			askRight: answerRight,
			askSame:  answerSame,
			askWhich: answerWhich,
			askTime:  answerMinutes,
			askTaker: answerTaker,
			askChain: answerChain,
			askRelay: answerRelay,
			askKnows: answerKnows,
		},
		Waiting: Waiting,
		Else:    otherwise,
		Last:    last,
		Undo:    undo,
		Correct: correct,
		Agenda:  agenda,
		Act:     act,
		Notices: map[string]line.Fresh{
			noteAsk:     freshAsk,
			noteTerms:   freshTerms,
			notePromise: freshPromise,
			noteGood:    freshGood,
			noteNobody:  freshOpen,
			noteCall:    freshOpen,
			noteNone:    freshOpen,
			noteUrgent:  freshOpen,
			noteDuty:    freshOpen,
			noteUnclear: freshUnclear,
			noteNudge:   freshNudge,
			noteYours:   freshYours,
			noteOthers:  freshOthers,
		},
		Texted:  map[string]line.Texted{noteUrgent: texted, noteDuty: textedDuty},
		Settles: map[string]line.Settled{noteAsk: settledRing, noteNobody: settledRing, noteCall: settledRing},
		Hears: map[string]func(*line.Turn, line.Fact) error{
			line.Asked: aloud, line.Stopped: shelveDead, line.Resumed: unshelve, line.Left: left, line.Met: lookedIn, line.Wanted: wanted,
		},
		Dues: dues,
		Late: func(tx *storage.Tx, before storage.Moment) (int64, error) { return tx.HelpsLate(before) },
	}
}

func subject(id int64) string { return "help:" + strconv.FormatInt(id, 10) }
