package read

// units are the lists of words/unit.txt, in seconds.
var units = [...]struct {
	name    mark
	seconds float64
}{
	{unitSecond, 1},
	{unitMinute, 60},
	{unitQuarter, 900},
	{unitHour, 3600},
	{unitDay, 86400},
	{unitWeek, 604800},
	{unitMonth, 2592000},
	{unitYear, 31536000},
}

// length reads a bare length of time in seconds, of several units as well: 8天又
// 二十个小时, 五分三十秒, 一个半月. 半天 is none: nobody means twelve hours by it.
func (l *line) length() (seconds int, ok bool) {
	for i := range l.Runes {
		sum, to := l.piece(i)
		if to == 0 {
			continue
		}
		for {
			more, end := l.piece(to)
			if end == 0 {
				more, end = l.piece(to + l.mark(to, markAnd))
			}
			if end == 0 {
				return int(sum + 0.5), true
			}
			sum, to = sum+more, end
		}
	}
	return 0, false
}

// piece reads one number with its unit; to is 0 where none begins at i.
func (l *line) piece(i int) (seconds float64, to int) {
	count, k := l.count(i)
	if k < 0 {
		return 0, 0
	}
	one := l.at(k) == '个'
	if one {
		k++
	}
	if l.at(k) == '半' { // 一个半小时, 五个半分钟
		count, k = count+0.5, k+1
	}
	size, used := l.unitSize(k, one)
	if used == 0 || size == 86400 && count == 0.5 {
		return 0, 0
	}
	to = k + used
	if l.at(to) == '半' && size < 86400 { // 五分半
		count, to = count+0.5, to+1
		if l.at(to) == '钟' {
			to++
		}
	}
	return count * size, to
}

// count reads how many: a number, 半, or nothing before 个半 and 分半.
func (l *line) count(i int) (n float64, to int) {
	if at := l.numberAt(i); at >= 0 && i < len(l.Runes) {
		return l.pointed(at)
	}
	switch {
	case l.at(i) == '半':
		return 0.5, i + 1
	case l.is(i, "个半"), l.is(i, "分半") && !isNumeral(l.at(i-1)):
		return 1, i
	}
	return 0, -1
}

// unitSize is the unit at i. 钟 is an hour and 月 a length behind 个 alone.
func (l *line) unitSize(i int, one bool) (seconds float64, used int) {
	for _, u := range units {
		n := l.mark(i, u.name)
		if n == 0 || n == 1 && !one && (l.at(i) == '钟' || l.at(i) == '月') {
			continue
		}
		return u.seconds, n
	}
	return 0, 0
}
