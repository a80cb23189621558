package read

import "sort"

// exception reads a list by exception: 都看了，除了3号; 除了德贵、忠良都看了; 就3号没看.
func (l *line) exception(out *Reading, names []found) {
	all, said := l.first(kindVerb, "all")
	if !said {
		all, said = l.first(kindVerb, "known")
	}
	except, but := l.first(kindVerb, "except")
	_, not := l.first(kindVerb, "notseen")
	if !said && !(but && not) {
		return
	}
	out.All = true
	if !but {
		for _, value := range [...]string{"notseen", "absent", "reason"} { // 都看了，3号没看
			if k, ok := l.first(kindVerb, value); ok && k.from > all.to {
				l.without(out, names, all.to, k.from+1)
				return
			}
		}
		return
	}
	end := len(l.Runes)
	if said && all.from > except.to {
		end = all.from
	}
	l.without(out, names, except.to, end)
}

// without collects the numbers and names between the runes from and to.
func (l *line) without(out *Reading, names []found, from, to int) {
	for _, n := range l.nums {
		v, whole := n.int()
		if n.from < from || n.to > to || !whole || v < 1 || v > 999 || l.measured(n) || l.inName(n, names) {
			continue
		}
		l.take(n.from, n.to)
		if l.at(n.to) == '号' {
			l.take(n.to, n.to+1)
		}
		out.Except = append(out.Except, v)
	}
	for _, f := range names {
		if f.from >= from && f.to <= to {
			out.ExceptOf = append(out.ExceptOf, l.mention(f))
		}
	}
}

// measured is counts without 号, which list numbers carry.
func (l *line) measured(n number) bool {
	return l.counts(n) && l.at(n.to) != '号' || l.at(n.to) == '组'
}

func (l *line) inName(n number, names []found) bool {
	k := sort.Search(len(names), func(k int) bool { return names[k].to > n.from })
	return k < len(names) && names[k].from < n.to
}
