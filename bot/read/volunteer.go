package read

import (
	"strings"
)

// asVolunteer reads what a volunteer says without a number: 我接 下午去, 我去不了,
// 做完了 40分钟.
func (l *line) asVolunteer(out *Reading, _ []found) bool {
	for _, i := range [...]struct {
		verb   string
		intent Intent
	}{{"decline", Decline}, {"complete", Complete}} {
		if _, ok := l.first(kindVerb, i.verb); ok && (i.intent != Decline || l.mood.decline) && (i.intent != Complete || l.mood.done) {
			out.Intent = i.intent
			return true
		}
	}
	if l.claimFirst() {
		h, _ := l.first(kindVerb, "claim")
		out.Intent = Claim
		out.Rest = l.rest(out.Text, h.to)
		return true
	}
	return false
}

// claimFirst tells whether a claim begins the line, or follows an answer.
func (l *line) claimFirst() bool {
	h, ok := l.first(kindVerb, "claim")
	if !ok {
		return false
	}
	if h.from == 0 {
		return true
	}
	_, answered := answerOf(l.part(0, h.from))
	return answered
}

// asLoose reads what is left: a word at the beginning, a correction, minutes.
func (l *line) asLoose(out *Reading, _ []found) bool {
	if i, ok := wordIntents[out.Word]; ok && !l.saysMore(out) {
		out.Intent = i
		return true
	}
	if l.onlyFaces() {
		out.Intent = Smalltalk
		return true
	}
	if l.thanks() {
		out.Intent = Smalltalk
		return true
	}
	return false
}

// saysMore holds for 在不在 我们院子里有个老人没人管: behind the greeting something is told.
func (l *line) saysMore(out *Reading) bool {
	return len([]rune(out.Rest)) > 5 && (len(out.Mentions) > 0 || l.shows("cannot") || l.asksPlainly())
}

// isFiller holds for what people put around small words.
var isFiller = runesOf("你您们大家各位老师秘书长志愿者同志了啊哦呀啦的好真太很蛮嗯呃诶欸哎喂那就是都也哈嘞咯吧哟喽呢滴哒咧嘛噢呵嘻嘿一个")

// onlyWords tells whether the line is made of words of thanks, greetings, yes and
// small talk and of nothing else: 好的，麻烦你们了; 大家晚上好.
func (l *line) onlyWords() bool {
	if len(l.Runes) > 40 {
		return false
	}
	kind := false
	for i := 0; i < len(l.Runes); {
		n, small := l.smallWord(i)
		switch {
		case n > 0:
			i, kind = i+n, kind || small
		case isMark(l.Runes[i]) || isFace(l.Runes[i]) || isFiller.has(l.Runes[i]):
			i++
		default:
			return false
		}
	}
	return kind
}

// smallWord finds the longest word of thanks, greeting, yes or chat at i; small is
// false for a yes, which makes no small talk by itself.
func (l *line) smallWord(i int) (n int, small bool) {
	hits, saying := l.hitsAt(i), l.lex.said.longest(l.Runes[i:])
	if len(hits) == 0 && saying == 0 {
		return 0, false
	}
	for n := min(10, len(l.Runes)-i); n > 0; n-- {
		for saying > 0 && int(l.lex.said.ends[saying].runes) > n {
			saying = l.lex.said.ends[saying].shorter
		}
		if saying > 0 && int(l.lex.said.ends[saying].runes) == n {
			text := l.part(i, i+n)
			if w, ok := l.lex.whole[text]; ok && (wordIntents[w] == Smalltalk || wordIntents[w] == Greeting) {
				return n, true
			}
			if a, ok := l.lex.answers[text]; ok && a != No {
				return n, a == Ack && n > 1
			}
		}
		for _, h := range hits {
			if h.kind == kindVerb && (h.value == "chat" || h.value == "small") && h.to == i+n {
				return n, true
			}
		}
	}
	return 0, false
}

func isFace(r rune) bool {
	return r >= 0x1f000 || r >= 0x2600 && r <= 0x27bf || r == 0x2764
}

// onlyFaces tells whether the line is nothing but emoji and marks.
func (l *line) onlyFaces() bool {
	faces := false
	for _, r := range l.Runes {
		switch {
		case isFace(r):
			faces = true
		case !isMark(r):
			return false
		}
	}
	return faces
}

// asThanks reads thanks with something friendly behind: 辛苦了 灯修得蛮好.
func (l *line) asThanks(out *Reading, names []found) bool {
	if out.Digits == nil && l.onlyWords() {
		out.Intent = Smalltalk
		return true
	}
	if l.thanking(out) {
		out.Intent = Smalltalk
		return true
	}
	chat := l.has(kindVerb, "chat") && l.chatting(out)
	if l.helper() && len(names) > 0 && !l.thanks() && wordIntents[out.Word] != Smalltalk && !l.onlyHelpers(names) {
		return false // 黄发秀 女儿回来了 家里热热闹闹
	}
	if l.saysMore(out) && l.stranger() || wordIntents[out.Word] != Smalltalk && !chat || l.isHelp() || len(out.Tickets) > 0 || l.looksBack() {
		return false
	}
	out.Intent = Smalltalk
	return true
}

// chatting tells whether nothing in the line is more than chat.
func (l *line) chatting(out *Reading) bool {
	return !l.closes() && !l.mood.cancel && !l.mood.decline && !l.mood.done && len(out.Services) == 0 && out.Danger.Level == NoDanger && out.Answer == NoAnswer &&
		!(l.mood.ask && (len(out.Mentions) > 0 || l.shows("earlier"))) && !l.has(kindFinding, "house") && !l.shows("whether?") && !l.shows("money") && !l.has(kindVerb, "notseen") &&
		!(len(l.named)+len(out.KinIDs) > 0 && l.workTold())
}

// onlyHelpers tells whether only helpers are named: 红梅好厉害.
func (l *line) onlyHelpers(names []found) bool {
	for _, n := range names {
		for _, i := range n.people {
			if !l.c.Roster.people[i].Helper {
				return false
			}
		}
	}
	return true
}

// thanking holds for 谢谢你们帮我爸修灯, 灯修好了 谢谢, 多谢费心 过年请你们呷饭: a villager thanks,
// and for what he asks besides he would ask before he thanks.
func (l *line) thanking(out *Reading) bool {
	if l.helper() || !l.thanks() || l.mood.cancel || l.mood.decline || out.Danger.Level != NoDanger || len(out.Tickets) > 0 || len(out.Vitals) > 0 || l.mood.ask && !l.mood.done {
		return false
	}
	if !l.thanksFirst() && (l.mood.done || l.shows("works") || l.workTold()) && len(out.Services) > 0 {
		return false // 灯亮哒 多谢那个后生: it is done
	}
	for _, h := range l.all(kindVerb, "help") {
		if l.part(h.from, h.to) == "麻烦" || l.part(h.from, h.to) == "麻烦你们" || l.part(h.from, h.to) == "麻烦你" {
			continue
		}
		thanked := false
		for k := max(0, h.from-6); k < h.from; k++ {
			thanked = thanked || strings.ContainsRune("谢劳慰", l.Runes[k]) && l.samePhrase(k, h.from)
		}
		if !thanked && !l.is(h.from, "请你们") {
			return false
		}
	}
	return !l.needful
}

// thanks finds a kind word anywhere in a line that says nothing else.
func (l *line) thanks() bool { return l.says(thankWords) }

var thankWords = newPhrases("谢谢", "多谢", "感谢", "辛苦", "难为", "劳慰")
