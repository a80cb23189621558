package read

import "slices"

// A trie finds which of many words begin at a place of a line, rune by rune. It is
// a double array (J. Aoe, An Efficient Digital Search Algorithm by Using a
// Double-Array Structure, 1989): from the cell s a rune with the code c leads to
// the cell base+c, if that one says that it was reached from s.
type trie struct {
	codes   []uint16 // by rune; 0: in no word
	cells   []cell
	entries []entry // in the order of their runes
	depth   int     // runes of the longest
}

// A cell is a beginning of words; the first cell is the empty one.
type cell struct {
	base  int32
	from  int32 // 1 + the cell of the beginning that is one rune shorter, 0 not used
	entry int32 // 1 + the place of the word that ends here, 0 none does
}

// newTrie builds the trie of the entries, no two of which have the same word.
func newTrie(entries []entry) trie {
	t := trie{entries: entries, cells: make([]cell, 1)}
	slices.SortFunc(t.entries, func(a, b entry) int { return slices.Compare(a.word, b.word) })
	last := rune(0)
	for _, e := range t.entries {
		last = max(last, slices.Max(e.word))
		t.depth = max(t.depth, len(e.word))
	}
	t.codes = make([]uint16, last+1)
	known := uint16(0)
	for _, e := range t.entries {
		for _, r := range e.word {
			if t.codes[r] == 0 {
				known++
				t.codes[r] = known
			}
		}
	}
	b := trieBuilder{trie: &t, free: 1}
	b.place(0, 0, 0, len(t.entries), nil)
	return t
}

// longest is the longest word at the beginning of the runes, nil if none begins
// there.
func (t *trie) longest(runes []rune) *entry {
	s, found := int32(0), int32(0)
	for _, r := range runes {
		if int(r) >= len(t.codes) || t.codes[r] == 0 {
			break
		}
		next := t.cells[s].base + int32(t.codes[r])
		if int(next) >= len(t.cells) || t.cells[next].from != s+1 {
			break
		}
		s = next
		if e := t.cells[s].entry; e > 0 {
			found = e
		}
	}
	if found == 0 {
		return nil
	}
	return &t.entries[found-1]
}

// A trieBuilder places cells.
type trieBuilder struct {
	*trie
	free int // no cell before this one is free
}

// A branch is the entries from..to, which go on with the same code.
type branch struct {
	code     uint16
	from, to int
}

// place puts what follows the cell s: the entries from..to share its runes, depth
// of them; shorter is the longest word among its beginnings.
func (b *trieBuilder) place(s, depth, from, to int, shorter *entry) {
	if from < to && len(b.entries[from].word) == depth {
		e := &b.entries[from]
		e.shorter, shorter = shorter, e
		b.cells[s].entry = int32(from + 1)
		from++
	}
	branches := b.branches(depth, from, to)
	if len(branches) == 0 {
		return
	}
	base := b.room(branches)
	b.cells[s].base = int32(base)
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
