package read

import (
	"slices"
	"sort"
	"strings"
	"time"
)

// line is one text while it is being read: its folded runes, the words found
// in it, and its clauses.
type line struct {
	inFrom, inTo int // the sentence that off looked at last
	*Folded
	c     *Context
	lex   *lexicon
	marks markSet // the lists that may have a word in the line
	found []hit   // words of the lexicons as scan found them
	hits  []hit   // those of them that lie in no longer one

	// The words by kind: 1 + the place in hits of the first, 0 none, and for each
	// word that of the next of its kind.
	head [manyKinds]int32
	next []int32

	// The same for the first word of each section, so that a line that says one
	// thing many times is asked no slower what it says.
	firsts    [manyKinds]int32
	nextFirst []int32
	sections  [manyKinds]uint64 // a bit for each section of the kind that has a word, see sectionBit

	begun []int32 // how many words begin before each rune, and before the end

	signs     []hit // signs of danger
	live      []liveness
	bySet     []int32 // the signs by set, and in bySet where those of each set end
	setEnds   []int32
	offs      []hit   // what turns them off
	clause    []int16 // number of the clause of each rune
	marksTo   []int16 // how many marks stand before each rune, and before the end
	stopsTo   []int16 // how many of them are stronger than a comma
	nums      []number
	callings  []calling // by number
	taken     []bool    // runes that belong to a name, a number or a time
	back      bool      // bare days look back
	surname   []bool    // runes that are surnames and in no word
	inWord    []bool    // runes inside words of two runes or more
	longAt    []int32   // by rune: end of the longest word that begins there, 0 none
	longTo    []int32   // by rune: farthest end of a word that begins there or before
	wordTo    []int32   // the same without titles and kin
	ill       bool      // 助医 was read from an illness alone
	thingOnly bool      // a help was read from a thing alone
	needful   bool      // something is broken or out

	lengths   []duration // of time, once they were read
	times     times      // days, parts and hours, once they were read
	midnight  time.Time  // at which today began, once it was asked for
	isNow     bool       // the time that was read is 马上, 刚才 or their like
	bareClock bool       // the hour that was read had no day

	named          []found // the names, once they were looked for
	met, metSurely bool    // the speaker was with somebody whom he names

	// Where somebody else is asked, something happened, a request is asked about,
	// something goes on that was done.
	another, happened, asked, wentOn, unplanned, tale seeker

	questioned     bool // a word of the line asks, once that was asked
	questionsKnown bool
	rightName      int // where the last name begins that puts another right, -1 none
	rightNameKnown bool

	helps serviceFinder

	byHelper bool // see helper

	mood      mood
	aim       aim      // where the times of the line must lie
	weak      bool     // only weak words name a help
	shown     []hit    // what the line shows besides, by section of show.txt
	showing   []string // the sections of shown, each once
	shownBits uint64   // their bits, see sectionBit

	askEnds  []bool // by rune: a word of asking ends before it
	verbEnds []bool // by rune: a verb ends before it

	// what off found out about the sentence it looked at last, and the line
	inTalk, inChronic, lessonKnown, isLesson bool
}

// split numbers the clauses. Villagers type spaces where a clerk puts commas.
func (l *line) split() {
	n, open := int16(0), false
	for i, r := range l.Runes {
		full, soft := isFullMark(r), r == ' ' || r == '、'
		if (full || soft) && open && !l.insideNumber(i) {
			n++
			open = false
		} else if !soft && !full {
			open = true
		}
		l.clause[i] = n
		l.marksTo[i+1], l.stopsTo[i+1] = l.marksTo[i], l.stopsTo[i]
		if full || soft {
			l.marksTo[i+1]++
		}
		if full && r != ',' {
			l.stopsTo[i+1]++
		}
	}
}

// insideNumber holds for the point of 1.5 and the colon of 9:30.
func (l *line) insideNumber(i int) bool {
	r := l.Runes[i]
	return (r == '.' || r == ':' || r == ',') && i > 0 && i+1 < len(l.Runes) &&
		isDigit(l.Runes[i-1]) && isDigit(l.Runes[i+1])
}

// isMark holds for everything that ends a clause.
func isMark(r rune) bool { return r == ' ' || r == '、' || isFullMark(r) }

// begins tells whether a clause begins at i.
func (l *line) begins(i int) bool { return i == 0 || isMark(l.Runes[i-1]) }

// ends tells whether a clause ends before i.
func (l *line) ends(i int) bool { return i >= len(l.Runes) || isMark(l.Runes[i]) }

