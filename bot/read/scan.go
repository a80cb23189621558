package read

import (
	"sort"
)

// kind is the use to which the words of a section are put.
type kind uint8

// The kinds of sections; the name in brackets in the files is the key of kinds.
const (
	noKind kind = iota
	kindTraditional
	kindWhole
	kindAnswer
	kindService
	kindSign
	kindRule
	kindOff
	kindVerb
	kindDay
	kindPart
	kindTitle
	kindFinding
	kindHealth
	kindKin
	kindCover
	kindQuery
	kindWish
	kindUrgent
	kindHurry
	kindSurname
	kindMark
	kindFestival
	kindShow
	kindAct
	kindObject
	kindBroken
	kindResult
)

var kinds = map[string]kind{
	"traditional": kindTraditional,
	"whole":       kindWhole,
	"answer":      kindAnswer,
	"service":     kindService,
	"sign":        kindSign,
	"rule":        kindRule,
	"off":         kindOff,
	"verb":        kindVerb,
	"day":         kindDay,
	"part":        kindPart,
	"title":       kindTitle,
	"finding":     kindFinding,
	"health":      kindHealth,
	"kin":         kindKin,
	"cover":       kindCover,
	"query":       kindQuery,
	"wish":        kindWish,
	"urgent":      kindUrgent,
	"hurry":       kindHurry,
	"surname":     kindSurname,
	"mark":        kindMark,
	"festival":    kindFestival,
	"show":        kindShow,
	"act":         kindAct,
	"object":      kindObject,
	"broken":      kindBroken,
	"result":      kindResult,
}

// A hit is a word of a lexicon found at the runes from..to.
type hit struct {
	from, to int
	*sense
}

// finish turns the collected words into the tables that scan uses.
func (b *builder) finish() (*lexicon, error) {
	for _, e := range b.words {
		if len(e.word) == 1 {
			b.out.ones[e.word[0]] = e
			continue
		}
		k := pair(e.word[0], e.word[1])
		b.out.pairs[k] = append(b.out.pairs[k], e)
	}
	for _, es := range b.out.pairs {
		sort.Slice(es, func(i, j int) bool { return len(es[i].word) > len(es[j].word) })
	}
	rules, err := parseRules(b.lines, b.sets)
	sort.SliceStable(rules, func(i, j int) bool { return rules[i].level == Strong && rules[j].level != Strong })
	b.out.rules = rules
	return b.out, err
}

func pair(a, b rune) uint64 { return uint64(a)<<32 | uint64(b) }

// scan finds every word of the lexicons in the runes, in order of their
// beginnings, longer ones first.
func (l *lexicon) scan(runes []rune) []hit {
	hits := make([]hit, 0, len(runes))
	for i, r := range runes {
		if i+1 < len(runes) {
			for _, e := range l.pairs[pair(r, runes[i+1])] {
				if startsWith(runes[i:], e.word) {
					hits = appendSenses(hits, i, e)
				}
			}
		}
		if e := l.ones[r]; e != nil {
			hits = appendSenses(hits, i, e)
		}
	}
	return hits
}

func appendSenses(hits []hit, at int, e *entry) []hit {
	for k := range e.senses {
		hits = append(hits, hit{from: at, to: at + len(e.word), sense: &e.senses[k]})
	}
	return hits
}

func startsWith(runes, word []rune) bool {
	if len(runes) < len(word) {
		return false
	}
	for i := len(word) - 1; i >= 0; i-- {
		if runes[i] != word[i] {
			return false
		}
	}
	return true
}
