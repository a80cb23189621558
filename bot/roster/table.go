package roster

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// table is the worksheet that holds the roster, with its headings understood.
type table struct {
	grid     grid
	cols     []column
	body     []line // below the headings
	headings map[string]string
	given    given
}

// given is what the title rows say of everybody in the table.
type given struct {
	group  int
	kinds  []string
	listed bool
	helper bool
}

// findTable picks the worksheet that holds the roster. Two of them are a
// problem: taking one silently would leave people out.
func findTable(b *book) (table, string) {
	var found []table
	for _, g := range b.grids {
		if t, ok := readTable(g); ok && len(t.body) > 0 {
			found = append(found, t)
		}
	}
	switch {
	case len(found) == 0:
		return table{}, "没找到名单：前10行里要有一行写着“姓名”和“组”，下面一人一行"
	case len(found) > 1:
		return table{}, fmt.Sprintf("工作表%s和%s里都有名单。请并到一张表，或者分开发", quote(found[0].grid.name), quote(found[1].grid.name))
	}
	t := found[0]
	switch {
	case t.grid.full:
		return table{}, fmt.Sprintf("名单超过%d行，请按村或按组分开发", maxRows)
	case len(t.cols) > maxColumns:
		return table{}, fmt.Sprintf("名单超过%d列，请删掉用不上的列", maxColumns)
	case !t.groupKnown():
		return table{}, "没有“组”这一列，请加一列写第几组，如 3"
	}
	return t, ""
}

// readTable looks for the heading row among the first rows of a worksheet.
func readTable(g grid) (table, bool) {
	for i, l := range g.lines {
		if l.no > headingRows {
			break
		}
		cols, two := readHeadings(g.lines[i:])
		if !isHeadingRow(cols) {
			continue
		}
		t := table{grid: g, cols: cols, body: g.lines[i+1:]}
		if two {
			t.body = g.lines[i+2:]
		}
		t.given = readTitle(g.name, g.lines[:i], cols)
		t.headings = shown(cols)
		return t, true
	}
	return table{}, false
}

// isHeadingRow wants a name and one more thing that is known. One more alone
// is enough: the smallest roster is 姓名 + 组.
func isHeadingRow(cols []column) bool {
	known, names, written := 0, 0, 0
	for _, c := range cols {
		if c.heading != "" {
			written++
		}
		switch {
		case c.field == name:
			names++
			known++
		case c.field != unused:
			known++
		}
	}
	return names > 0 && (known > 1 || written <= 2) // 序号 + 姓名, the group in the title
}

// readHeadings reads a heading row and, where merged cells make it two rows
// high, the one below it.
func readHeadings(lines []line) (cols []column, two bool) {
	two = len(lines) > 1 && isSecondRow(lines[0], lines[1])
	for i, cell := range lines[0].cells {
		text := cell
		if two && clean(lines[1].at(i)) != "" && lines[1].at(i) != cell {
			text = cell + lines[1].at(i)
		}
		c := recognise(text)
		c.col = i
		cols = append(cols, c)
	}
	return settle(cols), two
}

// isSecondRow tells the lower half of a heading that is two rows high: the name
// column repeats its heading, or is empty while others hold headings. A title
// above the headings is no upper half: it has no name column.
func isSecondRow(upper, lower line) bool {
	if !slices.ContainsFunc(upper.cells, func(c string) bool { return recognise(c).field == name || recognise(c).field == headName }) {
		return false
	}
	known := 0
	for i, cell := range lower.cells {
		above := recognise(upper.at(i))
		switch {
		case above.field == name && clean(cell) != "" && bare(cell) != bare(upper.at(i)):
			return false
		case clean(cell) == "" || cell == upper.at(i):
		case recognise(upper.at(i)+cell).field == unused:
			return false
		case recognise(cell).field != unused:
			known++
		}
	}
	return known > 0
}

