package roster

import (
	"cmp"
	"slices"
)

// problems collects what is wrong, up to the bound.
type problems struct {
	list []Problem
	more bool // some did not fit
}

func (p *problems) add(line int, column, reason string) {
	if len(p.list) == maxProblems-1 {
		p.more = true
		return
	}
	p.list = append(p.list, Problem{line, column, reason})
}

// sorted is the list in the order of the sheet. The last place is kept for
// saying that there are more.
func (p *problems) sorted() []Problem {
	slices.SortStableFunc(p.list, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	if p.more {
		return append(p.list, Problem{Reason: "错处还有，先把前面这些改好再发一次"})
	}
	return p.list
}
