package read

import "strings"

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
	return l.phraseAt(i, saidOnly) != ""
}

var saidOnly = newPhrases("讲", "说", "报的", "报了", "登记", "打错", "写错", "记错", "发错", "下单", "提的", "反映", "申请的", "预约的", "约的", "打的电话", "派的", "发的", "交代")

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
