package read

import (
	"sort"
	"strings"
)

// offsIn are the words that turn signs off and begin in from..to; they are in order.
func (l *line) offsIn(from, to int) []hit { return between(l.offs, from, to) }

func (l *line) signsIn(from, to int) []hit { return between(l.signs, from, to) }

func between(all []hit, from, to int) []hit {
	i := sort.Search(len(all), func(k int) bool { return all[k].from >= from })
	j := i + sort.Search(len(all)-i, func(k int) bool { return all[i+k].from >= to })
	return all[i:j]
}

// reach is how far, in runes, a word turns a sign off that stands in the same
// long sentence.
const reach = 60

// off tells whether the sign is no danger here and now.
func (l *line) off(h hit) bool {
	if h.from < l.inFrom || h.from >= l.inTo { // many signs share one sentence
		l.inFrom, l.inTo = l.sentence(h.from)
		l.inTalk = l.offWord("talk", l.inFrom, l.inTo)
		l.inChronic = l.offWord("chronic", l.inFrom, l.inTo)
	}
	from, to := l.inFrom, l.inTo
	switch {
	case l.insideFigure(h), l.onlyMeant(h), l.negatedAt(h.from), l.thingBy(h):
		return true
	case l.hearsay():
		return true
	case l.hyperbole(h), l.priced(h), l.onceHad(h), l.objectBefore(h), l.chronic(h), l.exploded(h):
		return true
	case l.feared(h), l.inTalk, l.lesson(), l.headed(), l.beast(h), l.hearth(h), l.deniedElsewhere(h):
		return true
	case (l.offWord("longpast", from, to) || l.yearPast(from, to)) && !l.offWord("now", from, to):
		return true
	case l.past(h, from, to) && !l.nowBy(h, from, to):
		return true
	}
	if l.yearsAfter(h) || l.telephoned(h) || l.shownAfter(h) {
		return true
	}
	return (h.value == "left" || h.value == "failing") && !l.personLeft(h) || h.value == "lifehelp" && l.denied(h.from)
}

// overdone are the sets of signs that people use to exaggerate.
var overdone = map[string]bool{"breath": true, "sweat": true, "pale": true, "dizzy": true, "down": true, "walk": true, "fit": true, "dead": true, "trouble": true, "chest": true, "nobreath": true, "stroke": true}

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

