package read

import "strings"

// isHelp tells whether the line asks somebody to do something.
func (l *line) isHelp() bool {
	for _, h := range l.hits {
		if h.kind == kindVerb && h.value == "help" && !l.helpTold(h) {
			return true
		}
	}
	return !l.office() && l.couldYou()
}

// helpTold holds for help that somebody gave already: 我帮她洗了被子, 邻居帮看着门, 喊郑师傅
// 修好了. Who helps stands before it, and that it happened behind it.
func (l *line) helpTold(h hit) bool {
	if l.helper() && l.nobodyThere(h) {
		return true
	}
	if !strings.ContainsRune("帮请叫喊让派找", l.Runes[h.from]) || !l.subjectBefore(h.from) && !l.isOneOf(h.from-1, "都还又已") {
		return false
	}
	if l.is(h.from-1, "我帮") {
		return true
	}
	end := l.clauseEnd(h.from)
	if l.another.next(h.to, len(l.Runes), l.asksAnother) < end {
		return false
	}
	return l.happened.next(h.to, len(l.Runes), l.happenedAt) < end
}

// happenedAt tells whether a word that something happened stands at i.
func (l *line) happenedAt(i int) bool {
	return l.isOneOf(i, "了哒过完着咧") && !l.isOneOf(i+1, "没冇吗么不")
}

// nobodyThere holds for 玉珍婶家冇得人, 屋里没人应: that nobody was met asks for nobody.
func (l *line) nobodyThere(h hit) bool {
	return l.isOneOf(h.from, "没冇") && l.at(h.to-1) == '人' && (l.ends(h.to) || l.isOneOf(h.to, "应在答接开影回"))
}

// tells holds for a helper's line about somebody that ends in what happened, or in what he
// did himself, and asks nobody.
func (l *line) tells(names []found) bool {
	if l.needful || l.shows("cannot") || l.comingDay() {
		return false
	}
	if l.iDid() {
		return !l.asksPeople()
	}
	return len(names) > 0 && !l.mood.want && !l.ill && l.isOneOf(len(l.Runes)-1, "了哒")
}

// iDid tells whether the speaker tells of himself what is done: 我今天陪她剥了一下午的豆子.
func (l *line) iDid() bool {
	var said seeker
	for i := range l.Runes {
		if !l.is(i, "我") || l.isOneOf(i-1, "给帮叫喊跟替让问找请") {
			continue
		}
		if l.isOneOf(i+1, "要想请能") {
			continue
		}
		k := said.next(i+2, len(l.Runes), func(k int) bool { return l.isOneOf(k, "要想请能了哒") })
		if k < l.clauseEnd(i) && l.isOneOf(k, "了哒") {
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
	for _, w := range [...]string{"我", "我们", "邻居", "隔壁", "人家", "他", "她", "他们", "她们", "自己", "两口子", "师傅"} {
		if l.isBefore(i, w) {
			return true
		}
	}
	for _, h := range l.endingBy(i) {
		if h.to == i && (h.kind == kindKin || h.kind == kindTitle) && h.value != "parents" {
			return !l.begins(h.from) || h.value == "child" || h.value == "neighbor" || h.value == "sibling"
		}
	}
	return l.helper() && l.begins(i) && l.is(i, "帮") && !l.is(i, "帮我") && !l.is(i, "帮忙")
}

// asksAnother tells whether somebody else is asked at i: 我想请人帮我修了.
func (l *line) asksAnother(i int) bool {
	return l.isOneOf(i, "请求吗") || l.is(i, "来人") || l.is(i, "有人") || l.is(i, "坏了") || l.is(i, "坏哒")
}
