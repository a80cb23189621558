package read

import "strings"

// deniedElsewhere holds for smoke and fire of which the line itself says that it is
// none: 烧的是草木灰 不是失火.
func (l *line) deniedElsewhere(h hit) bool {
	if h.value != "fire" && h.value != "smoke" {
		return false
	}
	for _, s := range l.signs {
		if s.value == "fire" && l.deniedRight(s.from) {
			return true
		}
	}
	return false
}

// plainNot are the sets of signs that a bare 不 denies. In most others 不 is part of
// what is said: 喊不应.
var plainNot = map[string]bool{"fire": true, "firecry": true, "lifehelp": true, "smoke": true, "alight": true, "self": true, "gas": true, "chestpain": true, "leaks": true, "crooked": true, "drops": true}

// plainlyNot holds for 不救火也不救命 and 光冒烟不起火.
func (l *line) plainlyNot(h hit) bool {
	return plainNot[h.value] && l.at(h.from-1) == '不' && !strings.ContainsRune("得了要", l.at(h.from-2))
}

// answeredNo holds for 吐血？没有的事: the line asks, and says no itself.
func (l *line) answeredNo(h hit) bool {
	i := h.to
	for i < len(l.Runes) && strings.ContainsRune("了哒吗么呀啊的", l.Runes[i]) {
		i++
	}
	if l.at(i) != '?' {
		return false
	}
	for _, w := range [...]string{"没", "冇", "不是", "哪里", "哪有", "才不"} {
		if l.is(i+1, w) && !l.is(i+1+len([]rune(w)), "人") {
			return true
		}
	}
	return false
}

// negatedAt tells whether a negation stands right before i, or before a row of
// signs that ends there: 没有胸痛、吐血; 没摔倒也没头晕.
func (l *line) negatedAt(i int) bool {
	for range 8 { // a longer row than that nobody types
		if l.deniedRight(i) {
			return true
		}
		before, ok := l.rowBefore(i)
		if !ok {
			return false
		}
		i = before
	}
	return false
}

// deniedRight tells whether a negation stands right before i.
func (l *line) deniedRight(i int) bool {
	for _, g := range l.offsIn(i-maxSign, i) {
		if g.value == "not" && i-g.to <= 2 && i >= g.to && l.onlyLinks(g.to, i) && !l.insideSign(g, i) {
			return true
		}
	}
	return false
}

// rowBefore finds where the sign begins that ends before i with only 、 or 和
// between.
func (l *line) rowBefore(i int) (int, bool) {
	for _, g := range l.signsIn(i-maxSign-2, i) {
		if g.to < i && i-g.to <= 2 && l.rowLink(g.to, i) {
			return g.from, true
		}
	}
	return 0, false
}

// insideSign tells whether the negation g is part of a sign that itself ends
// before i: the 没 of 没反应 denies nothing behind it.
func (l *line) insideSign(g hit, i int) bool {
	for _, s := range l.signsIn(g.from-maxSign, g.from+1) {
		if s.from <= g.from && s.to >= g.to && s.to <= i {
			return true
		}
	}
	return false
}

// onlyLinks: between a negation and what it denies stand only small words.
func (l *line) onlyLinks(i, j int) bool {
	return l.onlyOf(i, j, "有再怎么被又过去得到出流发")
}

func (l *line) rowLink(i, j int) bool {
	for ; i < j; i++ {
		if !strings.ContainsRune("、或和跟", l.Runes[i]) {
			return false
		}
	}
	return true
}
