package read

import (
	"slices"
	"sort"
	"strings"
)

// narrow chooses among people of one name: by the group that was said, then by
// whom the speaker visits, speaks for or lives with; where only part of a name
// was said, a report means the visit list and an order the helpers. What is
// left is a tie, the likelier ones first.
func (f *finder) narrow(at []int32, i, j int, by level) found {
	out := found{from: i, to: j, people: at, level: by}
	if g := f.groupOf(i, j); g != 0 {
		in := f.keep(at, func(p *Someone) bool { return p.Group == g })
		if len(in) == 0 && by == byName && j-i == 3 { // 玉兰婶 5组的: the other 玉兰
			in = f.keep(f.r.given[f.part(i, i+2)], func(p *Someone) bool { return p.Group == g })
		}
		out.other = len(in) == 0
		if !out.other {
			out.people = in
		}
	}
	s := &f.c.Speaker
	if len(s.Cares) > 0 {
		out.people = f.prefer(out.people, func(p *Someone) bool { return slices.Contains(s.Cares, p.ID) })
	}
	if len(s.Proxies) > 0 || s.Household != 0 {
		out.people = f.prefer(out.people, func(p *Someone) bool {
			return slices.Contains(s.Proxies, p.ID) || s.Household != 0 && p.Household == s.Household && p.ID != s.Person
		})
	}
	if by != byName && f.order {
		out.people = f.prefer(out.people, func(p *Someone) bool { return p.Helper })
	} else if by != byName && f.report {
		out.people = f.prefer(out.people, func(p *Someone) bool { return p.Listed })
	}
	f.rank(&out)
	return out
}

// keep returns those who hold; at itself is never changed.
func (f *finder) keep(at []int32, holds func(*Someone) bool) []int32 {
	var out []int32
	for _, i := range at {
		if holds(&f.r.people[i]) {
			out = append(out, i)
		}
	}
	return out
}

// prefer keeps those who hold if there is a choice and anybody does.
func (f *finder) prefer(at []int32, holds func(*Someone) bool) []int32 {
	if len(at) < 2 {
		return at
	}
	if some := f.keep(at, holds); len(some) > 0 {
		return some
	}
	return at
}

// rank puts those of the speaker's own group first.
func (f *finder) rank(o *found) {
	if len(o.people) < 2 || f.c.Speaker.Group == 0 {
		return
	}
	ranked := make([]int32, 0, len(o.people))
	for _, own := range [...]bool{true, false} {
		for _, i := range o.people {
			if (f.r.people[i].Group == f.c.Speaker.Group) == own {
				ranked = append(ranked, i)
			}
		}
	}
	o.people = ranked
}

// groupOf finds the group that goes with the name at i..j: the nearest before
// it, else one right behind it (王桂香2组的).
func (f *finder) groupOf(i, j int) int {
	if g, ok := f.groupBefore(i); ok {
		return g.number
	}
	if behind := f.groupsFrom(j); len(behind) > 0 && behind[0].from <= j+2 {
		return behind[0].number
	}
	return 0
}

// groupBefore is the last group that ends before i.
func (f *finder) groupBefore(i int) (group, bool) {
	k := sort.Search(len(f.groups), func(k int) bool { return f.groups[k].to > i })
	if k == 0 {
		return group{}, false
	}
	return f.groups[k-1], true
}

// groupsFrom are the groups that begin at i or behind it.
func (f *finder) groupsFrom(i int) []group {
	return f.groups[sort.Search(len(f.groups), func(k int) bool { return f.groups[k].from >= i }):]
}

// fit keeps those whom a title of the word list can mean, "SEX AGE".
func (f *finder) fit(at []int32, title string) []int32 {
	sex, age, _ := strings.Cut(title, " ")
	year := f.today().Year()
	return f.keep(at, func(p *Someone) bool {
		return (sex == "any" || p.Sex == "" || p.Sex == sex) && p.ofAge(age, year)
	})
}

// ofAge: old is 55 and over, as villagers use 爷爷 and 婆婆 for people who are not
// their own kin; a year that is not known fits.
func (p *Someone) ofAge(age string, year int) bool {
	years := year - p.Born
	switch age {
	case "helper":
		return p.Helper
	case "old":
		return p.Born == 0 || years >= 55
	case "adult":
		return p.Born == 0 || years >= 18
	}
	return true
}

// relation finds a word of kin behind a name: 他娘, 的崽, 屋里的. Words for a wife
// that also mean a house (屋里的灯) need an end behind them.
func (f *finder) relation(j int) (hit, bool) {
	for _, link := range [...]string{"他", "她", "的", "家的", "屋里的", "家里的", "屋里", "家", ""} {
		if !f.is(j, link) {
			continue
		}
		at := j + len([]rune(link))
		h, ok := f.kinAt(at)
		if ok && f.kinStands(h) {
			return h, true
		}
	}
	return hit{}, false
}

func (f *finder) kinAt(i int) (hit, bool) {
	return f.kinHit(i)
}

// kinStands tells whether the word is kin here and not a place.
func (f *finder) kinStands(h hit) bool {
	if h.value != "wife" && h.value != "husband" || !strings.HasSuffix(f.part(h.from, h.to), "的") {
		return h.to-h.from > 1 || f.at(h.to) != '家'
	}
	if f.ends(h.to) {
		return true
	}
	for _, g := range f.hitsAt(h.to) {
		if g.kind == kindVerb || g.kind == kindHealth {
			return true
		}
	}
	return false
}

// relatives finds the kin of the base people by household, sex and age: the
// smallest roster knows no more. A parent is 15 to 45 years older, a
// grandparent 40 to 80, a husband or wife within 15 years.
func (r *Roster) relatives(base []int32, kin string) []int32 {
	var out []int32
	for _, b := range base {
		p := &r.people[b]
		for _, i := range r.households[p.Household] {
			if i != b && !contains(out, i) && isKin(p, &r.people[i], kin) {
				out = append(out, i)
			}
		}
	}
	return out
}

func isKin(p, q *Someone, kin string) bool {
	older, known := p.Born-q.Born, p.Born != 0 && q.Born != 0
	between := func(a, b int) bool { return !known || older >= a && older <= b }
	switch kin {
	case "mother":
		return q.Sex == "F" && between(15, 45)
	case "father":
		return q.Sex == "M" && between(15, 45)
	case "parents":
		return between(15, 45)
	case "grandmother":
		return q.Sex == "F" && between(40, 80)
	case "grandfather":
		return q.Sex == "M" && between(40, 80)
	case "wife":
		return q.Sex == "F" && p.Sex != "F" && between(-15, 15)
	case "husband":
		return q.Sex == "M" && p.Sex != "M" && between(-15, 15)
	}
	return false
}
