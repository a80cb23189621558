package read

import (
	"slices"
	"time"
)

// shanghai is a fixed zone: a bare image carries no zone tables, and China has
// had no summer time since 1991.
var shanghai = time.FixedZone("CST", 8*3600)

// A day is a day that was named in a line.
type day struct {
	from, to int
	date     time.Time
	// open marks a day that its words leave open by whole weeks (周二): with an
	// hour that is past it moves on by this many days, 0 never.
	open int
	// in finds the date in other years, where no year was said (10月12号).
	in func(year int) (time.Time, bool)
}

// A clock is an hour, with or without minutes.
type clock struct {
	from, to     int
	hour, minute int
	second       int
	exact        bool // minutes were said
	dayPart      *part
}

// A part is a part of the day, such as 下午.
type part struct {
	from, to int
	name     string
	hour     int
}

// ends gives the hour at which a part of today is over, so that a request for
// it means tomorrow.
var ends = map[string]int{
	"early": 6, "morning": 10, "forenoon": 12, "noon": 13,
	"afternoon": 18, "dusk": 19, "evening": 23, "night": 24,
}

// when reads the time that a line speaks of. A length of time from now counts
// before anything else: 10分钟之前刚走.
func (l *line) when() When {
	l.isNow = false
	for _, d := range l.lengths {
		if sign, used := l.direction(d.from, d.to); sign != 0 {
			return l.soon(d, sign, used)
		}
	}
	t := l.timesOf()
	days, parts, clocks := l.wanted(t.days), t.parts, t.clocks
	d := l.pickDay(days)
	k := l.pickClock(clocks, d)
	p := pickPart(parts, d, k)
	l.bareClock = k != nil && d == nil
	switch {
	case k != nil && l.aim == behind && d == nil && len(parts) > 0 && k.dayPart == nil && parts[0].to <= k.from:
		l.bareClock = false
		return l.atPart(nil, &parts[0]) // 上午去了她那里，九点到十点
	case k != nil && l.aim == behind && d == nil:
		return l.now() // an hour without a day only tells how long it took
	case k != nil:
		return l.atClock(d, k, p)
	case p != nil && !((d == nil || p.from != d.to) && (l.retold(p) || l.habit(p)) || d == nil && l.attribute(p)):
		return l.atPart(d, p)
	case d != nil:
		return When{At: d.date, Grain: Day, Span: l.Span(d.from, d.to)}
	}
	return l.now()
}

// attribute holds for 早上的药没吃: what a thing is called by is not when it was seen to.
func (l *line) attribute(p *part) bool {
	if l.aim == behind && (l.at(p.from-1) == '到' || l.isOneOf(p.to, "没冇")) {
		return true // 坐到断黑, 今晚没蚊子
	}
	return l.at(p.to) == '的' && !l.ends(p.to+1) && !l.isOneOf(p.to+1, "时")
}

// now reads 马上, 刚才 and their like.
func (l *line) now() When {
	h, ok := l.first(kindDay, "now")
	if !ok {
		h, ok = l.justSeen()
	}
	if !ok || l.aim == ahead && l.Runes[h.from] == '刚' || l.onlySaid(h.to) || l.aim == behind && l.isOneOf(h.from-1, "讲说") {
		return When{}
	}
	l.isNow = true
	return When{At: l.today().Add(l.sinceMidnight()), Grain: Hour, Span: l.Span(h.from, h.to)}
}

// justSeen reads the 刚 inside 刚看, 刚从.
func (l *line) justSeen() (hit, bool) {
	for _, h := range l.all(kindVerb, "see") {
		if l.Runes[h.from] == '刚' || l.Runes[h.from] == '才' {
			return h, true
		}
	}
	return hit{}, false
}

// soon reads 半小时后 and 20分钟前.
func (l *line) soon(d duration, sign, used int) When {
	at := l.today().Add(l.sinceMidnight()).Add(time.Duration(sign*d.minutes) * time.Minute)
	return When{At: at, Grain: Minute, Span: l.Span(d.from, d.to+used)}
}

// times are the days, the parts of the day and the hours of a line.
type times struct {
	days   []day
	parts  []part
	clocks []clock
	known  bool // they were read
}

// timesOf reads them once.
func (l *line) timesOf() *times {
	t := &l.times
	if !t.known {
		t.known = true
		t.days, t.parts = l.days(t.days[:0]), l.parts(t.parts[:0])
		t.clocks = l.clocks(t.parts, t.clocks[:0])
	}
	return t
}

// wanted leaves out the days on which something was said, ordered or noticed:
// 昨天不是讲要人挑水吗.
func (l *line) wanted(days []day) []day {
	said := func(d day) bool { return l.mark(d.to, markSaid) > 0 || l.mark(d.to+1, markSaid) > 0 }
	if !slices.ContainsFunc(days, said) {
		return days
	}
	return slices.DeleteFunc(slices.Clone(days), said)
}

// retold holds for a part of the day that tells how somebody is, day by day: 夜里
// 困不着; in a report also for what she told, 她讲夜里怕.
func (l *line) retold(p *part) bool {
	if l.marked(p.to, min(p.to+3, len(l.Runes)), markHabit) {
		return true
	}
	for i := p.from - 1; l.back && i >= 0 && (l.clause[i] == l.clause[p.from] || p.from-i <= 3); i-- {
		if l.Runes[i] == '讲' || l.Runes[i] == '说' {
			return true
		}
	}
	return false
}

func (l *line) today() time.Time {
	if l.midnight.IsZero() {
		y, m, d := l.c.Now.In(shanghai).Date()
		l.midnight = time.Date(y, m, d, 0, 0, 0, 0, shanghai)
	}
	return l.midnight
}

// sinceMidnight is the village's clock, to the minute.
func (l *line) sinceMidnight() time.Duration {
	return l.c.Now.In(shanghai).Sub(l.today()).Truncate(time.Minute)
}
