package read

import "strings"

// How far a thing may stand behind its verb, and before it, in runes: 帮我妈买
// 十斤米, 被窝 ... 后天一起拿去洗.
const (
	thingBehind = 6
	thingBefore = 14
)

// actAt reads the verb that is the hit i, with the nearest thing that fits it;
// a verb of several kinds takes the kind that stands first in the file.
func (l *line) actAt(f *serviceFinder, i int) {
	act := l.hits[i]
	if i > 0 && l.hits[i-1].kind == kindAct && l.hits[i-1].from == act.from && l.hits[i-1].to == act.to {
		return // another sense of the same verb: all of them are tried together
	}
	for k := i + 1; k < len(l.hits) && l.hits[k].from < act.to+thingBehind; k++ {
		o := l.hits[k]
		if l.mood.want && !l.helper() && l.at(act.to) == '了' && o.from == act.to+1 {
			continue // 打了石膏 要人送饭: that was before
		}
		if o.kind == kindObject && o.from >= act.to && l.samePhrase(act.to, o.from) && l.pairs(f, act, o) {
			return
		}
	}
	for k := i - 1; k >= 0 && l.hits[k].from+thingBefore+4 >= act.from; k-- {
		if o := l.hits[k]; o.kind == kindObject && o.to <= act.from && o.to+thingBefore >= act.from && l.sameSentence(o.to, act.from) && l.pairs(f, act, o) {
			return
		}
	}
}

// askedAt tells whether what begins at i follows a word of asking: 要人搀, 帮他搬.
func (l *line) askedAt(i int) bool {
	for k := i; k >= max(0, i-askingReach); k-- {
		if l.askEnds[k] {
			return l.samePhrase(k, i)
		}
	}
	return false
}

// findAsking notes where words of asking end.
func (l *line) findAsking() {
	for _, h := range l.hits {
		long := h.to-h.from > 1 || strings.ContainsRune("帮请", l.Runes[h.from])
		help := h.kind == kindVerb && h.value == "help" && long && (l.personAsked(h) || l.is(h.from, "麻烦"))
		l.askEnds[h.to] = l.askEnds[h.to] || help || h.kind == kindWish // 要人陪 is a wish
	}
}

// askingReach is how far behind a word of asking its work may begin: 帮我妈去拿药.
const askingReach = 4

// pairs adds the kind that verb and thing share.
func (l *line) pairs(f *serviceFinder, act, thing hit) bool {
	for _, a := range l.hitsAt(act.from) {
		if a.kind != kindAct || a.to != act.to {
			continue
		}
		for _, o := range l.hitsAt(thing.from) {
			if o.kind == kindObject && o.to == thing.to && o.value == a.value && !l.measureWord(o) {
				value := a.value
				if r := l.Runes[act.from]; r == '吃' || r == '呷' {
					value += "?" // to eat is not yet to be cooked for
				}
				first, second := min(act.from, thing.from), max(act.from, thing.from)
				f.addPair(value, foundService{
					asked: l.askedAt(act.from),
					at:    first, thing: thing.from, unable: l.at(act.to) == '不' && strings.ContainsRune(failing, l.at(act.to+1)), past: thing.from > act.from && (l.at(act.to) == '了' || l.at(act.to) == '哒'),
					loose: thing.from < act.from && (a.value == "fu" || !l.samePhrase(first, second)),
				})
				return true
			}
		}
	}
	return false
}

// measureWord holds for the 床 of 两床毯子 and the 餐 of 三餐: no thing of its own.
func (l *line) measureWord(o hit) bool {
	if o.to-o.from > 1 || o.from == 0 || !strings.ContainsRune("床餐席面汤", l.Runes[o.from]) {
		return false
	}
	r := l.Runes[o.from-1]
	return (isNumeral(r) || r == '几' || r == '这' || r == '那') && isHan(l.at(o.to)) && l.Runes[o.from] == '床'
}

// samePhrase tells whether no mark at all stands between.
func (l *line) samePhrase(i, j int) bool {
	return i >= j || l.marksTo[i] == l.marksTo[j]
}

// sameSentence tells whether nothing stronger than a space or a comma stands
// between.
func (l *line) sameSentence(i, j int) bool {
	return i >= j || l.stopsTo[i] == l.stopsTo[j]
}

// brokenAt reads a thing that does not work: 灯不亮, 窗户关不严.
func (l *line) brokenAt(f *serviceFinder, i int) {
	thing := l.hits[i]
	if !strings.HasPrefix(thing.value, "lao:") && !l.isMedicine(thing) || thing.value == "lao:lend" {
		return
	}
	if l.measureWord(thing) || thing.to-thing.from == 1 && strings.ContainsRune("猪鸡鸭鹅牛羊狗", l.Runes[thing.from]) {
		return // 被狗咬破皮
	}
	if l.lacking(thing.from) {
		l.needful = true
		f.addPair(thing.value, foundService{at: thing.from, thing: -1, tool: l.toolAt(thing.from)})
		return
	}
	for k := i + 1; k < len(l.hits) && l.hits[k].from <= thing.to+4; k++ {
		if b := l.hits[k]; b.kind == kindBroken && b.from >= thing.to && !l.mended(b) && l.samePhrase(thing.to, b.from) && (thing.value != "lao:sew" || strings.ContainsRune("烂破断掉脱裂", l.Runes[b.from])) {
			l.needful = true
			f.addPair(thing.value, foundService{at: thing.from, thing: -1, tool: l.toolAt(thing.from)})
			return
		}
	}
}

// toolAt is the help that is asked for where the thing that begins at i fails:
// 电饭煲坏了 中饭要送. "" if it is only to be mended.
func (l *line) toolAt(i int) Service {
	for n := maxTool; n > 1; n-- {
		if i+n > len(l.Runes) {
			continue
		}
		if s, ok := lex().tools[l.part(i, i+n)]; ok {
			return s
		}
	}
	return ""
}

// maxTool is the length of the longest word under [tool], in characters.
const maxTool = 5

// isMedicine: medicine that is out has to be fetched: 心脏药断了.
func (l *line) isMedicine(thing hit) bool {
	return thing.value == "yi" && thing.to-thing.from > 1 && strings.ContainsRune("药丸片膏素水剂液针油囊", l.Runes[thing.to-1])
}

// lacking tells whether a thing that begins at i is said to be out: 冇得盐, 缺柴.
func (l *line) lacking(i int) bool {
	for _, w := range [...]string{"冇得", "没得", "没有", "缺", "没", "冇", "差"} {
		if l.isBefore(i, w) {
			return true
		}
	}
	return false
}

// measuredHere holds for 量血压 145/90: the value is told, nobody is asked for.
func (l *line) measuredHere(h hit) bool {
	for _, n := range l.nums {
		if n.from >= h.to && l.at(n.to) == '/' && n.value >= 60 && n.value <= 300 {
			return true
		}
	}
	return false
}

// mended holds for 不漏了, 不滴水了: what was broken is so no more.
func (l *line) mended(b hit) bool { return l.at(b.from-1) == '不' && l.isOneOf(b.to, "了哒") }
