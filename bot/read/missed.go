package read

// missed handles 没见到, 门锁着, 电视响: for the names before it in its row, or,
// if a name follows in the same clause and none precedes, for that one.
func (w *writer) missed(e event) {
	named := len(w.out) > 0 && !w.out[w.cur].unnamed()
	if e.value == "sign" {
		if len(w.out) == 0 {
			w.out = append(w.out, Call{})
		}
		w.sign(e)
		return
	}
	if named && (w.softBetween(w.out0(), e.from) || !w.nameAhead(e)) {
		for _, k := range w.meant(e) {
			w.absent(k, e)
		}
		return
	}
	if w.nameAhead(e) {
		w.pending = &e
		return
	}
	if len(w.out) == 0 {
		w.out = append(w.out, Call{})
	}
	w.absent(w.cur, e)
}

// out0 is where the name that was spoken of last ends, in runes.
func (w *writer) out0() int {
	if w.last.name != nil || w.last.number != 0 {
		return w.last.to
	}
	return w.runeAt(w.out[w.cur].Mention.Span.To)
}

// nameAhead tells whether a name follows e, at most two runes behind it.
func (w *writer) nameAhead(e event) bool {
	for i := e.to; i < min(e.to+3, len(w.Runes)) && !isFullMark(w.Runes[i]); i++ {
		if w.taken[i] {
			return true
		}
	}
	return false
}

// meant are the calls that 没见到 behind a row is about: with 都 all of them, after
// 看了 only the last, else the row.
func (w *writer) meant(e event) []int {
	from := w.group
	if w.last.name == nil && w.last.number == 0 || e.from-w.last.to > 2 || w.seen && w.at(e.from-1) != '都' {
		from = w.cur
	}
	if w.last.number != 0 { // 1 3 4没人
		from = w.group
	}
	var out []int
	for k := from; k <= w.cur; k++ {
		out = append(out, k)
	}
	return out
}

func (w *writer) absent(k int, e event) {
	c := &w.out[k]
	c.Met, c.Health = false, ""
	if e.value == "reason" {
		c.Reason = joined(c.Reason, w.typed(w.text, e.from, e.to))
	}
	w.seen = false
}

func (w *writer) sign(e event) {
	c := &w.out[w.cur]
	if !c.Met || c.unnamed() {
		c.Sign = joined(c.Sign, w.typed(w.text, e.from, e.to))
		c.Met = false
	}
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + "，" + b
}
