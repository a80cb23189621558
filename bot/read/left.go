package read

import "strings"

// personLeft holds for 吴爹昨晚走了: a person right before it, or only a time
// between, and nothing behind it. 走了 alone is a goodbye.
func (l *line) personLeft(h hit) bool {
	if l.Runes[h.from] == '老' && strings.TrimRight(l.part(h.to, len(l.Runes)), trimmed) != "" {
		return false // 我娘老了 做不动
	}
	if h.to < len(l.Runes) && !isFullMark(l.Runes[h.to]) && l.Runes[h.to] != ' ' && !(h.value == "failing" && strings.ContainsRune("你快怎来何", l.Runes[h.to])) {
		return false
	}
	if l.Runes[h.from] == '去' && (len(l.Runes) > 12 || (strings.ContainsRune("都也就", l.at(h.from-1)) || l.isBefore(h.from, "那里") || l.isBefore(h.from, "这里"))) {
		return false // 谭爹去了 says nothing else; 一组的也去了 is a visit
	}
	i := h.from
	if strings.ContainsRune("他她", l.at(i-1)) && i > 1 {
		i-- // 爸他走了
		for _, g := range between(l.hits, i-6, i) {
			if g.to == i && (g.kind == kindTitle || g.kind == kindKin) {
				return true
			}
		}
	}
	if l.isBefore(i, "人怕是") && l.begins(i-3) {
		return true
	}
	if l.isBefore(i, "老的") || l.isBefore(i, "屋里的") {
		return true
	}
	if h.value == "failing" && l.at(i-1) == '快' {
		for _, g := range l.hits {
			if g.to <= i && (g.kind == kindTitle || g.kind == kindKin) && g.to-g.from > 1 {
				return true
			}
		}
	}
	if h.value == "failing" && i < h.from {
		return true
	}
	for again := true; again && i > 0; {
		again = false
		for _, w := range [...]string{"怕是", "可能", "好像", "已经", "恐怕", "真的", "都", "就", "刚", "也", "是"} {
			if l.isBefore(i, w) {
				i, again = i-len([]rune(w)), true
			}
		}
		for _, g := range l.hitsIn(i-6, i) {
			if g.to == i && (g.kind == kindDay || g.kind == kindPart) {
				i, again = g.from, true
				break
			}
		}
	}
	for _, g := range l.hitsIn(i-6, i) {
		if g.to == i && (g.kind == kindTitle || g.kind == kindKin) && (g.from > 0 || g.to-g.from > 1) {
			return true
		}
	}
	return i > 0 && l.taken[i-1]
}