// settle decides what a heading alone cannot tell.
func settle(cols []column) []column {
	names := slices.ContainsFunc(cols, func(c column) bool { return c.field == name })
	for i := range cols {
		c := &cols[i]
		switch {
		case c.field == headName && !names:
			c.field = name // one row a household, its head named
			names = true
		case c.field == visitor && !names && bare(c.heading) == "志愿者姓名":
			c.field = name // a list of volunteers
			names = true
		case c.field == kinIs && c.slot == "":
			settleRelation(cols, i)
		case c.field == phone && i > 0:
			settlePhone(cols, i)
		}
	}
	return cols
}

// settleRelation gives a bare 关系 to the relative left of it; with none there
// it is the relation to the household's head.
func settleRelation(cols []column, i int) {
	for j := i - 1; j >= 0; j-- {
		if cols[j].field == kinName || cols[j].field == kinPhone {
			cols[i].slot = cols[j].slot
			return
		}
	}
	cols[i].field = relation
}

// settlePhone gives a bare 联系电话 right behind a relative, a neighbour or a
// visitor to that one.
func settlePhone(cols []column, i int) {
	left := cols[i-1]
	switch left.field {
	case kinName, kinIs:
		cols[i].field, cols[i].slot, cols[i].is = kinPhone, left.slot, left.is
	case watch:
		cols[i].field, cols[i].slot, cols[i].is = watchCall, left.slot, left.is
	case visitor, backup:
		cols[i].field = unused
	}
}

// shown is what the village is told about its headings.
func shown(cols []column) map[string]string {
	m := make(map[string]string, len(cols))
	for _, c := range cols {
		if c.heading != "" && m[c.heading] == "" {
			m[c.heading] = string(c.field)
		}
	}
	return m
}

// groupKnown tells whether the rows can have a group at all.
func (t table) groupKnown() bool {
	if t.given.group > 0 || slices.ContainsFunc(t.cols, func(c column) bool { return c.field == group }) {
		return true
	}
	return slices.ContainsFunc(t.body, func(l line) bool { return sectionGroup(l) > 0 })
}

// titleGroup finds the group that a title names: 青坪村第三组村民花名册.
var titleGroup = regexp.MustCompile(`第?([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:村民)?小?组`)

// readTitle reads what the rows above the headings, the worksheet's name and
// the name column's own heading say of everybody in the table.
func readTitle(sheet string, above []line, cols []column) given {
	title := packed(fold(sheet))
	for _, l := range above {
		for i, c := range l.cells {
			if i == 0 || c != l.cells[i-1] {
				title += " " + packed(fold(c))
			}
		}
	}
	for _, c := range cols {
		if c.field == name {
			title += " " + bare(c.heading)
		}
	}
	return givenBy(title)
}

func givenBy(title string) given {
	var g given
	if all := titleGroup.FindAllStringSubmatch(title, -1); len(all) > 0 {
		g.group, _ = groupNumber(all[0][1])
		for _, m := range all[1:] { // 1组至3组: no group of everybody
			if n, _ := groupNumber(m[1]); n != g.group {
				g.group = 0
				break
			}
		}
	}
	elders := strings.Contains(title, "老人") || strings.Contains(title, "探访")
	children := strings.Contains(title, "儿童")
	switch {
	case children && !elders:
		g.kinds = titleKinds(title, []string{"留守儿童"})
	case elders && !children:
		g.kinds = titleKinds(title, []string{"独居", "空巢", "高龄", "失能", "留守"})
		g.listed = len(g.kinds) > 0 || strings.Contains(title, "探访")
	case strings.Contains(title, "志愿者") && !elders && !children:
		g.helper = true
	}
	if len(g.kinds) > 1 { // 空巢、留守老人花名册: which of them somebody is, the title cannot say
		g.kinds = nil
	}
	return g
}

func titleKinds(title string, known []string) []string {
	var found []string
	for _, k := range known {
		if strings.Contains(title, k) {
			found = append(found, k)
		}
	}
	return found
}
