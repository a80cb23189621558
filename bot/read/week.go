package read

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
	n, ok := weekdayOf(l.at(i + 1))
	if !ok {
		return day{}, false
	}
	from, weeks, said := l.weekBefore(from)
	today := l.today()
	monday := today.AddDate(0, 0, -(int(today.Weekday())+6)%7)
	d := day{from: from, to: i + 2, date: monday.AddDate(0, 0, 7*weeks+n)}
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
