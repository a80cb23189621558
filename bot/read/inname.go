package read

import "slices"

// forget takes out the words that lie inside names, which mean nothing there: the 成 of
// 易成才 ends no work, the 黄 of 黄发秀 is no colour of a face. What the line is for is felt
// anew then.
func (l *line) forget(names []found) {
	if len(names) == 0 {
		return
	}
	k, gone := 0, false
	l.hits = slices.DeleteFunc(l.hits, func(h hit) bool {
		for k < len(names) && names[k].to <= h.from {
			k++
		}
		inside := k < len(names) && names[k].from <= h.from && h.to <= names[k].to
		gone = gone || inside && meaningful(h.kind)
		return inside
	})
	l.index()
	if gone {
		l.feel()
	}
}

// meaningful are the kinds of words that show what a line is for.
func meaningful(k kind) bool {
	switch k {
	case kindTitle, kindKin, kindSurname, kindCover:
		return false
	}
	return true
}
