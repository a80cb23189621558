package read

import "strings"

// herding are the verbs before a beast that make it a person's work: 放牛摔了.
const herding = "放喂杀赶看抓养牵追捉骑买卖被让给打吃呷捞钓摸砍炖煮发像"

// beast holds for 屋里狗吐血了 and 老母猪不吃食 喊不起来: of the beasts and people before
// the sign, back to the last full mark, a beast stands nearest.
func (l *line) beast(h hit) bool {
	if h.value == "self" && !l.beastJust(h.from) || h.value == "fire" || h.value == "gas" || h.value == "smoke" {
		return false
	}
	for _, w := range [...]string{"是只", "是条", "是头", "原来是只", "原来是条"} {
		for i := h.to; i < min(h.to+6, len(l.Runes)); i++ {
			if n := i + len([]rune(w)); l.is(i, w) && len(l.animalsFrom(n)) > 0 {
				return true
			}
		}
	}
	if struckSets[h.value] && l.beastBehind(h.to) {
		return true
	}
	i := h.from - 1
	for ; i >= 0 && i >= h.from-maxSign-4 && !isFullMark(l.Runes[i]); i-- {
		if l.taken[i] || l.isPerson(i) {
			return false
		}
		if g, ok := l.beastAt(i); ok {
			return g
		}
	}
	return i > 0 && isFullMark(l.Runes[i]) && l.beastLeads(i)
}

// beastLeads holds for 狗吃了毒鸡肉，口吐白沫: the part before the mark opens with a
// beast to which something happens, and names no person.
func (l *line) beastLeads(mark int) bool {
	from := mark
	for from > 0 && from > mark-maxSign-4 && !isFullMark(l.Runes[from-1]) {
		from--
	}
	leads := false
	for i := from; i < mark; i++ {
		if l.taken[i] || l.isPerson(i) {
			return false
		}
		if g, ok := l.beastAt(i); ok && g && strings.ContainsRune("吃呷喝中病抽不死发跳掉瘟难摔都又也翻浮打离", l.at(i+1)) {
			leads = true
		}
	}
	return leads
}

// isPerson holds for the runes that people are called by.
func (l *line) isPerson(i int) bool {
	return strings.ContainsRune("人我他她你爸爹娘妈爷奶婆公崽孙老伢妹叔伯姑姨婶嫂哥姐弟", l.Runes[i]) && !l.beastly(i)
}

// beastJust holds for the 牛 of 牛跳到塘里.
func (l *line) beastJust(i int) bool {
	g, ok := l.beastAt(i - 1)
	return ok && g
}

func (l *line) animalsFrom(i int) []hit {
	all := l.offsIn(i, i+1)
	for k := range all {
		if all[k].value == "animal" {
			return all[k:]
		}
	}
	return nil
}

// beastly holds for the 老 of 老母猪 and the 公 of 公鸡.
func (l *line) beastly(i int) bool {
	for _, g := range l.offsIn(i-2, i+1) {
		if g.value == "animal" && g.from <= i && g.to > i {
			return true
		}
	}
	return false
}

// beastAt finds a beast that ends behind the rune i; it is none where a person works
// with it (放牛摔了) or it did something to one (被狗咬).
func (l *line) beastAt(i int) (beast, found bool) {
	for _, g := range l.offsIn(i-2, i+1) {
		if g.value != "animal" || g.to != i+1 || l.ofName(g) {
			continue
		}
		if g.from > 0 && strings.ContainsRune(herding, l.Runes[g.from-1]) || strings.ContainsRune("圈栏笼窝棚场把将咬顶撞踢蜇叮毛背药刺骨肉奶蛋汤癫塘池叫屎粪刀角", l.at(g.to)) && g.to < len(l.Runes) {
			return false, true
		}
		return true, true
	}
	return false, false
}

// struckSets are the sets of what is done to somebody who is named behind.
var struckSets = map[string]bool{"bitten": true, "poisoned": true, "gored": true, "snake": true, "sting": true, "water": true, "dead": true, "plunge": true, "cliffin": true}

// beastBehind holds for 蛇咬了我家狗: a beast, and no person but its owner, stands behind.
func (l *line) beastBehind(i int) bool {
	for _, g := range l.offsIn(i, i+6) {
		if g.value != "animal" {
			continue
		}
		for _, owner := range [...]string{"", "了", "我家", "我屋里", "了我家", "了我屋里", "他家", "了他家", "了一只", "了一头", "了只", "了头", "一只", "一头", "两只", "几只", "三只"} {
			if l.part(i, g.from) == owner {
				return true
			}
		}
	}
	return false
}
