// Package visit is the line of work 探访: reports of visits and of closed doors,
// what was found, who has not been seen yet.
package visit

import (
	"fmt"
	"strconv"
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

const name = "visit"

// The questions of this line.
const (
	askWho      = "who"      // which of several people is meant
	askSeen     = "seen"     // has a neighbour seen the elder
	askWhere    = "where"    // where is he, and until when
	askThere    = "there"    // is the reporter still at the elder's
	askAll      = "all"      // 都看了: read back by name before it counts
	askList     = "list"     // digits of the list that was shown
	askMeasure  = "measure"  // is a number right that was measured
	askHouse    = "house"    // shall somebody see to what was seen of a house
	askHandover = "handover" // who visits the elders of a volunteer who leaves
)

// The kinds of notice of this line.
const (
	noteFinding  = "finding"  // to the doctor, and the secretary where it is urgent
	noteAgain    = "again"    // to the leader: go once more before dark
	noteUnseen   = "unseen"   // to the secretary: nobody has seen the elder
	noteSeen     = "visited"  // to a proxy: your mother was visited
	noteList     = "list"     // to a visitor: this month's doors
	noteRemains  = "remains"  // to a visitor: what remains
	noteGap      = "gap"      // the 25th: to the secretary and the leaders
	noteAnswer   = "answer"   // to the reporter of a finding: who answered
	noteCourtesy = "courtesy" // the 5th: draws visits, never goes out
	noteRing     = "ring"     // the 28th: to the secretary, with telephones
	noteEnd      = "end"      // the last day: to the chair
	noteWeek     = "week"     // Monday: to the visitors of tier 高
	noteFriday   = "friday"   // what remains of the week
	noteBackup   = "backup"   // Sunday: to those who go instead
	noteRest     = "rest"     // Friday: to the secretary
	noteHeir     = "heir"     // to a new visitor: whom he visits from now on
	noteMeasure  = "measure"  // to the doctor: what was measured
	noteNoDoctor = "nodoctor" // to the secretary: the doctor has not answered about a red value
	noteWorry    = "worry"    // to the secretary and the leader: what a villager saw
	noteHouse    = "house"    // to the secretary, with her next message: what was seen of a house
	noteExtra    = "extra"    // an extra round before a feast, or bad weather
)

// Line declares the line of work.
func Line() line.Line {
	return line.Line{
		Name:    name,
		First:   first,
		Intents: map[read.Intent]line.Handler{read.ReportVisit: Report, read.RequestHelp: answerFinding, read.Smalltalk: seenBesides},
		Words: map[string]line.Handler{
			"看了": Bare, "没见到": Bare, "都看了": AllSeen, "名单": List, "看望": LastSeen, "进度": LastSeen, "组": groupAlone,
		},
		Looks: map[string]line.Handler{"还没看": Unvisited},
		Questions: map[string]line.Answerer{
			askWho: answerWho, askSeen: answerSeen, askWhere: answerWhere, askThere: answerThere, askAll: answerAll, askList: answerList, askHandover: answerHandover,
			askMeasure: answerMeasure, askHouse: answerHouse,
		},
		Waiting:  waiting,
		Else:     otherwise,
		Digits:   listDigits,
		Numbered: numbered,
		Last:     last,
		Undo:     undo,
		Correct:  correct,
		Agenda:   agenda,
		Act:      act,
		Notices: map[string]line.Fresh{
			noteList: freshList, noteRemains: freshRemains, noteGap: freshGap, noteAgain: freshAttempt, noteUnseen: freshAttempt,
			noteRing: freshRing, noteCourtesy: draw, noteEnd: freshGap, noteRest: freshRest, noteExtra: freshExtra, noteHeir: freshHeir,
			noteNoDoctor: freshNoDoctor,

			noteWeek:   freshWeek("这周请看：%s。看了讲一声。", asVisitor),
			noteFriday: freshWeek("这周还没看：%s。看了讲一声。", asVisitor),
			noteBackup: freshWeek("这周没人看到：%s。今天请您去看一眼，看了讲一声。", asBackup),
		},
		Hears:  map[string]func(*line.Turn, line.Fact) error{line.Stopped: stopped},
		Texted: map[string]line.Texted{noteUnseen: texted, noteAgain: texted},
		Rules:  rules,
		Dues:   []line.Due{{Name: "visit.attempt", Find: dueAttempts, Do: attemptDue}},
		Late:   func(tx *storage.Tx, before storage.Moment) (int64, error) { return tx.VisitsLate(before) },
	}
}

func subject(kind string, id int64) string { return kind + ":" + strconv.FormatInt(id, 10) }

// idOf is the id in a subject.
func idOf(subject string) (int64, error) {
	_, id, _ := strings.Cut(subject, ":")
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("notice about %q: %w", subject, err)
	}
	return n, nil
}

// visitors are the roles whose report of a visit is taken. Others' words are
// kept for the secretary-general.
var visitors = []string{storage.Helper, storage.Leader, storage.Doctor, storage.Secretary, storage.Chair, storage.ChildCare, storage.Cook}
