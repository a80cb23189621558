package read

// overdone are the sets of signs that people use to exaggerate.
var overdone = map[string]bool{"breath": true, "sweat": true, "pale": true, "dizzy": true, "down": true, "walk": true, "fit": true, "dead": true, "chest": true, "nobreath": true, "stroke": true, "lips": true, "limbs": true, "vomit": true, "badblood": true, "broken": true, "trouble": true}

// hyperbole holds for 笑得气都喘不过来, 忙得脚不着地: a verb of plain life and 得 before the
// sign.
func (l *line) hyperbole(h hit) bool {
	if !overdone[h.value] {
		return false
	}
	for _, g := range l.offsIn(h.from-maxSign-10, h.from) {
		if g.value == "hyper" && g.to <= h.from && h.from-g.to <= 10 && l.sameSentence(g.to, h.from) {
			return true
		}
	}
	return false
}

// handsWanted holds for the 快来人 of 水管爆了 快来人 and of 快落雨了 快来人: it is called over a
// thing that broke, and is none that kills, or over the harvest.
func (l *line) handsWanted(h hit) bool {
	if h.value != "trouble" {
		return false
	}
	things := l.all(kindObject, "")
	for _, thing := range things {
		if l.isOneOf(thing.from, "电气") || l.is(thing.from, "煤气") {
			return false // 电线断了 快来人
		}
	}
	return l.offWord("harvest", 0, len(l.Runes)) || len(things) > 0 && len(l.all(kindBroken, "")) > 0
}

// livesSo holds for 不想活得这么累, 不想活成她那样: whoever says so wants to live otherwise.
func (l *line) livesSo(h hit) bool {
	return wishing[h.value] && l.Runes[h.to-1] == '活' && l.isOneOf(h.to, "得成")
}

// priced holds for 打120要不要钱: the number is asked about, not rung.
func (l *line) priced(h hit) bool {
	if h.value != "lifehelp" {
		return false
	}
	for i := h.to; i < h.to+7; i++ {
		for _, w := range [...]string{"钱", "贵", "费", "号码", "怎么打", "打不打得", "记在", "贴在", "存"} {
			if l.is(i, w) {
				return true
			}
		}
	}
	return false
}

// likened holds for 声音像爆炸. 好像爆炸了 is a guess.
func (l *line) likened(h hit) bool {
	return (h.value == "fire" || h.value == "blew") && l.at(h.from-1) == '像' && l.at(h.from-2) != '好'
}

// exploded holds for 灯泡炸了, 锅烧穿了: a thing, and no fire.
func (l *line) exploded(h hit) bool {
	if h.value != "fire" || l.Runes[h.from] != '炸' && l.Runes[h.from] != '爆' && !l.is(h.from, "烧穿") && !l.is(h.from, "烧光") {
		return false
	}
	for _, g := range l.offsIn(h.from-maxSign, h.from) {
		if g.value == "thing" && g.to == h.from {
			return true
		}
	}
	return false
}

// telephoned holds for 打我爸电话: nobody is beaten.
func (l *line) telephoned(h hit) bool {
	if h.value != "abuse" && h.value != "beating" && h.value != "marks" {
		return false
	}
	for i := h.to; i < h.to+6; i++ {
		if l.is(i, "电话") || l.is(i, "手机") || l.is(i, "微信") {
			return true
		}
	}
	return false
}

// insideFigure holds for 累死 and 买农药: a longer word over part of the sign that
// means no danger.
func (l *line) insideFigure(h hit) bool {
	for _, g := range l.offsIn(h.from-maxSign, h.to) {
		if g.value == "figure" && g.to > h.from && g.to-g.from > h.to-h.from {
			return true
		}
	}
	return false
}

// onlyMeant holds for the 喝农药 of 想喝农药: it has not been drunk.
func (l *line) onlyMeant(h hit) bool {
	for _, g := range l.signsIn(h.from-maxSign, h.from) {
		if g.value == "self" && g.from < h.from && g.to >= h.to {
			return true
		}
	}
	return false
}
