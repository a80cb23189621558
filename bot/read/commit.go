package read

import "strings"

// commits tells whether a helper says what he will do, in whatever words: 我这周六带我崽一起去, 我是电工
// 今天下午三点过去, 17，我. Somebody goes or does in a clause of his own that tells nothing as past.
func (l *line) commits() (at int, ok bool) {
	if !l.helper() || l.looksBack() || l.mood.done || len(l.durationsAhead()) > 0 {
		return 0, false
	}
	me := -1
	if len(l.nums) > 0 && l.nums[0].from == 0 && !l.counts(l.nums[0]) {
		me = 0 // 12 明天下午三点去
	}
	for i := 0; i < len(l.Runes); i++ {
		if l.Runes[i] == '我' && !l.isOneOf(i-1, "叫喊陪带给帮跟和替等问请找要对向把被讲说话醒:") {
			if !l.goesAway(l.overAdverbs(i+1)) && l.willDo(i+1) || l.onlyMe(i) {
				return i, true
			}
			me = i
		}
		if me >= 0 && i > me && (i == 0 || l.clause[i] != l.clause[i-1]) && l.goesThen(i) {
			return i, true
		}
	}
	return 0, false
}

// onlyMe holds for 17，我 and 我 31: a number and 我 and nothing else.
func (l *line) onlyMe(i int) bool {
	if len(l.nums) != 1 || !l.ends(i+1) && !l.isOneOf(i+1, "吧来要领") {
		return false
	}
	n := l.nums[0]
	for k, r := range l.Runes {
		if k != i && (k < n.from || k >= n.to) && !isMark(r) && !strings.ContainsRune("号第单吧来要领个那的", r) {
			return false
		}
	}
	return true
}

// willDo tells whether, behind 我 at i, a clause goes on with what is to be done.
func (l *line) willDo(i int) bool {
	if l.isOneOf(i, "是有看讲说问听想怕晓知觉报记写发家屋们爸妈娘爹崽女婆的手腰脚腿眼头心身名叫姓也都又才") || l.ends(i) {
		return false
	}
	end := l.clauseEnd(i)
	if !l.plansOnly(i, end) || l.tellsAfter(end) {
		return false
	}
	for _, h := range l.hits {
		if h.from < i || h.from >= min(end, i+14) {
			continue
		}
		if l.at(h.to) == '的' {
			return false // 我昨天下午到的他屋里
		}
		if h.kind == kindAct && !l.isOneOf(h.from, "看吃呷用开听说讲问聊跟同叫喊请找报写发") || h.kind == kindService && h.to-h.from > 1 {
			return true
		}
	}
	i = l.overAdverbs(i)
	return l.is(i, "动") || l.is(i, "去") || l.is(i, "来") || l.wordEnds(end, "动身", "出发", "过去") || end-i > 2 && l.wordEnds(end, "可以", "行", "有空", "得空")
}

// wordEnds tells whether one of the words ends at i.
func (l *line) wordEnds(i int, words ...string) bool {
	for _, w := range words {
		if l.isBefore(i, w) {
			return true
		}
	}
	return false
}

// plansOnly tells whether nothing between i and j is told as past, denied or asked.
func (l *line) plansOnly(i, j int) bool {
	return l.unplanned.next(i, len(l.Runes), func(k int) bool {
		return l.isOneOf(k, "了哒咧没冇不莫别吗谁哪几请") || l.isOneOf(k, "过") && !l.isOneOf(k+1, "去来年节") || l.is(k, "要人") || l.is(k, "别人")
	}) >= j
}

// tellsAfter holds where a story goes on behind i: 我给她捶背 她讲舒服.
func (l *line) tellsAfter(i int) bool {
	return l.tale.next(i, len(l.Runes), func(k int) bool {
		return l.isOneOf(k, "讲说笑哭话") || l.isOneOf(k, "了哒") && l.ends(k+1)
	}) < len(l.Runes)
}

// goesThen tells whether the clause of i says when somebody comes or goes: 明天上午抱过来.
func (l *line) goesThen(i int) bool {
	for l.isOneOf(i, " ,") {
		i++
	}
	end := l.clauseEnd(min(i, len(l.Runes)-1))
	if !l.plansOnly(i, end) || l.isOneOf(i, "他她") || l.tellsAfter(end) {
		return false
	}
	if l.isOneOf(i, "捎送带接陪载帮搭背") && l.isOneOf(i+1, "他她") && l.ends(i+2) {
		return true // 我车后座空着，捎他
	}
	timed := false
	for _, h := range l.hits {
		if h.from == i && (h.kind == kindDay && h.value != "none" && h.value != "now" || h.kind == kindPart) {
			timed = true
		}
	}
	if !timed {
		return false
	}
	return l.wordEnds(end, "去", "来", "试试", "送到", "上门", "动身", "出发", "一趟")
}
