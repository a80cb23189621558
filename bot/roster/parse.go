package roster

import (
	"strings"
)

// parser turns the lines of a table into rows.
type parser struct {
	table    table
	date1904 bool
	nameCol  int
	repeated map[int]bool // lines whose name cell belongs to the line above
	section  int          // group that a row of its own announced
	rows     []Row
	problems problems
	last     int  // row that a continuation line adds to; -1: none
	home     home // household of the last head
}

// home is the household that the rows below its head belong to.
type home struct {
	no    string
	group int
}

func newParser(t table, date1904 bool) *parser {
	p := &parser{table: t, date1904: date1904, section: t.given.group, last: -1}
	for _, c := range t.cols {
		if c.field == name {
			p.nameCol = c.col
			break
		}
	}
	p.repeated = t.grid.below.repeats(p.nameCol)
	return p
}

// run reads all lines below the headings.
func (p *parser) run() {
	for _, l := range p.table.body {
		switch {
		case isSum(l) || p.isHeadingAgain(l):
		case sectionGroup(l) > 0:
			p.section, p.last = sectionGroup(l), -1
		case p.repeated[l.no]:
			p.more(l)
		case packed(clean(l.at(p.nameCol))) == "":
			p.nameless(l)
		default:
			p.person(l)
		}
	}
}

// isSum tells the rows below or between the people: sums, signatures, remarks.
func isSum(l line) bool {
	for _, c := range l.cells {
		c = packed(clean(c))
		if c == "" {
			continue
		}
		for _, w := range []string{"合计", "小计", "总计", "共计", "总人数", "本页", "填表", "制表", "审核", "负责人", "注:", "备注:", "说明:", "填报", "单位(", "单位:"} {
			if strings.HasPrefix(c, w) {
				return true
			}
		}
		return false
	}
	return true
}

// isHeadingAgain tells a heading that is printed again on each page.
func (p *parser) isHeadingAgain(l line) bool {
	return recognise(l.at(p.nameCol)).field == name && bare(l.at(p.nameCol)) != ""
}

// nameless is a line without a name. One prepared for later, with its number
// and group and nothing else, is passed over.
func (p *parser) nameless(l line) {
	p.last = -1
	for _, c := range p.table.cols {
		switch c.field {
		case unused, group, household:
		default:
			if clean(l.at(c.col)) != "" {
				p.problems.add(l.no, p.heading(name), "没写姓名")
				return
			}
		}
	}
}

// more adds what a line below the same merged name tells about relatives.
func (p *parser) more(l line) {
	if p.last < 0 {
		return
	}
	r := newReading(p, l)
	r.kin()
	if r.failed {
		return
	}
	to := &p.rows[p.last]
	to.Kin = bounded(append(to.Kin, r.row.Kin...))
	to.Watch = bounded(append(to.Watch, r.row.Watch...))
}

// person reads a line about a person; with a problem in it the line is left
// out, so that nothing half-understood goes on.
func (p *parser) person(l line) {
	p.last = -1
	r := newReading(p, l)
	r.read()
	if r.failed {
		return
	}
	p.rows = append(p.rows, r.row)
	p.last = len(p.rows) - 1
}

// heading is what the village called a field; the field's own word where it
// has no column for it.
func (p *parser) heading(f field) string {
	for _, c := range p.table.cols {
		if c.field == f {
			return c.heading
		}
	}
	return string(f)
}

// bounded drops doubles and what goes beyond maxKin.
func bounded(list []Kin) []Kin {
	var kept []Kin
	seen := map[Kin]bool{}
	for _, k := range list {
		if !seen[k] && len(kept) < maxKin {
			kept = append(kept, k)
		}
		seen[k] = true
	}
	return kept
}
