package read

import (
	"slices"
	"strings"
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

// pickDay chooses among the days of a line: one that is denied (不是明天) is
// out; where something is put right the last word holds, else the first.
func (l *line) pickDay(days []day) *day {
	var first, last *day
	denied := false
	for i := range days {
		d := &days[i]
		if l.denied(d.from) {
			denied = true
			continue
		}
		if l.astray(d) || l.onlySaid(d.to) || l.idleDay(days, i) {
			continue
		}
		if last = d; first == nil {
			first = d
		}
	}
	if denied || l.has(kindVerb, "fix") {
		return last
	}
	return first
}

// idleDay holds for a day, of several that a report names, on which nothing was done:
// 初三初四都没去，今天补上; 昨天没见到他 今天见到了.
func (l *line) idleDay(days []day, k int) bool {
	if l.aim == behind && l.isOneOf(days[k].from-1, "过送") && l.isOneOf(days[k].to, "去的了节请礼慰品糕饼红") {
		return true // 接到县城过国庆去了
	}
	if l.aim == behind && l.isOneOf(days[k].from-1, "跟比像同") {
		return true // 跟前天差不多
	}
	if l.aim != behind || len(days) < 2 {
		return false
	}
	i := days[k].to
	if k+1 < len(days) && days[k+1].from == i {
		i = days[k+1].to // 初三初四
	}
	for l.isOneOf(i, "都也就我早下晚上第一天 ") {
		i++
	}
	return l.isOneOf(i, "没冇未不")
}

// An aim is the direction in which the times of a line lie, once it is known what
// the line is for.
type aim int

const (
	anyWay aim = iota
	ahead      // a request, a claim, what is cancelled
	behind     // what was done
)

// astray tells whether the day lies the other way: 昨天就坏了, 明天来修下.
func (l *line) astray(d *day) bool {
	switch l.aim {
	case ahead:
		return d.date.Before(l.today())
	case behind:
		return d.date.After(l.today())
	}
	return false
}

// onlySaid tells whether the day that ends at i is when something was said,
// ordered or mistyped, not when it is to be: 昨天讲的那件, 前天我报的.
func (l *line) onlySaid(i int) bool {
	for _, w := range [...]string{"不是", "我", "就", "跟你们", "跟你", "给你", "已经", "才", "刚"} {
		if l.is(i, w) {
			i += len([]rune(w))
		}
	}
	for _, w := range [...]string{"讲", "说", "报的", "报了", "登记", "打错", "写错", "记错", "发错", "下单", "提的", "反映", "申请的", "预约的", "约的", "打的电话", "派的", "发的", "交代"} {
		if l.is(i, w) {
			return true
		}
	}
	return false
}

// denied tells whether what begins at i is said not to be so: 不是明天.
func (l *line) denied(i int) bool {
	return l.is(i-2, "不是") || l.is(i-2, "不要") || l.is(i-1, "莫") || l.is(i-2, "并非") || l.is(i-3, "不要是")
}

// pickClock chooses the hour that belongs to d: the first behind it, else the
// first.
func (l *line) pickClock(clocks []clock, d *day) *clock {
	var first *clock
	for i := range clocks {
		k := &clocks[i]
		if l.denied(k.from) {
			continue
		}
		if d == nil || k.from >= d.to {
			return k
		}
		if first == nil {
			first = k
		}
	}
	return first
}

// habit tells whether a part of the day says when something happens day by day:
// 夜里困不着, 晚上起夜.
func (l *line) habit(p *part) bool {
	if p.name != "night" && p.name != "evening" {
		return false
	}
	for i := p.to; i < p.to+3; i++ {
		if r := l.at(i); r != 0 && strings.ContainsRune("困睡咳起痛尿醒哭冷抽屙失怕", r) {
			return true
		}
	}
	return false
}

func pickPart(parts []part, d *day, k *clock) *part {
	if k != nil {
		return k.dayPart
	}
	var first *part
	for i := range parts {
		if d == nil || parts[i].from >= d.from {
			return &parts[i]
		}
		if first == nil {
			first = &parts[i]
		}
	}
	return first
}

func (l *line) atPart(d *day, p *part) When {
	from, to := p.from, p.to
	var date time.Time
	if d != nil {
		date, from, to = d.date, min(from, d.from), max(to, d.to)
	} else {
		date = l.dayOf(p.hour, ends[p.name])
	}
	return When{At: date.Add(time.Duration(p.hour) * time.Hour), Grain: Part, Span: l.Span(from, to)}
}

// begins is the hour at which a part of the day begins that is written as hour: at 14:50
// a report's 下午 is today's.
func begins(hour int) int {
	switch hour {
	case 15:
		return 12
	case 18, 20, 22:
		return hour - 2
	case 12:
		return 11
	}
	return hour
}

// dayOf finds the day of a part that was said without one: a request means the
// coming one, a report the last one.
func (l *line) dayOf(hour, over int) time.Time {
	today, now := l.today(), l.sinceMidnight()
	switch {
	case l.back && time.Duration(begins(hour))*time.Hour > now:
		return today.AddDate(0, 0, -1)
	case !l.back && time.Duration(over)*time.Hour <= now:
		return today.AddDate(0, 0, 1)
	}
	return today
}

func (l *line) atClock(d *day, k *clock, p *part) When {
	hour, next := hourOf(k, p)
	at := k.after(hour)
	from, to := k.from, k.to
	var date time.Time
	if d != nil {
		date, from, to = l.moved(d, at), min(from, d.from), max(to, d.to)
	} else {
		date = l.dayOfClock(at, next)
	}
	if p != nil {
		from, to = min(from, p.from), max(to, p.to)
	}
	if next {
		date = date.AddDate(0, 0, 1)
	}
	w := When{At: date.Add(at), Grain: Hour, Span: l.Span(from, to)}
	if k.exact {
		w.Grain = Minute
	}
	return w
}

// after is the clock's time of a day, its hour being one of 24.
func (k *clock) after(hour int) time.Duration {
	return time.Duration(hour)*time.Hour + time.Duration(k.minute)*time.Minute + time.Duration(k.second)*time.Second
}

// dayOfClock finds the day to whose day or night an hour belongs that was said
// without one.
func (l *line) dayOfClock(at time.Duration, next bool) time.Time {
	today, now := l.today(), l.sinceMidnight()
	if next {
		at += 24 * time.Hour
	}
	if l.back && at > now {
		return today.AddDate(0, 0, -1)
	}
	if !l.back && at < now {
		return today.AddDate(0, 0, 1)
	}
	return today
}

// moved is the date of d, moved on if d is today by words that leave it open
// and its hour is past: 周二 on a Tuesday.
func (l *line) moved(d *day, at time.Duration) time.Time {
	if !l.back && d.date.Equal(l.today()) && at < l.sinceMidnight() {
		return d.date.AddDate(0, 0, d.open)
	}
	return d.date
}

// hourOf turns a said hour into one of 24; next means the day after: 晚上两点 is
// in the night that belongs to the next date. A bare hour lies in working
// hours, 8 to 19.
func hourOf(k *clock, p *part) (hour int, next bool) {
	h := k.hour
	if h == 24 {
		return 0, true
	}
	if p == nil {
		if h >= 1 && h <= 7 {
			h += 12
		}
		return h, false
	}
	switch p.name {
	case "noon":
		if h <= 3 {
			h += 12
		}
	case "afternoon", "dusk":
		if h < 12 {
			h += 12
		}
	case "evening", "night":
		switch {
		case h == 12:
			return 0, true
		case h <= 4:
			return h, true
		case h < 12:
			h += 12
		}
	}
	return h, false
}
