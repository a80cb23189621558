package read

import (
	"slices"
	"strings"
)

// services finds the kinds of help in the order in which they are named: by a
// phrase, by a verb and a thing of one kind near each other, by a thing that is
// broken. What a phrase says weakly, "yi?" for an illness or "fu?" for a way to
// town, counts only where no other help is named. Going to a doctor with
// somebody is 助医 alone, not 助扶 besides; so is nursing 助护 alone.
func (l *line) services() []Service {
	var f serviceFinder
	for i, h := range l.hits {
		switch h.kind {
		case kindService:
			if !l.refused(h.from) && !(h.value == "yi" && l.measuredHere(h)) {
				f.add(h.value, h.from)
			}
		case kindVerb:
			if h.value == "see" && l.sawDoctor(h) {
				f.add("yi", h.from)
			}
		case kindAct:
			l.actAt(&f, i)
		case kindObject:
			l.brokenAt(&f, i)
		}
	}
	out := f.strong()
	if len(out) == 0 && l.mood.cancel {
		out = l.byThing()
	}
	if len(out) == 0 {
		out = l.weakly(f.weak)
	}
	if len(out) == 0 && !l.back {
		out = l.byThing()
	}
	if slices.Contains(out, Chu) && l.cooker {
		out = without(out, Lao) // 电饭煲坏了 中饭要送: why, not what
	}
	switch {
	case slices.Contains(out, Xue):
		out = without(out, Comfort)
	}
	switch {
	case slices.Contains(out, Yi) && !slices.Contains(out, Hu):
		out = without(out, Fu, Comfort)
	case slices.Contains(out, Hu):
		out = without(out, Fu, Comfort, Yi)
	}
	return out
}

// weakly chooses among what was said weakly. An illness or a medicine with a way to
// town means the doctor; anything else goes before it.
func (l *line) weakly(weak []Service) []Service {
	l.weak = len(weak) > 0
	ill := slices.Contains(weak, Yi)
	for _, s := range weak {
		if s != Yi && !(ill && (s == Fu || s == Comfort)) {
			return []Service{s}
		}
	}
	if len(weak) == 0 || l.back && ill {
		return nil
	}
	l.ill = true
	return []Service{Yi}
}

// byThing names the help by a thing alone, where the line takes something back,
// gives it back, takes it or asks about it: 下水道不用来人了, 镰刀找到了 不要送.
func (l *line) byThing() []Service {
	if m := &l.mood; !m.cancel && !m.decline && !m.ask && !m.claim {
		return nil
	}
	for _, h := range l.hits {
		if h.kind == kindObject && (h.to-h.from > 1 || strings.ContainsRune("饭药柴灯门水", l.Runes[h.from])) && l.free(h.from, h.to) && h.value != "lao:clean" {
			var f serviceFinder
			f.add(strings.TrimSuffix(h.value, "?"), h.from)
			return f.strong()
		}
	}
	return nil
}

func without(all []Service, not ...Service) []Service {
	return slices.DeleteFunc(all, func(s Service) bool { return slices.Contains(not, s) })
}

// A serviceFinder collects kinds of help with their places.
type serviceFinder struct {
	found []foundService
	weak  []Service
}

type foundService struct {
	service Service
	at      int
	unable  bool // 她搬不动: why help is needed, where another help is named
}

func (f *serviceFinder) add(value string, at int) {
	value, _, _ = strings.Cut(value, ":")
	if weak, ok := strings.CutSuffix(value, "?"); ok {
		f.weak = append(f.weak, Service(weak))
		return
	}
	f.found = append(f.found, foundService{service: Service(value), at: at})
}

// unable says of the last that it is told as something nobody manages.
func (f *serviceFinder) unable() {
	if n := len(f.found); n > 0 {
		f.found[n-1].unable = true
	}
}

