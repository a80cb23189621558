package read

import (
	"sort"
	"time"
)

// weekday reads 周三, 星期天, 下周一, 上个礼拜五, 这周末 whose last rune of the word
// for week stands at i. Weeks run from Monday to Sunday; 下周三 is Wednesday of
// next week whatever today is.
func (l *line) weekday(i int) (day, bool) {
	from := i
	if l.Runes[i] != '周' {
		from--
		if l.at(from) != '星' && l.at(from) != '礼' {
			return day{}, false
		}
	}
	to := i + 1
	if l.at(to) == ' ' && isDigit(l.at(to+1)) { // 星期 4
		to++
	}
	n, ok := weekdayOf(l.at(to))
	if !ok || isDigit(l.at(to)) && l.counts(number{to: to + 1}) && l.at(to+1) != '上' && l.at(to+1) != '下' {
		return day{}, false
	}
	if d, ok := l.nth(from, to+1, n); ok {
		return d, true
	}
	from, weeks, said := l.weekBefore(from)
	today := l.today()
	monday := today.AddDate(0, 0, -(int(today.Weekday())+6)%7)
	d := day{from: from, to: to + 1, date: monday.AddDate(0, 0, 7*weeks+n)}
	if !said {
		l.bareWeekday(&d)
	}
	return d, true
}

// bareWeekday moves a day of this week to the coming one, or the last one.
func (l *line) bareWeekday(d *day) {
	d.open = 7
	switch {
	case l.back && d.date.After(l.today()):
		d.date = d.date.AddDate(0, 0, -7)
	case !l.back && d.date.Before(l.today()):
		d.date = d.date.AddDate(0, 0, 7)
	}
}

// weekBefore reads 下, 下下, 上, 这, 本 with or without 个 before the week at i.
func (l *line) weekBefore(i int) (from, weeks int, said bool) {
	k := i
	if l.at(k-1) == '个' {
		k--
	}
	if v, at := l.numberBefore(k); at < k && v < 53 { // 下3个星期一
		switch l.at(at - 1) {
		case '下':
			return at - 1, v, true
		case '上':
			return at - 1, -v, true
		}
	}
	switch l.at(k - 1) {
	case '下':
		if l.at(k-2) == '下' {
			return k - 2, 2, true
		}
		return k - 1, 1, true
	case '上':
		if l.at(k-2) == '上' {
			return k - 2, -2, true
		}
		return k - 1, -1, true
	case '这', '本':
		return k - 1, 0, true
	}
	return i, 0, false
}

// weekdayOf counts from Monday, 0; a weekend begins on Saturday.
func weekdayOf(r rune) (int, bool) {
	switch r {
	case '末':
		return 5, true
	case '日', '天', '7':
		return 6, true
	}
	if n := digitOf(r); n >= 1 && n <= 6 {
		return n - 1, true
	}
	if r >= '1' && r <= '6' {
		return int(r - '1'), true
	}
	return 0, false
}

// numberBefore is the whole number that ends before i, and where it begins; i
// if there is none.
func (l *line) numberBefore(i int) (v, from int) {
	if k := l.numberTo(i); k >= 0 {
		if v, whole := l.nums[k].int(); whole {
			return v, l.nums[k].from
		}
	}
	return 0, i
}

// numberTo is the index of the number that ends before i, -1 if none does.
func (l *line) numberTo(i int) int {
	if !isNumeral(l.at(i - 1)) {
		return -1
	}
	k := sort.Search(len(l.nums), func(k int) bool { return l.nums[k].to >= i })
	if k < len(l.nums) && l.nums[k].to == i {
		return k
	}
	return -1
}

// nth reads 十月第一个星期一, 下个月的第二个周三; the weekday begins at i.
func (l *line) nth(i, to, weekday int) (day, bool) {
	count, from := l.numberBefore(i - 1)
	if l.at(i-1) != '个' || from == i-1 || l.at(from-1) != '第' || count < 1 || count > 5 {
		return day{}, false
	}
	k := from - 1
	if l.at(k-1) == '的' {
		k--
	}
	if at, offset, said := l.monthBefore(k); said {
		m := l.today().AddDate(0, 0, 1-l.today().Day()).AddDate(0, offset, 0)
		date, ok := nthWeekday(m.Year(), int(m.Month()), count, weekday)
		return day{from: at, to: to, date: date}, ok
	}
	month, at := l.numberBefore(k - 1)
	if l.at(k-1) != '月' || at == k-1 || month < 1 || month > 12 {
		return day{}, false
	}
	at, date, ok := l.yearOf(at, false, func(year int) (time.Time, bool) { return nthWeekday(year, month, count, weekday) })
	return day{from: at, to: to, date: date}, ok
}

// inOneDay joins 周日 and 二月十号 side by side: together they fix the year, even
// against the direction in which the line looks.
func (l *line) inOneDay(days []day) []day {
	for k := 1; k < len(days); k++ {
		a, b := &days[k-1], &days[k]
		if b.open > 0 {
			a, b = b, a
		}
		if a.open == 0 || b.in == nil || days[k].from-days[k-1].to > 2 {
			continue
		}
		for _, offset := range [...]int{0, 1, -1} {
			if d, ok := b.in(l.today().Year() + offset); ok && d.Weekday() == a.date.Weekday() {
				a.date, b.date, a.open = d, d, 0
				break
			}
		}
	}
	return days
}
