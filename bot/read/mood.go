package read

import "strings"

// A mood is what the words of a line, taken together, show about its purpose,
// before it is weighed who says it.
type mood struct {
	claim   bool // 接13, 归我, 我来跑
	decline bool // 去不成, 没空, 换个人
	done    bool // 洗好晾起了, 完成
	cancel  bool // 不用来了, 取消
	ask     bool // a question about how a matter stands
	want    bool // something is asked for
	office  bool // 通知, 名单里加
}

// feel finds the mood of the line.
func (l *line) feel() {
	m := &l.mood
	m.want = l.isHelp()
	m.claim = l.claims()
	m.decline = l.declines()
	_, m.done = l.done()
	m.done = m.done || l.completed() || l.did()
	m.cancel = l.has(kindVerb, "cancel") || l.unwanted() && !l.asksBefore()
	m.ask = l.asking() || !l.shows("able") && (l.shows("when?") || l.shows("who?") || l.shows("howmany?") || l.shows("whether?")) || l.endsAskingDone()
	m.office = l.has(kindVerb, "office") || l.office() && l.has(kindVerb, "notice") && !l.thanks() && !l.has(kindVerb, "chat")
}

// helper tells whether the speaker is somebody who takes and reports work; the
// line of a villager who says 我去 offers nothing.
func (l *line) helper() bool {
	return l.c.Speaker.Role == "volunteer" || l.c.Speaker.Role == "doctor"
}

func (l *line) office() bool { return l.c.Speaker.Role == "secretary" }

// offers are what 我 offers to do: 我去, 我来跑, 我可以去; behind it stands the end,
// a mark, a number or a time.
var offers = []string{"来", "去", "接", "领", "认", "包", "顶", "上", "跑", "搞", "办", "做", "送", "带", "陪", "负责", "可以去", "可以接", "可以来", "能去", "能接", "能来", "有空", "得空", "去得", "行", "要得"}

// claims tells whether somebody takes a matter upon himself.
func (l *line) claims() bool {
	for _, h := range l.all(kindVerb, "claim") {
		if h.to-h.from == 1 && len(l.nums) == 0 && l.asksPeople() {
			continue // 要人到车站接: somebody else is to
		}
		if h.to-h.from > 1 && !l.asksAt(h.to) || l.claimedBare(h) {
			return true
		}
	}
	if len(l.durationsAhead()) > 0 {
		return false // a length of time tells of work that was done
	}
	for i, r := range l.Runes {
		if r != '我' || i > 0 && strings.ContainsRune("叫喊陪带给帮跟和让替等", l.Runes[i-1]) && !l.is(i-1, "让我") {
			continue
		}
		if l.offersAt(l.overAdverbs(i + 1)) {
			return true
		}
	}
	return false
}

// adverbs may stand between 我 and what is offered: 我这就去, 我开车送.
var adverbs = []string{"这就", "马上", "现在", "等下", "下午", "上午", "中午", "晚上", "明天", "今天", "后天", "明早", "顺路", "顺道", "也", "开车", "骑车", "正好", "刚好", "有空", "得空", "可以", "就", "来", "去", "过去", "一个人", "能", "自己"}

