package read

// Phrases are words that a rule looks for at every place of a line. Where a place
// begins none of them, which is almost everywhere, one look tells so.
type phrases struct {
	begin *runeSet
	words []string
}

func newPhrases(words ...string) *phrases {
	p := &phrases{begin: new(runeSet), words: words}
	for _, w := range words {
		p.begin.add([]rune(w)[0])
	}
	return p
}

// phraseAt is the first of the words, in their order, that stands at i; "" if none
// does.
func (l *line) phraseAt(i int, p *phrases) string {
	if i < 0 || i >= len(l.Runes) || !p.begin.has(l.Runes[i]) {
		return ""
	}
	for _, w := range p.words {
		if l.is(i, w) {
			return w
		}
	}
	return ""
}

// says tells whether any of the words stands in the line.
func (l *line) says(p *phrases) bool {
	for i := range l.Runes {
		if l.phraseAt(i, p) != "" {
			return true
		}
	}
	return false
}
