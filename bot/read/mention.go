package read

import (
	"slices"
	"strings"
)

// A level is how a name was recognised; smaller is surer.
type level int

const (
	byName   level = iota // full name or alias, character by character
	byGiven               // given name, with or without a title
	byTitle               // surname or one character, and a title
	bySound               // the same sound
	byFolded              // the same sound as Hunan speakers mix it
)

// A found is a name found in a line.
type found struct {
	from, to int
	people   []int32
	level    level
	other    bool // the group that was said is not theirs
}

// finder looks for the names of a roster in one line, surest level first; what
// a level finds is taken and not looked at again.
type finder struct {
	*line
	r      *Roster
	groups []group
	out    []found
	order  bool // helpers are meant
	report bool // people on the visit list are meant
}

// names finds the people who are named in the line.
func (l *line) names(groups []group, order bool) []found {
	if l.c.Roster == nil || len(l.c.Roster.people) == 0 {
		return nil
	}
	f := finder{line: l, r: l.c.Roster, groups: groups, order: order, report: l.back}
	f.fullNames()
	f.titled()
	f.givenNames()
	f.singleTitled()
	f.soundNames()
	f.soundGiven()
	f.kinOfNamed()
	f.couples()
	slices.SortStableFunc(f.out, func(a, b found) int { return a.from - b.from })
	f.groupsBehind()
	f.sameAgain()
	f.possessors()
	return f.out
}

// possessors leaves out who only tells whose the next one is: 老李家的玉兰婶.
func (f *finder) possessors() {
	for k := 0; k+1 < len(f.out); k++ {
		switch f.part(f.out[k].to, max(f.out[k].to, f.out[k+1].from)) {
		case "家的", "屋里的", "家里的", "家", "屋里":
			f.out = slices.Delete(f.out, k, k+1)
			k--
		}
	}
}

// mention turns what was found into what is told.
func (l *line) mention(f found) Mention {
	return Mention{
		Span: l.Span(f.from, f.to), People: l.c.Roster.ids(f.people),
		Exact: f.level < bySound, OtherGroup: f.other, Denied: l.denied(f.from) || l.miswritten(f.from) || l.putRight(f.to), Self: l.namesSelf(f.from, f.to),
	}
}

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

// kinOfNamed finds who is named by somebody named before: 国富叔跟他屋里的. An alias of
// that form (国富屋里的) tells it where the roster knows no households.
func (f *finder) kinOfNamed() {
	for _, h := range f.hits {
		r := f.at(h.from - 1)
		if h.kind != kindKin || r != '他' && r != '她' || !f.free(h.from-1, h.to) || !f.kinStands(h) && f.at(h.to) != '都' && f.at(h.to) != '也' {
			continue
		}
		base, ok := f.lastBefore(h.from)
		if !ok {
			continue
		}
		if at := f.aliasOf(base, f.part(h.from, h.to)); len(at) > 0 {
			f.take(h.from-1, h.to)
			f.out = append(f.out, found{from: h.from - 1, to: h.to, people: at, level: byName})
		} else if people := f.r.relatives(base.people, h.value); len(people) > 0 && len(base.people) == 1 {
			f.take(h.from-1, h.to)
			f.out = append(f.out, found{from: h.from - 1, to: h.to, people: people, level: byGiven})
		}
	}
}

func (f *finder) lastBefore(i int) (base found, ok bool) {
	for _, n := range f.out {
		if n.to <= i && n.to >= base.to {
			base, ok = n, true
		}
	}
	return base, ok
}

// aliasOf looks for an alias made of a given name and a word of kin.
func (f *finder) aliasOf(base found, kin string) []int32 {
	for _, p := range base.people {
		if _, given := splitName(f.r.folded[p]); len(given) > 0 {
			if at := f.r.aliases[string(given)+kin]; len(at) > 0 {
				return at
			}
		}
	}
	return nil
}

// fullNames finds full names and aliases, longest first.
func (f *finder) fullNames() {
	for i := 0; i < len(f.Runes); i++ {
		if !f.r.starts.has(f.Runes[i]) {
			continue
		}
		for n := min(f.r.longest, len(f.Runes)-i); n >= 2; n-- {
			if f.fullName(i, i+n) {
				i += n - 1
				break
			}
		}
	}
}

func (f *finder) fullName(i, j int) bool {
	key := f.part(i, j)
	at, ok := f.r.names[key]
	if !ok {
		at, ok = f.r.aliases[key]
	}
	if !ok || !f.free(i, j) || f.surnameBefore(i) || j-i == 2 && (f.covered(i, j) || f.crossed(i, j)) {
		return false
	}
	to := f.titleAfter(j)
	f.add(i, to, f.calledSo(at, j-min(2, j-i-1), to), byName)
	return true
}

// calledSo keeps of namesakes the one whom the village calls by the given name and the title:
// 王桂香娭毑 is whom it calls 桂香娭毑.
func (f *finder) calledSo(at []int32, i, j int) []int32 {
	if len(at) < 2 {
		return at
	}
	var out []int32
	for _, k := range f.r.aliases[f.part(i, j)] {
		if contains(at, k) {
			out = append(out, k)
		}
	}
	if len(out) == 0 {
		return at
	}
	return out
}

