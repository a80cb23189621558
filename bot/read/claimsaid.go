package read

import (
	"strings"
	"unicode/utf8"
)

// offers are what 我 offers to do: 我去, 我来跑, 我可以去; behind it stands the end,
// a mark, a number or a time.
var offers = []string{"来", "去", "接", "领", "认", "包", "顶", "上", "跑", "搞", "办", "做", "送", "带", "陪", "负责", "可以去", "可以接", "可以来", "能去", "能接", "能来", "有空", "得空", "去得", "行", "要得"}

// claims tells whether somebody takes a matter upon himself, and where he says it.
func (l *line) claims() (at int, ok bool) {
	toldOthers := len(l.nums) == 0 && l.has(kindVerb, "claim") && l.asksPeople()
	for _, h := range l.all(kindVerb, "claim") {
		if h.to-h.from == 1 && toldOthers || l.answersPhone(h) || l.Runes[h.from] == '我' && l.isOneOf(h.from-1, "骂怪嫌催盼笑夸醒") || l.isOneOf(h.to-1, "去来") && (l.toldAfter(h.to) || l.at(h.to) == '看' && l.isOneOf(h.to+1, "了过哒的")) {
			continue // 要人到车站接: somebody else is to
		}
		if h.to-h.from > 1 && (!l.asksAt(h.to) || l.Runes[h.from] == '让' && l.helper()) || l.claimedBare(h) {
			return h.from, true
		}
	}
	if len(l.durationsAhead()) > 0 {
		return 0, false // a length of time tells of work that was done
	}
	for i, r := range l.Runes {
		if r != '我' || i > 0 && strings.ContainsRune("叫喊陪带给帮跟和让替等要留请劝拉教求醒", l.Runes[i-1]) && !l.is(i-1, "让我") {
			continue
		}
		if k := l.overAdverbs(i + 1); !l.goesAway(k) && l.offersAt(k) {
			return i, true
		}
	}
	return l.inTime()
}

// inTime reads what a helper offers by his time: 等我收完谷子就去, 星期五我有空, 礼拜天我休息.
func (l *line) inTime() (at int, ok bool) {
	if !l.helper() {
		return 0, false
	}
	for _, h := range l.shown {
		if h.value == "free" && !l.isOneOf(h.from-1, "不没冇") {
			return h.from, true
		}
	}
	if end := len(l.Runes); l.wordEnds(end, "给我", "就给我", "给我吧") && (end < 4 || l.begins(end-2) || l.is(end-3, "就")) && end > 2 {
		return end - 2, true // 我能搞定，给我
	}
	var offer seeker
	if h, ok := l.first(kindVerb, "register"); ok && (l.is(h.from, "加我") || l.is(h.from, "报名") && len(l.nums) > 0) {
		return h.from, true
	}
	for i := range l.Runes {
		if !l.is(i, "等我") {
			continue
		}
		then := offer.next(i+2, len(l.Runes), func(k int) bool { return l.isOneOf(k, "就再") && l.isOneOf(k+1, "去来过办搞做送帮接") })
		if then+1 < min(len(l.Runes), i+20) {
			return i, true
		}
	}
	return 0, false
}

// answersPhone holds for 响了两声就接了: a call was taken, no request.
func (l *line) answersPhone(h hit) bool {
	return l.Runes[h.from] == '接' && l.isOneOf(h.from-1, "就才也没冇声刚") && l.shows("phone")
}

// adverbs may stand between 我 and what is offered: 我这就去, 我开车送.
var adverbs = newPhrases(
	"这就", "马上", "现在", "等下", "下午", "上午", "中午", "晚上", "明天", "今天", "后天", "明早", "顺路", "顺道", "也", "开车", "骑车", "正好", "刚好", "有空", "得空", "可以", "就", "来", "去", "过去", "下个星期", "下星期", "下个礼拜", "下礼拜", "下周", "下个月", "下月", "这个星期", "这周", "过几天", "过两天", "一个人", "能", "自己",
	"帮她", "帮他", "给她", "给他", "替她", "替他", "帮你们", "帮忙", "先", "再", "会", "肯定", "一定", "准时", "下班", "放学", "收工", "吃完饭", "吃了饭", "忙完", "早点", "早些", "晚点", "待会", "等会", "这里", "这边",
)

