package read

import (
	"strings"
	"unicode/utf8"
)

// asking tells whether the line asks how a matter stands.
func (l *line) asking() bool {
	for _, h := range l.hits {
		if h.kind == kindQuery && l.queryEnds(h) && h.value == "进度" {
			return true
		}
	}
	_, ok := l.doneYet()
	return ok
}

// doneYet reads 做完了没, 修好了冇, 看过满爷爷没, 药到底拿到没有.
func (l *line) doneYet() (hit, bool) {
	if h, ok := l.first(kindVerb, "see"); ok && l.endsAsking() {
		return h, true
	}
	for _, h := range l.hits {
		if h.kind == kindVerb && (h.value == "complete" || h.value == "see") && l.askedBehind(h.to) {
			return h, true
		}
		if h.kind != kindAct && h.kind != kindObject && h.kind != kindService {
			continue
		}
		for i := h.to; i <= h.to+4; i++ { // 拿到没有, 修得好冇, 送过来了吗
			if askableEnds.has(l.at(i)) && l.askedBehind(i+1) {
				return h, true
			}
		}
	}
	return hit{}, false
}

// askableEnds may stand between what was done and the word that asks.
var askableEnds = runesOf("了过到完好来去成")

// askedBehind tells whether a question ends at i: 没, 冇, 没有, 吗, 么, 不.
func (l *line) askedBehind(i int) bool {
	if l.at(i) == '了' || l.at(i) == '哒' {
		i++
	}
	switch l.at(i) {
	case '没', '冇', '吗', '么', '不', '未', '啵':
		if l.at(i+1) == '有' || l.at(i+1) == '得' && l.at(i) != '不' {
			i++
		}
		next := l.at(i + 1)
		return next == 0 || isMark(next) || strings.ContainsRune("啊呢咯哦嘞呀", next)
	}
	return false
}

// endsAsking tells whether the line ends in a particle that asks by itself.
func (l *line) endsAsking() bool {
	end := len(l.Runes)
	for end > 0 && (isMark(l.Runes[end-1]) || strings.ContainsRune("啊呢咯哦嘞呀", l.Runes[end-1])) {
		end--
	}
	switch l.at(end - 1) {
	case '没', '冇', '吗':
		return true
	case '有':
		return l.at(end-2) == '没' || l.at(end-2) == '冇'
	}
	return false
}

// asQuery reads questions.
func (l *line) asQuery(out *Reading, names []found) bool {
	if l.needsNoAnswer(out) {
		return false
	}
	if l.shows("record") && !l.helper() {
		return asked(out, "看望") // 走访记录能不能发我看看
	}
	if l.whetherSomebody(out) {
		return asked(out, "进度")
	}
	if l.wantsOrTells(out, names) {
		return false
	}
	if l.asksByWord(out, names) {
		return true
	}
	if _, ok := l.doneYet(); ok {
		if l.has(kindVerb, "see") {
			return asked(out, "看望")
		}
		return asked(out, "进度")
	}
	if l.asksMatter(out) {
		if l.shows("value") {
			out.Services = nil // 我爸上回量的血压是多少
		}
		if l.asksVisits() {
			return asked(out, "看望")
		}
		return asked(out, "进度")
	}
	return l.groupAlone(out, names)
}

// asked makes the line a question of one kind.
func asked(out *Reading, word string) bool {
	out.Intent, out.Word = Query, word
	return true
}

// needsNoAnswer holds for 我去不了 换我老公行不 and 师傅到哪了 要是还没出门就莫出门了: who
// gives back or withdraws asks nothing besides.
func (l *line) needsNoAnswer(out *Reading) bool {
	if l.helper() {
		return l.has(kindVerb, "decline") && l.mayI()
	}
	return !l.office() && l.mood.cancel && !l.endsInQuestion()
}

// wantsOrTells holds where a question's form is a wish, or tells what was done: 陪她的人到家了没？
// 到了就把单子结了吧.
func (l *line) wantsOrTells(out *Reading, names []found) bool {
	if (l.mood.want || l.whoWill(out) || l.shows("able")) && l.wantsMore(out) {
		return true
	}
	if !l.helper() {
		return l.closes() && len(out.Services) > 0
	}
	return len(names) == 1 && l.onlyThere(names[0]) || l.answersItself() ||
		l.mood.claim && l.mood.claimAt > 0 && l.clause[l.mood.claimAt] > 0 && len(out.Services) > 0
}

