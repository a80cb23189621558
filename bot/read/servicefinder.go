package read

import (
	"slices"
	"strings"
)

// A serviceFinder collects kinds of help with their places.
type serviceFinder struct {
	found []foundService
	weak  []Service

	weakAsked Service // said weakly, and the only thing that is asked in so many words

	asked  bool // one of them follows a word of asking
	joined bool // a word joins what is asked: 还, 顺便
}

type foundService struct {
	service Service
	at      int
	thing   int     // where the thing of the verb begins, -1 for a phrase
	carry   bool    // the verb only takes the thing somewhere
	loose   bool    // the thing stands in another clause than the verb
	asked   bool    // it follows a word of asking: 要人搀
	tool    Service // what is asked for instead, where the thing is broken
	bare    bool    // a verb of support or strength alone: 牵, 搬
	past    bool    // the verb is said as done: 杀了只鸡
	unable  bool    // 她搬不动: why help is needed, where another help is named
}

// add notes what a section says: "chu", "lao:goods", weakly "yi?".
func (f *serviceFinder) add(value string, at int) {
	f.addPair(value, foundService{at: at, thing: -1})
}

// addPair notes a verb with its thing.
func (f *serviceFinder) addPair(value string, s foundService) {
	value, kind, _ := strings.Cut(value, ":")
	if weak, ok := strings.CutSuffix(value, "?"); ok {
		f.weak, f.asked = append(f.weak, Service(weak)), f.asked || s.asked
		if s.asked && s.bare && f.weakAsked == "" {
			f.weakAsked = Service(weak)
		}
		return
	}
	f.asked = f.asked || s.asked
	s.service, s.carry = Service(value), s.thing >= 0 && (kind == "goods" || kind == "lend")
	f.found = append(f.found, s)
}

// strong are the kinds in the order said, each once.
func (f *serviceFinder) strong() []Service {
	if len(f.found) > 1 {
		f.weigh()
	}
	slices.SortStableFunc(f.found, func(a, b foundService) int { return a.at - b.at })
	if f.weakAsked != "" && !f.joined && !slices.ContainsFunc(f.found, func(s foundService) bool { return s.asked && !s.loose || s.service == Yi }) {
		return []Service{f.weakAsked} // 路陡 要有人牵
	}
	var out []Service
	for _, s := range f.found {
		if !slices.Contains(out, s.service) {
			out = append(out, s.service)
		}
	}
	return out
}

// weigh drops what is only how or why something else is asked.
func (f *serviceFinder) weigh() {
	// What was done before is no part of what is asked: 杀了只鸡 冇人炖.
	f.yield(func(s foundService) bool { return s.past })
	// What somebody does not manage is the reason for what is asked: 帮她洗下被子 她搬不动.
	f.yield(func(s foundService) bool { return s.unable })
	// A broken tool is the reason for what it is used for: 洗衣机坏了 帮我洗被子.
	f.dropTools()
	// What follows a word of asking is asked, what stands beside it is how or why,
	// unless they are joined: 上街买点东西 要人搀.
	f.dropBeside()
	// A thing that is washed or cooked is also brought: 要洗两床毯子 哪个来拿.
	f.dropCarried()
	// A thing and a verb of two clauses belong together only where nothing else is said.
	f.dropLoose()
}

// yield drops what gives way, if anything else was found.
func (f *serviceFinder) yield(gives func(foundService) bool) {
	if slices.ContainsFunc(f.found, func(s foundService) bool { return !gives(s) }) {
		f.found = slices.DeleteFunc(f.found, gives)
	}
}

// dropCarried drops the verb that carries a thing to which another verb does more.
func (f *serviceFinder) dropCarried() {
	if !slices.ContainsFunc(f.found, func(s foundService) bool { return s.carry }) {
		return
	}
	more := map[int]bool{}
	for _, s := range f.found {
		if !s.carry {
			more[s.thing] = true
		}
	}
	f.found = slices.DeleteFunc(f.found, func(s foundService) bool { return s.carry && more[s.thing] })
}

// dropLoose drops what was put together from two clauses, if another kind stands in
// one.
func (f *serviceFinder) dropLoose() {
	firm := f.kinds(func(s foundService) bool { return !s.loose })
	f.found = slices.DeleteFunc(f.found, func(s foundService) bool {
		return s.loose && slices.ContainsFunc(firm, func(o Service) bool { return o != s.service })
	})
}

// dropTools drops the mending of a tool where its use is asked for.
func (f *serviceFinder) dropTools() {
	kinds := f.kinds(func(foundService) bool { return true })
	f.found = slices.DeleteFunc(f.found, func(s foundService) bool {
		return s.tool != "" && s.tool != s.service && slices.Contains(kinds, s.tool)
	})
}

// dropBeside drops what is not asked where another kind is asked in so many words. Who
// is to be brought to a doctor is taken there for the doctor's sake.
func (f *serviceFinder) dropBeside() {
	if f.joined {
		return
	}
	asked := f.kinds(func(s foundService) bool { return s.asked && !s.past && !s.carry })
	f.found = slices.DeleteFunc(f.found, func(s foundService) bool {
		return !s.asked && slices.ContainsFunc(asked, func(o Service) bool {
			return o != s.service && !(s.service == Yi && (o == Fu || o == Comfort))
		})
	})
}

// kinds are the kinds of those found of which something holds, each once.
func (f *serviceFinder) kinds(holds func(foundService) bool) (out []Service) {
	for _, s := range f.found {
		if holds(s) && !slices.Contains(out, s.service) {
			out = append(out, s.service)
		}
	}
	return out
}

// again is the finder of another line, nothing found.
func (f *serviceFinder) again() serviceFinder {
	return serviceFinder{found: f.found[:0], weak: f.weak[:0]}
}