func isFullMark(r rune) bool {
	switch r {
	case ',', '.', '。', ';', '!', '?', '\n', '…', '~', ':', '(', ')', '"', '“', '”':
		return true
	}
	return false
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// sort keeps of the found words those that lie in no longer one, and sets the
// danger words apart.
func (l *line) sort(all []hit) {
	var last hit // the word that reaches farthest so far
	for _, h := range all {
		switch h.kind {
		case kindSign:
			if isDigit(l.Runes[h.from]) && (isDigit(l.at(h.from-1)) || l.at(h.from-1) == '/' || isDigit(l.at(h.to))) {
				continue // the 84 of 150/84 is no poison
			}
			l.signs = append(l.signs, h)
			continue
		case kindOff:
			l.offs = append(l.offs, h)
			continue
		case kindShow:
			if !l.retoldQuestion(h) && !(h.value == "works" && l.isOneOf(h.from-1, "没冇不")) {
				l.shown = append(l.shown, h)
				if !l.shows(h.value) {
					l.showing = append(l.showing, h.value)
					l.shownBits |= sectionBit(h.value)
				}
			}
			continue
		}
		if h.kind == kindVerb && h.value == "claim" && h.to-h.from == 2 && l.Runes[h.from] == '我' && l.isOneOf(h.to, "好完通牢紧") {
			continue // 电线我接好了
		}
		if h.kind == kindVerb && h.value == "claim" && h.from > 0 && strings.ContainsRune("帮给替送带陪喊接请", l.Runes[h.from-1]) {
			continue // the 我接 of 帮我接站
		}
		if h.kind == kindVerb && h.value == "reason" && l.is(h.from, "出去") && l.isOneOf(h.from-1, "送拿寄搬抬带发运拖推倒挑递端") {
			continue // 挂号信寄出去了
		}
		if h.kind == kindVerb && h.value == "see" && (l.awayFrom(h) || l.toGo(h)) {
			continue // the 去了 of 收进去了, the 去看他 of 要去看他
		}
		same := h.from == last.from && h.to == last.to
		if h.to <= last.to && !same {
			if timeInside(h, last) {
				l.hits = append(l.hits, h)
			}
			continue
		}
		last = h
		l.hits = append(l.hits, h)
	}
}

// timeInside holds for the day in a longer word that is not about time: 今天就要,
// 刚从.
func timeInside(h, longer hit) bool {
	switch longer.kind {
	case kindService:
		return h.kind == kindPart && h.to-h.from > 1 // 夜里守
	case kindVerb, kindUrgent, kindHurry, kindQuery:
		return h.kind == kindDay && (h.to-h.from > 1 || h.value == "now" && h.from == longer.from)
	}
	return false
}

// shows tells whether a word of [show value] is in the line.
func (l *line) shows(value string) bool {
	return l.shownBits&sectionBit(value) != 0 && slices.Contains(l.showing, value)
}

// spread notes how far the words of two runes and more reach, so that a name
// is weighed against them in constant time.
func (l *line) spread() {
	n := len(l.Runes)
	for _, h := range l.hits {
		if h.kind == kindVerb {
			l.verbEnds[h.to] = true
		}
		if h.to-h.from < 2 {
			l.surname[h.from] = l.surname[h.from] || h.kind == kindSurname
			continue
		}
		if h.kind >= kindAct {
			continue // words for what is done stand where names do
		}
		l.longAt[h.from] = max(l.longAt[h.from], int32(h.to))
		if h.kind == kindTitle || h.kind == kindKin || h.kind == kindFestival {
			continue // these lead to a name, and 国庆 is one as well
		}
		l.wordTo[h.from] = max(l.wordTo[h.from], int32(h.to))
		for i := h.from; i < h.to; i++ {
			l.inWord[i] = true
		}
	}
	for i := range n {
		l.longTo[i] = l.longAt[i]
		if i > 0 {
			l.longTo[i] = max(l.longTo[i], l.longTo[i-1])
			l.wordTo[i] = max(l.wordTo[i], l.wordTo[i-1])
		}
	}
}

// covered tells whether a word of a lexicon stands over all of i..j, so that
// no name is looked for there.
func (l *line) covered(i, j int) bool { return int(l.wordTo[i]) >= j }

// crossed tells whether a word of two runes or more overlaps i..j partly.
func (l *line) crossed(i, j int) bool {
	if i > 0 && int(l.longTo[i-1]) > i {
		return true
	}
	for k := i; k < j; k++ {
		if int(l.longAt[k]) > j {
			return true
		}
	}
	return false
}

// wordOver tells whether a word of two runes or more lies over part of i..j.
func (l *line) wordOver(i, j int) bool {
	for ; i < j; i++ {
		if l.inWord[i] {
			return true
		}
	}
	return false
}

// take marks the runes as used.
func (l *line) take(i, j int) {
	for ; i < j; i++ {
		l.taken[i] = true
	}
}

// free tells whether nothing was taken of i..j.
func (l *line) free(i, j int) bool {
	for ; i < j; i++ {
		if l.taken[i] {
			return false
		}
	}
	return true
}

// at returns the rune at i, 0 outside the line.
func (l *line) at(i int) rune {
	if i < 0 || i >= len(l.Runes) {
		return 0
	}
	return l.Runes[i]
}

// typed returns the runes i..j as they were typed.
func (l *line) typed(text string, i, j int) string {
	return text[l.src[i]:l.src[j]]
}

// is tells whether word stands at the rune i.
func (l *line) is(i int, word string) bool {
	return i >= 0 && i <= len(l.Runes) && strings.HasPrefix(l.Text[l.pos[i]:], word)
}

// isBefore tells whether word stands right before the rune i.
func (l *line) isBefore(i int, word string) bool {
	return i >= 0 && i <= len(l.Runes) && strings.HasSuffix(l.Text[:l.pos[i]], word)
}

// clauseEnd returns where the clause of the rune i ends.
func (l *line) clauseEnd(i int) int {
	if i >= len(l.Runes) {
		return len(l.Runes)
	}
	of := l.clause[i]
	return i + sort.Search(len(l.Runes)-i, func(k int) bool { return l.clause[i+k] != of })
}

// clauseStart returns where the clause of the rune i begins.
func (l *line) clauseStart(i int) int {
	return sort.Search(i, func(k int) bool { return l.clause[k] >= l.clause[i] })
}
