package read

import "strings"

// soft tells whether the sign is worth a question at most: out of breath from the
// stairs, deaf ears, a sore mouth, gums that bleed, a curse, a cry over homework, a rule that is
// recited, and whatever turned out to be something else: 冒烟，一看是在煮猪潲.
func (l *line) soft(h hit) bool {
	if l.offWord("turnedout", h.to, len(l.Runes)) {
		return true
	}
	switch {
	case breathless[h.value]:
		return l.exerted(h)
	case unanswered[h.value]:
		return l.offWord("deaf", 0, len(l.Runes))
	case h.value == "lifehelp" || h.value == "rescueme":
		return l.offWord("fun", 0, len(l.Runes))
	case bleedable[h.value] && l.offWord("gums", 0, len(l.Runes)):
		return true
	case stainable[h.value] && strings.ContainsRune("嘴唇脸", l.Runes[h.from]):
		return l.offWord("stained", 0, len(l.Runes)) || l.tellsWhich(h)
	case spoken[h.value]:
		return l.offWord("soremouth", 0, len(l.Runes)) || l.tellsWhich(h)
	case wishing[h.value]:
		return l.cursed(h) || l.leisurely(h) || l.tellsWhich(h)
	}
	return l.recited(h) || l.tellsWhich(h)
}

// Sets of signs by what may soften them.
var (
	breathless = map[string]bool{"breath": true, "breathhow": true, "breathbad": true}
	unanswered = map[string]bool{"noanswer": true, "nothing": true, "silent": true, "longcall": true}
	spoken     = map[string]bool{"stroke": true, "slurred": true, "talkbad": true, "chokebad": true, "bluefaced": true, "seized": true}
	stainable  = map[string]bool{"lips": true, "blue": true, "nobreath": true, "mouth": true}
	bleedable  = map[string]bool{"badblood": true, "vomit": true, "bringsup": true, "bloodlike": true}
	wishing    = map[string]bool{"self": true, "hangs": true, "deathgood": true, "ownwish": true, "jumped": true}
)

// exerted holds for 爬坡喘不赢: the breath goes after work, before it in the sentence.
func (l *line) exerted(h hit) bool {
	from, _ := l.sentence(h.from)
	return l.offWord("exert", max(from, h.from-reach), h.from)
}

// cursed holds for 急得我要上吊.
func (l *line) cursed(h hit) bool {
	for _, g := range l.offsIn(h.from-maxSign, h.from) {
		if g.value == "hyper" && g.to <= h.from && h.from-g.to <= 4 && l.sameSentence(g.to, h.from) {
			return true
		}
	}
	return false
}

// leisurely holds for 跳到河里游泳: the leap is for the water's sake.
func (l *line) leisurely(h hit) bool {
	return l.Runes[h.from] == '跳' && l.offWord("leisure", h.to, min(len(l.Runes), h.to+7))
}

// recited holds for 油锅起火要盖锅盖: straight behind the sign stands what one must do
// then. 起火了要人救 has happened.
func (l *line) recited(h hit) bool {
	if h.to-h.from < 2 || strings.ContainsRune("了哒咯", l.Runes[h.to-1]) || !l.is(h.to, "要") && !l.is(h.to, "也要") && !l.is(h.to, "先") && !l.is(h.to, "应") && !l.is(h.to, "该") {
		return false
	}
	next := l.at(h.to + 1)
	return next != 0 && !strings.ContainsRune("命死不快烧塌人垮送紧救没冇来了", next)
}

// tellsWhich holds for 塌方的路 and 中毒的鸡: a word for danger only tells which one is
// meant, and what follows is no person. 摔倒的时候 and 晕倒的是我娘 tell what happened.
func (l *line) tellsWhich(h hit) bool {
	i := h.to
	if h.near || h.value == "notomorrow" || l.at(i) != '的' || l.ends(i+1) {
		return false
	}
	for _, w := range [...]string{"时候", "时", "厉害", "地方", "很", "好", "不", "样", "是", "话", "了", "人", "那"} {
		if l.is(i+1, w) {
			return false
		}
	}
	for k := i + 1; k < min(i+5, len(l.Runes)) && !l.ends(k); k++ {
		if l.taken[k] || l.isPerson(k) {
			return false
		}
	}
	return true
}
