package read

import (
	"cmp"
	"slices"
)

// soundIndex finds people by the folded sounds of two characters.
type soundIndex struct {
	full  pairIndex // the first two of the full name
	given pairIndex // the first two of the given name
}

// A pairIndex holds people by two sounds. It is rows of one sorted table and not a
// map of slices, which for a village would take four times the memory.
type pairIndex struct {
	may    hanSet   // the characters that may sound like the first of a pair
	first  []uint64 // the sounds that begin a pair, a bit for each
	keys   []uint32 // in order
	starts []int32  // by key: where its people begin; and where the last ones end
	people []int32
}

func newSoundIndex(names [][]rune) soundIndex {
	var full, given []soundRow
	for i, name := range names {
		full = addSound(full, name, int32(i))
		if _, g := splitName(name); len(g) > 1 {
			given = addSound(given, g, int32(i))
		}
	}
	return soundIndex{full: newPairIndex(full), given: newPairIndex(given)}
}

// A soundRow is one way in which the first two characters of a name may sound.
type soundRow struct {
	key    uint32
	person int32
}

func addSound(rows []soundRow, name []rune, i int32) []soundRow {
	if len(name) < 2 {
		return rows
	}
	for _, a := range sounds().of(name[0]) {
		for _, b := range sounds().of(name[1]) {
			rows = append(rows, soundRow{soundKey(a, b), i})
		}
	}
	return rows
}

func soundKey(a, b syllable) uint32 { return uint32(a.folded)<<16 | uint32(b.folded) }

func newPairIndex(rows []soundRow) pairIndex {
	slices.SortFunc(rows, func(a, b soundRow) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.person, b.person)) })
	rows = slices.Compact(rows)
	x := pairIndex{first: make([]uint64, sounds().size()/64+1), people: make([]int32, len(rows))}
	for i, r := range rows {
		if i == 0 || r.key != rows[i-1].key {
			x.keys, x.starts = append(x.keys, r.key), append(x.starts, int32(i))
		}
		x.people[i] = r.person
		first := r.key >> 16
		x.first[first/64] |= 1 << (first % 64)
	}
	for r := rune(firstHan); isHan(r); r++ {
		if slices.ContainsFunc(sounds().of(r), x.begins) {
			x.may.add(r)
		}
	}
	x.keys, x.starts = slices.Clip(x.keys), slices.Clip(append(x.starts, int32(len(rows))))
	return x
}

// begins tells whether any pair begins with the sound.
func (x *pairIndex) begins(a syllable) bool { return x.first[a.folded/64]&(1<<(a.folded%64)) != 0 }

// of are the people whose two characters may sound so.
func (x *pairIndex) of(a, b syllable) []int32 {
	k, ok := slices.BinarySearch(x.keys, soundKey(a, b))
	if !ok {
		return nil
	}
	return x.people[x.starts[k]:x.starts[k+1]]
}
