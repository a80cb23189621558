package read

import (
	"slices"
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

	openings []opening // of the words, then of the thesaurus
	begun    []int32   // how many words begin before each rune, and before the end

	signs     []hit // signs of danger
	live      []liveness
	possible  []int32 // rules of danger that the signs may fill
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

	masked      []maskedRune // the line as the weights see it
	maskedRunes []rune       // its signs
	fields      []maskedRune // the same with a sign for each word of a field
	seen        []feature    // what it shows to them
	judging     judging
	early       Judged    // before anything was decided
	odds        Odds      // of its danger
	helping     bool      // the rules found a help before anything was decided
	helped      []Service // what the rules found, of the seven
	ruled       Intent    // what the rules alone decided
	unruled     int       // how many of them do not depend on what the rules decide
	untrusted   bool      // the rules were written for this line: nothing is learned of them
	unweighed   bool      // the rules alone decide

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

// shows tells whether a word of [show value] is in the line.
func (l *line) shows(value string) bool {
	return l.shownBits&sectionBit(value) != 0 && slices.Contains(l.showing, value)
}
