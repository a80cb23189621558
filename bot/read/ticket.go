package read

// groups finds 3组, 三组, 第3小组; the runes are taken.
func (l *line) groups() []group {
	var out []group
	for _, n := range l.nums {
		v, whole := n.int()
		if !whole || v < 1 || v > 99 {
			continue
		}
		for _, w := range [...]string{"组", "小组", "村民小组", "队"} {
			if l.is(n.to, w) {
				to := n.to + len([]rune(w))
				l.take(n.from, to)
				out = append(out, group{n.from, to, v})
				break
			}
		}
	}
	return out
}

// A group is a 村民小组 that was named.
type group struct{ from, to, number int }

// tickets finds the numbers of requests: 接13, 13接, 13号做完了, 取消13. A number is
// one only beside a word that speaks of requests; never a date, a house, a
// count or a telephone number.
func (l *line) tickets() []int {
	l.callings = zeroed(l.callings, len(l.nums))
	var out []int
	for i, n := range l.nums {
		v, whole := n.int()
		if !whole || v < 1 || v > 9999 || !l.free(n.from, n.to) || l.partOfTime(n) || !l.ticketAt(i) && !l.ticketCalled(n) && !l.ticketAlone(n) {
			continue
		}
		l.take(n.from, n.to)
		if l.at(n.to) == '号' {
			l.take(n.to, n.to+1)
		}
		out = append(out, v)
	}
	return out
}

// partOfTime holds for the 8 of 初8 and 12月8, the 4 of 周4, the 40 of 7点40.
func (l *line) partOfTime(n number) bool {
	if l.isOneOf(n.from-1, ":.") {
		return isDigit(l.at(n.from - 2)) // not the 26 of 退单：26
	}
	return l.isOneOf(n.from-1, "初月周期拜点×x*h")
}

// ticketCalled weighs whether 13号 is a request: by what is done with it, else it
// is a date.
func (l *line) ticketCalled(n number) bool {
	v, _ := n.int()
	end := n.to + 1
	if l.at(n.to) != '号' || l.house(end) || l.dateAround(n.from, end) {
		return false
	}
	m := &l.mood
	switch {
	case v > 31, l.dayElsewhere(n), l.nextCalled(end):
		return true
	case l.helper() || l.office():
		return m.claim || m.decline || m.done || m.cancel || m.ask || l.helper() && l.asksOf(end) || m.office || l.has(kindVerb, "assign") || l.calledThing(end)
	}
	return m.ask && !l.looksBack() && !l.dayElsewhere(n) || l.calledThing(end)
}

// A calling tells whether a number with 号 is a request, once that was weighed.
type calling uint8

const (
	notWeighed calling = iota
	isTicket
	noTicket
)

// nextCalled holds for the 8号 of 8号9号都给冬梅, where 9号 is a request.
func (l *line) nextCalled(i int) bool {
	for l.isOneOf(i, "、和跟与 ,") {
		i++
	}
	k := l.numberAt(i)
	if k < 0 || l.at(l.nums[k].to) != '号' {
		return false
	}
	if l.callings[k] == notWeighed { // of a long row each number would ask all behind it
		l.callings[k] = noTicket
		if l.ticketCalled(l.nums[k]) {
			l.callings[k] = isTicket
		}
	}
	return l.callings[k] == isTicket
}

// asksOf tells whether something is asked about what stands before i: 9号到底要几个人, 16号是哪家的.
func (l *line) asksOf(i int) bool {
	end := l.clauseEnd(min(i, len(l.Runes)-1))
	return i < end && l.asked.next(i, len(l.Runes), l.asksOfAt) < end
}

// asksOfAt tells whether a word that asks about a request stands at i.
func (l *line) asksOfAt(i int) bool {
	return l.isOneOf(i, "哪谁吗么") || l.is(i, "几个") || l.is(i, "几家") || l.is(i, "几户") || l.is(i, "什么") || l.is(i, "急不急") || l.is(i, "要不要") || l.is(i, "还是")
}

// dateAround tells whether words for a day stand around 13号: 这个月13号, 13号上午, 13号
// 之前.
func (l *line) dateAround(i, j int) bool {
	for _, w := range [...]string{"月", "到", "约", "等", "在", "于", "从", "至"} {
		if l.is(i-1, w) {
			return true
		}
	}
	for _, w := range [...]string{"那天", "那日", "前", "之前", "以前", "以后", "之后", "开始", "起", "左右", "去的", "看的"} {
		if l.is(j, w) {
			return true
		}
	}
	return l.partAt(j) && !l.mood.claim
}

// dayElsewhere tells whether another word of the line names a day.
func (l *line) dayElsewhere(n number) bool {
	for _, h := range l.hits {
		if h.kind == kindDay && h.value != "none" && h.value != "any" && h.value != "now" && h.to-h.from > 1 {
			return l.office() || l.helper() && l.mood.claim
		}
	}
	return false
}

// calledThing: 8号那件, 8号的单, 8号撤掉.
func (l *line) calledThing(i int) bool {
	for _, w := range [...]string{"那件", "那个", "这件", "这个", "那家", "那户", "的单", "单", "的事", "求助", "撤", "取消", "退", "结", "关了", "关掉", "销", "完成", "搞定", "先压", "压着", "先放", "缓", "都给", "给"} {
		if l.is(i, w) {
			return true
		}
	}
	return false
}

// ticketAlone reads a number that stands by itself where a request is taken or
// done: 那个送饭的我接了 21, 我得空，14算我的, 19 完成.
func (l *line) ticketAlone(n number) bool {
	if !l.helper() || n.chinese && n.to-n.from == 1 || n.digits > 4 || l.counts(n) || l.at(n.to) == '号' {
		return false
	}
	m := &l.mood
	if !m.claim && !m.decline && !m.done {
		return false
	}
	if n.chinese && l.at(n.to-2) == '百' {
		return false // 三百二: money
	}
	return l.begins(n.from) || l.ends(n.to) && (!isHan(l.at(n.from-1)) || l.at(n.from-1) == '就')
}

// counts tells whether the number measures something: 3个人, 两天, 3点, 40分钟.
func (l *line) counts(n number) bool {
	return measures.has(l.at(n.to))
}

// measures are what counts and measures behind a number.
var measures = runesOf("个天组队点时分月年日岁元块斤米次床楼人桶袋瓶升度条张头盏台户家件样套刻层:-/下些会遍双共起直定般切路两半h位只回趟餐顿碗里公眼圈声口句番步身包盘根片本封笔担捆箱盒筐篮堆亩厘寸尺丈毛角钱盆坛席桌局副周哈星礼集篇页题课针剂支粒颗滴滩趟脚把身塘辈概般份分丘")
