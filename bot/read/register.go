package read

import "strings"

// asRegister reads who somebody says he is: 我是3组的李小军, 我是刘满生的崽海波,
// and from somebody not yet known, 3组李小军.
func (l *line) asRegister(out *Reading, names []found) bool {
	if l.parentNamed(out, names) {
		out.Intent, out.As = Register, "child"
		return true
	}
	i, ok := l.introduced()
	if !ok {
		return false
	}
	if h, found := l.kinBehind(names, i); found {
		out.As = h.value
		out.Name = l.nameFrom(out.Text, names, h.to)
	} else {
		out.Name = l.nameFrom(out.Text, names, l.afterGroup(i))
	}
	if out.Name == "" && out.As == "" {
		return false
	}
	out.Intent = Register
	return true
}

// introduced finds where a name is given: behind 我是, or at the beginning of a
// stranger's line that opens with a group.
func (l *line) introduced() (int, bool) {
	if h, ok := l.first(kindVerb, "iam"); ok && h.from <= 6 && !l.asksWho(h.to) {
		return h.to, true
	}
	if i, ok := l.kinOfHim(); ok {
		return i, true
	}
	if l.c.Speaker.Person != 0 || len(l.nums) == 0 || l.nums[0].from > 1 || l.isHelp() || l.has(kindVerb, "see") {
		return 0, false
	}
	i := l.afterGroup(0)
	return i, i > 0
}

// parentNamed tells whether a stranger says whose child he is: 我爸是刘满生.
func (l *line) parentNamed(out *Reading, names []found) bool {
	if l.c.Speaker.Person != 0 || len(names) != 1 || out.Kin != "mother" && out.Kin != "father" || l.isHelp() || len(out.Services) > 0 {
		return false
	}
	r := l.at(names[0].from - 1)
	return r == '是' || r == '叫'
}

// kinOfHim finds a stranger's 是他儿子海波, said behind a name.
func (l *line) kinOfHim() (int, bool) {
	for i := range l.Runes {
		his := l.is(i, "是他") || l.is(i, "是她")
		if l.c.Speaker.Person != 0 || !his || !l.begins(i) && l.Runes[i-1] != '我' {
			continue
		}
		for _, h := range l.hits {
			if h.kind == kindKin && h.from == i+2 {
				return i + 1, true
			}
		}
	}
	return 0, false
}

func (l *line) asksWho(i int) bool {
	for _, w := range [...]string{"谁", "哪个", "说", "讲", "想", "不是", "要", "来", "问", "看"} {
		if l.is(i, w) {
			return true
		}
	}
	return false
}

// afterGroup steps over 3组的, 住3组, 村里 and spaces.
func (l *line) afterGroup(i int) int {
	for again := true; again && i < len(l.Runes); {
		again = false
		for _, w := range [...]string{" ", "的", "我们", "村里", "本村", "村", "住", "在", "青", "第", ":", ","} {
			if w != "青" && l.is(i, w) {
				i, again = i+len([]rune(w)), true
			}
		}
		for _, n := range l.nums {
			if n.from == i && (l.at(n.to) == '组' || l.is(n.to, "小组") || l.at(n.to) == '队') {
				i = n.to + 1
				if l.at(i) == '组' {
					i++
				}
				again = true
			}
		}
	}
	return i
}

// kinBehind finds the kin word through which the speaker belongs to somebody
// named: 刘满生的崽.
func (l *line) kinBehind(names []found, from int) (hit, bool) {
	for _, h := range l.hits {
		if h.kind != kindKin || h.from < from || h.value == "" {
			continue
		}
		for _, n := range names {
			if n.to <= h.from && h.from-n.to <= 3 {
				return h, true
			}
		}
		if l.at(h.from-1) == '他' || l.at(h.from-1) == '她' {
			return h, true
		}
	}
	return hit{}, false
}

// nameFrom takes the name of the roster that begins at i or a title later (村医
// 刘志明), else whatever is typed there like a name.
func (l *line) nameFrom(text string, names []found, i int) string {
	for _, n := range names {
		if n.from >= i && n.from <= i+3 && n.level < bySound {
			return l.typed(text, n.from, n.to)
		}
	}
	return l.nameAt(text, i)
}

// nameAt reads two to four characters that end at a mark, 的 or the end.
func (l *line) nameAt(text string, i int) string {
	for i < len(l.Runes) && strings.ContainsRune(" ,:叫是", l.Runes[i]) {
		i++
	}
	j := i
	for j < len(l.Runes) && l.Runes[j] >= 0x4e00 && l.Runes[j] <= 0x9fff && l.Runes[j] != '的' && !isNumeralWord(l.Runes[j:]) {
		j++
	}
	if j-i < 2 || j-i > 4 || l.at(j) == '的' || l.covered(i, j) || strings.ContainsRune("我你他她这那", l.Runes[i]) {
		return ""
	}
	return l.typed(text, i, j)
}

// isNumeralWord stops a name before a group: 李小军3组.
func isNumeralWord(r []rune) bool { return len(r) > 1 && isNumeral(r[0]) && r[1] == '组' }
