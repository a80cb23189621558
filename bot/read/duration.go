package read

import "strings"

// A duration is a length of time that was said, in minutes.
type duration struct {
	from, to, minutes int
}

// durations appends to out 40分钟, 一个半钟头, 半个小时, 一刻钟, 个把小时, 1.5小时. 半天 is not
// one: nobody means 720 minutes by it.
func (l *line) durations(out []duration) []duration {
	for _, n := range l.nums {
		d, ok := l.counted(n)
		if !ok {
			d, ok = l.bareMinutes(n)
		}
		if ok && l.free(n.from, d.to) {
			out = l.addDuration(out, d)
		}
	}
	for i, r := range l.Runes {
		if r != '半' && r != '个' || !l.free(i, i+1) {
			continue
		}
		if d, ok := l.uncounted(i); ok {
			out = l.addDuration(out, d)
		}
	}
	return out
}

func (l *line) addDuration(out []duration, d duration) []duration {
	l.take(d.from, d.to)
	if k := len(out) - 1; k >= 0 && out[k].to == d.from && d.minutes < 60 { // 一小时二十分
		out[k].minutes += d.minutes
		out[k].to = d.to
		return out
	}
	return append(out, d)
}

// counted reads a duration that begins with a number.
func (l *line) counted(n number) (duration, bool) {
	i, half, more := n.to, false, false
	if l.at(i) == '多' || l.at(i) == '来' {
		i++
	}
	if l.at(i) == '个' {
		i++
	}
	if l.at(i) == '多' || l.at(i) == '把' {
		i, more = i+1, true
	}
	if l.at(i) == '半' {
		i, half = i+1, true
	}
	unit, used := l.unit(i)
	if used == 0 || l.onClock(n) || n.value > 1000 || (more && half) {
		return duration{}, false
	}
	minutes := n.value * float64(unit)
	if half {
		minutes += float64(unit) / 2
	}
	if m, to := l.minutesBehind(i + used); to > 0 && unit == 60 && !half { // 一小时四十, 1h15
		return duration{n.from, to, int(minutes) + m}, true
	}
	if l.at(i+used) == '半' && unit == 60 && i == n.to { // 一小时半
		minutes, used = minutes+30, used+1
	}
	return duration{n.from, i + used, int(minutes)}, true
}

// minutesBehind reads the bare minutes behind an hour, at i: the 四十 of 一小时四十.
func (l *line) minutesBehind(i int) (minutes, to int) {
	k := l.numberAt(i)
	if k < 0 {
		return 0, 0
	}
	n := l.nums[k]
	v, whole := n.int()
	if !whole || v < 5 || v > 59 || !l.ends(n.to) && l.at(n.to) != '吧' || n.to-n.from < 2 {
		return 0, 0
	}
	return v, n.to
}

// bareMinutes reads 时长35, 用时：四十: minutes that are called so and have no unit.
func (l *line) bareMinutes(n number) (duration, bool) {
	i := n.from
	for l.isOneOf(i-1, ": 是") {
		i--
	}
	v, whole := n.int()
	if !whole || v < 1 || v > 600 || !l.ends(n.to) || !l.wordEnds(i, "时长", "用时", "耗时", "时间", "计时", "工时") {
		return duration{}, false
	}
	return duration{n.from, n.to, v}, true
}

// uncounted reads 半个小时, 半小时, 半点钟, 个把小时, 个半钟头.
func (l *line) uncounted(i int) (duration, bool) {
	for _, w := range [...]struct {
		word    string
		minutes int
	}{{"半个多", 30}, {"半个", 30}, {"半", 30}, {"个把", 60}, {"个多", 60}, {"个半", 90}} {
		if !l.is(i, w.word) {
			continue
		}
		k := i + len([]rune(w.word))
		if unit, used := l.unit(k); unit == 60 {
			return duration{i, k + used, w.minutes}, true
		}
	}
	if l.is(i, "半点钟") {
		return duration{i, i + 3, 30}, true
	}
	return duration{}, false
}

// unit reads the unit of time at i: its minutes and its length in runes. 分, 钟, 刻
// and h are units only where nothing else can be meant.
func (l *line) unit(i int) (minutes, used int) {
	for _, u := range [...]struct {
		name    mark
		minutes int
	}{{unitMinute, 1}, {unitQuarter, 15}, {unitHour, 60}} {
		used := l.mark(i, u.name)
		if used == 0 || used == 1 && !l.unitAlone(i) {
			continue
		}
		return u.minutes, used
	}
	if l.at(i) == 'h' && i > 0 && isDigit(l.Runes[i-1]) && (l.at(i+1) < 'a' || l.at(i+1) > 'z') {
		return 60, 1
	}
	if l.at(i) == '刻' && l.at(i+1) != '钟' && i > 0 && isNumeral(l.Runes[i-1]) && l.at(i-2) != '点' {
		return 15, 1
	}
	return 0, 0
}

func (l *line) unitAlone(i int) bool {
	next := l.at(i + 1)
	switch l.at(i) {
	case '分':
		return next == 0 || !strings.ContainsRune("之给开钱家成到", next)
	case '钟':
		return l.at(i-1) == '个' || l.at(i-1) == '半' && l.at(i-2) == '个'
	case '刻':
		return true
	case 'h':
		return next < 'a' || next > 'z'
	}
	return false
}

// onClock holds for the 20 of 3点20分, which is no length of time.
func (l *line) onClock(n number) bool {
	at := n.from - 1
	if l.at(at) == '零' {
		at--
	}
	return (l.at(at) == '点' || l.at(at) == '时') && isNumeral(l.at(at-1))
}

// spent is the time that a line says was given: what follows 一共 if that is
// said, the last one where it puts another right, else the sum. When the line
// tells a length of time from or until now (半小时后), that is a time.
func (l *line) spent(all []duration) int {
	sum := 0
	for _, d := range all {
		if l.fromNow(d) || l.denied(d.from) {
			continue
		}
		if l.totalBefore(d.from) {
			return d.minutes
		}
		if l.has(kindVerb, "fix") {
			sum = 0
		}
		if l.at(d.from-1) == '差' && d.minutes < 60 {
			sum -= d.minutes // 差五分钟一个小时
			continue
		}
		sum += d.minutes
	}
	return max(sum, 0)
}

func (l *line) fromNow(d duration) bool {
	sign, _ := l.direction(d.from, d.to)
	return sign != 0
}

func (l *line) totalBefore(i int) bool {
	for _, w := range [...]string{"一共", "总共", "合计", "共", "总计", "加起来"} {
		if l.isBefore(i, w) || l.isBefore(i-1, w) {
			return true
		}
	}
	return false
}
