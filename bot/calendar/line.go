// Package calendar is the association's year: feasts, check-ups, days of its
// own, each with its lead times, and birthdays by the farmers' calendar.
package calendar

import (
	"mishu/bot/line"
)

const name = "calendar"

// switchLine is the word under which an office turns this line off.
const switchLine = "日历"

// The kinds of notice of this line.
const (
	noteDay      = "calendar" // an occasion is so many days away
	noteSummer   = "summer"   // July and August: children and water
	noteBirthday = "birthday" // of an elder, by the farmers' calendar
)

// Line declares the line of work.
func Line() line.Line {
	fresh := map[string]line.Fresh{noteSummer: freshSummer, noteBirthday: freshBirthday}
	for _, o := range occasions {
		fresh[o.kind()] = freshDay
	}
	return line.Line{Name: name, Notices: fresh, Rules: rules()}
}
