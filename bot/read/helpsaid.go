package read

import "strings"

// isHelp tells whether the line asks somebody to do something.
func (l *line) isHelp() bool {
	for _, h := range l.hits {
		if h.kind == kindVerb && h.value == "help" && !l.helpTold(h) {
			return true
		}
	}
	return false
}

// helpTold holds for help that somebody gave already: 我帮她洗了被子, 邻居帮看着门, 喊郑师傅
// 修好了. Who helps stands before it, and that it happened behind it.
func (l *line) helpTold(h hit) bool {
	if !strings.ContainsRune("帮请叫喊让派找", l.Runes[h.from]) || !l.subjectBefore(h.from) {
		return false
	}
	end := l.clauseEnd(h.from)
	if l.asksAnother(h.to, end) {
		return false
	}
	for i := h.to; i < end; i++ {
		if l.isOneOf(i, "了哒过完着咧") && !l.isOneOf(i+1, "没冇吗么不") {
			return true
		}
	}
	return false
}

// subjectBefore tells whether who helped stands before i: 我, 我们, 邻居, her daughter;
// or the speaker is a helper who tells of himself: 顺便帮她拿了药.
func (l *line) subjectBefore(i int) bool {
	for again := true; again; {
		again = false
		for _, w := range [...]string{"顺便", "顺手", "顺路", "顺带", "刚", "就", "也", "又", "已经", "今天", "昨天", "上午", "下午", "刚才", "去", "来", "过去", "过来", "还", "都", "在"} {
			if n := len([]rune(w)); l.is(i-n, w) {
				if l.helper() && strings.HasPrefix(w, "顺") {
					return true
				}
				i, again = i-n, true
			}
		}
	}
	for _, w := range [...]string{"我", "我们", "邻居", "隔壁", "人家", "他们", "她们", "自己", "两口子", "师傅"} {
		if l.isBefore(i, w) {
			return true
		}
	}
	for _, h := range l.hits {
		if h.to == i && (h.kind == kindKin || h.kind == kindTitle) && h.value != "parents" {
			return !l.begins(h.from) || h.value == "child" || h.value == "neighbor" || h.value == "sibling"
		}
	}
	return l.helper() && l.begins(i) && l.is(i, "帮") && !l.is(i, "帮我") && !l.is(i, "帮忙")
}

// asksAnother tells whether between i and j somebody else is asked: 我想请人帮我修了.
func (l *line) asksAnother(i, j int) bool {
	for ; i < j; i++ {
		if l.isOneOf(i, "请求吗") || l.is(i, "来人") || l.is(i, "有人") || l.is(i, "坏了") || l.is(i, "坏哒") {
			return true
		}
	}
	return false
}
