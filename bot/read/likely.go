package read

import "strings"

// likely weighs what no rule understood, by who says it and by the act of speech: a
// helper who names somebody reports, a villager who tells of a want asks for help,
// one who asks nothing and wants nothing makes a small remark. A conversation asks
// instead; who reads lines alone (`mishu read`) takes it.
func (l *line) likely(out *Reading, names []found) Intent {
	if out.Digits != nil || l.han() < 3 || l.nonsense() || l.heading() || l.advert(out) || l.pointing() {
		return Unknown
	}
	asks := l.asksPlainly() || l.endsAskingAny() || l.endsAskingDone()
	bare := l.besides(out, names) < 2
	switch {
	case l.helper() && asks:
		return l.helperAsks(out)
	case l.helper() && len(names) > 0 && !bare:
		return ReportVisit
	case asks, l.office(), l.stranger():
		return Unknown
	case !l.helper() && l.wishful():
		return RequestHelp
	case l.han() < 5, len(out.Tickets) > 0, len(out.Services) > 0, len(names) > 0 && bare, out.When.Grain != "" && bare, out.Answer != NoAnswer && out.Rest == "":
		return Unknown
	}
	return Smalltalk
}

// asksPlainly leaves out the words of a question inside a statement: 别的没么子, 不晓得哪个惹她了.
func (l *line) asksPlainly() bool {
	for i, r := range l.Runes {
		if !plainQuestions.begin.has(r) {
			continue
		}
		for _, w := range plainQuestions.words {
			if !l.is(i, w) || w == "几" && !strings.ContainsRune("个件家户点时单", l.at(i+1)) {
				continue
			}
			if i > 0 && (strings.ContainsRune("没冇讲说何", l.Runes[i-1]) || l.is(i-3, "不晓得") || l.is(i-3, "不知道")) {
				continue
			}
			if w == "好多" && isOver(l.at(i+2)) {
				continue // 气色好多了
			}
			if l.helper() && l.passedOn(i) {
				continue
			}
			if w == "还是" && i == 0 || w == "几" && strings.ContainsRune("好这坐", l.at(i-1)) {
				continue
			}
			return true
		}
	}
	return false
}

var plainQuestions = newPhrases("怎么", "何解", "好多", "多少", "几多", "几", "吗", "哪", "么子", "什么", "谁", "何事", "?", "要不要", "能不能", "是不是", "有没有", "还是")

// helperAsks: what a helper asks about a request, a household or the work is about
// open requests; prices and offices are not.
func (l *line) helperAsks(out *Reading) Intent {
	if l.shows("money") || l.has(kindQuery, "政策") || l.has(kindQuery, "食堂") || l.shows("public") {
		return Unknown
	}
	if len(out.Tickets) == 0 && len(out.Mentions) == 0 && !l.shows("flow") && !l.shows("earlier") && !l.shows("work") {
		return Unknown
	}
	return Query
}

// han counts the Chinese characters of the line.
func (l *line) han() (n int) {
	for _, r := range l.Runes {
		if isHan(r) {
			n++
		}
	}
	return n
}

// besides counts the characters that stand outside names, numbers and times.
func (l *line) besides(out *Reading, names []found) (n int) {
	for i, r := range l.Runes {
		if isHan(r) && !l.taken[i] {
			n++
		}
	}
	if out.When.Grain != "" {
		n -= (out.When.Span.To - out.When.Span.From) / 3
	}
	return n
}

// wishful tells whether the line holds a word with which people ask for a thing or a
// hand: 来, 送, 帮, 请, 想, 要, not denied.
func (l *line) wishful() bool {
	for i := range l.Runes {
		if l.phraseAt(i, wishWords) != "" && !l.refused(i) {
			return true
		}
	}
	return false
}

var wishWords = newPhrases("来个", "来把", "来人", "来帮", "来陪", "来教", "来看", "来接", "帮", "请", "找个", "找人", "喊个", "叫个", "送把", "送个", "送点", "带把", "带个", "带点", "借", "我要", "想要", "我想", "想请", "想找", "想学", "要个", "要人", "求", "麻烦", "拜托", "哪个来", "哪个去", "谁来", "谁去", "穿不进", "弄不", "搞不", "做不", "拿不", "够不", "不会", "不动", "坏了", "坏哒", "烂了", "烂哒", "掉了", "掉哒", "破了", "破哒", "断了", "断哒", "见底", "用完", "吃完", "没有了", "冇得了")

// pointing holds for 那个那个就是那个, 上面那个: words that point and say nothing.
func (l *line) pointing() bool {
	rest := strings.TrimFunc(l.Text, func(r rune) bool {
		return strings.ContainsRune("那这个边里些就是嘛啊的嗯呃上下面头样子什么么子唉哎说讲不清", r) || isMark(r)
	})
	return rest == ""
}

// nonsense holds for one character said again and again, and for a run of letters.
func (l *line) nonsense() bool {
	seen := map[rune]bool{}
	letters := 0
	for _, r := range l.Runes {
		if isHan(r) {
			seen[r] = true
		} else if r >= 'a' && r <= 'z' {
			letters++
		}
	}
	return len(seen) < 3 || letters > 5 && len(seen) < 6
}

// heading holds for what was copied from a paper or another group: 转：…, 【…】.
func (l *line) heading() bool {
	return len(l.Runes) > 0 && (l.Runes[0] == '【' || l.Runes[0] == '[' || l.is(0, "转") || l.is(0, "通知") || l.is(0, "链接"))
}

// advert tells whether a stranger offers wares or work: a trade, and no person of the
// village. His telephone number does not make him known.
func (l *line) advert(out *Reading) bool {
	return l.stranger() && l.shows("trade") && len(out.Mentions) == 0 && out.Kin == ""
}
