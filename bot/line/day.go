package line

import (
	"fmt"
	"strconv"
	"time"

	"mishu/bot/book"
	"mishu/bot/lunar"
	"mishu/storage"
)

// Day tells whether a rule falls on a village day, and for which logical
// period: 2026-11, 2026-W48, 2026-九月初九.
type Day func(s book.Settings, day time.Time) (period string, falls bool)

// Daily falls every day.
func Daily(_ book.Settings, day time.Time) (string, bool) { return storage.Day(day), true }

// MonthDay falls on a day of every month, for the month.
func MonthDay(n int) Day {
	return func(_ book.Settings, day time.Time) (string, bool) { return day.Format("2006-01"), day.Day() == n }
}

// MonthEnd falls on the last day of every month, for the month.
func MonthEnd(_ book.Settings, day time.Time) (string, bool) {
	return day.Format("2006-01"), day.AddDate(0, 0, 1).Day() == 1
}

// Weekly falls on a weekday, for the week that runs from Monday.
func Weekly(w time.Weekday) Day {
	return func(_ book.Settings, day time.Time) (string, bool) { return Week(day), day.Weekday() == w }
}

// Week names the week of a day: 2026-W48.
func Week(day time.Time) string {
	year, week := day.ISOWeek()
	return fmt.Sprintf("%d-W%02d", year, week)
}

// Solar falls once a year.
func Solar(month time.Month, n int) Day {
	return func(_ book.Settings, day time.Time) (string, bool) {
		if day.Month() != month || day.Day() != n {
			return "", false
		}
		return storage.Day(day), true
	}
}

// Half falls on a day of the year, for the half of it: 2026H2.
func Half(month time.Month, n int) Day {
	return func(_ book.Settings, day time.Time) (string, bool) {
		if day.Month() != month || day.Day() != n {
			return "", false
		}
		return fmt.Sprintf("%dH%d", day.Year(), (day.Month()-1)/6+1), true
	}
}

// NthWeekday falls on the second Sunday of May and the like.
func NthWeekday(nth int, w time.Weekday, month time.Month) Day {
	return func(_ book.Settings, day time.Time) (string, bool) {
		if day.Month() != month || day.Weekday() != w || (day.Day()-1)/7+1 != nth {
			return "", false
		}
		return storage.Day(day), true
	}
}

// Lunar falls on a day of the farmers' year: 2026-九月初九. A repeated month does
// not keep the feast twice.
func Lunar(month, n int) Day {
	return func(_ book.Settings, day time.Time) (string, bool) {
		d, known := lunar.Of(day)
		if !known || d.Leap || d.Month != month || d.Day != n {
			return "", false
		}
		return strconv.Itoa(d.Year) + "-" + d.String(), true
	}
}

// SolarTerm falls on one of the 24 terms: 2027-清明.
func SolarTerm(term lunar.Term) Day {
	return func(_ book.Settings, day time.Time) (string, bool) {
		on, falls := lunar.TermOn(day)
		return strconv.Itoa(day.Year()) + "-" + term.String(), falls && on == term
	}
}

// Around falls some days before another day, or after it where a lead is
// negative. The leads are the office's to set.
func Around(d Day, leads func(book.Settings) []int) Day {
	return func(s book.Settings, day time.Time) (string, bool) {
		for _, lead := range leads(s) {
			if period, falls := d(s, day.AddDate(0, 0, lead)); falls {
				return period + LeadWords(lead), true
			}
		}
		return "", false
	}
}

// LeadWords say how far away a day is: 前7天, 后3天, "" for the day itself.
func LeadWords(lead int) string {
	switch {
	case lead > 0:
		return fmt.Sprintf("前%d天", lead)
	case lead < 0:
		return fmt.Sprintf("后%d天", -lead)
	}
	return ""
}

// Any falls when one of several does.
func Any(days ...Day) Day {
	return func(s book.Settings, day time.Time) (string, bool) {
		for _, d := range days {
			if period, falls := d(s, day); falls {
				return period, true
			}
		}
		return "", false
	}
}
