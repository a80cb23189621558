package read

// index notes which words of the line are of which kind and where each begins; it is made anew whenever
// words were taken out of hits.
func (l *line) index() {
	l.head = [manyKinds]int32{}
	var last [manyKinds]int32 // 1 + the place of the word of the kind seen last
	l.firsts, l.sections = [manyKinds]int32{}, [manyKinds]uint64{}
	l.next, l.nextFirst = zeroed(l.next, len(l.hits)), zeroed(l.nextFirst, len(l.hits))
	l.begun = zeroed(l.begun, len(l.Runes)+1)
	for i, h := range l.hits {
		l.begun[h.from+1]++
		if k := last[h.kind]; k > 0 {
			l.next[k-1] = int32(i + 1)
		} else {
			l.head[h.kind] = int32(i + 1)
		}
		last[h.kind] = int32(i + 1)
		l.indexFirst(i)
	}
	for i := range l.Runes {
		l.begun[i+1] += l.begun[i]
	}
}

// indexFirst adds the word i to the row of the first ones, if it is one.
func (l *line) indexFirst(i int) {
	h := &l.hits[i]
	at := &l.firsts[h.kind]
	for *at > 0 {
		if l.hits[*at-1].value == h.value {
			return
		}
		at = &l.nextFirst[*at-1]
	}
	*at = int32(i + 1)
	l.sections[h.kind] |= sectionBit(h.value)
}

// sectionBit is one of 64 bits by the name of a section: most rules ask for sections
// that the line has no word of, and a bit that nobody set tells so.
func sectionBit(value string) uint64 {
	n := uint(len(value))
	if n == 0 {
		return 1
	}
	return 1 << ((uint(value[0])*7 + uint(value[n-1])*3 + n) % 64)
}

// hitsAt are the words that begin at the rune i.
func (l *line) hitsAt(i int) []hit { return l.hitsIn(i, i+1) }

// hitsIn are the words that begin at the runes from..to.
func (l *line) hitsIn(from, to int) []hit {
	n := len(l.Runes)
	from = min(max(from, 0), n)
	to = min(max(to, from), n)
	return l.hits[l.begun[from]:l.begun[to]]
}

// has tells whether a word of the section is in the line.
func (l *line) has(k kind, value string) bool {
	_, ok := l.first(k, value)
	return ok
}

// first finds the first word of the section.
func (l *line) first(k kind, value string) (hit, bool) {
	if l.sections[k]&sectionBit(value) == 0 {
		return hit{}, false
	}
	for i := l.firsts[k]; i > 0; i = l.nextFirst[i-1] {
		if h := l.hits[i-1]; h.value == value {
			return h, true
		}
	}
	return hit{}, false
}

// all finds every word of the kind; value "" takes any.
func (l *line) all(k kind, value string) []hit {
	var out []hit
	for i := l.head[k]; i > 0; i = l.next[i-1] {
		if h := l.hits[i-1]; value == "" || h.value == value {
			out = append(out, h)
		}
	}
	return out
}

// endingBy are the words among which those that end before the rune i are: no word
// is longer than the longest of the lexicons.
func (l *line) endingBy(i int) []hit { return l.hitsIn(i-l.lex.words.depth, i) }
