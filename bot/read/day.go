package read

import (
	"slices"
	"strconv"
)

// days appends to out the days that are named, in order.
func (l *line) days(out []day) []day {
	for _, h := range l.hits {
		switch h.kind {
		case kindDay:
			if d, ok := l.dayWord(h); ok {
				out = append(out, d)
			}
		case kindFestival:
			if d, ok := l.festivalDay(h); ok {
				out = append(out, d)
			}
		}
	}
	out = l.moonDays(out)
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
	if len(out) > 1 {
		slices.SortStableFunc(out, func(a, b day) int { return a.from - b.from })
	}
	return l.inOneDay(out)
}

// dayWord reads 明天, and 明 before a part of the day.
func (l *line) dayWord(h hit) (day, bool) {
	if h.value > "9" { // now, any, none
		return day{}, false
	}
	n, err := strconv.Atoi(h.value)
	if err != nil {
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
	if !l.free(n.from, n.to) || l.lunar(n.from) {
		return day{}, false
	}
	if d, ok := l.digitDate(n.from); ok {
		return d, true
	}
	v, whole := n.int()
	if !whole {
		return day{}, false
	}
	switch l.at(n.to) {
	case '月':
		return l.monthDay(i, v)
	case '号', '日':
		return l.dayOfMonth(n, v)
	case '年':
		if d, ok := l.fullDate(i); ok {
			return d, true
		}
	}
	return l.away(n, v)
}

// lunar tells whether the number at i belongs to a date of the old calendar.
func (l *line) lunar(i int) bool {
	return l.is(i-2, "农历") || l.is(i-2, "阴历") || l.is(i-2, "旧历") || l.is(i-2, "老历") ||
		l.is(i-2, "腊月") || l.is(i-2, "正月") || l.is(i-1, "初") || l.is(i-2, "冬月")
}
