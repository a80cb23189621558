package read

import "strings"

// went tells whether a helper's line says that he was with somebody whom he names, though
// it has no word of the list for it: 看丁爱莲, 去李兰英那, 到三娭毑屋里. What is to be on a
// day that comes, or is asked of others, is no visit.
func (l *line) went(names []found) (met, surely bool) {
	if !l.helper() && !l.watches() || l.comingDay() {
		return false, false
	}
	for _, n := range names {
		switch i := l.overSoft(n.from); {
		case l.isOneOf(i-1, "看望探访瞧会") && !l.planned(i-1) && !(l.at(i-1) == '看' && (l.isOneOf(i-2, "要去来好难请帮") || l.isOneOf(i-2, "我") && (l.mood.claim && !l.mood.commit || l.asksPeople()))):
			return true, true
		case l.at(i-1) == '看' && l.at(i-2) == '去' && !l.planned(i-2) && !l.isOneOf(i-3, "要请我来能会想"):
			return true, true
		case l.isOneOf(i-1, "给") && l.isOneOf(i-2, "打拨话") && !l.planned(i-2), l.calledUp(n.to):
			met = met || !l.asksPeople()
		case l.isOneOf(i-1, "去到在从") && !l.planned(i-1) && l.placeAt(n.to):
			met = met || !l.asksPeople()
		}
	}
	return met, len(names) > 0 && l.sawThem()
}

// calledUp holds for 德茂叔电话拨了两次, 罗老倌视频接了: a call to whose name ends at i.
func (l *line) calledUp(i int) bool {
	if l.at(i) == '的' || l.at(i) == '家' {
		i++
	}
	if !l.is(i, "电话") && !l.is(i, "视频") {
		return false
	}
	for k := i + 2; k < l.clauseEnd(i); k++ {
		if l.isOneOf(k, "了哒过通") {
			return true
		}
	}
	return false
}

// sawThem holds for 我今天看她, 上午见的他: whom one saw was named before.
func (l *line) sawThem() bool {
	for i := 1; i+1 < len(l.Runes); i++ {
		if l.isOneOf(i, "看见") && l.isOneOf(i+1, "他她") && l.isOneOf(i-1, "天我午路便早晚刚") && (l.ends(i+2) || l.isOneOf(i+2, "的了们，,")) && !l.isOneOf(i-1, "要请") {
			return true
		}
	}
	return false
}

// watches holds for a neighbour or a child who tells that he looked in: 我去三组舒忠良屋里送喜糖
// 他在劈柴 好得很.
func (l *line) watches() bool {
	return !l.office() && !l.mood.want && len(l.all(kindHealth, "good")) > 0
}

// awayFrom holds for the 去 of 收进去了, 送去了, 换上去了: it tells which way a thing went.
func (l *line) awayFrom(h hit) bool {
	if l.Runes[h.from] == '去' && (l.at(h.from-1) == '不' || l.wordEnds(h.from, "不用我", "不要我", "莫要我", "不让我", "不用", "不要")) || l.wordEnds(h.from, "不用来", "不要来", "莫来", "不用去", "不要去", "莫去", "不用再来", "不用再去") {
		return true
	}
	return l.Runes[h.from] == '去' && h.to-h.from == 2 && l.isOneOf(h.to-1, "了哒") && l.isOneOf(h.from-1, "进出上下过回送拿寄搬抬带接发收运拖推扶搀赶买背挑扛提端")
}

// toGo holds for 要去看他, 请你们去看她: nobody was there yet.
func (l *line) toGo(h hit) bool {
	if l.at(h.to-1) == '的' && l.personAt(h.to) {
		return true // 谢谢陪她去的大姐
	}
	return l.Runes[h.from] == '去' && !l.isOneOf(h.to-1, "了哒过的") && !l.isOneOf(h.to-2, "了过") && l.planned(h.from)
}

// personAt tells whether a word for a person begins at i.
func (l *line) personAt(i int) bool {
	for _, w := range [...]string{"大姐", "妹子", "大哥", "大嫂", "师傅", "同志", "志愿", "那个", "那位", "后生", "伢"} {
		if l.is(i, w) {
			return true
		}
	}
	return false
}

// saw tells whether a word of the list says that somebody was seen.
func (l *line) saw() bool {
	for _, h := range l.hits {
		if h.kind == kindVerb && h.value == "see" && !l.sawDoctor(h) {
			return true
		}
	}
	return false
}

// sawDoctor holds for 看了医生, 陪三娭毑看完眼睛: what was seen to is no person of ours.
func (l *line) sawDoctor(h hit) bool {
	if h.kind != kindVerb || !l.isOneOf(h.to-1, "完了过好") || !l.isOneOf(h.from, "看") && !l.isOneOf(h.from+1, "看") {
		return false
	}
	for _, o := range l.hits {
		if o.kind == kindObject && (o.value == "yi" || o.value == "yi:part") && (o.from == h.to || o.to == h.from) {
			return true
		}
	}
	return false
}

// overSoft steps back from i over what may stand between a verb and a name: 看了下桂花婶,
// 去隔壁桂花婶屋里, 去3组桂花婶家.
func (l *line) overSoft(i int) int {
	for k := 0; k < 6 && i > 0; k++ {
		r := l.Runes[i-1]
		if r != ' ' && !strings.ContainsRune("了哒下眼哈一趟的组隔壁", r) && !isNumeral(r) {
			break
		}
		i--
	}
	return i
}

// isOneOf tells whether one of the characters stands at i.
func (l *line) isOneOf(i int, of string) bool {
	r := l.at(i)
	return r != 0 && amongRunes(of, r)
}

// planned holds for what is wished, asked or still to come at i: 要去, 请你们看, 没去, 送到.
func (l *line) planned(i int) bool {
	return l.isOneOf(i-1, "要想请派陪送带接扶背抬推搭帮该没冇不再能会喊叫找谁")
}

// placeAt tells whether a house begins at i: 屋里, 家, 那里.
func (l *line) placeAt(i int) bool {
	for _, w := range [...]string{"家", "屋", "那", "这里", "床", "身边", "门口"} {
		if l.is(i, w) && !l.isOneOf(i+1, "个件单次") {
			return true
		}
	}
	return false
}

// comingDay tells whether the line names a day that comes.
func (l *line) comingDay() bool {
	return l.has(kindDay, "1") || l.has(kindDay, "2") || l.has(kindDay, "3")
}
