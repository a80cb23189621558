package read

import "strings"

// This file reads wants that are told and not asked for: what an old body does not
// manage, what is out, what is in a bad way.

// strength are the verbs of what an old body no longer manages, failing what stands
// behind the 不 then: 抱不起, 弯不得, 拧不开.
const (
	strength = "搬提挑背扛抱拖拉推搓洗剪够拧拗扭摇锄剁劈砍锯爬弯蹲举抬站坐穿脱端追埋剥引点拿听看认写念读按拨弄搞做煮切嚼咬咽走过下上挖割收赶牵捉刷捞钉"
	failing  = "动得起到赢来着开稳燃上下住清完成懂明进脱断"
)

// unable finds a verb of strength that fails: 门口的水桶提不起.
func (l *line) unable() bool {
	for i := 1; i+1 < len(l.Runes); i++ {
		if l.Runes[i] == '不' && strings.ContainsRune(strength, l.Runes[i-1]) && strings.ContainsRune(failing, l.Runes[i+1]) {
			return true
		}
	}
	return false
}

// troubled tells whether something in a villager's house is said to be in a bad way: a
// thing of the lists and a word for what ails it, or something that is out.
func (l *line) troubled() bool {
	thing := l.has(kindService, "")
	for _, h := range l.hits {
		thing = thing || (h.kind == kindObject || h.kind == kindService) && h.to-h.from > 1
	}
	return thing && (l.needful || len(l.all(kindBroken, "")) > 0 || l.shows("trouble"))
}

// couldYou holds for a clause that asks whether something could be: 你们能加她一份不.
func (l *line) couldYou() bool {
	for i, r := range l.Runes {
		if r != '能' || l.isOneOf(i-1, "不可智功职") {
			continue
		}
		end := l.clauseEnd(i)
		if end > i+2 && (l.isOneOf(end-1, "不吗么") || l.is(end-2, "不咯") || l.is(end-2, "不啊")) && !l.isOneOf(i+1, "不") {
			return true
		}
	}
	return false
}

// endsInQuestion tells whether the last clause asks: what was said before it does not
// matter.
func (l *line) endsInQuestion() bool {
	end := len(l.Runes)
	for end > 0 && isMark(l.Runes[end-1]) {
		end--
	}
	return end < len(l.Runes) && l.is(end, "?") || l.isOneOf(end-1, "吗么没冇呢不")
}

// asksLast tells whether the last clause asks for a hand: 我去看了丁爱莲 手骨折 哪个轮着送饭.
func (l *line) asksLast() bool {
	from := len(l.Runes)
	for from > 0 && l.isMarkAt(from-1) {
		from--
	}
	for !l.begins(from) {
		from--
	}
	for _, h := range l.all(kindVerb, "help") {
		if h.from >= from && l.personAsked(h) && !l.helpTold(h) && (h.to-h.from > 1 || l.is(h.from, "请")) {
			return true
		}
	}
	return l.someoneAsked(from)
}

func (l *line) isMarkAt(i int) bool { return isMark(l.Runes[i]) }

// someoneAsked finds who is asked of everybody, with a work behind it, from i on: 哪个来坐下咯,
// 谁轮着送饭.
func (l *line) someoneAsked(i int) bool {
	for ; i < len(l.Runes); i++ {
		for _, w := range [...]string{"哪个", "哪位", "谁", "有谁"} {
			if l.is(i, w) && l.workWithin(i+len([]rune(w))) {
				return true
			}
		}
	}
	return false
}

// workWithin tells whether a word for a work begins at i or a few runes behind it, and
// is not said as done or running.
func (l *line) workWithin(i int) bool {
	for k := i; k < min(i+4, l.clauseEnd(i)); k++ {
		if l.isOneOf(k, "在是了接负管") {
			return false
		}
		for _, h := range l.hitsAt(k) {
			if (!l.ends(h.to) || h.to-h.from > 1) && (h.kind == kindAct || h.kind == kindService) && !l.isOneOf(h.to, "的了过哒") {
				return true
			}
		}
	}
	return false
}