// hearsay holds for 听说毒蘑菇死了人 我们这边有吗: something heard of and asked about.
func (l *line) hearsay() bool {
	return (l.is(0, "听说") || l.is(0, "听讲") || l.is(0, "有人说")) && (l.endsAskingAny() || l.endsAsking() || l.shows("whether?"))
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

// onceHad holds for 被蛇咬过 and 喝过农药.
func (l *line) onceHad(h hit) bool {
	return l.at(h.to) == '过' && !strings.ContainsRune("去来了敏量多头", l.at(h.to+1)) && l.at(h.to+1) != 0
}

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

// lesson tells whether the line is about a lesson, anywhere in it.
func (l *line) lesson() bool {
	if !l.lessonKnown {
		l.lessonKnown, l.isLesson = true, l.offWord("teach", 0, len(l.Runes))
	}
	return l.isLesson
}

// headed tells whether a heading opens the line that makes all of it talk: 讲座内容：.
func (l *line) headed() bool {
	for i := 0; i < len(l.Runes) && i < 12; i++ {
		if l.Runes[i] == ':' {
			return l.offWord("talk", 0, i)
		}
	}
	return false
}

// yearPast holds where a year before this one is named: 1998年淹死的.
func (l *line) yearPast(from, to int) bool {
	for _, n := range l.nums {
		if n.from >= from && n.to < to && n.digits == 4 && l.at(n.to) == '年' && n.value < float64(l.today().Year()) && n.value > 1900 {
			return true
		}
	}
	return false
}

// hearth holds for smoke from a stove or a smokehouse, and for the blood of a beast
// that is slaughtered.
func (l *line) hearth(h hit) bool {
	switch h.value {
	case "smoke":
		return l.offWord("hearth", 0, len(l.Runes))
	case "bloodword", "plenty", "bleeding", "blood", "badblood":
		return l.offWord("slaughter", 0, len(l.Runes))
	}
	return false
}

// shownAfter holds for 跳楼视频 and 癫痫的药: what stands behind makes it a film, a
// piece of news or a remedy.
func (l *line) shownAfter(h hit) bool {
	for _, g := range l.offsIn(h.to, h.to+1) {
		if g.value == "shown" {
			return true
		}
	}
	return false
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

// feared tells whether a word of fear or of "if" stands before the sign with
// no mark and no space between. 怕是 means "probably" and fears nothing.
func (l *line) feared(h hit) bool {
	for _, g := range l.offsIn(h.from-maxSign-12, h.to) {
		if g.value == "fear" && (g.to <= h.from || g.from < h.from && g.to <= h.to) && h.from-g.to <= 12 &&
			l.clause[g.from] == l.clause[h.from] && l.at(g.to) != '是' && l.at(g.to) != '莫' {
			return true
		}
	}
	return false
}

// past tells whether the sign is long ago: a word for that in its own clause,
// or in its sentence where the line also says that all is well.
func (l *line) past(h hit, from, to int) bool {
	for _, g := range l.offsIn(max(from, h.from-reach), min(to, h.to+reach)) {
		if g.value != "past" || g.from < from || g.to > to || g.from >= h.from && g.to < h.to || l.is(g.to, "一样") || l.is(g.to, "那样") {
			continue // 昏过 is not past in 昏过去
		}
		if l.clause[g.from] == l.clause[h.from] || l.offWord("well", max(0, h.from-reach), min(len(l.Runes), h.to+reach)) {
			return true
		}
	}
	return false
}

func (l *line) offWord(value string, from, to int) bool {
	for _, g := range l.offsIn(from, to) {
		if g.value == value && g.to <= to {
			return true
		}
	}
	return false
}

// nowBy tells whether a word for now stands in the sentence and nearer to the
// sign than the past does: 去年中过风今天又嘴歪.
func (l *line) nowBy(h hit, from, to int) bool {
	past := -1
	for _, g := range l.offsIn(max(from, h.from-reach), min(to, h.to+reach)) {
		if g.to > to {
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
	if l.Runes[h.from] == '老' && strings.TrimRight(l.part(h.to, len(l.Runes)), trimmed) != "" {
		return false // 我娘老了 做不动
	}
	if h.to < len(l.Runes) && !isFullMark(l.Runes[h.to]) && l.Runes[h.to] != ' ' && !(h.value == "failing" && strings.ContainsRune("你快怎来何", l.Runes[h.to])) {
		return false
	}
	i := h.from
	if h.value == "failing" && l.at(i-1) == '快' {
		for _, g := range l.hits {
			if g.to <= i && (g.kind == kindTitle || g.kind == kindKin) && g.to-g.from > 1 {
				return true
			}
		}
	}
	if h.value == "failing" && strings.ContainsRune("他她", l.at(i-1)) && l.at(i-1) != 0 {
		return true
	}
	for again := true; again && i > 0; {
		again = false
		for _, w := range [...]string{"怕是", "可能", "好像", "已经", "恐怕", "真的", "都", "就", "刚", "也", "是"} {
			if l.isBefore(i, w) {
				i, again = i-len([]rune(w)), true
			}
		}
		for _, g := range between(l.hits, i-6, i) {
			if g.to == i && (g.kind == kindDay || g.kind == kindPart) {
				i, again = g.from, true
				break
			}
		}
	}
	for _, g := range between(l.hits, i-6, i) {
		if g.to == i && (g.kind == kindTitle || g.kind == kindKin) && (g.from > 0 || g.to-g.from > 1) {
			return true
		}
	}
	return i > 0 && l.taken[i-1]
}
