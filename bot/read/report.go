package read

import "slices"

// An event is a word or a name that says something about a visit.
type event struct {
	from, to int
	kind     kind
	value    string // of the section: see, absent, reason, sign; good, fair, poor
	name     *found
	number   int
}

// calls reads who was visited, who was not met, how they were and what was
// seen, each for his own.
func (l *line) calls(text string, names []found) []Call {
	w := writer{line: l, text: text}
	for _, e := range l.events(names) {
		w.event(e)
	}
	return w.out
}

// events puts names and report words into one row.
func (l *line) events(names []found) []event {
	var out []event
	k := 0
	for _, h := range l.hits {
		for ; k < len(names) && names[k].from <= h.from; k++ {
			out = append(out, event{from: names[k].from, to: names[k].to, name: &names[k]})
		}
		if l.eventful(h) {
			out = append(out, event{from: h.from, to: h.to, kind: h.kind, value: h.value})
		}
	}
	for ; k < len(names); k++ {
		out = append(out, event{from: names[k].from, to: names[k].to, name: &names[k]})
	}
	if len(names) == 0 {
		out = l.withNumbers(out)
	}
	return out
}

// eventful tells whether the word speaks of a visit.
func (l *line) eventful(h hit) bool {
	if !l.free(h.from, h.to) {
		return false
	}
	switch h.kind {
	case kindVerb:
		return h.value == "see" || h.value == "absent" || h.value == "reason" || h.value == "sign"
	case kindFinding:
		return !l.refused(h.from)
	case kindHealth:
		return h.to-h.from > 1 || l.healthAlone(h)
	}
	return false
}

// healthAlone: a single 好 or 差 is about health only at the end of its clause.
func (l *line) healthAlone(h hit) bool {
	r := l.at(h.to)
	return (r == 0 || isFullMark(r) || r == ' ' || r == '、' || r == '的' || r == '了' || r == '哒' || r == '着') && l.at(h.from-1) != '不'
}

// withNumbers adds the numbers of a list: 1 3 4看了 2没人.
func (l *line) withNumbers(events []event) []event {
	var out []event
	k := 0
	for _, n := range l.nums {
		v, whole := n.int()
		if !whole || v < 1 || v > 99 || !l.free(n.from, n.to) || l.counts(n) || n.chinese && n.to-n.from == 1 {
			continue
		}
		for ; k < len(events) && events[k].from < n.from; k++ {
			out = append(out, events[k])
		}
		out = append(out, event{from: n.from, to: n.to, number: v})
	}
	return append(out, events[k:]...)
}

// A writer turns events into calls, left to right.
type writer struct {
	*line
	text    string
	out     []Call
	group   int    // first call of the names that were said in one row
	last    event  // the event before
	seen    bool   // 看了 stands before the row
	pending *event // 没见到 before the names it is about
	cur     int    // the call that was spoken of last
	days    seeker // where a number counts days
}

func (w *writer) event(e event) {
	switch {
	case e.name != nil || e.number != 0:
		w.person(e)
	case e.kind == kindVerb && e.value == "see":
		w.pending = nil
		w.seen = true
		w.anonymous(e)
		w.atLast(e)
	case e.kind == kindVerb:
		w.missed(e)
	case e.kind == kindHealth:
		w.healthy(e)
	case e.kind == kindFinding:
		w.found(e)
	}
	w.last = e
}

// person starts a call, or goes back to the one of the same person.
func (w *writer) person(e event) {
	c := Call{Met: true, Number: e.number}
	if e.name != nil {
		c.Mention = w.mention(*e.name)
	}
	if k := w.sameAs(c); k >= 0 {
		w.cur, w.group = k, k
		return
	}
	if len(w.out) == 1 && w.out[0].unnamed() { // 看了 before the first name
		w.out = w.out[:0]
	}
	if w.last.name == nil && w.last.number == 0 || !w.softBetween(w.last.to, e.from) {
		w.group = len(w.out)
	}
	w.out = append(w.out, c)
	w.cur = len(w.out) - 1
	if w.pending != nil && w.clauseOf(w.pending.from, e.from) {
		w.absent(w.cur, *w.pending)
	}
}

func (c *Call) unnamed() bool {
	return len(c.Mention.People) == 0 && c.Number == 0
}

func (w *writer) sameAs(c Call) int {
	for k := range w.out {
		o := &w.out[k]
		if c.Number != 0 && o.Number == c.Number || len(c.Mention.People) > 0 && slices.Equal(c.Mention.People, o.Mention.People) {
			return k
		}
	}
	return -1
}

// softBetween tells whether no full mark stands between i and j.
func (w *writer) softBetween(i, j int) bool {
	for ; i < j; i++ {
		if isFullMark(w.Runes[i]) {
			return false
		}
	}
	return true
}

func (w *writer) clauseOf(i, j int) bool { return w.softBetween(i, j) }

// anonymous starts a call without a name: 看了 蛮好, typed behind a door code.
func (w *writer) anonymous(event) {
	if len(w.out) == 0 {
		w.out = append(w.out, Call{Met: true})
	}
}

// atLast holds for 昨天没见到满爷爷，今天见到了: the one who was missed first was met then.
func (w *writer) atLast(e event) {
	c := &w.out[w.cur]
	if c.Met || c.unnamed() || w.nameAhead(e) || !w.isOneOf(e.from, "见看碰遇") || !w.isOneOf(e.to-1, "了哒") {
		return
	}
	c.Met, c.Reason = true, ""
}
