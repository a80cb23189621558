package read

// soundNames finds full names by their sound. Three characters need one right
// character or a clear beginning; two need the right surname and both ends.
func (f *finder) soundNames() {
	x := &f.r.sounds.full
	for i := 0; i+2 <= len(f.Runes); i++ {
		if f.taken[i] || !x.may.has(f.Runes[i]) || f.wordOver(i, i+2) {
			continue
		}
		best := candidate{near: 3}
		f.hear(x, &best, i)
		i = f.keepBest(best, i)
	}
}

// soundGiven finds given names by sound where a name is expected on both
// sides, or before a title: 桂华婶 for 桂花婶.
func (f *finder) soundGiven() {
	x := &f.r.sounds.given
	for i := 0; i+2 <= len(f.Runes); i++ {
		if f.taken[i] || !x.may.has(f.Runes[i]) || f.wordOver(i, i+2) || !f.opens(i) || f.surnameBefore(i) || f.comesToDo(i) {
			continue
		}
		best := candidate{near: 3, given: true}
		f.hear(x, &best, i)
		i = f.keepBest(best, i)
	}
}

// hear holds those people against the runes at i whose names may sound so.
func (f *finder) hear(x *pairIndex, best *candidate, i int) {
	t := sounds()
	second := t.of(f.Runes[i+1])
	for _, a := range t.of(f.Runes[i]) {
		if !x.begins(a) {
			continue
		}
		for _, b := range second {
			for _, p := range x.of(a, b) {
				name := f.r.folded[p]
				if best.given {
					_, name = splitName(name)
				}
				f.compare(t, best, i, p, name)
			}
		}
	}
}

// comesToDo holds for 来修 and 去挑, which sound like 来秀 and are no name.
func (f *finder) comesToDo(i int) bool {
	r := f.Runes[i]
	return (r == '来' || r == '去') && isDoing.has(f.Runes[i+1])
}

// A candidate is the best that one place of a line can mean by sound.
type candidate struct {
	near, shared, length int
	given                bool
	people               []int32
}

// compare holds a name against the runes at i and keeps it if it is as good as
// the best so far: nearer sound first, then more of the right characters.
func (f *finder) compare(t *soundTable, best *candidate, i int, p int32, name []rune) {
	n := len(name)
	if i+n > len(f.Runes) || !f.free(i, i+n) {
		return
	}
	near, shared := 0, 0
	for k := n - 1; k >= 0; k-- {
		a := t.alike(f.Runes[i+k], name[k], f.r.mixed)
		if a > 2 {
			return
		}
		near = max(near, a)
		if a == 0 {
			shared++
		}
	}
	if near > best.near || near == best.near && shared < best.shared || !f.believable(best, i, n, shared, name) {
		return
	}
	if near < best.near || shared > best.shared || n != best.length {
		best.people = nil
	}
	best.near, best.shared, best.length = near, shared, n
	if !contains(best.people, p) {
		best.people = append(best.people, p)
	}
}

// believable weighs whether a sound is a name at all and not common words.
func (f *finder) believable(best *candidate, i, n, shared int, name []rune) bool {
	if f.wordOver(i, i+n) {
		return false
	}
	switch {
	case best.given:
		return shared > 0 && (f.closes(i+n) || f.titleAfter(i+n) > i+n || f.titleStarts(i+n))
	case n == 2:
		return f.Runes[i] == name[0] && f.opens(i) && f.closes(i+n)
	}
	return shared > 0 || f.opens(i)
}

func (f *finder) keepBest(best candidate, i int) int {
	if len(best.people) == 0 {
		return i
	}
	by := bySound
	if best.near == 2 {
		by = byFolded
	}
	j := f.titleAfter(i + best.length)
	if best.given && f.titleStarts(i+best.length) {
		j = max(j, i+best.length+1)
	}
	f.add(i, j, best.people, by)
	return j - 1
}

// opens tells whether a name may begin at i: at the beginning, behind a mark, a
// number, a group, another name or a word that leads to a name.
func (f *finder) opens(i int) bool {
	if f.begins(i) || f.taken[i-1] || isDigit(f.Runes[i-1]) || beforeNames.has(f.Runes[i-1]) {
		return true
	}
	return f.verbEnds[i]
}

// What may stand right before a name that is told by its sound, and behind it.
var (
	beforeNames = runesOf("的和跟与找到在家")
	behindNames = runesOf("的和跟与家讲说他她")
)

// closes tells whether a name may end before j.
func (f *finder) closes(j int) bool {
	if f.ends(j) || f.taken[j] || behindNames.has(f.Runes[j]) {
		return true
	}
	for _, h := range f.hitsAt(j) {
		if h.kind == kindVerb || h.kind == kindFinding || h.kind == kindHealth || h.kind == kindQuery {
			return true
		}
	}
	return false
}

func (f *finder) titleStarts(j int) bool {
	for _, h := range f.hitsAt(j) {
		if h.kind == kindTitle {
			return true
		}
	}
	return false
}
