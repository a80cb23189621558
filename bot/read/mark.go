package read

import "slices"

// marks are the words of one "[mark NAME]", which mean something beside a number
// only and so are no words of the line: by first and by last rune, longest first.
type marks struct{ first, last map[rune][][]rune }

func (l *lexicon) mark(name string, word []rune) {
	m := l.marks[name]
	if m == nil {
		m = &marks{map[rune][][]rune{}, map[rune][][]rune{}}
		l.marks[name] = m
	}
	m.first[word[0]] = longestFirst(m.first[word[0]], word)
	last := word[len(word)-1]
	m.last[last] = longestFirst(m.last[last], word)
}

func longestFirst(words [][]rune, more []rune) [][]rune {
	words = append(words, more)
	slices.SortStableFunc(words, func(a, b []rune) int { return len(b) - len(a) })
	return words
}

// mark is how many runes long the longest word of the list is that begins at i,
// 0 if none does.
func (l *line) mark(i int, name string) int {
	for _, w := range lex().marks[name].first[l.at(i)] {
		if startsWith(l.Runes[i:], w) {
			return len(w)
		}
	}
	return 0
}

// markBefore is the same for a word that ends before i.
func (l *line) markBefore(i int, name string) int {
	for _, w := range lex().marks[name].last[l.at(i-1)] {
		if from := i - len(w); from >= 0 && startsWith(l.Runes[from:i], w) {
			return len(w)
		}
	}
	return 0
}

// marked tells whether a word of the list stands between i and j.
func (l *line) marked(i, j int, name string) bool {
	for ; i < j; i++ {
		if n := l.mark(i, name); n > 0 && i+n <= j {
			return true
		}
	}
	return false
}