func (l *line) overAdverbs(i int) int {
	for again := true; again && adverbs.begin.has(l.at(i)); {
		again = false
		for _, w := range adverbs.words {
			if !l.is(i, w) {
				continue
			}
			if n := utf8.RuneCountInString(w); !l.ends(i + n) {
				i, again = i+n, true
			}
		}
	}
	return i
}

// offersAt tells whether an offer begins at i.
func (l *line) offersAt(i int) bool {
	for _, w := range offers {
		if l.is(i, w) && l.offered(i+len([]rune(w)), w) {
			return true
		}
	}
	for _, h := range l.hitsAt(i) {
		if h.kind == kindAct && !strings.ContainsRune("看吃呷用开", l.Runes[i]) && !strings.ContainsRune("了哒过的得不", l.at(h.to)) {
			_, done := l.resultAt(h.to)
			return !done && !l.toldAfter(h.to) && !l.isOneOf(h.from, "跟同讲说聊")
		}
	}
	return false
}

// toldAfter holds for 我今天陪他晒了一下午的谷: what goes on behind 了 was done already. 我去送药了
// may still be to come.
func (l *line) toldAfter(i int) bool {
	on := l.wentOn.next(i, len(l.Runes), func(k int) bool { return l.isOneOf(k, "了哒") && !l.ends(k+1) })
	return on+1 < l.clauseEnd(i)
}

// durationsAhead are the lengths of time of the line, before they are taken.
func (l *line) durationsAhead() []number {
	var out []number
	for _, n := range l.nums {
		if _, ok := l.counted(n); ok && l.at(n.to) != '点' {
			out = append(out, n)
		}
	}
	return out
}

// claimedBare holds for the 接 of 接13, 13接, 接那个送饭的; not of 接我 and 接人.
func (l *line) claimedBare(h hit) bool {
	next := l.at(h.to)
	return next == 0 || isMark(next) && (h.from == 0 || !l.begins(h.from)) || isNumeral(next) && !l.countedAt(h.to) || next == '#' ||
		l.is(h.to, "那个") || l.is(h.to, "这个") || l.is(h.to, "那件") || l.is(h.to, "这件") || next == '第' || l.is(h.to, "单") || l.is(h.to, "编号") ||
		next == ' ' && isNumeral(l.at(h.to+1))
}

// countedAt tells whether the number at i measures something: 接3个人.
func (l *line) countedAt(i int) bool {
	at := l.numberAt(i)
	return at >= 0 && l.counts(l.nums[at])
}

// asksAt: 我去行不行, 我来要得不 ask whether one may.
func (l *line) asksAt(i int) bool { return l.at(i) == '不' || l.at(i) == '没' || l.is(i, "吗") }

// offered tells whether an offer ends at i, or goes on with a verb of work.
func (l *line) offered(i int, word string) bool {
	if l.ends(i) {
		return true
	}
	r := l.at(i)
	if strings.ContainsRune("吧嘛咯哈哦啊嘞呀你您", r) || isNumeral(r) {
		return true
	}
	if word != "来" && word != "去" && word != "可以去" && word != "能去" {
		return false
	}
	for _, h := range l.hitsAt(i) {
		switch {
		case h.kind == kindDay || h.kind == kindPart:
			return true
		case (h.kind == kindAct || h.kind == kindService) && l.at(h.to) != '了' && l.at(h.to) != '哒' && l.at(h.to) != '过' && l.Runes[h.from] != '看':
			return true
		case h.kind == kindVerb && (h.value == "claim" || h.value == "complete"):
			return true
		}
	}
	return false
}

// goesAway holds for 我下个星期去女儿家住, 我明天去长沙: the speaker is away himself, which takes
// nothing on.
func (l *line) goesAway(i int) bool {
	for _, at := range [...]int{i, i - 1} {
		for _, h := range l.hitsAt(at) {
			if h.kind == kindVerb && h.value == "reason" && l.is(h.from, "去") {
				return true
			}
		}
	}
	return false
}
