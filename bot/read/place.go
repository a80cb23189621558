package read

import (
	"sort"
	"strings"
)

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

// amongRunes is strings.ContainsRune for a few Chinese characters, of which thousands are
// asked a line: three bytes are compared in place of a search begun.
func amongRunes(set string, r rune) bool {
	if r < 0x800 || r > 0xffff {
		return strings.ContainsRune(set, r)
	}
	first, second, third := 0xe0|byte(r>>12), 0x80|byte(r>>6)&0x3f, 0x80|byte(r)&0x3f
	for i := 2; i < len(set); i++ {
		if set[i] == third && set[i-1] == second && set[i-2] == first {
			return true
		}
	}
	return false
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

// onlyOf tells whether between two places stands nothing but some characters.
func (l *line) onlyOf(i, j int, some string) bool {
	for ; i < j; i++ {
		if !strings.ContainsRune(some, l.Runes[i]) {
			return false
		}
	}
	return true
}
