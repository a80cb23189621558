package read

import (
	"sort"
	"time"

	"mishu/bot/lunar"
)

// moonDays finds dates of the farmers' calendar: 四月初三, 腊月廿三, 农历十月十五,
// 闰六月初一, and 初八 or 廿三 of the month that comes next.
func (l *line) moonDays(out []day) []day {
	for i := 0; i < len(l.Runes); i++ {
		if r := l.Runes[i]; r != '初' && !numerals.has(r) {
			continue
		}
		n, to, ok := l.moonDayOfMonth(i)
		if !ok || !l.free(i, to) {
			continue
		}
		d := day{from: i, to: to}
		if month, from, leap := l.moonMonth(i); month > 0 {
			if !l.ofMoon(from, i) {
				continue
			}
			d.from, d.date, ok = l.yearOf(l.afterMark(from), true, func(year int) (time.Time, bool) {
				return lunar.Date{Year: year, Month: month, Day: n, Leap: leap}.In(shanghai)
			})
		} else {
			if !l.moonAlone(i, to) {
				continue
			}
			d.date, ok = l.nearestMoon(n)
		}
		if ok {
			out = append(out, d)
		}
		i = to - 1
	}
	return out
}

// moonDayOfMonth reads 初八, 十五, 廿三, 二十三, 三十.
func (l *line) moonDayOfMonth(i int) (n, to int, ok bool) {
	if l.Runes[i] == '初' {
		if d := digitOf(l.at(i + 1)); d > 0 {
			return d, i + 2, true
		}
		return 10, i + 2, l.at(i+1) == '十'
	}
	at := l.numberAt(i)
	if at < 0 || !l.nums[at].chinese {
		return 0, 0, false
	}
	v, whole := l.nums[at].int()
	return v, l.nums[at].to, whole && v >= 10 && v <= 30
}

// numberAt is the index of the number that begins at i, -1 if none does.
func (l *line) numberAt(i int) int {
	if !isNumeral(l.at(i)) {
		return -1
	}
	k := sort.Search(len(l.nums), func(k int) bool { return l.nums[k].from >= i })
	if k < len(l.nums) && l.nums[k].from == i {
		return k
	}
	return -1
}

// moonMonth reads the month that ends before i: 正月, 闰六月, 腊月.
func (l *line) moonMonth(i int) (month, from int, leap bool) {
	if l.at(i-1) != '月' {
		return 0, i, false
	}
	from = i - 2
	switch r := l.at(from); r {
	case '正':
		month = 1
	case '冬':
		month = 11
	case '腊':
		month = 12
	default:
		month, from = l.numberEnding(i - 1)
	}
	if month > 0 && l.at(from-1) == '闰' {
		return month, from - 1, true
	}
	return month, from, false
}

// numberEnding is the month number that ends before i.
func (l *line) numberEnding(i int) (v, from int) {
	if v, from := l.numberBefore(i); from < i && v >= 1 && v <= 12 && !isDigit(l.Runes[from]) {
		return v, from
	}
	return 0, i
}

// ofMoon tells whether a month and a day are of the farmers' calendar: so they
// are called, or the month or the day has a name that only it uses.
func (l *line) ofMoon(from, i int) bool {
	switch l.at(from) {
	case '正', '冬', '腊', '闰':
		return true
	}
	return l.Runes[i] == '初' || l.Runes[i] == '廿' || l.markBefore(from, markLunar) > 0 || l.markBefore(from-1, markLunar) > 0
}

func (l *line) afterMark(i int) int { return i - l.markBefore(i, markLunar) }

// moonAlone tells whether a day without a month is one: 初八, 廿三 that counts
// nothing, 农历十五. 初三 may be a class at school.
func (l *line) moonAlone(i, to int) bool {
	if r := l.at(i - 1); r == '月' || r == '读' || r == '当' || r == '最' || r == '每' {
		return false
	}
	switch l.at(i) {
	case '初':
		return l.mark(to, markNotLunar) == 0
	case '廿':
		return !l.counts(number{to: to})
	}
	return l.markBefore(i, markLunar) > 0
}

// nearestMoon is the coming day of that number, in a report the last. Days are
// walked, so that short and repeated months need no care, those that cannot be it
// in one step.
func (l *line) nearestMoon(n int) (time.Time, bool) {
	for k := 0; k > -90 && k < 90; { // a thirtieth may be missing in two months running
		d := l.today().AddDate(0, 0, k)
		m, ok := lunar.Of(d)
		switch {
		case ok && m.Day == n:
			return d, true
		case !ok && l.back:
			k--
		case !ok:
			k++
		case l.back && m.Day > n:
			k -= m.Day - n
		case l.back: // the last day of the month before
			k -= m.Day
		case m.Day < n:
			k += n - m.Day
		default: // the first day of the next month, or the thirtieth
			k += max(30-m.Day, 1)
		}
	}
	return time.Time{}, false
}
