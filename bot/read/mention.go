package read

import (
	"slices"
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
