package read

// pastMarked tells whether the line says that something was done: 12号去的蒋家,
// 初五看的她. 去的时候 and 去的人 say nothing of it.
func (l *line) pastMarked() bool {
	if l.has(kindVerb, "complete") && !l.isHelp() {
		return true
	}
	for i := range l.Runes {
		if n := l.mark(i, markPast); n > 0 && l.mark(i+n, markNotPast) == 0 && !l.ends(i+n) {
			return true
		}
	}
	return false
}
