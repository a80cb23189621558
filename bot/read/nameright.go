package read

import "strings"

// miswritten holds for the second name of 把张自明写成张志明了.
func (l *line) miswritten(i int) bool {
	return l.at(i-1) == '成' && i > 1 && strings.ContainsRune("写记报讲说看打当认搞弄填", l.Runes[i-2])
}

// putRight holds for a name that ends at i where a line corrects itself and the right one
// follows: 写去看黄发秀的那条写错了 应当是黄花秀.
func (l *line) putRight(i int) bool {
	if l.office() || !l.has(kindVerb, "fix") && !l.has(kindVerb, "mistake") {
		return false
	}
	if !l.rightNameKnown {
		l.rightNameKnown, l.rightName = true, l.lastRight()
	}
	return l.rightName >= i
}

// lastRight is where the last name begins that is said to be the right one, -1 if
// none is.
func (l *line) lastRight() int {
	for k := len(l.named) - 1; k >= 0; k-- {
		from := l.named[k].from
		for _, w := range [...]string{"是", "应为", "改成", "改为", "换成"} {
			if l.isBefore(from, w) && !l.isOneOf(from-2, "不") {
				return from
			}
		}
	}
	return -1
}

// namesSelf holds for 我是一组的老吴, not for 我是老吴的崽.
func (l *line) namesSelf(i, j int) bool {
	if r := l.at(j); r == '的' || r == '他' || r == '家' || r == '屋' || r == '个' || r == '嘅' || l.isOneOf(j, "对隔旁邻") {
		return false
	}
	for _, h := range l.hitsIn(i-5-l.lex.words.depth, i) {
		if h.kind == kindVerb && h.value == "iam" && h.to <= i && i-h.to <= 5 && !l.isOneOf(h.to, "讲说想问来去帮给") && l.samePhrase(h.to, i) {
			return true
		}
	}
	return false
}
