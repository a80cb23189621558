package read

import "slices"

// A trie finds which of many words begin at a place of a line, rune by rune. It is
// a double array (J. Aoe, An Efficient Digital Search Algorithm by Using a
// Double-Array Structure, 1989): from the cell s a rune with the code c leads to
// the cell base+c, if that one says that it was reached from s.
type trie struct {
	codes  []uint16 // by rune; 0: in no word
	cells  []cell
	ends   []end    // by cell
	senses []*sense // those of a word behind each other; words of the same senses share them
	depth  int      // runes of the longest
}

// An end is all that a line needs of the word that ends at a cell. It lies where the cell
// says, and leads to what thousands of words have in common: of the places in memory on
// the way from a rune to a meaning one is far.
type end struct {
	shorter int32  // the cell of the longest word that is a beginning of this one, 0 none is
	from    uint16 // its senses in the trie's
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
	t := trie{cells: make([]cell, 1), ends: make([]end, 1)}
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
	b := trieBuilder{trie: &t, entries: entries, free: 1, sensesAt: map[[sharedSenses]*sense]uint16{}}
	b.place(0, 0, 0, len(entries), 0)
	t.cells = append(t.cells, make([]cell, known)...) // whatever base and code are added, it is a cell
	return t
}

// longest is the cell of the longest word at the beginning of the runes, 0 if none begins
// there.
func (t *trie) longest(runes []rune) int32 {
	var one, two int32
	if len(runes) > 0 {
		one = t.code(runes[0])
	}
	if len(runes) > 1 {
		two = t.code(runes[1])
	}
	return t.longestOf(runes, t.opening(one, two))
}

// An opening is the cells of the first one and of the first two runes at a place, 0 where
// no word begins so.
type opening struct{ one, two int32 }

// openings appends the opening at each place of the runes. The cells of a large trie lie
// scattered over megabytes: a loop without a branch waits for dozens of them at a time, a
// walk word by word for one behind the other.
func (t *trie) openings(runes []rune, to []opening) []opening {
	if len(runes) == 0 {
		return to
	}
	one := t.code(runes[0])
	for _, r := range runes[1:] {
		two := t.code(r)
		to = append(to, t.opening(one, two))
		one = two
	}
	return append(to, t.opening(one, 0))
}

// opening is that of two runes by their codes.
func (t *trie) opening(one, two int32) opening {
	next := int32(t.cells[one].base&^wordEnds) + two
	first := oneIf(t.cells[one].from == 1)
	both := first & oneIf(t.cells[next].from == one+1)
	return opening{one * first, next * both}
}

// code is 0 for a rune of no word.
func (t *trie) code(r rune) int32 {
	if uint32(r) < uint32(len(t.codes)) {
		return int32(t.codes[r])
	}
	return 0
}

// longestOf is longest of runes of which it is known how they begin.
func (t *trie) longestOf(runes []rune, at opening) int32 {
	found := int32(0)
	if at.one != 0 && t.cells[at.one].base >= wordEnds {
		found = at.one
	}
	if s := at.two; s != 0 {
		if t.cells[s].base >= wordEnds {
			found = s
		}
		for _, r := range runes[2:] {
			next := int32(t.cells[s].base&^wordEnds) + t.code(r)
			if t.cells[next].from != s+1 {
				break
			}
			if s = next; t.cells[s].base >= wordEnds {
				found = s
			}
		}
	}
	return found
}

// sensesOf are those of the word that ends at the cell.
func (t *trie) sensesOf(e *end) []*sense { return t.senses[e.from:][:e.many] }

// A trieBuilder places cells.
type trieBuilder struct {
	*trie
	entries  []entry
	free     int // no cell before this one is free
	sensesAt map[[sharedSenses]*sense]uint16
}

// A branch is the entries from..to, which go on with the same code.
type branch struct {
	code     uint16
	from, to int
}

// place puts what follows the cell s: the entries from..to share its runes, depth
// of them; shorter is the cell of the longest word among its beginnings.
func (b *trieBuilder) place(s, depth, from, to int, shorter int32) {
	if from < to && len(b.entries[from].word) == depth {
		b.cells[s].base, b.ends[s] = wordEnds, b.end(&b.entries[from], shorter)
		shorter = int32(s)
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

// sharedSenses is how many senses a word may have and share them with other words.
const sharedSenses = 4

func (b *trieBuilder) end(e *entry, shorter int32) end {
	var key [sharedSenses]*sense
	share := copy(key[:], e.senses) == len(e.senses)
	from, known := b.sensesAt[key]
	if !known || !share {
		from = uint16(len(b.senses))
		b.senses = append(b.senses, e.senses...)
	}
	if share {
		b.sensesAt[key] = from
	}
	return end{shorter: shorter, from: from, many: uint8(len(e.senses)), runes: uint8(len(e.word))}
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
			b.ends = append(b.ends, make([]end, more)...)
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
