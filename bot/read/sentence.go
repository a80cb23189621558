package read

// sentence is the stretch between full marks around i. Spaces do not end it,
// but do where a word turns the sense: 但, 不过, 可是.
func (l *line) sentence(i int) (from, to int) {
	from = i
	for from > 0 && !isFullMark(l.Runes[from-1]) && !l.turns(from) {
		from--
	}
	to = i
	for to < len(l.Runes) && !isFullMark(l.Runes[to]) && (to == i || !l.turns(to)) {
		to++
	}
	return from, to
}

func (l *line) turns(i int) bool {
	return l.at(i) == '但' || l.is(i, "不过") || l.is(i, "可是") || l.is(i, "结果") || l.is(i, "后来")
}
