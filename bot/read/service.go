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
	f := &l.helps
	f.joined = l.shows("also")
	l.findAsking()
	given := l.givenUpAt()
	for i, h := range l.hits {
		if own := l.numberClause(); own >= 0 && l.clause[h.from] < own {
			continue // 领导喊开会，5号单我顾不上了: why
		}
		if l.clause[h.from] > given {
			break // 27号退了吧 我妈住院要照顾: why
		}
		switch h.kind {
		case kindService:
			if l.outIn(h) {
				l.needful = true
			}
			if !l.refused(h.from) && !(h.value == "yi" && l.measuredHere(h)) {
				f.addPair(h.value, foundService{at: h.from, thing: -1, unable: !f.joined && l.lacks(h), tool: l.toolAt(h.from), asked: l.askedAt(h.from), bare: h.to-h.from == 1 && l.isOneOf(h.from, "陪搀牵推扶搬抬扛煮炒炖蒸洗搓教喂修")})
			}
		case kindVerb:
			if h.value == "see" && l.sawDoctor(h) {
				f.add("yi", h.from)
			}
		case kindAct:
			l.actAt(f, i)
		case kindObject:
			l.brokenAt(f, i)
		}
	}
	out := f.strong()
	if len(out) == 0 && l.mood.cancel {
		out = l.byThing()
	}
	if len(out) == 0 {
		out = l.weakly(f.weak)
	}
	if len(out) == 0 && (!l.back || l.closes() || l.shows("works")) {
		out = l.byThing()
		l.thingOnly = len(out) > 0
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

// outIn holds for a phrase that tells what is out: 冇得米, 断粮, 药吃完.
func (l *line) outIn(h hit) bool {
	return l.is(h.from, "冇得") || l.is(h.from, "没得") || l.is(h.from, "没有") || l.is(h.from, "药") && l.lacks(h) || l.is(h.from, "药断") || l.is(h.from, "药盒空")
}

// lacks holds for a phrase that tells what somebody cannot or does not have; it is why
// he asks, where he asks for something else: 我不识字 开家长会要个人跟着.
func (l *line) lacks(h hit) bool {
	for i := h.from; i < h.to; i++ {
		if l.isOneOf(i, "不没冇") {
			return true
		}
	}
	return false
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
	if m := &l.mood; !m.cancel && !m.decline && !m.ask && !m.claim && !l.shows("works") && !l.closes() {
		return nil
	}
	return l.namedThing(1)
}

// namedThing is the kind of help of the first thing that is named, of so many
// characters at least.
func (l *line) namedThing(han int) []Service {
	given := l.givenUpAt()
	for _, h := range l.hits {
		if l.clause[h.from] > given {
			break
		}
		known := h.to-h.from > 1 || han == 1 && strings.ContainsRune("饭药柴灯门水泵瓦床锁锅墙树猪牛鸡鱼", l.Runes[h.from])
		if h.kind == kindObject && known && l.free(h.from, h.to) && h.value != "lao:clean" {
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

// refused tells whether what begins at i is not wanted, or did not happen.
func (l *line) refused(i int) bool {
	if l.mood.cancel || l.mood.decline || l.shows("long") {
		return false // 不洗了 names what is no longer wanted, 好久没洗头 what is
	}
	if l.at(i-1) == '从' {
		return true // 从医院回来
	}
	for _, w := range [...]string{"没", "冇", "不用", "不要", "莫", "不", "没有", "不是"} {
		if l.isBefore(i, w) {
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
