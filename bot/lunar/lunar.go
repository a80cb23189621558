// Package lunar is the farmers' calendar 农历, from a table: no formula gives
// the days of new moon near midnight right, and the New Year of 2027 is one of
// them. The table reaches from the lunar year 1900 to 2100, which covers the
// days from 1901-01-01 on. Nothing here allocates except Date.String.
package lunar

//go:generate go run ./generate -o table.go

import "time"

// Date is a day of the farmers' calendar. Month runs from 1 to 12; Leap marks
// the month that repeats the number of the one before it.
type Date struct {
	Year, Month, Day int
	Leap             bool
}

const (
	firstYear = 1900
	lastYear  = 2100
)

// A year is packed into 23 bits: the length of each month in turn (1: 30 days),
// which month is repeated (0: none), and how many days after 1 January it
// begins.
const (
	monthBits = 13
	leapBits  = 4
)

func leap(packed uint32) int  { return int(packed >> monthBits & (1<<leapBits - 1)) }
func begin(packed uint32) int { return int(packed >> (monthBits + leapBits)) }

// length is the number of days of the i-th month of a year, 0 being the first.
func length(packed uint32, i int) int { return 29 + int(packed>>i&1) }

// months is how many months a year has.
func months(packed uint32) int {
	if leap(packed) > 0 {
		return 13
	}
	return 12
}

// place is which month of the year a numbered one is, -1 if the year has none
// such.
func place(packed uint32, month int, repeated bool) int {
	l := leap(packed)
	switch {
	case month < 1 || month > 12 || repeated && month != l:
		return -1
	case l > 0 && (month > l || repeated):
		return month
	}
	return month - 1
}

func packedOf(year int) (uint32, bool) {
	if year < firstYear || year > lastYear {
		return 0, false
	}
	return years[year-firstYear], true
}

// serial numbers the days, so that two can be subtracted.
func serial(year int, month time.Month, day int) int {
	return int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// Of is the farmers' date of the calendar day that t shows in its own zone;
// false outside the table.
func Of(t time.Time) (Date, bool) {
	y, m, d := t.Date()
	for year := y; year >= y-1; year-- {
		packed, known := packedOf(year)
		if !known {
			continue
		}
		if left := serial(y, m, d) - serial(year, time.January, 1+begin(packed)); left >= 0 {
			return within(year, packed, left)
		}
	}
	return Date{}, false
}

// within is the date so many days after a year's first.
func within(year int, packed uint32, left int) (Date, bool) {
	for i := range months(packed) {
		n := length(packed, i)
		if left < n {
			return numbered(year, leap(packed), i, left+1), true
		}
		left -= n
	}
	return Date{}, false
}

func numbered(year, repeated, i, day int) Date {
	if repeated == 0 || i < repeated {
		return Date{Year: year, Month: i + 1, Day: day}
	}
	return Date{Year: year, Month: i, Day: day, Leap: i == repeated}
}

// In is the calendar day of d, at midnight in a zone; false if there is no such
// day: no thirtieth in a month of 29, no such month repeated.
func (d Date) In(zone *time.Location) (time.Time, bool) {
	packed, known := packedOf(d.Year)
	i := place(packed, d.Month, d.Leap)
	if !known || i < 0 || d.Day < 1 || d.Day > length(packed, i) {
		return time.Time{}, false
	}
	days := begin(packed) + d.Day
	for before := range i {
		days += length(packed, before)
	}
	return time.Date(d.Year, time.January, days, 0, 0, 0, 0, zone), true
}

// Kept is the day of another year on which people keep d: where there is no
// thirtieth they keep the twenty-ninth (三十夜 of a year without one), and who
// was born in a repeated month keeps the plain one where it is not repeated.
// false outside the table or for what is no date at all.
func (d Date) Kept(year int) (Date, bool) {
	packed, known := packedOf(year)
	if !known || d.Month < 1 || d.Month > 12 || d.Day < 1 || d.Day > 30 {
		return Date{}, false
	}
	d.Year, d.Leap = year, d.Leap && leap(packed) == d.Month
	d.Day = min(d.Day, length(packed, place(packed, d.Month, d.Leap)))
	return d, true
}

// Leap is the month that a year repeats, 0 for none.
func Leap(year int) int {
	packed, _ := packedOf(year)
	return leap(packed)
}
