package read

import (
	"fmt"
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
	kindTool
	kindMild
	manyKinds
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
	"tool":        kindTool,
	"mild":        kindMild,
}

// A hit is a word of a lexicon found at the runes from..to.
type hit struct {
	from, to int
	*sense
}

// finish turns the collected words into the tables that scan uses.
func (b *builder) finish() (*lexicon, error) {
	b.out.words = newTrie(entriesOf(b.words))
	b.out.said = newTrie(b.sayings())
	b.out.mild = newTrie(entriesOf(b.mild))
	for name := range b.sets {
		if b.words[name] != nil {
			return nil, fmt.Errorf("%q is a set of signs and stands among the words: a [rule] is missing before it", name)
		}
	}
	rules, err := parseRules(b.lines, b.sets)
	sort.SliceStable(rules, func(i, j int) bool { return rules[i].level == Strong && rules[j].level != Strong })
	b.out.rules, b.out.sets = rules, len(b.sets)
	b.out.rarest = byRarest(rules)
	return b.out, err
}

func entriesOf(words map[string]*entry) []entry {
	out := make([]entry, 0, len(words))
	for _, e := range words {
		out = append(out, *e)
	}
	return out
}

// scan finds every word of the lexicons in the runes, in order of their beginnings, longer
// ones first.
func (l *lexicon) scan(runes []rune) []hit {
	return l.scanOpened(runes, l.words.openings(runes, nil), nil)
}

// scanOpened appends to hits what scan finds in runes of known openings.
func (l *lexicon) scanOpened(runes []rune, openings []opening, hits []hit) []hit {
	for i := range runes {
		for n := l.words.longestOf(runes[i:], openings[i]); n > 0; {
			e := &l.words.ends[n]
			for _, s := range l.words.sensesOf(e) {
				hits = append(hits, hit{from: i, to: i + int(e.runes), sense: s})
			}
			n = e.shorter
		}
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
