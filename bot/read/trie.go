package read

import "slices"

// A trie finds which of many words begin at a place of a line, rune by rune. It is
// a double array (J. Aoe, An Efficient Digital Search Algorithm by Using a
// Double-Array Structure, 1989): from the cell s a rune with the code c leads to
// the cell base+c, if that one says that it was reached from s.
type trie struct {
	codes  []uint16 // by rune; 0: in no word
	cells  []cell
	wordAt []int32 // by cell: 1 + the place of the word that ends there
	ends   []end   // of the words, in the order of their runes
	senses []*sense
	depth  int // runes of the longest
}

// An end of a word is all that a line needs of its entry, so small that the ends of
// thousands of words stay near the processor.
type end struct {
	from    uint32 // its senses in the trie's
	shorter int32  // 1 + the longest word that is a beginning of this one, 0 none is
	many    uint8  // senses
	runes   uint8
}

// A cell is a beginning of words; the first cell is the empty one.
type cell struct {
	base uint32 // and wordEnds
	from int32  // 1 + the cell of the beginning that is one rune shorter, 0 not used
}

// wordEnds is set in the base of a cell at which a word ends.
const wordEnds = 1 << 31

// newTrie builds the trie of the entries, no two of which have the same word.
func newTrie(entries []entry) trie {
	t := trie{cells: make([]cell, 1), wordAt: make([]int32, 1)}
	slices.SortFunc(entries, func(a, b entry) int { return slices.Compare(a.word, b.word) })
	last := rune(0)
	for _, e := range entries {
		last = max(last, slices.Max(e.word))
		t.depth = max(t.depth, len(e.word))
	}
	t.codes = make([]uint16, last+1)
	known := uint16(0)
	for _, e := range entries {
		for _, r := range e.word {
			if t.codes[r] == 0 {
				known++
				t.codes[r] = known
			}
		}
	}
	t.ends = make([]end, len(entries))
	for i, e := range entries {
		t.ends[i] = end{from: uint32(len(t.senses)), many: uint8(len(e.senses)), runes: uint8(len(e.word))}
		t.senses = append(t.senses, e.senses...)
	}
	b := trieBuilder{trie: &t, entries: entries, free: 1}
	b.place(0, 0, 0, len(entries), 0)
	return t
}

// longest is 1 + the place of the longest word at the beginning of the runes, 0 if none
// begins there.
func (t *trie) longest(runes []rune) int32 {
	s, found := int32(0), int32(0)
	for _, r := range runes {
		if int(r) >= len(t.codes) || t.codes[r] == 0 {
			break
		}
		next := int32(t.cells[s].base&^wordEnds) + int32(t.codes[r])
		if int(next) >= len(t.cells) || t.cells[next].from != s+1 {
			break
		}
		if s = next; t.cells[s].base >= wordEnds {
			found = s
		}
	}
	if found == 0 {
		return 0
	}
	return t.wordAt[found]
}

// A trieBuilder places cells.
type trieBuilder struct {
	*trie
	entries []entry
	free    int // no cell before this one is free
}

// A branch is the entries from..to, which go on with the same code.
type branch struct {
	code     uint16
	from, to int
}

// place puts what follows the cell s: the entries from..to share its runes, depth
// of them; shorter is 1 + the longest word among its beginnings.
func (b *trieBuilder) place(s, depth, from, to int, shorter int32) {
	if from < to && len(b.entries[from].word) == depth {
		e := int32(from + 1)
		b.ends[from].shorter, shorter = shorter, e
		b.cells[s].base, b.wordAt[s] = wordEnds, e
		from++
	}
	branches := b.branches(depth, from, to)
	if len(branches) == 0 {
		return
	}
	base := b.room(branches)
	b.cells[s].base |= uint32(base)
	for _, r := range branches {
		b.cells[base+int(r.code)].from = int32(s + 1)
	}
	for _, r := range branches {
		b.place(base+int(r.code), depth+1, r.from, r.to, shorter)
	}
}

func (b *trieBuilder) branches(depth, from, to int) (out []branch) {
	for i := from; i < to; i++ {
		c := b.codes[b.entries[i].word[depth]]
		if n := len(out); n > 0 && out[n-1].code == c {
			out[n-1].to++
			continue
		}
		out = append(out, branch{c, i, i + 1})
	}
	return out
}

// room finds a base at which the cells of all branches are free.
func (b *trieBuilder) room(branches []branch) int {
	for b.free < len(b.cells) && b.cells[b.free].from != 0 {
		b.free++
	}
	least := slices.MinFunc(branches, func(x, y branch) int { return int(x.code) - int(y.code) }).code
	base := max(b.free-int(least), 0)
	for !b.fits(base, branches) {
		base++
	}
	for _, r := range branches {
		if more := base + int(r.code) + 1 - len(b.cells); more > 0 {
			b.cells = append(b.cells, make([]cell, more)...)
			b.wordAt = append(b.wordAt, make([]int32, more)...)
		}
	}
	return base
}

func (b *trieBuilder) fits(base int, branches []branch) bool {
	for _, r := range branches {
		if at := base + int(r.code); at < len(b.cells) && b.cells[at].from != 0 {
			return false
		}
	}
	return true
}
