// Package alert is the line of work 警情: danger to a person, now. Its words are
// fixed, it is asked before anything else, and only a named person's words
// close it.
package alert

import (
	"strconv"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

const name = "alert"

// The questions of this line.
const (
	askSure  = "sure"  // a sign that may be danger: one question
	askSafe  = "safe"  // child protection: is the child safe now
	askWhich = "which" // which of several open alerts
	askBlock = "block" // a telephone is lost: shall the binding be stopped
	askTie   = "tie"   // to a stranger who cannot reach an elder: who is he to him
	askBack  = "back"  // to the same: by which telephone is he told
)

// The kinds of notice of this line. The subject is "alert:ID", of noteDoubt
// "doubt:" and the key of the message.
const (
	noteAlert = "alert"       // to those who can go or decide
	noteMore  = "alert.more"  // to the same: what was said since
	noteNews  = "alert.news"  // to the caller: who answered, who is told next
	noteEnd   = "alert.end"   // to all who were told: how it ended
	noteDuty  = "alert.duty"  // to the duty telephone, by SMS alone
	noteCall  = "alert.call"  // to those who were told: whom no channel reached, to be rung
	noteStill = "alert.still" // to whoever went: how is it
	noteDoubt = "alert.doubt" // to the office: asked back and not answered
)

// Line declares the line of work. Its answers look like other things to the
// reader (我去 a claim, 我去了 a visit), so it looks at those first and leaves
// them where no alert is open.
func Line() line.Line {
	return line.Line{
		Name: name,
		Intents: map[read.Intent]line.Handler{
			read.Emergency: Raise, read.Claim: Waiting, read.Decline: Waiting, read.ReportVisit: Waiting,
		},
		Words: map[string]line.Handler{"打了": Waiting, "没事": Waiting, "电话": Waiting},
		Questions: map[string]line.Answerer{
			askSure:  answerSure,
			askSafe:  answerSafe,
			askWhich: answerWhich,
			askBlock: answerBlock,
			askTie:   answerTie,
			askBack:  answerBack,
		},
		Waiting: Waiting,
		Else:    Waiting,
		Hears:   map[string]func(*line.Turn, line.Fact) error{line.NoContact: hearNoContact},
		Agenda:  agenda,
		Act:     act,
		Notices: map[string]line.Fresh{
			noteAlert: freshAlert,
			noteMore:  freshAlert,
			noteNews:  freshAlert,
			noteDuty:  freshAlert,
			noteStill: freshStill,
			noteCall:  freshAlert,
		},
		Settles: map[string]line.Settled{noteAlert: settledAlert, noteDuty: settledDuty},
		Texted:  map[string]line.Texted{noteAlert: texted, noteDuty: textedDuty},
		Dues:    []line.Due{{Name: "alert.next", Find: due, Do: escalate}},
		Late:    func(tx *storage.Tx, before storage.Moment) (int64, error) { return tx.AlertsLate(before) },
	}
}

func subject(id int64) string { return "alert:" + strconv.FormatInt(id, 10) }
