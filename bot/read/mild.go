package read

// complains tells whether the line tells of a pain, a sprain or weakness, and every character
// of it stands in a word of words/mild.txt, a name or a number: nothing in it is grave.
func (l *line) complains() bool {
	words := &l.lex.mild
	reached := make([]bool, len(l.Runes)+1)
	reached[0] = true
	ails := false
	for i := range l.Runes {
		if !reached[i] {
			continue
		}
		if r := l.Runes[i]; r == ' ' || isDigit(r) || isMark(r) {
			reached[i+1] = true
		}
		for _, n := range l.named {
			if n.from == i {
				reached[n.to] = true
			}
		}
		for n := words.longest(l.Runes[i:]); n > 0; n = words.ends[n].shorter {
			e := &words.ends[n]
			reached[i+int(e.runes)] = true
			ails = ails || words.sensesOf(e)[0].value == "ail"
		}
	}
	return ails && reached[len(l.Runes)]
}

// capComplaint leaves one question of an alarm about a mere complaint: pain, a sprain or
// weakness without a fall is no alarm, also where somebody cannot rise or walk.
func (l *line) capComplaint(out *Reading) {
	if out.Danger.Level == Strong && out.Danger.Class == Life && l.complains() {
		out.Danger.Level, out.Danger.Lowered = Ask, !out.Danger.Weighed
	}
}
