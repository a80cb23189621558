package read

import "sync"

// A workspace is what one reading works with. It is used again by the next one,
// so that a message costs no memory but that of its Reading: nothing of the
// workspace may stay in that, and of strings only what was typed or is the
// folded text.
type workspace struct {
	folded  Folded
	context Context
	out     Reading
	line    line
}

var workspaces = sync.Pool{New: func() any { return new(workspace) }}

// reading hands out the result and lets go of what belongs to the message. No
// buffer is longer than a text of maxRead bytes needs.
func (w *workspace) reading() Reading {
	out := w.out
	w.out, w.context, w.folded.Text = Reading{}, Context{}, ""
	workspaces.Put(w)
	return out
}

// newLine begins the line of a folded text; its words and numbers are found.
func newLine(f *Folded, c *Context) *line {
	l := new(line)
	l.begin(f, c)
	return l
}

// begin makes l the line of another text; its buffers are used again.
func (l *line) begin(f *Folded, c *Context) {
	n := len(f.Runes)
	*l = line{
		Folded: f, c: c, lex: lex(), back: c.Report, byHelper: c.Speaker.Role == "volunteer" || c.Speaker.Role == "doctor",
		found: l.found[:0], hits: l.hits[:0], next: l.next, nextFirst: l.nextFirst, begun: l.begun, openings: l.openings, signs: l.signs[:0], offs: l.offs[:0], shown: l.shown[:0], showing: l.showing[:0],
		unweighed: l.unweighed, untrusted: l.untrusted, helped: l.helped[:0], masked: l.masked[:0], maskedRunes: l.maskedRunes[:0], fields: l.fields[:0], seen: l.seen[:0], live: l.live[:0], possible: l.possible[:0], bySet: l.bySet[:0], setEnds: l.setEnds[:0], nums: l.nums[:0], callings: l.callings, lengths: l.lengths[:0], times: l.times.again(), helps: l.helps.again(),
		clause: zeroed(l.clause, n), marksTo: zeroed(l.marksTo, n+1), stopsTo: zeroed(l.stopsTo, n+1),
		taken: zeroed(l.taken, n), surname: zeroed(l.surname, n), inWord: zeroed(l.inWord, n),
		verbEnds: zeroed(l.verbEnds, n+1), askEnds: zeroed(l.askEnds, n+1), longAt: zeroed(l.longAt, n), longTo: zeroed(l.longTo, n), wordTo: zeroed(l.wordTo, n),
	}
	l.split()
	l.markLists()
	l.openings = l.lex.words.openings(f.Runes, l.openings[:0])
	l.found = l.lex.scanOpened(f.Runes, l.openings, l.found)
	l.sort(l.found)
	l.index()
	l.spread()
	l.nums = readNumbers(f.Runes, l.nums)
	l.feel()
}

// zeroed returns a buffer of n zeros, old if it is long enough.
func zeroed[T any](old []T, n int) []T {
	if cap(old) < n {
		return make([]T, n, n+n/2)
	}
	old = old[:n]
	clear(old)
	return old
}

// again is the times of another line, none of them read.
func (t *times) again() times {
	return times{days: t.days[:0], parts: t.parts[:0], clocks: t.clocks[:0]}
}