// surnameBefore tells whether a surname stands before the name at i, so that
// the name is part of a longer one that the roster does not know.
func (f *finder) surnameBefore(i int) bool {
	return i > 0 && !f.taken[i-1] && f.surname[i-1]
}

// titleAfter is where a title ends that follows a name at j: 王桂香婶子.
func (f *finder) titleAfter(j int) int {
	for _, h := range f.hitsAt(j) {
		if h.kind == kindTitle && h.to-h.from > 1 {
			return h.to
		}
	}
	return j
}

// titled finds given names before a title: 桂花婶, 忠良爹.
func (f *finder) titled() {
	for _, h := range f.hits {
		if h.kind != kindTitle || h.from < 2 || !f.free(h.from-2, h.to) || f.surnameBefore(h.from-2) {
			continue
		}
		at := f.r.given[f.part(h.from-2, h.from)]
		if len(at) == 0 {
			continue
		}
		if fit := f.fit(at, h.value); len(fit) > 0 {
			f.add(h.from-2, h.to, fit, byGiven)
		} else if kin, ok := f.kinAt(h.from); ok {
			f.addKin(h.from-2, kin, f.narrow(at, h.from-2, h.from, byGiven).people)
		}
	}
}

// givenNames finds given names alone: 满生, 建国.
func (f *finder) givenNames() {
	for i := 0; i+2 <= len(f.Runes); i++ {
		if !f.r.starts.has(f.Runes[i]) {
			continue
		}
		for n := 3; n >= 2; n-- {
			if i+n > len(f.Runes) || !f.free(i, i+n) || f.surnameBefore(i) || f.covered(i, i+n) || f.crossed(i, i+n) {
				continue
			}
			if at := f.r.given[f.part(i, i+n)]; len(at) > 0 {
				f.add(i, i+n, at, byGiven)
				i += n - 1
				break
			}
		}
	}
}

// singleTitled finds one character and a title: 向老师, 满爷爷, 舒老头, and 老李.
func (f *finder) singleTitled() {
	for _, h := range f.hits {
		if h.kind == kindTitle && h.from >= 1 && f.free(h.from-1, h.to) && !f.covered(h.from-1, h.to) && f.startsWord(h.from-1) {
			f.oneAndTitle(h.from-1, h)
		}
	}
	for i := 0; i+1 < len(f.Runes); i++ {
		if f.Runes[i] == '老' && f.free(i, i+2) && !f.covered(i, i+2) && !f.crossed(i, i+2) {
			f.oldSurname(i)
		}
	}
}

// startsWord tells whether the character at i begins something: it is not the
// tail of a longer word.
func (f *finder) startsWord(i int) bool { return i == 0 || int(f.longTo[i-1]) <= i }

func (f *finder) oneAndTitle(i int, h hit) {
	fit := f.fit(f.r.surnames[f.part(i, i+1)], h.value)
	if f.opens(i) { // 花婶 is nobody in 李桂花婶
		fit = union(fit, f.fit(f.r.endings[f.Runes[i]], h.value))
	}
	if len(fit) > 0 {
		f.add(i, h.to, fit, byTitle)
	}
}

// oldSurname finds 老李, and with 屋里的 behind it, his wife.
func (f *finder) oldSurname(i int) {
	if fit := f.fit(f.r.surnames[f.part(i+1, i+2)], "any adult"); len(fit) > 0 {
		f.add(i, i+2, fit, byTitle)
	}
}

// add narrows the people, follows a relation behind the name (建国他娘), takes
// the runes and keeps the find. A relation that the roster cannot follow names
// nobody and is dropped.
func (f *finder) add(i, j int, at []int32, by level) {
	one := f.narrow(at, i, j, by)
	if kin, ok := f.relation(j); ok {
		if kin.value == "child" || kin.value == "sibling" || kin.value == "neighbor" || kin.value == "wife" && f.allWomen(one.people) {
			// 忠良崽讲: the son speaks, the father is meant
		} else if by != byTitle || kin.value == "wife" || f.at(j) == '他' || f.at(j) == '她' {
			f.addKin(i, kin, one.people)
			return
		}
	}
	f.take(i, j)
	f.out = append(f.out, one)
}

// allWomen: the 媳妇 of a woman is her son's wife.
func (f *finder) allWomen(at []int32) bool {
	for _, i := range at {
		if f.r.people[i].Sex != "F" {
			return false
		}
	}
	return len(at) > 0
}

// addKin keeps the relatives of base that kin names.
func (f *finder) addKin(i int, kin hit, base []int32) {
	people := f.r.relatives(base, kin.value)
	f.take(i, kin.to)
	if len(people) == 0 {
		return
	}
	one := f.narrow(people, i, kin.to, byGiven)
	f.out = append(f.out, one)
}

// union is a and, behind it, who of b is not in it; each in the order of the roster.
func union(a, b []int32) []int32 {
	out := slices.Clip(a)
	for _, x := range b {
		if _, both := slices.BinarySearch(a, x); !both {
			out = append(out, x)
		}
	}
	return out
}

func contains(all []int32, x int32) bool {
	for _, a := range all {
		if a == x {
			return true
		}
	}
	return false
}
