package read

import (
	"strings"
	"time"
)

// digitDate reads a date in digits: 2026-11-25, 2026.11.25, 26/11/25, 25.11.2026,
// 11/25, 11.25号.
func (l *line) digitDate(i int) (day, bool) {
	if prev := l.at(i - 1); !isDigit(l.Runes[i]) || prev != 0 && strings.ContainsRune("./-:#", prev) {
		return day{}, false
	}
	a, to := l.digitsAt(i)
	mark := l.at(to)
	if mark == 0 || !strings.ContainsRune("-/. ", mark) || mark == ' ' && to-i != 4 {
		return day{}, false
	}
	b, end := l.digitsAt(to + 1)
	if lb := end - to - 1; lb < 1 || lb > 2 || to-i > 4 {
		return day{}, false
	}
	if l.at(end) == mark {
		c, last := l.digitsAt(end + 1)
		if date, ok := ordered([3]int{a, b, c}, to-i, last-end-1); ok && !isDigit(l.at(last)) {
			return day{from: i, to: l.afterDay(last), date: date}, true
		}
		return day{}, false
	}
	return l.monthAndDay(i, end, mark, a, b)
}

// monthAndDay reads 11/25, and 11.25 before 号; 1/2 次 is a count.
func (l *line) monthAndDay(i, to int, mark rune, month, n int) (day, bool) {
	called := l.afterDay(to) > to
	if mark != '/' && (mark != '.' || !called) || !called && l.counts(number{to: to}) || isDigit(l.at(to)) {
		return day{}, false
	}
	in := func(year int) (time.Time, bool) { return dateOf(year, month, n) }
	date, ok := l.nearest(in)
	return day{from: i, to: l.afterDay(to), date: date, in: in}, ok && month <= 12
}

// digitsAt reads the Arabic digits at i, at most five of them.
func (l *line) digitsAt(i int) (v, to int) {
	for to = i; to-i < 5 && isDigit(l.at(to)); to++ {
		v = v*10 + int(l.Runes[to]-'0')
	}
	return v, to
}

// ordered tells year, month and day apart by how many digits were typed, as
// Chinese writers mean them: the year first, else the day, else the month.
func ordered(p [3]int, first, last int) (time.Time, bool) {
	orders := [][3]int{{2, 1, 0}, {2, 0, 1}} // where year, month and day stand
	switch {
	case first == 4:
		orders = [][3]int{{0, 1, 2}}
	case first == 2 && last <= 2 && last > 0:
		orders = [][3]int{{0, 1, 2}, {2, 1, 0}, {2, 0, 1}}
	case first > 2 || last != 2 && last != 4:
		return time.Time{}, false
	}
	for _, o := range orders {
		if o[0] == 2 && last < 2 {
			continue
		}
		if d, ok := dateOf(century(p[o[0]]), p[o[1]], p[o[2]]); ok && d.Year() >= 1900 && d.Year() <= 2200 {
			return d, true
		}
	}
	return time.Time{}, false
}

// century completes a year of two digits; nobody here speaks of 1969 so.
func century(year int) int {
	switch {
	case year < 70:
		return year + 2000
	case year < 100:
		return year + 1900
	}
	return year
}
