package read

import (
	"strconv"
	"strings"
	"time"
)

// days finds the days that are named, in order. Lunar dates are left alone.
func (l *line) days() []day {
	var out []day
	for _, h := range l.hits {
		if h.kind == kindDay {
			if d, ok := l.dayWord(h); ok {
				out = append(out, d)
			}
		}
	}
	for i := range l.nums {
		if d, ok := l.dayNumber(i); ok {
			out = append(out, d)
		}
	}
	for i, r := range l.Runes {
		if r == '周' || r == '期' || r == '拜' {
			if d, ok := l.weekday(i); ok {
				out = append(out, d)
			}
		}
	}
	sortDays(out)
	return out
}

// sortDays puts the few days of a line in the order in which they were said.
func sortDays(days []day) {
	for i := 1; i < len(days); i++ {
		for k := i; k > 0 && days[k].from < days[k-1].from; k-- {
			days[k], days[k-1] = days[k-1], days[k]
		}
	}
}

// dayWord reads 明天, and 明 before a part of the day.
func (l *line) dayWord(h hit) (day, bool) {
	n, err := strconv.Atoi(h.value)
	if err != nil { // now, any, none
		return day{}, false
	}
	if h.to-h.from == 1 && !l.partAt(h.to) {
		return day{}, false
	}
	return day{from: h.from, to: h.to, date: l.today().AddDate(0, 0, n)}, true
}

func (l *line) partAt(i int) bool {
	for _, h := range l.hitsAt(i) {
		if h.kind == kindPart {
			return true
		}
	}
	return false
}

// dayNumber reads what begins with the number i: 11月25号, 25号, 三天后.
func (l *line) dayNumber(i int) (day, bool) {
	n := l.nums[i]
	v, whole := n.int()
	if !whole || !l.free(n.from, n.to) || l.lunar(n.from) {
		return day{}, false
	}
	switch l.at(n.to) {
	case '月':
		return l.monthDay(i, v)
	case '号', '日':
		return l.dayOfMonth(n, v)
	case '天':
		return l.daysAway(n, v, 1)
	case '-', '/', '年':
		return l.fullDate(i)
	}
	if l.is(n.to, "个星期") || l.is(n.to, "个礼拜") {
		return l.weeksAway(n, v)
	}
	return day{}, false
}

// lunar tells whether the number at i belongs to a date of the old calendar.
func (l *line) lunar(i int) bool {
	return l.is(i-2, "农历") || l.is(i-2, "阴历") || l.is(i-2, "旧历") || l.is(i-2, "老历") ||
		l.is(i-2, "腊月") || l.is(i-2, "正月") || l.is(i-1, "初") || l.is(i-2, "冬月")
}

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
	date, ok := l.nearest(func(year int) (time.Time, bool) { return dateOf(year, month, v) })
	return day{from: l.nums[i].from, to: to, date: date}, ok
}

// nearest finds the coming year of a date, or the last one in a report.
func (l *line) nearest(in func(year int) (time.Time, bool)) (time.Time, bool) {
	today := l.today()
	step := 1
	if l.back {
		step = -1
	}
	for k := range 9 { // a 29 February is at most eight years away
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
		d, ok := dateOf(first.AddDate(0, offset, 0).Year(), int(first.AddDate(0, offset, 0).Month()), v)
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

func isNumeral(r rune) bool { return isDigit(r) || digitOf(r) >= 0 || unitOf(r) > 0 }

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

// daysAway reads 三天后, 过两天, 两天前, 前两天.
func (l *line) daysAway(n number, v, days int) (day, bool) {
	to := n.to + 1
	switch sign, used := l.direction(n.from, to); {
	case v > 366:
	case sign != 0:
		return day{from: n.from, to: to + used, date: l.today().AddDate(0, 0, sign*v*days)}, true
	}
	return day{}, false
}

func (l *line) weeksAway(n number, v int) (day, bool) {
	d, ok := l.daysAway(number{from: n.from, to: n.to + 2}, v, 7)
	return d, ok && v < 53
}

// direction tells which way a count of days points, and how many runes behind
// it say so.
func (l *line) direction(from, to int) (sign, used int) {
	for _, w := range [...]string{"以后", "之后", "过后"} {
		if l.is(to, w) {
			return 1, 2
		}
	}
	for _, w := range [...]string{"以前", "之前"} {
		if l.is(to, w) {
			return -1, 2
		}
	}
	switch {
	case l.at(to) == '后':
		return 1, 1
	case l.at(to) == '前':
		return -1, 1
	case l.at(from-1) == '过' || l.at(from-1) == '隔':
		return 1, 0
	case l.at(from-1) == '前':
		return -1, 0
	}
	return 0, 0
}

// fullDate reads 2026-11-25, 2026/11/25, 2026年11月25日.
func (l *line) fullDate(i int) (day, bool) {
	if i+2 >= len(l.nums) {
		return day{}, false
	}
	y, m, d := l.nums[i], l.nums[i+1], l.nums[i+2]
	if m.from != y.to+1 || d.from != m.to+1 || y.value < 1900 || y.value > 2200 || m.value > 12 || d.value > 31 {
		return day{}, false
	}
	date, ok := dateOf(int(y.value), int(m.value), int(d.value))
	to := d.to
	if l.at(to) == '日' || l.at(to) == '号' {
		to++
	}
	return day{from: y.from, to: to, date: date}, ok
}
