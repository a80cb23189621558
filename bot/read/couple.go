package read

// couples adds the wife or the husband where both are named by one: 国富叔两口子, 老李两公婆.
// An alias of that form (国富屋里的) tells it where the roster knows no households.
func (f *finder) couples() {
	for k := range f.out {
		n := f.out[k]
		if len(n.people) != 1 || !f.coupleAt(n.to) {
			continue
		}
		p := &f.r.people[n.people[0]]
		kin, words := "wife", [...]string{"屋里的", "堂客", "老婆"}
		if p.Sex == "F" {
			kin, words = "husband", [...]string{"老倌", "男人", "老公"}
		}
		other := f.r.relatives(n.people, kin)
		for _, w := range words {
			if len(other) == 0 {
				other = f.aliasOf(n, w)
			}
			if len(other) == 0 {
				other = f.r.aliases[f.part(n.from, n.to)+w]
			}
		}
		if len(other) == 1 {
			f.out = append(f.out, found{from: n.to, to: n.to, people: other, level: byGiven})
		}
	}
}

// coupleAt tells whether a word for two who are married begins at i.
func (f *finder) coupleAt(i int) bool {
	for _, w := range [...]string{"两口", "两公婆", "两老", "两个老", "夫妻", "夫妇", "公婆两", "俩老", "二老", "老两口"} {
		if f.is(i, w) || f.is(i+1, w) && f.isOneOf(i, "家他她的这") {
			return true
		}
	}
	return false
}

// groupsBehind lets a group that stands behind a name choose among namesakes, wherever it
// stands before the next name: 周玉兰家没人 赶场去了 一组那个; 张志明(五组).
//
// The names are in order.
func (f *finder) groupsBehind() {
	for k := range f.out {
		n := &f.out[k]
		if g, ok := f.groupBefore(n.from); ok && g.to+1 >= n.from {
			continue // 一组的周玉兰
		}
		next := len(f.Runes)
		for _, o := range f.out[k+1:] {
			if o.from >= n.to && o.from != n.from {
				next = o.from
				break
			}
		}
		for _, g := range f.groupsFrom(n.to) {
			if g.to > next {
				break
			}
			if f.denied(g.from) || !f.closed(g.to) && next < len(f.Runes) {
				continue
			}
			if f.inGroup(n, g.number) {
				break
			}
		}
	}
}

// sameAgain lets a name that is said twice mean at both places whom it means at one: 张志明冇在屋，
// 哪个张志明？二组的嘛.
func (f *finder) sameAgain() {
	for k := range f.out {
		n := &f.out[k]
		for _, o := range f.out {
			if len(n.people) > 1 && len(o.people) == 1 && o.from != n.from && contains(n.people, o.people[0]) && f.part(n.from, n.to) == f.part(o.from, o.to) {
				n.people = o.people
			}
		}
	}
}

// inGroup keeps of those who fit the name at n the ones of the group.
func (f *finder) inGroup(n *found, number int) bool {
	at := n.people
	if n.level == byName {
		if all := f.r.names[f.part(n.from, n.to)]; len(all) > 0 {
			at = all
		}
	} else if len(at) < 2 {
		return false
	}
	in := f.keep(at, func(p *Someone) bool { return p.Group == number })
	if len(in) > 0 {
		n.people, n.other = in, false
	}
	return len(in) > 0
}

// closed tells whether the group that ends at i belongs to what stands before it, not to
// the name that follows: 二组), 二组的, 二组那个.
func (f *finder) closed(i int) bool { return f.ends(i) || f.isOneOf(i, "的那这个") }
