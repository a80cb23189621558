package read

import (
	"strings"
	"unicode/utf8"
)

// askerDone reads what the one who asked tells of it afterwards: 灯亮哒 多谢那个后生, 水缸挑满了,
// 我妈的单子可以销了. What he still asks for, or cannot do, is not done.
func (l *line) askerDone(out *Reading) bool {
	closes := l.closes()
	works := l.shows("works") && !l.shows("long")
	if l.office() || l.stranger() || l.mood.ask || l.mood.cancel && !closes && (!works || l.has(kindVerb, "cancel")) || l.needful || out.Danger.Level != NoDanger || l.thanksFirst() || l.asksPeople() && !closes {
		return false
	}
	if l.shows("cannot") || l.shows("howto") || l.has(kindWish, "") || l.mood.decline || l.looksBack() {
		return false
	}
	if !closes && (len(out.Services) == 0 || l.weak && !l.received() || l.mood.want || l.comingDay() || !works && !l.workTold() && !l.received()) {
		return false
	}
	out.Intent = Complete
	return true
}

// closes tells whether the line says that a request may be closed: 单子关了吧, 15号结了.
func (l *line) closes() bool {
	for _, h := range l.all(kindVerb, "complete") {
		for i := h.from; i < h.to; i++ {
			if strings.ContainsRune("关结销闭消撤", l.Runes[i]) && !l.undone(h.from, h.to) {
				return true
			}
		}
	}
	return false
}

// thanksFirst tells whether the line begins with thanks, and so is no more than that.
func (l *line) thanksFirst() bool {
	for _, w := range [...]string{"谢", "多谢", "感谢", "难为", "劳慰", "辛苦"} {
		if l.is(0, w) {
			return true
		}
	}
	return false
}

// workTold holds for 饭送来了, 柴给我劈了: a work with 了 at the end of its clause.
func (l *line) workTold() bool {
	if l.has(kindVerb, "see") {
		if h, ok := l.done(); ok && h.kind == kindVerb {
			return true // 医生看过了
		}
	}
	for _, h := range l.hits {
		if h.kind != kindAct && (h.kind != kindService || !l.phraseOfWork(h)) || noWork.has(l.Runes[h.from]) {
			continue
		}
		i, _ := l.resultAt(h.to)
		i = max(i, h.to)
		i += utf8.RuneCountInString(l.phraseAt(i, ways))
		if (i > h.to || h.kind == kindService && h.to-h.from > 1) && l.isOneOf(i, "了哒") && l.ends(i+1) && !l.undone(h.from, h.to) && !l.selfBefore(h.from) {
			return true
		}
	}
	return false
}

var (
	isDefect = runesOf("坏没冇停断漏堵不完塌缺空破痛")
	noWork   = runesOf("呷吃喝用看开烧")
	ways     = newPhrases("过来", "过去", "出来", "进去", "上来", "下来", "回来", "来", "去", "过")
)

// received holds for 药收到了, 饭拿到哒: what was asked for is in somebody's hands.
func (l *line) received() bool {
	for i := 2; i < len(l.Runes); i++ {
		if l.isOneOf(i, "了哒咧") && l.ends(i+1) && l.isOneOf(i-1, "到回来") && l.isOneOf(i-2, "收拿送带买接") {
			return true
		}
	}
	return false
}

// phraseOfWork tells a phrase for what is done (饭送到) from one for what is wrong (灯坏).
func (l *line) phraseOfWork(h hit) bool {
	for i := h.from; i < h.to; i++ {
		if isDefect.has(l.Runes[i]) {
			return false
		}
	}
	for i := h.from; i < h.to; i++ {
		if isDoing.has(l.Runes[i]) {
			return true
		}
	}
	return false
}

// kinHit is the word of kin that begins at i.
func (l *line) kinHit(i int) (hit, bool) {
	for _, h := range l.hitsAt(i) {
		if h.kind == kindKin {
			return h, true
		}
	}
	return hit{}, false
}

// selfBefore tells whether it is the speaker, or a child, who does what begins at i.
func (l *line) selfBefore(i int) bool {
	for k := i - 1; k >= 0 && l.clause[k] == l.clause[i]; k-- {
		if _, kin := l.kinHit(k + 1); l.isOneOf(k, "崽女儿") || l.isOneOf(k, "我") && !kin {
			return true
		}
	}
	return false
}
