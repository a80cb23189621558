package read

// A hanSet holds characters of the basic block, a bit for each: whether one is in
// it is asked at every character of a line.
type hanSet [(hans + 63) / 64]uint64

func (s *hanSet) add(r rune) { s[(r-firstHan)/64] |= 1 << ((r - firstHan) % 64) }

func (s *hanSet) has(r rune) bool {
	h := uint32(r - firstHan)
	return h < hans && s[h/64]&(1<<(h%64)) != 0
}

// A runeSet holds any runes.
type runeSet struct {
	han   hanSet
	ascii [2]uint64
	other map[rune]bool
}

// runesOf is the set of the runes of a text.
func runesOf(text string) *runeSet {
	s := new(runeSet)
	for _, r := range text {
		s.add(r)
	}
	return s
}

func (s *runeSet) add(r rune) {
	switch {
	case isHan(r):
		s.han.add(r)
	case r < 128:
		s.ascii[r/64] |= 1 << (r % 64)
	case s.other == nil:
		s.other = map[rune]bool{r: true}
	default:
		s.other[r] = true
	}
}

func (s *runeSet) has(r rune) bool {
	switch {
	case isHan(r):
		return s.han.has(r)
	case r < 128:
		return s.ascii[r/64]&(1<<(r%64)) != 0
	}
	return s.other[r]
}
