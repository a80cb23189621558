package read

import (
	"strconv"
	"strings"
	"time"

	"mishu/bot/lunar"
)

// A festival finds its day in a year, false if the year has none; by tells the
// calendar that its years are counted in.
type festival struct {
	in    func(year int) (time.Time, bool)
	lunar bool
	next  bool // the village's market day
}

// festivalOf understands the head of a section of words/festival.txt.
func festivalOf(value string) (festival, bool) {
	if value == "market" {
		return festival{next: true}, true
	}
	how, rest, said := strings.Cut(value, " ")
	if !said {
		how, rest = "", how
	}
	if how == "term" {
		t, ok := lunar.TermOf(rest)
		return festival{in: func(year int) (time.Time, bool) { return t.In(year, shanghai) }}, ok
	}
	n := numbersOf(rest)
	switch {
	case how == "" && len(n) == 2:
		_, ok := dateOf(2024, n[0], n[1])
		return festival{in: func(year int) (time.Time, bool) { return dateOf(year, n[0], n[1]) }}, ok
	case how == "week" && len(n) == 3:
		return festival{in: func(year int) (time.Time, bool) { return nthWeekday(year, n[0], n[1], n[2]-1) }}, n[0] <= 12 && n[2] <= 7
	case how == "lunar" && len(n) == 2:
		return festival{in: func(year int) (time.Time, bool) { return lunarIn(year, n[0], n[1]) }, lunar: true}, n[0] <= 12 && n[1] <= 30
	}
	return festival{}, false
}

// lunarIn is the day on which a year keeps a festival of the farmers' calendar.
func lunarIn(year, month, dayOfMonth int) (time.Time, bool) {
	d, ok := lunar.Date{Month: month, Day: dayOfMonth}.Kept(year)
	if !ok {
		return time.Time{}, false
	}
	return d.In(shanghai)
}

// numbersOf reads 5-2-7.
func numbersOf(s string) (out []int) {
	for _, p := range strings.Split(s, "-") {
		n, err := strconv.Atoi(p)
		if err != nil || n < 1 {
			return nil
		}
		out = append(out, n)
	}
	return out
}

// nthWeekday is the n-th Monday (0) to Sunday (6) of a month.
func nthWeekday(year, month, n, weekday int) (time.Time, bool) {
	first, ok := dateOf(year, month, 1)
	if !ok {
		return time.Time{}, false
	}
	ahead := (weekday - (int(first.Weekday())+6)%7 + 7) % 7
	d := first.AddDate(0, 0, ahead+7*(n-1))
	return d, int(d.Month()) == month
}

// festivalDay reads 中秋, 明年春节, 惊蛰那日: the coming one, in a report the last.
// What lies behind one (过了端午, 中秋后) is no day.
func (l *line) festivalDay(h hit) (day, bool) {
	f := l.lex.days[h.value]
	if !l.free(h.from, h.to) || l.at(h.to) == '后' || l.is(h.from-2, "过了") || l.is(h.from-2, "过完") || l.inNumeral(h) {
		return day{}, false
	}
	d := day{from: h.from, to: h.to}
	var ok bool
	if f.next {
		d.date, ok = l.marketDay()
		return d, ok
	}
	d.from, d.date, ok = l.yearOf(d.from, f.lunar, f.in)
	return d, ok
}

// inNumeral holds for 五一 in 二十五一袋 and for 六一 before what it counts.
func (l *line) inNumeral(h hit) bool {
	if !isNumeral(l.Runes[h.from]) || h.to-h.from > 2 || !isNumeral(l.Runes[h.to-1]) {
		return false
	}
	next := l.at(h.to)
	return isNumeral(l.at(h.from-1)) || isNumeral(next) || next != 0 && strings.ContainsRune("个点组号岁块元斤袋米次户家包床条只月", next)
}

// yearOf finds the year of a date that is the same in each: the one said before
// it, else the coming one or, in a report, the last.
func (l *line) yearOf(i int, byMoon bool, in func(year int) (time.Time, bool)) (from int, date time.Time, ok bool) {
	from, offset, said := l.yearBefore(i)
	if !said {
		date, ok = l.nearest(in)
		return i, date, ok
	}
	year := l.today().Year()
	if m, known := lunar.Of(l.today()); known && byMoon {
		year = m.Year
	}
	date, ok = in(year + offset)
	return from, date, ok
}

// yearBefore reads 今年, 明年, 去年的 before i.
func (l *line) yearBefore(i int) (from, offset int, said bool) {
	k := i
	if l.at(k-1) == '的' {
		k--
	}
	if l.at(k-1) != '年' {
		if k == i && l.at(i-1) == '明' && l.at(i) == '年' { // 明年初一
			return i - 1, 1, true
		}
		return i, 0, false
	}
	switch l.at(k - 2) {
	case '今', '本':
		return k - 2, 0, true
	case '明':
		return k - 2, 1, true
	case '去':
		return k - 2, -1, true
	case '前':
		return k - 2, -2, true
	case '后':
		return k - 2, 2, true
	}
	return i, 0, false
}

// marketDay is the coming market day of the village, in a report the last one;
// false where its digits are not set.
func (l *line) marketDay() (time.Time, bool) {
	step := 1
	if l.back {
		step = -1
	}
	for k := range 32 {
		d := l.today().AddDate(0, 0, k*step)
		if l.c.Market.On(d) {
			return d, true
		}
	}
	return time.Time{}, false
}
