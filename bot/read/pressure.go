package read

import (
	"slices"
	"sort"
	"strings"
)

// Limits of a blood pressure that is believed without a question, in mmHg: the
// upper value, the lower one, and how far apart they are at least.
const (
	minSystolic, maxSystolic   = 60, 260
	minDiastolic, maxDiastolic = 30, 160
	minPulsePressure           = 10
)

func plausiblePressure(high, low float64) bool {
	return high >= minSystolic && high <= maxSystolic && low >= minDiastolic && low <= maxDiastolic && high-low >= minPulsePressure
}

// pressures reads blood pressures in the forms that people type: 145/90, 145 90,
// 152-94, 高压145低压90, 一百五九十五, 一四五九二. The larger value is the upper one,
// however it was written.
func (l *line) pressures(names []found) []Vital {
	spoken := l.marked(0, len(l.Runes), markPressure) || l.c.Speaker.Role == "doctor"
	var out []Vital
	for k := 0; k < len(l.nums); k++ {
		n := l.nums[k]
		if !l.free(n.from, n.to) {
			continue
		}
		if v, ok := l.pressureAt(k, spoken, names); ok {
			l.take(n.from, l.runeAt(v.Span.To))
			out = append(out, v)
		}
	}
	out = append(out, l.saidPressures(spoken, names)...)
	if len(out) > 1 {
		slices.SortStableFunc(out, func(a, b Vital) int { return a.Span.From - b.Span.From })
	}
	return out
}

// runeAt is the rune at which a byte of the typed text stands.
func (l *line) runeAt(typed int) int {
	return sort.Search(len(l.src)-1, func(i int) bool { return int(l.src[i]) >= typed })
}

// pressureAt reads the one that begins with the number k.
func (l *line) pressureAt(k int, spoken bool, names []found) (Vital, bool) {
	n := l.nums[k]
	if high, low, ok := l.runTogether(n); ok && spoken {
		return l.pressure(n.from, n.to, high, low, n.chinese), true
	}
	if k+1 >= len(l.nums) {
		return Vital{}, false
	}
	m := l.nums[k+1]
	if !l.free(m.from, m.to) || !whole(n) || !whole(m) {
		return Vital{}, false
	}
	gap := strings.TrimSpace(l.part(n.to, m.from))
	sure := plausiblePressure(max(n.value, m.value), min(n.value, m.value))
	switch {
	case l.labelledPair(n, m), spoken && sure && l.label(m.from) == 'l' && m.from-n.to <= 5:
	case m.from-n.to > 3 || n.digits == 1 || m.digits == 1 || l.counts(m) && l.at(m.to) != ':' && l.at(m.to) != '下':
		return Vital{}, false
	case l.at(m.to) == '/': // 八十二 145/90: an age before it
		return Vital{}, false
	case gap == "/" && (sure || spoken && n.value >= 30):
	case strings.Contains("-、,比和跟\\|.~", gap) && sure && (spoken || l.afterName(n.from, names) || l.afterKin(n.from) || l.plainPair(n, m)):
	default:
		return Vital{}, false
	}
	return l.pressure(n.from, m.to, n.value, m.value, true), true
}

// plainPair holds for two numbers that can hardly be anything else: 医生讲我今天151 89.
func (l *line) plainPair(n, m number) bool {
	return n.value >= 100 && n.value <= 220 && m.value >= 50 && m.value <= 120 && n.value-m.value >= 20 && n.digits == 3 && m.digits == 2 &&
		!l.counts(n) && !l.counts(m) && l.at(m.to) != '号' && !l.mood.claim && !l.mood.done && !l.mood.cancel && !l.mood.decline
}

func whole(n number) bool {
	_, ok := n.int()
	return ok && n.about == 0
}

// labelledPair holds for 高压145低压90, 上压172 下压98, 低压90高压145.
func (l *line) labelledPair(n, m number) bool {
	first, second := l.label(n.from), l.label(m.from)
	return first != 0 && second != 0 && first != second && m.from-n.to <= 8
}

// label tells which value the word before i names.
func (l *line) label(i int) rune {
	for k := 0; k <= 2; k++ { // 高压是, 高压：
		if l.markBefore(i-k, markSystolic) > 0 {
			return 'h'
		}
		if l.markBefore(i-k, markDiastolic) > 0 {
			return 'l'
		}
	}
	return 0
}

// afterName holds where the number follows the name of a person: 向长庚162 90.
func (l *line) afterName(i int, names []found) bool {
	k := sort.Search(len(names), func(k int) bool { return names[k].to >= i-1 })
	return k < len(names) && names[k].to <= i
}

// runTogether reads 一四五九二 and 14592: three digits and two, or three.
func (l *line) runTogether(n number) (high, low float64, ok bool) {
	if n.digits != 5 && n.digits != 6 || !whole(n) {
		return 0, 0, false
	}
	by := 100.0
	if n.digits == 6 {
		by = 1000
	}
	low = float64(int(n.value) % int(by))
	high = (n.value - low) / by
	return high, low, plausiblePressure(high, low)
}

// pressure puts the values right: 90/145 is 145/90. sure is false where the
// typed form had to be guessed.
func (l *line) pressure(from, to int, a, b float64, sure bool) Vital {
	high, low := max(a, b), min(a, b)
	return Vital{Kind: Pressure, Value: high, Low: low, Plausible: sure && plausiblePressure(high, low), Span: l.Span(from, to)}
}
