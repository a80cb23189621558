package read

import (
	"slices"
	"strings"
)

// A serviceFinder collects kinds of help with their places.
type serviceFinder struct {
	found []foundService
	weak  []Service
}

type foundService struct {
	service Service
	at      int
	thing   int  // where the thing of the verb begins, -1 for a phrase
	carry   bool // the verb only takes the thing somewhere
	loose   bool // the thing stands in another clause than the verb
	past    bool // the verb is said as done: 杀了只鸡
	unable  bool // 她搬不动: why help is needed, where another help is named
}

// add notes what a section says: "chu", "lao:goods", weakly "yi?".
func (f *serviceFinder) add(value string, at int) {
	f.addPair(value, foundService{at: at, thing: -1})
}

// addPair notes a verb with its thing.
func (f *serviceFinder) addPair(value string, s foundService) {
	value, kind, _ := strings.Cut(value, ":")
	if weak, ok := strings.CutSuffix(value, "?"); ok {
		f.weak = append(f.weak, Service(weak))
		return
	}
	s.service, s.carry = Service(value), s.thing >= 0 && (kind == "goods" || kind == "lend")
	f.found = append(f.found, s)
}

// strong are the kinds in the order said, each once.
func (f *serviceFinder) strong() []Service {
	// What somebody does not manage is the reason for what is asked: 帮她洗下被子 她搬不动.
	f.yield(func(s foundService) bool { return s.unable })
	// What was done before is no part of what is asked: 杀了只鸡 冇人炖.
	f.yield(func(s foundService) bool { return s.past })
	// A thing that is washed or cooked is also brought: 要洗两床毯子 哪个来拿.
	f.dropCarried()
	// A thing and a verb of two clauses belong together only where nothing else is said.
	f.dropLoose()
	slices.SortStableFunc(f.found, func(a, b foundService) int { return a.at - b.at })
	var out []Service
	for _, s := range f.found {
		if !slices.Contains(out, s.service) {
			out = append(out, s.service)
		}
	}
	return out
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
	var firm []Service
	for _, s := range f.found {
		if !s.loose && !slices.Contains(firm, s.service) {
			firm = append(firm, s.service)
		}
	}
	f.found = slices.DeleteFunc(f.found, func(s foundService) bool {
		return s.loose && slices.ContainsFunc(firm, func(o Service) bool { return o != s.service })
	})
}
