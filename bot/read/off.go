package read

import "strings"

// off tells whether the sign is no danger here and now.
func (l *line) off(h hit) bool {
	if h.from < l.inFrom || h.from >= l.inTo { // many signs share one sentence
		l.inFrom, l.inTo = l.sentence(h.from)
	}
	from, to := l.inFrom, l.inTo
	switch {
	case l.insideFigure(h), l.onlyMeant(h), l.negatedAt(h.from), l.thingBy(h):
		return true
	case l.feared(h), l.offWord("talk", from, to):
		return true
	case l.past(h, from, to) && !l.nowBy(h, from, to):
		return true
	}
	if l.yearsAfter(h) || l.telephoned(h) {
		return true
	}
	return h.value == "left" && !l.personLeft(h) || h.value == "lifehelp" && l.denied(h.from)
}

// yearsAfter holds for 过世三年了: a death that long ago is no news.
func (l *line) yearsAfter(h hit) bool {
	if h.value != "dead" && h.value != "left" && h.value != "goneperson" {
		return false
	}
	for i := h.to; i < h.to+5; i++ {
		if l.at(i) == '年' {
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

// insideFigure holds for 累死 and 买农药: a longer word over part of the sign that
// means no danger.
func (l *line) insideFigure(h hit) bool {
	for _, g := range l.offs {
		if g.from >= h.to {
			break
		}
		if g.value == "figure" && g.to > h.from && g.to-g.from > h.to-h.from {
			return true
		}
	}
	return false
}

// onlyMeant holds for the 喝农药 of 想喝农药: it has not been drunk.
func (l *line) onlyMeant(h hit) bool {
	for _, g := range l.signs {
		if g.value == "self" && g.from < h.from && g.to >= h.to {
			return true
		}
	}
	return false
}

// feared tells whether a word of fear or of "if" stands before the sign with
// no mark and no space between. 怕是 means "probably" and fears nothing.
func (l *line) feared(h hit) bool {
	for _, g := range l.offs {
		if g.value == "fear" && g.to <= h.from && h.from-g.to <= 12 &&
			l.clause[g.from] == l.clause[h.from] && l.at(g.to) != '是' && l.at(g.to) != '莫' {
			return true
		}
	}
	return false
}

// past tells whether the sign is long ago: a word for that in its own clause,
// or in its sentence where the line also says that all is well.
func (l *line) past(h hit, from, to int) bool {
	for _, g := range l.offs {
		if g.value != "past" || g.from < from || g.to > to || g.from >= h.from && g.to < h.to {
			continue // 昏过 is not past in 昏过去
		}
		if l.clause[g.from] == l.clause[h.from] || l.offWord("well", 0, len(l.Runes)) {
			return true
		}
	}
	return false
}

// negatedAt tells whether a negation stands right before i, or before a row of
// signs that ends there: 没有胸痛、吐血; 没摔倒也没头晕.
func (l *line) negatedAt(i int) bool {
	for range 8 { // a longer row than that nobody types
		if l.deniedRight(i) {
			return true
		}
		before, ok := l.rowBefore(i)
		if !ok {
			return false
		}
		i = before
	}
	return false
}

// deniedRight tells whether a negation stands right before i.
func (l *line) deniedRight(i int) bool {
	for _, g := range l.offs {
		if g.from >= i {
			break
		}
		if g.value == "not" && i-g.to <= 2 && i >= g.to && l.onlyLinks(g.to, i) && !l.insideSign(g, i) {
			return true
		}
	}
	return false
}

// rowBefore finds where the sign begins that ends before i with only 、 or 和
// between.
func (l *line) rowBefore(i int) (int, bool) {
	for _, g := range l.signs {
		if g.to < i && i-g.to <= 2 && l.rowLink(g.to, i) {
			return g.from, true
		}
	}
	return 0, false
}

// insideSign tells whether the negation g is part of a sign that itself ends
// before i: the 没 of 没反应 denies nothing behind it.
func (l *line) insideSign(g hit, i int) bool {
	for _, s := range l.signs {
		if s.from <= g.from && s.to >= g.to && s.to <= i {
			return true
		}
	}
	return false
}

// onlyLinks: between a negation and what it denies stand only small words.
func (l *line) onlyLinks(i, j int) bool {
	for ; i < j; i++ {
		if !strings.ContainsRune("有再怎么被又过去得到", l.Runes[i]) {
			return false
		}
	}
	return true
}

func (l *line) rowLink(i, j int) bool {
	for ; i < j; i++ {
		if !strings.ContainsRune("、或和跟", l.Runes[i]) {
			return false
		}
	}
	return true
}

// things are what a sign can happen to without danger to a person.
var things = map[string]bool{"fall": true, "down": true, "walk": true, "dead": true, "nofind": true, "left": true, "burn": true, "lost": true, "noanswer": true, "bleeding": true, "breath": true}

// thingBy tells whether it is a thing that fell or died: 手机摔了, 摔了碗.
func (l *line) thingBy(h hit) bool {
	if !things[h.value] || strings.ContainsRune("撞压砸被", l.Runes[h.from]) {
		return false
	}
	for _, g := range l.offs {
		if g.value != "thing" || g.to < len(l.Runes) && strings.ContainsRune("上下里边旁底顶", l.Runes[g.to]) {
			continue // 从树上掉下来: a place
		}
		if g.to <= h.from && h.from-g.to <= 1 || h.value == "fall" && g.from >= h.to && g.from-h.to <= 2 && !strings.ContainsRune("在到下进断", l.Runes[h.to-1]) {
			return !l.personBetween(g, h)
		}
	}
	return false
}

// personBetween holds for 车把人撞倒: the thing did it to a person.
func (l *line) personBetween(g, h hit) bool {
	return g.to < h.from && strings.ContainsRune("把将撞压砸人她他我", l.Runes[g.to])
}

func (l *line) offWord(value string, from, to int) bool {
	for _, g := range l.offs {
		if g.value == value && g.from >= from && g.to <= to {
			return true
		}
	}
	return false
}

// nowBy tells whether a word for now stands in the sentence and nearer to the
// sign than the past does: 去年中过风今天又嘴歪.
func (l *line) nowBy(h hit, from, to int) bool {
	past := -1
	for _, g := range l.offs {
		if g.from < from || g.to > to {
			continue
		}
		switch g.value {
		case "past":
			past = g.from
		case "now":
			if g.from > past && g.from < h.from && past >= 0 && !l.offWord("well", g.to, to) {
				return true
			}
		}
	}
	return false
}

// personLeft holds for 吴爹昨晚走了: a person right before it, or only a time
// between, and nothing behind it. 走了 alone is a goodbye.
func (l *line) personLeft(h hit) bool {
	if h.to < len(l.Runes) && !isFullMark(l.Runes[h.to]) && l.Runes[h.to] != ' ' {
		return false
	}
	i := h.from
	for again := true; again && i > 0; {
		again = false
		for _, g := range l.hits {
			if g.to == i && (g.kind == kindDay || g.kind == kindPart) {
				i, again = g.from, true
				break
			}
		}
	}
	for _, g := range l.hits {
		if g.to == i && (g.kind == kindTitle || g.kind == kindKin) && g.from > 0 {
			return true
		}
	}
	return i > 0 && l.taken[i-1]
}
