package read

import "strings"

// asLast reads what no rule before it understood, by who says it and by the act
// of speech: a helper who names somebody reports, a villager who tells of a want
// asks for help, one who asks nothing and wants nothing makes a small remark. A
// question that is about nothing of ours stays Unknown and goes to a person.
func (l *line) asLast(out *Reading, names []found) bool {
	if out.Digits != nil || l.han() < 3 || l.nonsense() || l.heading() || l.advert(out) {
		return false
	}
	asks := l.questionWord() || l.endsAskingAny() || l.endsAskingDone()
	switch {
	case l.helper() && asks:
		return l.helperAsks(out)
	case l.helper() && len(names) > 0 && l.besides(out, names) >= 2:
		out.Intent = ReportVisit
		if l.weak || l.ill {
			out.Services = nil
		}
		l.report(out, names)
		return true
	case asks || l.c.Speaker.Role == "secretary" || l.stranger():
		return false
	case !l.helper() && l.wishful():
		out.Intent = RequestHelp
		return true
	case len(out.Tickets) > 0 || len(out.Services) > 0 || len(names) > 0 && l.besides(out, names) < 2 || out.When.Grain != "" && l.han() < 6 || l.pointing():
		return false
	}
	out.Intent = Smalltalk
	return true
}

// helperAsks: what a helper asks about a request, a household or the work is about
// open requests; prices and offices are not.
func (l *line) helperAsks(out *Reading) bool {
	if l.shows("money") || l.has(kindQuery, "政策") || l.has(kindQuery, "食堂") || l.shows("public") {
		return false
	}
	if len(out.Tickets) == 0 && len(out.Mentions) == 0 && !l.shows("flow") && !l.shows("earlier") && !l.shows("work") {
		return false
	}
	out.Intent, out.Word = Query, "进度"
	return true
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
		for _, w := range [...]string{"来个", "来把", "来人", "来帮", "来陪", "来教", "来看", "来接", "帮", "请", "找个", "找人", "喊个", "叫个", "送把", "送个", "送点", "带把", "带个", "带点", "借", "我要", "想要", "我想", "想请", "想找", "想学", "要个", "要人", "求", "麻烦", "拜托", "哪个来", "哪个去", "谁来", "谁去", "穿不进", "弄不", "搞不", "做不", "拿不", "够不", "不会", "不动", "坏了", "坏哒", "烂了", "烂哒", "掉了", "掉哒", "破了", "破哒", "断了", "断哒", "见底", "用完", "吃完", "没有了", "冇得了"} {
			if l.is(i, w) && !l.refused(i) {
				return true
			}
		}
	}
	return false
}

// pointing holds for 那个那个就是那个, 上面那个: words that point and say nothing.
func (l *line) pointing() bool {
	rest := strings.TrimFunc(l.Text, func(r rune) bool { return strings.ContainsRune("那这个边里些就是嘛啊的嗯呃上下面头样子什么么子", r) || isMark(r) })
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
