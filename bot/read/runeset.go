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
	other map[rune]bool
}

func (s *runeSet) add(r rune) {
	if isHan(r) {
		s.han.add(r)
		return
	}
	if s.other == nil {
		s.other = map[rune]bool{}
	}
	s.other[r] = true
}

func (s *runeSet) has(r rune) bool {
	if isHan(r) {
		return s.han.has(r)
	}
	return s.other[r]
}
