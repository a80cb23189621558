package read

import "strings"

// handling are the verbs before a thing whose subject is a person.
const handling = "骑开坐拉推搬扛挑提抬爬上下砍喂放赶捡屙喝吃摸捞钓抓捉收背洗修换搞打买拿摘扫倒端去看追杀牵担割栽挖锄劈晒挂擦装送接抱翻踩过"

// things are what a sign can happen to without danger to a person.
var things = map[string]bool{"fall": true, "down": true, "walk": true, "dead": true, "nofind": true, "left": true, "burn": true, "plunge": true, "waterplace": true, "water": true, "broken": true, "failing": true, "fit": true, "stopped": true, "gas": true, "seized": true, "sudden": true, "crushed": true, "lost": true, "noanswer": true, "bleeding": true, "breath": true, "fallverb": true, "nobreath": true, "wake": true, "cannotrise": true, "bleeds": true, "under": true, "lying": true, "fails": true, "nothing": true, "shock": true, "cliffin": true, "heightfall": true, "sinks": true, "wentdown": true}

// thingBy tells whether it is a thing that fell or died: 手机摔了, 摔了碗.
func (l *line) thingBy(h hit) bool {
	if l.Runes[h.from] == '跌' && l.offWord("price", 0, len(l.Runes)) {
		return true
	}
	if l.thingNamedAfter(h.to) {
		return true
	}
	if l.is(h.to, "的是") && (l.thingAt(h.to+2) || l.is(h.to+3, "的") && l.thingAt(h.to+4)) {
		return true // 冒黑烟的是拖拉机
	}
	if !things[h.value] || strings.ContainsRune("撞压砸被", l.Runes[h.from]) && h.value != "water" {
		return false
	}
	for _, g := range l.offsIn(h.from-maxSign, h.to+3) {
		if g.value != "thing" || l.ofName(g) || g.to < len(l.Runes) && strings.ContainsRune("上下里边旁底顶口外前后面角缝框洞", l.Runes[g.to]) {
			continue // 从树上掉下来: a place
		}
		if g.from > 0 && strings.ContainsRune(handling, l.Runes[g.from-1]) {
			continue // 骑车摔了, 挑水跶倒: a person at work with it
		}
		if g.to <= h.from && (h.from-g.to <= min(1, g.to-g.from-1) || h.from-g.to == 2 && l.at(h.from-1) == '得') || (h.value == "fall" || h.value == "shock") && g.from >= h.to && g.from-h.to <= 2 && !strings.ContainsRune("在到下进断", l.Runes[h.to-1]) {
			return !l.personBetween(g, h)
		}
	}
	return false
}

// objectBefore holds for 袜子掉河里了: a thing of act.txt stands right before.
func (l *line) objectBefore(h hit) bool {
	if h.value != "plunge" && h.value != "seized" {
		return false
	}
	for _, g := range l.hitsIn(h.from-6, h.from) {
		if g.kind == kindObject && g.to == h.from && !(g.from > 0 && strings.ContainsRune(handling, l.Runes[g.from-1])) {
			return true
		}
	}
	return false
}

// personBetween holds for 车把人撞倒: the thing did it to a person.
func (l *line) personBetween(g, h hit) bool {
	return g.to < h.from && strings.ContainsRune("把将撞压砸人她他我", l.Runes[g.to])
}

// thingAt tells whether a thing is named at the rune i.
func (l *line) thingAt(i int) bool {
	for _, g := range l.offsIn(i, i+1) {
		if g.value == "thing" {
			return true
		}
	}
	return false
}

// thingNamedAfter holds for 断气了，我那台收音机: the thing is named behind the mark.
func (l *line) thingNamedAfter(i int) bool {
	for _, w := range [...]string{"我那台", "我这台", "那台", "这台", "我的", "我那部", "我那辆", "我那个", "屋里那台"} {
		for k := i; k < min(i+8, len(l.Runes)); k++ {
			if isMark(l.Runes[k]) && l.is(k+1, w) && l.thingAt(k+1+len([]rune(w))) {
				return true
			}
		}
	}
	return false
}
