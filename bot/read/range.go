package read

import (
	"sort"
	"strings"
	"time"
)

// A stretch is the time from one hour to another: 两点到四点.
type stretch struct {
	a, b     *clock
	from, to time.Time
}

// stretch finds the first: two hours with a word for "to" between them and, at
// most, the day and the part of the day of the second.
func (l *line) stretch() (stretch, bool) {
	t := l.timesOf()
	days, parts, clocks := t.days, t.parts, t.clocks
	for k := 1; k < len(clocks); k++ {
		a, b := &clocks[k-1], &clocks[k]
		if end, ok := l.joined(a.to, b.from, days, parts); ok || l.cameAndWent(a, b) {
			return l.stretched(a, b, lastDay(days, a.from), end), true
		}
	}
	return l.fromNowUntil(clocks)
}

// cameAndWent holds for 四点整到，四点半离开, 八点搞到十点半.
func (l *line) cameAndWent(a, b *clock) bool {
	if b.from-a.to > 40 {
		return false
	}
	for _, w := range [...]string{"走", "离", "出来", "出门", "出的门", "回来", "回的", "回屋", "回家", "到家", "结束", "完", "的走", "才走", "才完", "才回", "才散", "才离", "散", "收工", "搞完", "做完", "搞好", "做好", "下山", "撤"} {
		if l.is(b.to, w) {
			return b.from-a.to <= 14 || l.arrivedAt(a.to)
		}
	}
	if b.from-a.to > 14 {
		return false
	}
	for i := a.to; i < b.from; i++ {
		if r := l.Runes[i]; r == '到' && i+1 == b.from && i > a.to && strings.ContainsRune("搞坐忙做聊陪守干弄", l.Runes[i-1]) {
			return true
		}
	}
	return false
}

// arrivedAt holds for 七点半到的, 三点去, 八点进门, 九点开始: an hour at which it began.
func (l *line) arrivedAt(i int) bool {
	for _, w := range [...]string{"到", "去", "来", "进", "开始", "开工", "动手", "起", "出发", "上门", "接", "过去", "就"} {
		if l.is(i, w) {
			return true
		}
	}
	return false
}

// lastDay is the day said last before i.
func lastDay(days []day, i int) *day {
	var last *day
	for k := range days {
		if days[k].to <= i {
			last = &days[k]
		}
	}
	return last
}

// joined tells whether the runes between two hours only join them; end is the
// day that was said for the second.
func (l *line) joined(i, j int, days []day, parts []part) (end *day, ok bool) {
	join := false
	for i < j {
		switch r := l.Runes[i]; {
		case r == '到' || r == '至' || r == '-' || r == '~' || r == '和':
			join = true
			i++
		case r == ' ' || r == '的':
			i++
		default:
			next := i
			for k := sort.Search(len(days), func(k int) bool { return days[k].from >= i }); k < len(days) && days[k].from == i; k++ {
				if days[k].to <= j {
					end, next = &days[k], days[k].to
				}
			}
			for k := sort.Search(len(parts), func(k int) bool { return parts[k].from >= i }); k < len(parts) && parts[k].from == i; k++ {
				if parts[k].to <= j {
					next = parts[k].to
				}
			}
			if next == i {
				return nil, false
			}
			i = next
		}
	}
	return end, join
}

// stretched places both hours. Without a part of the day of its own the second
// lies behind the first.
func (l *line) stretched(a, b *clock, begin, end *day) stretch {
	s := stretch{a: a, b: b}
	s.from = l.atClock(begin, a, a.dayPart).At
	y, m, d := s.from.Date()
	midnight := time.Date(y, m, d, 0, 0, 0, 0, shanghai)
	if end != nil {
		midnight = end.date
	}
	hour, next := hourOf(b, b.dayPart)
	s.to = midnight.Add(b.after(hour))
	if next {
		s.to = s.to.AddDate(0, 0, 1)
	}
	s.mend()
	return s
}

// mend moves an end that would lie before its beginning.
func (s *stretch) mend() {
	if s.to.After(s.from) {
		return
	}
	if later := s.to.Add(12 * time.Hour); s.b.dayPart == nil && later.After(s.from) && s.b.hour <= 12 {
		s.to = later
		return
	}
	s.to = s.to.AddDate(0, 0, 1)
}

// fromNowUntil reads 从现在到八点.
func (l *line) fromNowUntil(clocks []clock) (stretch, bool) {
	h, ok := l.first(kindDay, "now")
	if !ok || len(clocks) == 0 || l.at(h.to) != '到' || clocks[0].from < h.to {
		return stretch{}, false
	}
	b := &clocks[0]
	s := stretch{a: b, b: b, from: l.today().Add(l.sinceMidnight())}
	hour, _ := hourOf(b, b.dayPart)
	s.to = l.today().Add(b.after(hour))
	s.mend()
	return s, true
}

// between is how long such a stretch is, in minutes; more than half a day is a
// span of open hours and no visit.
func (l *line) between() int {
	if len(l.nums) < 2 {
		return 0
	}
	s, ok := l.stretch()
	if m := int(s.to.Sub(s.from).Minutes()); ok && m > 0 && m <= 12*60 {
		return m
	}
	return 0
}