// asksByWord finds a word that is a question by itself.
func (l *line) asksByWord(out *Reading, names []found) bool {
	for _, h := range l.hits {
		if h.kind != kindQuery || !l.queryEnds(h) || h.value == "政策" && !l.questionWord() {
			continue
		}
		if h.value == "隐私" && l.helper() && l.looksBack() && !l.questionWord() {
			continue // 他的手机号停机了，我跑过去看的
		}
		if h.value == "电话" && len(out.Tickets) == 0 || h.value == "进度" && l.has(kindDay, "any") {
			continue // 哪天得空哪天来 asks nothing
		}
		switch {
		case h.value == "隐私" && len(out.Tickets) > 0:
			return asked(out, "电话")
		case h.value == "隐私" && out.Kin != "" && l.c.Speaker.Role == "family" && len(names) == 0:
			return asked(out, "看望") // 爷爷昨天血压好多: how his own are
		}
		return asked(out, h.value)
	}
	return false
}

// endsAskingDone finds a clause that asks whether something is done: ...没, ...冇,
// ...没有, ...了吗, ...过吗.
func (l *line) endsAskingDone() bool {
	for i := range l.Runes {
		r := l.Runes[i]
		if r != '没' && r != '冇' && r != '吗' && r != '么' && r != '未' || !l.askedBehind(i) || l.begins(i) {
			continue
		}
		before := l.Runes[i-1]
		if r == '吗' || r == '么' {
			if strings.ContainsRune("了过到成好着", before) {
				return true
			}
			continue
		}
		if before != '还' && before != '都' && before != '就' && before != '也' {
			return true
		}
	}
	return false
}

// endsAskingAny finds a clause that ends in 吗 or 不.
func (l *line) endsAskingAny() bool {
	for i, r := range l.Runes {
		if (r == '吗' || r == '不' || r == '么' || r == '啵') && i > 0 && l.askedBehind(i) && !l.begins(i) {
			return true
		}
	}
	return false
}

// whoWill holds for 哪个来坐下咯 and 谁去卫生室的顺手带一瓶: who comes is asked of everybody.
func (l *line) whoWill(out *Reading) bool {
	if len(out.Services) == 0 || l.shows("agent") {
		return false
	}
	for i := range l.Runes {
		if w := l.phraseAt(i, whoComes); w != "" && !l.ends(i+utf8.RuneCountInString(w)) {
			return true
		}
	}
	return !l.helper() && l.someoneAsked(0)
}

var whoComes = newPhrases("哪个来", "哪个去", "谁来", "谁去", "哪位来", "哪位去")

// wantsMore tells whether the line asks for help and only sounds like a
// question: 么子时候有人来帮我搞卫生. What speaks of an earlier request is a question all
// the same: 昨天不是讲要人挑水吗.
func (l *line) wantsMore(out *Reading) bool {
	if len(out.Services) == 0 && !l.shows("able") || len(out.Tickets) > 0 {
		return false
	}
	if _, yet := l.doneYet(); yet && !l.helper() && !l.shows("able") && l.endsAskingDone() && !l.mayI() {
		return false // 做席面的人请到了没
	}
	return !l.shows("earlier")
}

// groupAlone reads a line that is nothing but a group: 5组.
func (l *line) groupAlone(out *Reading, names []found) bool {
	if out.Group == 0 || len(names) > 0 {
		return false
	}
	for i, r := range l.Runes {
		if !l.taken[i] && r != ' ' && !isFullMark(r) && r != '的' && r != '第' {
			return false
		}
	}
	out.Intent, out.Word = Query, "组"
	return true
}

// queryEnds: words that end in 没 or 冇 ask only at the end of what is asked;
// 看了没人应 does not ask.
func (l *line) queryEnds(h hit) bool {
	switch l.Runes[h.to-1] {
	case '没', '冇', '不':
		r := l.at(h.to)
		return r == 0 || r == ' ' || isFullMark(r) || r == '啊' || r == '呢' || r == '咯'
	}
	return true
}

// questionWord tells whether the line asks at all.
func (l *line) questionWord() bool {
	if !l.questionsKnown {
		l.questionsKnown, l.questioned = true, l.says(questionWords)
	}
	return l.questioned
}

var questionWords = newPhrases("怎么", "何解", "好多", "多少", "几", "吗", "没有", "哪", "么子", "什么", "谁", "何事", "?", "好久", "多久", "要不要", "能不能", "冇")
