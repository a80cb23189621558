package read

// left tells whether the line says of somebody who is named that he is not at home: 王贵芳去城里
// 带孙了, 石爹回娘家去了, 丁爱莲跟女走了.
func (l *line) left(names []found) bool {
	var went seeker
	for _, n := range names {
		if !l.begins(n.from) && !l.isOneOf(n.from-1, "组的是讲说") {
			continue
		}
		i := l.overTime(n.to)
		if !l.isOneOf(i, "去回到跟随被住搬出上下赶走进") || l.isOneOf(i, "到") && l.isOneOf(i+1, "时底处") {
			continue
		}
		gone := went.next(i+1, len(l.Runes), func(k int) bool { return l.isOneOf(k, "了哒咧") && (l.ends(k+1) || l.isOneOf(k-1, "去走回来")) })
		if gone < l.clauseEnd(i) {
			return true
		}
	}
	return false
}

// overTime steps over what may stand between a name and what its owner does: 今天, 早上, 又, 家.
func (l *line) overTime(i int) int {
	for again := true; again; {
		again = false
		for _, h := range l.hitsAt(i) {
			if h.kind == kindDay || h.kind == kindPart {
				i, again = h.to, true
				break
			}
		}
		if !again && l.isOneOf(i, " ,他她又也就已经早刚都人前几天两三") {
			i, again = i+1, true
		}
	}
	return i
}
