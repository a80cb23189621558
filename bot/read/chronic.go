package read

// chronic holds for an illness that somebody has had for long: 中风在床, 癫痫药. It
// counts only with a word for its beginning: 中风了, 突然, 发作.
func (l *line) chronic(h hit) bool {
	named := false
	for _, g := range l.offsIn(h.from, h.to) {
		named = named || g.value == "illness" && g.from >= h.from && g.to <= h.to
	}
	if !named {
		return false
	}
	if l.inChronic {
		return true
	}
	if l.at(h.to) == '了' || l.at(h.to) == '哒' || l.Runes[h.to-1] == '了' || l.Runes[h.to-1] == '哒' {
		return false
	}
	return !l.offWord("onset", max(0, h.from-reach), min(len(l.Runes), h.to+reach))
}

// hearth holds for smoke from a stove or a smokehouse, and for the blood of a beast
// that is slaughtered.
func (l *line) hearth(h hit) bool {
	switch h.value {
	case "smoke":
		return l.offWord("hearth", 0, len(l.Runes))
	case "alight", "flame", "burnsnow":
		return l.hearthJust(h.from)
	case "bloodword", "plenty", "bleeding", "blood", "badblood":
		return l.offWord("slaughter", 0, len(l.Runes))
	}
	return false
}

// hearthJust holds for 烟囱冒火星: fire where fire belongs, right before the sign.
func (l *line) hearthJust(i int) bool {
	for _, g := range l.offsIn(i-4, i) {
		if g.value == "hearth" && g.to == i {
			return true
		}
	}
	return false
}
