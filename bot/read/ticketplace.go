package read

import "unicode/utf8"

func (l *line) ticketAt(i int) bool {
	n := l.nums[i]
	end := n.to
	called := l.at(end) == '号'
	if called {
		end++
	}
	switch {
	case l.at(end) == '单' && !l.isOneOf(end+1, "元独位身") && (!n.chinese || l.at(n.from-1) == '第'):
		return true
	case l.house(end) && called, l.at(n.from-1) == '月' && called:
		return false
	case l.ticketBefore(n.from):
		return called || !l.counts(n) && !(n.chinese && n.to-n.from == 1 && isHan(l.at(n.to)) && !l.isOneOf(n.from-1, "单子号#第"))
	case n.chinese && l.at(n.from-1) == '第' && l.isOneOf(end, "张个条") && l.at(end+1) == '单':
		return true
	case l.begins(n.from) && !n.chinese && l.pointedAt(end):
		return true
	case !called && n.chinese && n.to-n.from == 1:
		return l.begins(n.from) && l.ticketAfter(end) && !l.counts(n) // not the 一 of 统一接
	}
	return l.ticketAfter(end)
}

// pointedAt holds for 19这单是要上午去还是下午去, 51那件事, 76的老人.
func (l *line) pointedAt(i int) bool {
	for _, w := range [...]string{"这单", "那单", "这件", "那件", "这个单", "那个单", "的老人", "的那家", "的那户", "这户", "那户", "这家", "那家"} {
		if l.is(i, w) {
			return true
		}
	}
	return false
}

// ticketWords are the verbs beside which a number is a ticket.
func ticketVerb(h hit) bool {
	switch h.kind {
	case kindVerb:
		switch h.value {
		case "claim", "decline", "complete", "cancel":
			return true
		}
	case kindQuery:
		return h.value == "进度" || h.value == "电话" || h.value == "隐私" || h.value == "转群"
	}
	return false
}

// ticketBefore looks for 接, 不, 取消, 派, 电话, 转群, #, 第 right before i.
func (l *line) ticketBefore(i int) bool {
	k := i
	for k > 0 && (l.Runes[k-1] == ' ' || l.Runes[k-1] == '第' || l.Runes[k-1] == ':' || l.Runes[k-1] == ',') {
		k--
	}
	for _, h := range l.endingBy(k) {
		if h.to == k && (ticketVerb(h) || h.kind == kindVerb && h.value == "assign" && h.to-h.from == 1 && l.Runes[h.from] == '派') {
			return true
		}
	}
	for _, w := range [...]string{"不", "#", "转群", "问", "看", "退", "我要接", "报名", "编号", "号", "no", "撤销", "改", "打开", "单号", "工单", "任务", "求助", "单子"} {
		if l.isBefore(k, w) && (w != "号" || k == i) {
			return true
		}
	}
	return false
}

// ticketAfter looks for 接, 做完了, 没空, 怎么样了 behind i, over 我, 的, 那个 and
// spaces.
func (l *line) ticketAfter(i int) bool {
	k := i
	for {
		next := l.skipLink(k)
		if next == k {
			break
		}
		k = next
	}
	for _, h := range l.hitsIn(i, k+1) {
		if ticketVerb(h) && !(h.value == "电话" && l.at(i-1) != '号') {
			return true
		}
	}
	return (l.is(k, "给") || l.is(k, "派")) && l.at(k+1) != 0 || l.agreed(i, k)
}

// agreed holds for 13号那个我可以: no claim, but about that request.
func (l *line) agreed(i, k int) bool {
	for ; i < k; i++ {
		if l.is(i, "可以") && l.ends(i+2) {
			return true
		}
	}
	return false
}

// skipLink steps over one small word between a ticket and its verb.
func (l *line) skipLink(i int) int {
	return i + utf8.RuneCountInString(l.phraseAt(i, ticketLinks))
}

var ticketLinks = newPhrases(" ", "我", "那个", "这个", "那件", "这件", "事", "的", "现在", "到底", "今天", "已经", "都", "刚", "也", "就", "是", ",", "这边", "要", "可以", "能", "来", "他们", "还", "有", "件", "把")
