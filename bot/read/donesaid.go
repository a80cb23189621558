package read

import "strings"

// done finds a verb of work with its result: 洗好, 搬完, 剪完头发, 拿到; it is not
// done where that is denied or asked.
func (l *line) done() (hit, bool) {
	for _, h := range l.hits {
		if h.kind != kindAct {
			continue
		}
		end, ok := l.resultOf(h)
		if !ok || h.to-h.from == 1 && strings.ContainsRune("呷吃用烧看开", l.Runes[h.from]) && !l.seenDoctor(h) {
			continue
		}
		if l.isOneOf(h.from, "说讲问聊谈认答") && l.isOneOf(h.to, "好清到") || l.isOneOf(h.from, "听") || l.is(h.from-1, "点整") {
			continue // 两人都说好, 喊了三遍才听清, 三点整到
		}
		if l.helper() && l.kinEnds(h.from) || l.agreesTo(end) {
			continue // 饭都是崽做好送来
		}
		if !l.undone(h.from, end) {
			return hit{from: h.from, to: end, sense: h.sense}, true
		}
	}
	for _, h := range l.all(kindVerb, "see") {
		if l.sawDoctor(h) && !l.undone(h.from, h.to) {
			return h, true
		}
	}
	return l.broughtBack()
}

// resultOf is where the result behind a verb ends, or behind its thing: 洗好, 洗碗好了.
func (l *line) resultOf(h hit) (int, bool) {
	if end, ok := l.resultAt(h.to); ok {
		return end, true
	}
	for _, o := range l.hitsAt(h.to) {
		if end, ok := l.resultAt(o.to); o.kind == kindObject && ok {
			return end, true
		}
	}
	return 0, false
}

// kinEnds tells whether a word for a child, a brother or a sister ends before i.
func (l *line) kinEnds(i int) bool {
	for _, h := range l.hitsIn(i-3, i) {
		if h.kind == kindKin && h.to == i && (h.value == "child" || h.value == "sibling") && !l.insideName(h) {
			return true
		}
	}
	return false
}

// insideName tells whether the word lies inside a name.
func (l *line) insideName(h hit) bool {
	for _, n := range l.named {
		if n.from <= h.from && h.to <= n.to {
			return true
		}
	}
	return false
}

// agreesTo holds for 早饭我捎过去好了, 我去就是: what ends at i is offered.
func (l *line) agreesTo(i int) bool {
	return l.helper() && l.isOneOf(i-1, "去来") && (l.is(i, "好了") || l.is(i, "就是") || l.is(i, "算了") || l.is(i, "就好")) && l.ends(i+2)
}

// completed finds a word for the end of a work that is neither denied nor asked.
func (l *line) completed() bool {
	for _, h := range l.all(kindVerb, "complete") {
		if !l.helper() && !l.office() && h.to-h.from == 2 && l.isOneOf(h.to-1, "了哒") && !l.ends(h.to) {
			continue // 刚做了手术 is no work of ours
		}
		if !l.helper() && isNumeral(l.at(h.to)) {
			continue // 认证弄了三回都不过
		}
		if !l.undone(h.from, h.to) && !(h.from == 0 && h.to < len(l.Runes) && l.is(0, "ok")) {
			return true // OK 那个91我领了 agrees
		}
	}
	if !l.helper() || len(l.nums) == 0 || l.nums[0].from > 0 {
		return false
	}
	for _, h := range l.hits { // 51 完 一刻
		if h.kind == kindResult && l.begins(h.from) && l.ends(h.to) && l.isOneOf(h.from, "完好妥") {
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
		if h.kind == kindAct && (l.at(h.to) == '了' || l.at(h.to) == '哒' || l.at(h.to) == '过') && (spent || l.shows("already")) && !l.undone(h.from, h.to) && !strings.ContainsRune("呷吃用烧看扯讲聊陪说报写发登", l.Runes[h.from]) && !l.rings(h) {
			return true
		}
	}
	return false
}

// rings holds for the 打 of 打了三个电话.
func (l *line) rings(h hit) bool { return l.isOneOf(h.from, "打拨") && l.shows("phone") }

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
		if l.isBefore(from, w) {
			return true
		}
	}
	k := to
	if l.at(k) == '了' || l.at(k) == '哒' {
		k++
	}
	if l.is(k, "一半") || l.is(k, "一部分") {
		return true
	}
	return strings.ContainsRune("没冇吗么不再", l.at(k)) && l.at(k) != 0
}
