package read

// A seeker finds the next place at which something holds and remembers it: asked
// for one place after another, it goes over a line once and not once for each.
// The zero seeker has looked nowhere.
type seeker struct{ from, at int }

// next is the first place from i on, before n, at which holds is true; n if there
// is none. It must be asked with the same n and the same holds for one line.
func (s *seeker) next(i, n int, holds func(int) bool) int {
	if s.from <= i && i < s.at {
		return s.at
	}
	known := n // from here on nothing need be looked at
	if i < s.from {
		known = s.from
	}
	for k := i; k < known; k++ {
		if holds(k) {
			s.from, s.at = i, k
			return k
		}
	}
	if s.from = i; known == n {
		s.at = n
	}
	return s.at
}
