package read

// answersItself holds for a helper's 邓银秀家去了没？去了，好着呢: behind the question he tells of the
// visit.
func (l *line) answersItself() bool {
	asked := -1
	for i, r := range l.Runes {
		if r == '?' && i+1 < len(l.Runes) && asked < 0 {
			asked = i
		}
	}
	if asked < 0 {
		return false
	}
	for _, h := range l.hits {
		if h.from > asked && (h.kind == kindVerb && (h.value == "see" || h.value == "absent" || h.value == "reason") || h.kind == kindHealth && h.to-h.from > 1) {
			return true
		}
	}
	return false
}
