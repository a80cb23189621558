package bot

import (
	"mishu/bot/absence"
	"mishu/bot/alert"
	"mishu/bot/brief"
	"mishu/bot/calendar"
	"mishu/bot/complaint"
	"mishu/bot/consent"
	"mishu/bot/cover"
	"mishu/bot/door"
	"mishu/bot/help"
	"mishu/bot/line"
	"mishu/bot/office"
	"mishu/bot/visit"
	"mishu/bot/who"
)

// Lines is the list of the lines of work, and their order: who comes first
// hears a word first, and stands first in the secretary-general's brief. A new
// line of work is a package, its records, and one entry here.
func Lines() []line.Line {
	lines := []line.Line{
		alert.Line(),
		absence.Line(),
		help.Line(),
		visit.Line(),
		door.Line(),
		who.Line(),
		consent.Line(),
		complaint.Line(),
		office.Line(),
		calendar.Line(),
	}
	return append(lines, cover.Line(lines), brief.Line(lines))
}
