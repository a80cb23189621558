package read

// away reads a day by its distance: 三天后, 过两天, 前两天, 两个星期后, 三个月前, 5年前.
func (l *line) away(n number, v int) (day, bool) {
	to, unit := l.countedDays(n.to)
	if unit == 0 || v > 500 {
		return day{}, false
	}
	sign, used := l.direction(n.from, to)
	if sign == 0 {
		return day{}, false
	}
	d := day{from: n.from, to: to + used, date: l.today()}
	switch unit {
	case '月':
		d.date = d.date.AddDate(0, sign*v, 0)
	case '年':
		d.date = d.date.AddDate(sign*v, 0, 0)
	case '周':
		d.date = d.date.AddDate(0, 0, 7*sign*v)
	default:
		d.date = d.date.AddDate(0, 0, sign*v)
	}
	return d, true
}

// countedDays reads what days are counted in, at i.
func (l *line) countedDays(i int) (to int, unit rune) {
	if l.at(i) == '年' {
		return i + 1, '年'
	}
	if l.is(i, "个月") {
		return i + 2, '月'
	}
	if l.at(i) == '个' {
		i++
	}
	for _, u := range [...]struct {
		name mark
		unit rune
	}{{unitDay, '天'}, {unitWeek, '周'}} {
		if n := l.mark(i, u.name); n > 0 && l.at(i) != '日' {
			return i + n, u.unit
		}
	}
	return 0, 0
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
	case l.at(from-1) == '后' && !l.is(from-2, "然") && !l.is(from-2, "以") && !l.is(from-2, "之") && !l.is(from-2, "最"):
		return 1, 0
	}
	return 0, 0
}
