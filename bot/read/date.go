package read

import (
	"strings"
	"time"
)

// monthDay reads 11月25号, 明年3月5日.
func (l *line) monthDay(i, month int) (day, bool) {
	if i+1 >= len(l.nums) || l.nums[i+1].from != l.nums[i].to+1 || month < 1 || month > 12 {
		return day{}, false
	}
	n := l.nums[i+1]
	v, whole := n.int()
	if !whole || v < 1 || v > 31 {
		return day{}, false
	}
	to := n.to
	if l.at(to) == '号' || l.at(to) == '日' {
		to++
	}
	in := func(year int) (time.Time, bool) { return dateOf(year, month, v) }
	from, date, ok := l.yearOf(l.nums[i].from, false, in)
	return day{from: from, to: to, date: date, in: in}, ok
}

// nearest finds the coming year of a date, or the last one in a report.
func (l *line) nearest(in func(year int) (time.Time, bool)) (time.Time, bool) {
	today := l.today()
	step := 1
	if l.back {
		step = -1
	}
	for k := -1; k < 9; k++ { // the twelfth moon of last year; a 29 February is at most eight years away
		d, ok := in(today.Year() + k*step)
		if ok && (!l.back && !d.Before(today) || l.back && !d.After(today)) {
			return d, true
		}
	}
	return time.Time{}, false
}

// dateOf makes a date, false if the calendar has no such day.
func dateOf(year, month, dayOfMonth int) (time.Time, bool) {
	d := time.Date(year, time.Month(month), dayOfMonth, 0, 0, 0, 0, shanghai)
	return d, d.Day() == dayOfMonth && int(d.Month()) == month
}

// dayOfMonth reads 25号, 下个月3号. A house (二号院子) is no day.
func (l *line) dayOfMonth(n number, v int) (day, bool) {
	if v < 1 || v > 31 || l.house(n.to+1) || l.nextNumberMonth(n) {
		return day{}, false
	}
	from, offset, said := l.monthBefore(n.from)
	first := time.Date(l.today().Year(), l.today().Month(), 1, 0, 0, 0, 0, shanghai)
	if said {
		from, years, _ := l.yearBefore(from)
		m := first.AddDate(years, offset, 0)
		d, ok := dateOf(m.Year(), int(m.Month()), v)
		return day{from: from, to: n.to + 1, date: d}, ok
	}
	for k := range 3 { // a 31st may need to skip a short month
		if l.back {
			k = -k
		}
		m := first.AddDate(0, k, 0)
		d, ok := dateOf(m.Year(), int(m.Month()), v)
		if ok && (!l.back && !d.Before(l.today()) || l.back && !d.After(l.today())) {
			return day{from: n.from, to: n.to + 1, date: d}, true
		}
	}
	return day{}, false
}

// nextNumberMonth holds where the number is the day of 11月25号, which was read
// from its month.
func (l *line) nextNumberMonth(n number) bool {
	return l.at(n.from-1) == '月' && isNumeral(l.at(n.from-2))
}

func isNumeral(r rune) bool { return isDigit(r) || numerals.has(r) }

// house tells whether what follows a number with 号 is a building.
func (l *line) house(i int) bool {
	return l.at(i) != 0 && strings.ContainsRune("院楼屋房栋门桌床", l.at(i))
}

// monthBefore reads 下个月, 上月, 这个月 before i.
func (l *line) monthBefore(i int) (from, offset int, ok bool) {
	for word, offset := range map[string]int{"下个月": 1, "下月": 1, "上个月": -1, "上月": -1, "这个月": 0, "本月": 0} {
		if n := len([]rune(word)); l.is(i-n, word) {
			return i - n, offset, true
		}
	}
	return 0, 0, false
}

// fullDate reads 2026年11月25日, in either kind of digits.
func (l *line) fullDate(i int) (day, bool) {
	if i+2 >= len(l.nums) {
		return day{}, false
	}
	y, m, d := l.nums[i], l.nums[i+1], l.nums[i+2]
	if l.at(m.to) != '月' || m.from != y.to+1 || d.from != m.to+1 || y.value < 1900 || y.value > 2200 || m.value > 12 || d.value > 31 {
		return day{}, false
	}
	date, ok := dateOf(int(y.value), int(m.value), int(d.value))
	return day{from: y.from, to: l.afterDay(d.to), date: date}, ok
}

// afterDay steps over 号 or 日.
func (l *line) afterDay(i int) int {
	if l.at(i) == '日' || l.at(i) == '号' {
		i++
	}
	return i
}
