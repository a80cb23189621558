package read

import "sort"

// index notes which words of the line are of which kind; it is made anew whenever
// words were taken out of hits.
func (l *line) index() {
	l.head = [manyKinds]int32{}
	var last [manyKinds]int32 // 1 + the place of the word of the kind seen last
	l.next = zeroed(l.next, len(l.hits))
	for i, h := range l.hits {
		if k := last[h.kind]; k > 0 {
			l.next[k-1] = int32(i + 1)
		} else {
			l.head[h.kind] = int32(i + 1)
		}
		last[h.kind] = int32(i + 1)
	}
}

// hitsAt are the words that begin at the rune i.
func (l *line) hitsAt(i int) []hit {
	from := sort.Search(len(l.hits), func(k int) bool { return l.hits[k].from >= i })
	to := from
	for to < len(l.hits) && l.hits[to].from == i {
		to++
	}
	return l.hits[from:to]
}

// has tells whether a word of the section is in the line.
func (l *line) has(k kind, value string) bool {
	_, ok := l.first(k, value)
	return ok
}

// first finds the first word of the section.
func (l *line) first(k kind, value string) (hit, bool) {
	for i := l.head[k]; i > 0; i = l.next[i-1] {
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
func (l *line) endingBy(i int) []hit { return between(l.hits, i-l.lex.words.depth, i) }
