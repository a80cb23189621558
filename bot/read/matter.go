package read

// asksMatter composes a question about a matter that runs from its parts: a word
// that asks, and something of ours that it asks about. A question whether
// somebody could (能来人不) asks for help and not about it.
func (l *line) asksMatter(out *Reading) bool {
	earlier := l.shows("earlier")
	past := !l.helper() && out.When.Grain != "" && out.When.At.Before(l.today())
	ours := earlier || past || len(out.Tickets) > 0 || len(out.Services) > 0 && !l.weak && !l.thingOnly || l.shows("agent") || out.Kin != "" || l.shows("flow") || l.shows("visits")
	if !ours || l.has(kindQuery, "政策") || l.has(kindQuery, "食堂") || l.shows("money") {
		return false
	}
	switch {
	case l.shows("when?"), l.shows("who?") && !l.shows("able"), l.shows("howmany?"), l.shows("how?"):
		return true
	case l.endsAskingDone():
		return true
	case earlier && l.endsIn('呢'):
		return true // 我讲的床脚的事呢
	case l.shows("whether?"), l.endsAskingAny():
		if !l.helper() && l.shows("flow") && len(out.Services) == 0 && !l.asksPeople() {
			return true // 今天会有人来我这里么
		}
		return earlier || len(out.Tickets) > 0 || l.shows("agent") || l.shows("state?") && out.Kin != ""
	}
	return earlier && l.shows("nothing") && !(l.helper() && len(l.named) > 0)
}

// whetherSomebody holds for a question whether somebody came or comes, without a work that
// is wished: 昨天有没有人给我爸打药, 今天有没有人到我爸那里去, 是不是没人肯来.
func (l *line) whetherSomebody(out *Reading) bool {
	if l.helper() || l.office() || l.stranger() {
		return false
	}
	asked, comes := false, false
	for _, h := range l.all(kindVerb, "help") {
		switch l.part(h.from, h.to) {
		case "有没有人", "没人", "冇人", "要", "有人":
			asked = asked || h.to-h.from == 4 || l.is(h.from-3, "是不是")
			comes = comes || l.isOneOf(h.to, "来到去上走") || l.isOneOf(h.to, "要会肯") && l.isOneOf(h.to+1, "来到去上")
		default:
			return false
		}
	}
	past := out.When.Grain != "" && out.When.At.Before(l.today())
	return asked && (past || comes && (!l.helps.asked || l.weak || l.thingOnly) || l.shows("whether?") && l.is(0, "是不是"))
}

// mayI holds for a line that ends in 行不, 可以吗: a leave that is asked for.
func (l *line) mayI() bool {
	end := len(l.Runes)
	for end > 0 && isMark(l.Runes[end-1]) {
		end--
	}
	for _, w := range [...]string{"行不", "行吗", "可以吗", "可以不", "要得不", "好不", "好吗"} {
		if l.isBefore(end, w) {
			return true
		}
	}
	return false
}

// endsIn tells whether the line ends in the particle.
func (l *line) endsIn(r rune) bool {
	end := len(l.Runes)
	for end > 0 && isMark(l.Runes[end-1]) {
		end--
	}
	return l.at(end-1) == r
}

func (l *line) asksVisits() bool { return l.has(kindVerb, "see") || l.shows("visits") }
