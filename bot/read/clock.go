package read

import (
	"sort"
	"strconv"
	"strings"
)

// parts appends to out the parts of the day. A single character such as 早 is one only
// behind a day (明早) or before an hour (早8点).
func (l *line) parts(out []part) []part {
	for _, h := range l.hits {
		if h.kind != kindPart || h.to-h.from == 1 && !l.partAlone(h) || l.Runes[h.from] == '天' && isNumeral(l.at(h.from-1)) || l.isOneOf(h.from, "上下晚夜中") && l.isOneOf(h.from-1, "一整") && !l.isOneOf(h.from-2, "周期拜") {
			continue
		}
		name, hour, _ := strings.Cut(h.value, " ")
		n, _ := strconv.Atoi(hour) // the loader checked it
		out = append(out, part{h.from, h.to, name, n})
	}
	return out
}

func (l *line) partAlone(h hit) bool {
	for _, d := range l.endingBy(h.from) {
		if d.kind == kindDay && d.to == h.from && d.value != "none" && d.value != "any" {
			return true
		}
	}
	at := l.numberAt(h.to)
	if at < 0 {
		return false
	}
	n := l.nums[at]
	return l.at(n.to) == '点' && !l.notHour(n) || l.at(n.to) == ':'
}

// clocks appends to out the hours: 9点半, 三点一刻, 8:30, 下午3时20分. An hour at the end of
// a range (两点到五点) inherits the part of its beginning.
func (l *line) clocks(parts []part, out []clock) []clock {
	for i, n := range l.nums {
		h, whole := n.int()
		if !whole || h > 24 || !l.free(n.from, n.to) {
			continue
		}
		k := clock{from: n.from, hour: h}
		switch l.at(n.to) {
		case '点':
			if l.notHour(n) {
				continue
			}
			k.to = n.to + 1
			l.minutes(&k, i)
		case ':':
			if !l.colon(&k, i) {
				continue
			}
		case '时':
			k.to = n.to + 1
			l.minutes(&k, i)
		default:
			if !l.plainHour(&k, i) {
				continue
			}
		}
		k.dayPart = partBefore(parts, k.from)
		if half := l.english(&k); half != nil {
			k.dayPart = half
		}
		if n.about > 7 && h < 8 && k.dayPart == nil { // 七八点 in working hours is eight
			k.hour = n.about
		}
		if k.dayPart == nil && len(out) > 0 && k.from-out[len(out)-1].to <= 2 {
			k.dayPart = out[len(out)-1].dayPart
		}
		out = append(out, k)
	}
	return out
}

// partBefore finds the part that ends where the hour begins, or one rune
// earlier: 下午的三点, 晚上 8点.
func partBefore(parts []part, at int) *part {
	i := sort.Search(len(parts), func(i int) bool { return parts[i].to >= at-1 })
	if i < len(parts) && parts[i].to <= at {
		return &parts[i]
	}
	return nil
}

// notHour holds for 好一点, 一点都不, 一点点, 三点意见: the word 点 for "a bit".
func (l *line) notHour(n number) bool {
	if !n.chinese || n.value != 1 {
		return false
	}
	if strings.ContainsRune("好快早晚多少大小有轻慢差高低近远便没冇重这那", l.at(n.from-1)) && n.from > 0 {
		return true
	}
	return n.to+1 < len(l.Runes) && strings.ContainsRune("都也点儿不没冇意", l.at(n.to+1))
}

// minutes reads what stands behind 点: 半, 一刻, 三刻, 20, 20分, 钟.
func (l *line) minutes(k *clock, i int) {
	switch r := l.at(k.to); {
	case r == '半':
		k.minute, k.exact = 30, true
		k.to++
	case r == '钟' || r == '整':
		k.to++
	case i+1 < len(l.nums) && l.nums[i+1].from == k.to:
		l.minuteNumber(k, l.nums[i+1])
	case r == '零' && i+1 < len(l.nums) && l.nums[i+1].from == k.to+1:
		l.minuteNumber(k, l.nums[i+1])
	}
}

func (l *line) minuteNumber(k *clock, n number) {
	m, whole := n.int()
	switch {
	case !whole || m > 59:
	case l.at(n.to) == '刻' && m <= 3:
		k.minute, k.exact, k.to = m*15, true, n.to+1
	case l.at(n.to) == '分' && l.at(n.to+1) != '钟':
		k.minute, k.exact, k.to = m, true, n.to+1
		l.seconds(k, k.to, '秒')
	case l.at(n.to) == '秒':
		k.second, k.exact, k.to = m, true, n.to+1
	case m >= 10 || l.at(n.from) == '零':
		k.minute, k.exact, k.to = m, true, n.to
	}
}

// colon reads 8:30.
func (l *line) colon(k *clock, i int) bool {
	if i+1 >= len(l.nums) {
		return false
	}
	n := l.nums[i+1]
	m, whole := n.int()
	if !whole || n.from != l.nums[i].to+1 || n.digits != 2 || m > 59 || l.nums[i].digits > 2 {
		return false
	}
	k.minute, k.exact, k.to = m, true, n.to
	if l.at(n.to) == ':' {
		l.seconds(k, n.to+1, 0)
	}
	return true
}

// seconds reads the number at i as seconds, if unit (0: none) stands behind it.
func (l *line) seconds(k *clock, i int, unit rune) {
	at := l.numberAt(i)
	if at < 0 {
		return
	}
	n := l.nums[at]
	if v, whole := n.int(); whole && v < 60 && (unit == 0 || l.at(n.to) == unit) {
		k.second, k.to = v, n.to
		if unit != 0 {
			k.to++
		}
	}
}

// plainHour reads an hour that a word behind it makes one: the 五 of 五到六点, the
// 3 of 3pm.
func (l *line) plainHour(k *clock, i int) bool {
	n := l.nums[i]
	k.to = n.to
	if half := l.english(&clock{to: n.to}); half != nil && k.hour <= 12 {
		return true
	}
	if r := l.at(n.to); r != '到' && r != '至' && r != '-' || i+1 >= len(l.nums) || l.nums[i+1].from != n.to+1 {
		return false
	}
	next := l.nums[i+1]
	return l.at(next.to) == '点' && !l.notHour(next) && k.hour >= 1 && k.hour < int(next.value)
}

// english reads am and pm behind the hour.
func (l *line) english(k *clock) *part {
	i := k.to
	if l.at(i) == ' ' {
		i++
	}
	for _, w := range [...]struct{ word, name string }{{"p.m.", "afternoon"}, {"pm", "afternoon"}, {"a.m.", "forenoon"}, {"am", "forenoon"}} {
		if to := i + len(w.word); l.is(i, w.word) && (l.at(to) < 'a' || l.at(to) > 'z') {
			k.to = to
			return &part{from: i, to: to, name: w.name}
		}
	}
	return nil
}
