package read

// fullNames finds full names and aliases, longest first.
func (f *finder) fullNames() {
	for i := 0; i < len(f.Runes); i++ {
		if !f.r.starts.has(f.Runes[i]) {
			continue
		}
		for n := min(f.r.longest, len(f.Runes)-i); n >= 2; n-- {
			if f.fullName(i, i+n) {
				i += n - 1
				break
			}
		}
	}
}

func (f *finder) fullName(i, j int) bool {
	key := f.part(i, j)
	at, ok := f.r.names[key]
	if !ok {
		at, ok = f.r.aliases[key]
	}
	if !ok || !f.free(i, j) || f.surnameBefore(i) || j-i == 2 && (f.covered(i, j) || f.crossed(i, j)) {
		return false
	}
	to := f.titleAfter(j)
	f.add(i, to, f.calledSo(at, j-min(2, j-i-1), to), byName)
	return true
}

// calledSo keeps of namesakes the one whom the village calls by the given name and the title:
// 王桂香娭毑 is whom it calls 桂香娭毑.
func (f *finder) calledSo(at []int32, i, j int) []int32 {
	if len(at) < 2 {
		return at
	}
	var out []int32
	for _, k := range f.r.aliases[f.part(i, j)] {
		if contains(at, k) {
			out = append(out, k)
		}
	}
	if len(out) == 0 {
		return at
	}
	return out
}

// surnameBefore tells whether a surname stands before the name at i, so that
// the name is part of a longer one that the roster does not know.
func (f *finder) surnameBefore(i int) bool {
	return i > 0 && !f.taken[i-1] && f.surname[i-1]
}

// titleAfter is where a title ends that follows a name at j: 王桂香婶子.
func (f *finder) titleAfter(j int) int {
	for _, h := range f.hitsAt(j) {
		if h.kind == kindTitle && h.to-h.from > 1 {
			return h.to
		}
	}
	return j
}

// titled finds given names before a title: 桂花婶, 忠良爹.
func (f *finder) titled() {
	for _, h := range f.hits {
		if h.kind != kindTitle || h.from < 2 || !f.free(h.from-2, h.to) || f.surnameBefore(h.from-2) {
			continue
		}
		at := f.r.given[f.part(h.from-2, h.from)]
		if len(at) == 0 {
			continue
		}
		if fit := f.fit(at, h.value); len(fit) > 0 {
			f.add(h.from-2, h.to, fit, byGiven)
		} else if kin, ok := f.kinAt(h.from); ok {
			f.addKin(h.from-2, kin, f.narrow(at, h.from-2, h.from, byGiven).people)
		}
	}
}

// givenNames finds given names alone: 满生, 建国.
func (f *finder) givenNames() {
	for i := 0; i+2 <= len(f.Runes); i++ {
		if !f.r.starts.has(f.Runes[i]) {
			continue
		}
		for n := 3; n >= 2; n-- {
			if i+n > len(f.Runes) || !f.free(i, i+n) || f.surnameBefore(i) || f.covered(i, i+n) || f.crossed(i, i+n) {
				continue
			}
			if at := f.r.given[f.part(i, i+n)]; len(at) > 0 {
				f.add(i, i+n, at, byGiven)
				i += n - 1
				break
			}
		}
	}
}

// singleTitled finds one character and a title: 向老师, 满爷爷, 舒老头, and 老李.
func (f *finder) singleTitled() {
	for _, h := range f.hits {
		if h.kind == kindTitle && h.from >= 1 && f.free(h.from-1, h.to) && !f.covered(h.from-1, h.to) && f.startsWord(h.from-1) {
			f.oneAndTitle(h.from-1, h)
		}
	}
	for i := 0; i+1 < len(f.Runes); i++ {
		if f.Runes[i] == '老' && f.free(i, i+2) && !f.covered(i, i+2) && !f.crossed(i, i+2) {
			f.oldSurname(i)
		}
	}
}

// startsWord tells whether the character at i begins something: it is not the
// tail of a longer word.
func (f *finder) startsWord(i int) bool { return i == 0 || int(f.longTo[i-1]) <= i }

func (f *finder) oneAndTitle(i int, h hit) {
	fit := f.fit(f.r.surnames[f.part(i, i+1)], h.value)
	if f.opens(i) { // 花婶 is nobody in 李桂花婶
		fit = union(fit, f.fit(f.r.endings[f.Runes[i]], h.value))
	}
	if len(fit) > 0 {
		f.add(i, h.to, fit, byTitle)
	}
}

// oldSurname finds 老李, and with 屋里的 behind it, his wife.
func (f *finder) oldSurname(i int) {
	if fit := f.fit(f.r.surnames[f.part(i+1, i+2)], "any adult"); len(fit) > 0 {
		f.add(i, i+2, fit, byTitle)
	}
}
