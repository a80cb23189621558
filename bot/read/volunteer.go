package read

// asVolunteer reads what a volunteer says without a number: 我接 下午去, 我去不了,
// 做完了 40分钟.
func (l *line) asVolunteer(out *Reading, _ []found) bool {
	for _, i := range [...]struct {
		verb   string
		intent Intent
	}{{"decline", Decline}, {"complete", Complete}} {
		if _, ok := l.first(kindVerb, i.verb); ok {
			out.Intent = i.intent
			return true
		}
	}
	if l.claimFirst() {
		h, _ := l.first(kindVerb, "claim")
		out.Intent = Claim
		out.Rest = l.rest(out.Text, h.to)
		return true
	}
	return false
}

// claimFirst tells whether a claim begins the line, or follows an answer.
func (l *line) claimFirst() bool {
	h, ok := l.first(kindVerb, "claim")
	if !ok {
		return false
	}
	if h.from == 0 {
		return true
	}
	_, answered := answerOf(l.part(0, h.from))
	return answered
}

// asLoose reads what is left: a word at the beginning, a correction, minutes.
func (l *line) asLoose(out *Reading, _ []found) bool {
	if i, ok := wordIntents[out.Word]; ok {
		out.Intent = i
		return true
	}
	if l.thanks() {
		out.Intent = Smalltalk
		return true
	}
	return false
}

// asThanks reads thanks with something friendly behind: 辛苦了 灯修得蛮好.
func (l *line) asThanks(out *Reading, _ []found) bool {
	if wordIntents[out.Word] != Smalltalk || l.isHelp() || len(out.Tickets) > 0 || l.looksBack() {
		return false
	}
	out.Intent = Smalltalk
	return true
}

// thanks finds a kind word anywhere in a line that says nothing else.
func (l *line) thanks() bool {
	for i := range l.Runes {
		for _, w := range [...]string{"谢谢", "多谢", "感谢", "辛苦", "难为", "劳慰"} {
			if l.is(i, w) {
				return true
			}
		}
	}
	return false
}
