package read

import "slices"

// A mark is a list of words that mean something beside a number only, and so are
// no words of the line: the sections "[mark NAME]".
type mark uint8

// The lists.
const (
	unitSecond mark = iota
	unitMinute
	unitQuarter
	unitHour
	unitDay
	unitWeek
	unitMonth
	unitYear
	markAnd
	markSaid
	markHabit
	markPast
	markNotPast
	markLunar
	markNotLunar
	markPressure
	markSystolic
	markDiastolic
	markPulse
	markGlucose
	markTemperature
	markWeather
	markTo
	markHours
	manyMarks
)

var markNames = [manyMarks]string{
	"unit 1", "unit 60", "unit 900", "unit 3600", "unit 86400", "unit 604800", "unit 2592000", "unit 31536000",
	"and", "said", "habit", "past", "notpast", "lunar", "notlunar",
	"pressure", "systolic", "diastolic", "pulse", "glucose", "temperature", "weather", "to", "hours",
}

// marks holds the words of all lists by their first rune or by their last, the
// longest first. in tells quickly that a list has none: almost always.
type marks struct {
	in    [hans]markSet // by rune
	ascii [128]markSet
	other markSet // of all other runes
	words [manyMarks]map[rune][][]rune
}

// A markSet holds lists, a bit for each.
type markSet uint32

func (s markSet) has(name mark) bool { return s&(1<<name) != 0 }

// lists are those that may have a word that begins, or ends, with r.
func (m *marks) lists(r rune) markSet {
	if h := uint32(r - firstHan); h < hans {
		return m.in[h]
	}
	if r < int32(len(m.ascii)) {
		return m.ascii[r]
	}
	return m.other
}

func (m *marks) add(name mark, r rune, word []rune) {
	if m.words[name] == nil {
		m.words[name] = map[rune][][]rune{}
	}
	words := append(m.words[name][r], word)
	slices.SortStableFunc(words, func(a, b []rune) int { return len(b) - len(a) })
	m.words[name][r] = words
	switch {
	case isHan(r):
		m.in[r-firstHan] |= 1 << name
	case r < int32(len(m.ascii)):
		m.ascii[r] |= 1 << name
	default:
		m.other |= 1 << name
	}
}

func (m *marks) of(name mark, r rune) [][]rune {
	if !m.lists(r).has(name) {
		return nil
	}
	return m.words[name][r]
}

// markLists notes which lists may have a word in the line: almost always few.
func (l *line) markLists() {
	for _, r := range l.Runes {
		l.marks |= l.lex.heads.lists(r)
	}
}

// mark is how many runes long the longest word of the list is that begins at i,
// 0 if none does.
func (l *line) mark(i int, name mark) int {
	if !l.marks.has(name) {
		return 0
	}
	for _, w := range l.lex.heads.of(name, l.at(i)) {
		if startsWith(l.Runes[i:], w) {
			return len(w)
		}
	}
	return 0
}

// markBefore is the same for a word that ends before i.
func (l *line) markBefore(i int, name mark) int {
	if !l.marks.has(name) {
		return 0
	}
	for _, w := range l.lex.tails.of(name, l.at(i-1)) {
		if from := i - len(w); from >= 0 && startsWith(l.Runes[from:i], w) {
			return len(w)
		}
	}
	return 0
}

// marked tells whether a word of the list stands between i and j.
func (l *line) marked(i, j int, name mark) bool {
	if !l.marks.has(name) {
		return false
	}
	for ; i < j; i++ {
		if n := l.mark(i, name); n > 0 && i+n <= j {
			return true
		}
	}
	return false
}
