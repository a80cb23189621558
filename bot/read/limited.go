package read

// limited finds an offer that the same line only narrows: 我可以送 但是只能送去不能接回,
// 我能去 只是去不了太久. Where the second half takes it back whole (可以是可以 但是没空)
// there is none.
func (l *line) limited() (at int, ok bool) {
	if !l.helper() {
		return 0, false
	}
	at = l.offerAt()
	if at < 0 {
		return 0, false
	}
	only := false
	for i := at; i < len(l.Runes); i++ {
		if l.is(i, "只能") || l.is(i, "只管") || l.is(i, "只送") || l.is(i, "只接") {
			only = true
		}
	}
	for _, h := range l.all(kindVerb, "decline") {
		if h.from < at || !only && l.ends(h.to) {
			return 0, false
		}
		ok = true
	}
	return at, ok || only
}

// offerAt is where somebody says that he can: 我可以, 我能去; not 本来可以.
func (l *line) offerAt() int {
	for i := range l.Runes {
		if l.phraseAt(i, canHelp) != "" && !l.isOneOf(i-1, "来想不要给帮是") && !l.is(i, "我能不能") {
			return i
		}
	}
	return -1
}

var canHelp = newPhrases("我可以", "我能", "可以送", "可以去", "可以来")