// strong are the kinds in the order said, each once. What somebody does not
// manage is the reason for what is asked: 帮她洗下被子 她搬不动.
func (f *serviceFinder) strong() []Service {
	if slices.ContainsFunc(f.found, func(s foundService) bool { return !s.unable }) {
		f.found = slices.DeleteFunc(f.found, func(s foundService) bool { return s.unable })
	}
	slices.SortStableFunc(f.found, func(a, b foundService) int { return a.at - b.at })
	var out []Service
	for _, s := range f.found {
		if !slices.Contains(out, s.service) {
			out = append(out, s.service)
		}
	}
	return out
}

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
				f.add(value, min(act.from, thing.from))
				if l.is(act.to, "不动") {
					f.unable()
				}
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
	for ; i < j; i++ {
		if isMark(l.Runes[i]) {
			return false
		}
	}
	return true
}

// sameSentence tells whether nothing stronger than a space or a comma stands
// between.
func (l *line) sameSentence(i, j int) bool {
	for ; i < j; i++ {
		if isFullMark(l.Runes[i]) && l.Runes[i] != ',' {
			return false
		}
	}
	return true
}

// brokenAt reads a thing that does not work: 灯不亮, 窗户关不严.
func (l *line) brokenAt(f *serviceFinder, i int) {
	thing := l.hits[i]
	if !strings.HasPrefix(thing.value, "lao:") && !l.isMedicine(thing) || thing.value == "lao:lend" {
		return
	}
	if l.measureWord(thing) {
		return
	}
	if l.lacking(thing.from) {
		l.needful = true
		f.add(thing.value, thing.from)
		return
	}
	for k := i + 1; k < len(l.hits) && l.hits[k].from <= thing.to+4; k++ {
		if b := l.hits[k]; b.kind == kindBroken && b.from >= thing.to && l.samePhrase(thing.to, b.from) && (thing.value != "lao:sew" || strings.ContainsRune("烂破断掉脱裂", l.Runes[b.from])) {
			l.cooker, l.needful = l.cooker || l.isCooker(thing), true
			f.add(thing.value, thing.from)
			return
		}
	}
}

// isCooker holds for what meals are cooked on.
func (l *line) isCooker(thing hit) bool {
	switch l.part(thing.from, thing.to) {
	case "电饭煲", "电饭锅", "灶", "灶台", "煤气灶", "电磁炉", "锅", "炉子", "煤气", "液化气", "煤气罐":
		return true
	}
	return false
}

// isMedicine: medicine that is out has to be fetched: 心脏药断了.
func (l *line) isMedicine(thing hit) bool {
	return thing.value == "yi" && thing.to-thing.from > 1 && strings.ContainsRune("药丸片膏素", l.Runes[thing.to-1])
}

// lacking tells whether a thing that begins at i is said to be out: 冇得盐, 缺柴.
func (l *line) lacking(i int) bool {
	for _, w := range [...]string{"冇得", "没得", "没有", "缺", "没", "冇", "差"} {
		if l.is(i-len([]rune(w)), w) {
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

// refused tells whether what begins at i is not wanted, or did not happen.
func (l *line) refused(i int) bool {
	if l.mood.cancel || l.mood.decline || l.shows("long") {
		return false // 不洗了 names what is no longer wanted, 好久没洗头 what is
	}
	if l.at(i-1) == '从' {
		return true // 从医院回来
	}
	for _, w := range [...]string{"没", "冇", "不用", "不要", "莫", "不", "没有", "不是"} {
		if l.is(i-len([]rune(w)), w) {
			return true
		}
	}
	return false
}

// wishes collects what is wanted besides the help itself.
func (l *line) wishes(text string) []string {
	var out []string
	end := 0
	for _, h := range l.hits {
		if h.kind != kindWish {
			continue
		}
		if h.from < end { // 要两个人, 两个人来: one wish
			continue
		}
		out = append(out, l.typed(text, h.from, h.to))
		end = h.to
	}
	return out
}
