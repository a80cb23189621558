package read

import "strings"

// asRegister reads who somebody says he is: 我是3组的李小军, 我是刘满生的崽海波,
// and from somebody not yet known, 3组李小军.
func (l *line) asRegister(out *Reading, names []found) bool {
	if l.parentNamed(out, names) {
		out.Intent, out.As = Register, "child"
		return true
	}
	asks := l.isHelp() && len(out.Services) > 0 && !l.has(kindVerb, "register")
	if asks && !l.stranger() {
		return false // who he is is known; what he wants is what the line is for
	}
	if !l.stranger() && len(l.all(kindFinding, "")) > 0 {
		return false // 我是忠良的邻居，他家灯三天没亮了: what he saw is what the line is for
	}
	if !l.stranger() && (l.helper() && (len(out.Tickets) > 0 || l.mood.done || l.mood.claim) || l.mood.claim && len(out.Services) > 0) {
		return false // 我是伍文杰 29号做好了
	}
	if !l.stranger() && l.looksBack() && len(names) > 0 {
		return false // 我是秋生 长庚公公屋里去过了
	}
	i, ok := l.introduced()
	if !ok {
		return l.entered(out, names)
	}
	if h, found := l.kinBehind(names, i); found {
		out.As = h.value
		out.Name = l.nameFrom(out.Text, names, h.to)
	} else {
		out.Name = l.nameFrom(out.Text, names, l.afterGroup(i))
	}
	if asks && out.As != "" {
		return false // 我是杨爹的侄女 想请你们帮他…
	}
	if out.Name == "" && out.As == "" {
		return l.entered(out, names)
	}
	out.Intent = Register
	return true
}

// entered reads a stranger's wish to be entered, with whatever name he gives:
// 登记 刘满堂的儿子刘海涛, 报名 周强 二组.
func (l *line) entered(out *Reading, names []found) bool {
	if !l.stranger() {
		return false
	}
	h, ok := l.first(kindVerb, "register")
	if !ok && l.givesHimself(out, names) {
		h, ok = hit{to: 0}, true
	}
	if l.mood.ask && l.shows("earlier") && !l.has(kindVerb, "iam") {
		return false // 昨天帮杨爹登记的拿药 有人去了吗
	}
	if !ok || l.questionAbout(h) && len(names) == 0 && len(l.all(kindKin, "")) == 0 {
		return false
	}
	out.Intent = Register
	if k, found := l.kinBehind(names, 0); found && out.As == "" {
		out.As = k.value
		out.Name = l.nameFrom(out.Text, names, k.to) // 夏桂花的女儿夏小丽: the first name is another's
		return true
	}
	if out.Name == "" {
		out.Name = l.nameFrom(out.Text, names, l.afterGroup(h.to))
	}
	return true
}

// givesHimself tells whether a stranger leaves his name or whose child he is, or
// his telephone, and asks for nothing.
func (l *line) givesHimself(out *Reading, names []found) bool {
	if l.mood.want || l.mood.ask || len(out.Services) > 0 || out.Danger.Level != NoDanger || l.questionWord() || l.looksBack() {
		return false
	}
	if _, kin := l.kinBehind(names, 0); kin && len(names) > 0 {
		return true
	}
	return l.has(kindVerb, "iam") || len(out.Phones) > 0 && (out.Group > 0 || len(names) > 0)
}

// questionAbout holds for 怎么报名: how it is done is a question.
func (l *line) questionAbout(h hit) bool {
	for _, w := range [...]string{"怎么", "何解", "如何", "哪里"} {
		if l.isBefore(h.from, w) && !l.has(kindVerb, "iam") && l.c.Roster != nil && len(l.nums) == 0 {
			return true
		}
	}
	return false
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
	if !l.stranger() || len(l.nums) == 0 || l.nums[0].from > 1 || l.isHelp() || l.has(kindVerb, "see") {
		return 0, false
	}
	i := l.afterGroup(0)
	return i, i > 0
}

// parentNamed tells whether a stranger says whose child he is: 我爸是刘满生.
func (l *line) stranger() bool {
	return l.c.Speaker.Person == 0 && (l.c.Speaker.Role == "" || l.c.Speaker.Role == "stranger")
}

func (l *line) parentNamed(out *Reading, names []found) bool {
	if l.c.Speaker.Person != 0 || len(names) != 1 || out.Kin == "" && len(l.all(kindKin, "")) == 0 || l.isHelp() && !l.has(kindVerb, "register") || len(out.Services) > 0 {
		return false
	}
	i := names[0].from
	for i > 0 && (l.isOneOf(i-1, "组的第") || isNumeral(l.Runes[i-1])) {
		i-- // 是二组张志明
	}
	return l.isOneOf(i-1, "是叫") && !l.isOneOf(i-2, "我") || l.is(names[0].to, "是我")
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