func (l *line) overAdverbs(i int) int {
	for again := true; again; {
		again = false
		for _, w := range adverbs {
			if n := len([]rune(w)); l.is(i, w) && !l.ends(i+n) {
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
			return !done
		}
	}
	return false
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
	for _, n := range l.nums {
		if n.from == i {
			return l.counts(n)
		}
	}
	return false
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

// impossible are the ends of 去不了, 来不成, 搞不赢.
const impossible = "了成得到赢起开动"

// declines tells whether somebody cannot do what was his to do.
func (l *line) declines() bool {
	if l.has(kindVerb, "decline") {
		return true
	}
	for i, r := range l.Runes {
		if r == '不' && i > 0 && strings.ContainsRune("来去接送陪帮赶到跑脱", l.Runes[i-1]) && i+1 < len(l.Runes) && strings.ContainsRune(impossible, l.Runes[i+1]) {
			return true
		}
	}
	return l.deniedNumber()
}

// deniedNumber reads 不13 at the beginning of a clause.
func (l *line) deniedNumber() bool {
	for _, n := range l.nums {
		if l.at(n.from-1) == '不' && l.begins(n.from-1) && !l.counts(n) {
			return true
		}
	}
	return false
}

// done finds a verb of work with its result: 洗好, 搬完, 剪完头发, 拿到; it is not
// done where that is denied or asked.
func (l *line) done() (hit, bool) {
	for _, h := range l.hits {
		if h.kind != kindAct || strings.ContainsRune("呷吃用烧看开", l.Runes[h.from]) && h.to-h.from == 1 && !l.seenDoctor(h) {
			continue
		}
		end, ok := l.resultAt(h.to)
		if !ok {
			for _, o := range l.hitsAt(h.to) {
				if end, ok = l.resultAt(o.to); o.kind == kindObject && ok {
					break
				}
				ok = false
			}
		}
		if ok && !l.undone(h.from, end) {
			return hit{from: h.from, to: end, sense: h.sense}, true
		}
	}
	return l.broughtBack()
}

// completed finds a word for the end of a work that is neither denied nor asked.
func (l *line) completed() bool {
	for _, h := range l.all(kindVerb, "complete") {
		if !l.undone(h.from, h.to) {
			return true
		}
	}
	return false
}

// did finds what a helper tells of his work without a word for its end: 剪了指甲 15分钟,
// 已经把水管换了. A length of time or a number of a request must stand beside it.
func (l *line) did() bool {
	if !l.helper() || l.looksBack() {
		return false
	}
	spent := false
	for _, n := range l.nums {
		_, ok := l.counted(n)
		spent = spent || ok || n.from == 0 || l.at(n.to) == '号'
	}
	for _, h := range l.hits {
		if h.kind == kindAct && (l.at(h.to) == '了' || l.at(h.to) == '哒' || l.at(h.to) == '过') && (spent || l.shows("already")) && !l.undone(h.from, h.to) && !strings.ContainsRune("呷吃用烧看扯讲聊陪", l.Runes[h.from]) {
			return true
		}
	}
	return false
}

// broughtBack finds a thing with its result behind a verb for it: 陪丁爱莲复查回来了.
func (l *line) broughtBack() (hit, bool) {
	for k, o := range l.hits {
		if o.kind != kindObject {
			continue
		}
		end, ok := l.resultAt(o.to)
		for i := k - 1; ok && i >= 0 && l.hits[i].to+8 >= o.from; i-- {
			if a := l.hits[i]; a.kind == kindAct && a.value == o.value && a.to <= o.from && l.samePhrase(a.to, o.from) && !l.undone(a.from, end) {
				return hit{from: a.from, to: end, sense: a.sense}, true
			}
		}
	}
	return hit{}, false
}

// seenDoctor holds for 看完医生, 看好病: 看 is work there.
func (l *line) seenDoctor(h hit) bool {
	end, ok := l.resultAt(h.to)
	if !ok {
		return false
	}
	for _, o := range l.hitsAt(end) {
		if o.kind == kindObject && o.value == "yi" {
			return true
		}
	}
	return false
}

// resultAt finds a result at i: 完, 好, 归一.
func (l *line) resultAt(i int) (int, bool) {
	end := 0
	for _, h := range l.hitsAt(i) {
		if h.kind == kindResult {
			end = max(end, h.to)
		}
	}
	return end, end > 0
}

// undone tells whether what is done at from..to is denied, asked or wished.
func (l *line) undone(from, to int) bool {
	for _, w := range [...]string{"没", "冇", "未", "不", "还没", "没有", "再", "要", "想", "能"} {
		if l.is(from-len([]rune(w)), w) {
			return true
		}
	}
	k := to
	if l.at(k) == '了' || l.at(k) == '哒' {
		k++
	}
	return strings.ContainsRune("没冇吗么不再", l.at(k)) && l.at(k) != 0
}

// unwanted finds what is no longer wanted: 不用来人修了, 饭不用送了, 不去看腰了. 不要紧
// and wishes such as 莫打电话 are longer words of the lists.
func (l *line) unwanted() bool {
	for _, h := range l.all(kindVerb, "nowant") {
		if l.at(h.from-1) == '要' || l.at(h.from-1) == '是' && l.at(h.from-2) != '不' {
			continue // 要不要
		}
		if l.begins(h.from) && l.ends(h.to) && l.clauseEnd(0) == len(l.Runes) {
			continue // a bare 不要 answers what was asked
		}
		for i := h.to; i <= len(l.Runes) && i <= h.to+12 && (i == h.to || !isFullMark(l.Runes[i-1])); i++ {
			if r := l.at(i); r == '了' || r == '哒' || r == '来' && i <= h.to+3 || i == h.to && l.ends(i) {
				return true
			}
		}
	}
	return l.stopped() || l.notNeeded()
}

// asksBefore holds for 麻烦带回去 别送错了, 来个人教下我 莫把我电到: behind a request, what must
// not happen takes nothing back.
func (l *line) asksBefore() bool {
	no, ok := l.first(kindVerb, "nowant")
	for _, h := range l.all(kindVerb, "help") {
		if ok && h.to <= no.from && (h.to-h.from > 1 || l.Runes[h.from] == '帮' || l.Runes[h.from] == '请') && l.personAsked(h) && !l.onlySaid(h.from-2) {
			return l.at(h.from-1) != '讲' && !l.shows("earlier")
		}
	}
	return false
}

// notNeeded finds 医生不用喊, 灯莫修: a thing, then that nothing is to be done to it.
func (l *line) notNeeded() bool {
	for _, h := range l.all(kindVerb, "nowant") {
		thing := false
		for _, o := range l.hits {
			thing = thing || (o.kind == kindObject || o.kind == kindService) && o.to <= h.from && l.sameSentence(o.to, h.from)
			if thing && o.kind == kindAct && o.from >= h.to && o.from <= h.to+2 && l.ends(o.to) {
				return true
			}
		}
	}
	return false
}

// stopped finds 不去看腰了, 屋漏不修了: a verb of work that is denied from now on.
func (l *line) stopped() bool {
	for _, h := range l.hits {
		if h.kind != kindAct && !(h.kind == kindService && h.to-h.from > 1) || strings.ContainsRune("呷吃喝用看", l.Runes[h.from]) && h.to-h.from == 1 {
			continue
		}
		not := h.from - 1
		if l.at(not) == '去' || l.at(not) == '来' || l.at(not) == '再' {
			not--
		}
		if l.at(not) != '不' || not > 0 && strings.ContainsRune("能要得搬挑提扛拿走动是", l.Runes[not-1]) {
			continue
		}
		for i := h.to; i <= h.to+5 && i < len(l.Runes) && !isFullMark(l.Runes[i]); i++ {
			if l.Runes[i] == '了' || l.Runes[i] == '哒' {
				return true
			}
		}
	}
	return false
}
