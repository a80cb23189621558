// Package absence is the line of work 不在: who has died, is away, has moved or
// wishes for no visits for a while. What was said can be taken back, what has an
// end asks when it comes, and nothing is sent to the bereaved.
package absence

import (
	"strconv"

	"mishu/bot/line"
	"mishu/bot/read"
)

const name = "absence"

// noteBack asks whoever knows whether somebody is back; noteDied asks the
// secretary-general whether somebody has died. The subject is "absence:ID".
const (
	noteBack = "absence.back"
	noteDied = "absence.died"
)

// Line declares the line of work. Its sentences look like reports of visits to
// the reader, so it stands before visits and requests.
func Line() line.Line {
	return line.Line{
		Name: name,
		Intents: map[read.Intent]line.Handler{
			read.ReportVisit: Heard, read.Unknown: Heard, read.Smalltalk: Heard, read.Order: Heard, read.RequestHelp: Heard,
		},
		Words:   map[string]line.Handler{"过世": Heard, "没见到": Heard},
		Waiting: Heard,
		Hears: map[string]func(*line.Turn, line.Fact) error{
			line.SaidDead: hearSaid, line.Dead: hearDead, line.SaidAway: hearAway, line.Fragile: hearFragile,
		},
		Last:    last,
		Undo:    undo,
		Correct: correct,
		Agenda:  agenda,
		Act:     act,
		Notices: map[string]line.Fresh{noteBack: freshBack, noteDied: freshDied},
		Dues:    []line.Due{{Name: "absence.over", Find: due, Do: askBack}},
	}
}

func subject(id int64) string { return "absence:" + strconv.FormatInt(id, 10) }
