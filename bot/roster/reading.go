package roster

import (
	"slices"
	"strings"
)

// reading is one line on its way to a Row.
type reading struct {
	p      *parser
	line   line
	row    Row
	slots  []kinSlot
	failed bool
}

func newReading(p *parser, l line) *reading {
	return &reading{p: p, line: l, row: Row{Line: l.no}}
}

// bad notes a problem of one cell.
func (r *reading) bad(c column, reason string) {
	r.failed = true
	r.p.problems.add(r.line.no, c.heading, reason)
}

// read fills the row from all columns.
func (r *reading) read() {
	for _, c := range r.p.table.cols {
		if c.field == unused || c.field == headName {
			continue
		}
		raw := r.line.at(c.col)
		if c.field == idCard { // before clean, which takes such numbers out
			r.identity(c, raw)
			continue
		}
		if v := clean(raw); v != "" {
			r.cell(c, v)
		}
	}
	r.kin()
	r.fromTitle()
	r.where()
	r.atHome()
}

// cell reads one cell that holds something.
func (r *reading) cell(c column, v string) {
	switch c.field {
	case name:
		r.name(c, v)
	case group:
		r.group(c, v)
	case sex:
		r.sex(c, v)
	case age, born:
		r.birth(c, v, readBirth)
	case lunar:
		r.birth(c, v, func(s string, _ bool) (birth, string) { return readLunarColumn(s) })
	case phone:
		r.phone(c, v)
	case household, relation, place, town, alias, skill, note:
		r.text(c, v)
	case status, kind, listed, tier, role, helper:
		r.word(c, v)
	case visitor, backup:
		r.visitors(c, v)
	case consented:
		r.consent(c, v)
	case literacy, hearing, keyWith:
		r.trait(c, v)
	case proxyName:
		r.row.Proxy = bounded(append(r.row.Proxy, proxies(v)...))
	}
}

func (r *reading) name(c column, v string) {
	if r.row.Name != "" {
		return
	}
	n, others, reason := readName(v)
	if reason != "" {
		r.bad(c, reason)
		return
	}
	r.row.Name = n
	if bare(c.heading) == "户主姓名" || bare(c.heading) == "户主" {
		r.row.Head = true
	}
	for _, o := range others {
		r.besideName(c, o)
	}
}

// besideName sorts what stands in brackets behind a name.
func (r *reading) besideName(c column, o string) {
	s, isSex := readSex(o)
	n, isGroup := groupNumber(o)
	switch {
	case isDead(o):
		r.bad(c, quote(o)+"已过世的人请从表里去掉")
	case isSex:
		r.row.Sex = s
	case o == "户主":
		r.row.Head = true
	case isGroup && strings.HasSuffix(o, "组"):
		r.row.Group = n
	case !slices.Contains(r.row.Aliases, o):
		r.row.Aliases = append(r.row.Aliases, o)
	}
}

func (r *reading) group(c column, v string) {
	n, ok := groupNumber(v)
	if !ok {
		r.bad(c, quote(v)+"看不出是第几组，请写数字，如 3")
		return
	}
	r.row.Group = n
}

func (r *reading) sex(c column, v string) {
	s, ok := readSex(v)
	if !ok {
		r.bad(c, quote(v)+"看不懂，请写 男 或 女")
		return
	}
	r.row.Sex = s
}

// birth takes what a cell tells and what no better cell told before.
func (r *reading) birth(c column, v string, read func(string, bool) (birth, string)) {
	b, reason := read(v, r.p.date1904)
	if reason != "" {
		r.bad(c, reason)
		return
	}
	if len(b.born) > len(r.row.Born) {
		r.row.Born = b.born
	}
	if b.lunar != "" {
		r.row.Lunar = b.lunar
	}
	if b.age > 0 {
		r.row.Age = b.age
	}
}

func (r *reading) identity(c column, raw string) {
	if isNothing(fold(raw)) {
		return
	}
	b, s, reason := readIdentity(raw)
	if reason != "" {
		r.bad(c, reason)
		return
	}
	r.row.Born = b
	if r.row.Sex == "" {
		r.row.Sex = s
	}
}

func (r *reading) phone(c column, v string) {
	list, reason := readPhones(v)
	if reason != "" {
		r.bad(c, reason)
		return
	}
	for _, n := range list {
		switch {
		case r.row.Phone == "":
			r.row.Phone = n
		case r.row.Phone != n:
			r.addNote("另有电话" + n)
		}
	}
}

// text reads the columns whose words are kept as they are.
func (r *reading) text(c column, v string) {
	switch c.field {
	case household:
		r.row.Household = packed(strings.TrimSuffix(v, ".0"))
	case relation:
		r.row.Relation = packed(v)
		r.row.Head = r.row.Head || v == "户主" || v == "本人" || v == "本人(户主)"
	case place:
		r.row.Place = strings.TrimSpace(r.row.Place + " " + v)
	case town:
		r.row.Town = v
	case alias:
		r.row.Aliases = append(r.row.Aliases, words(v)...)
	case skill:
		r.row.Skills = append(r.row.Skills, words(v)...)
	case note:
		r.addNote(v)
	}
}

// addNote keeps a remark, save one that tells of a special family: that is
// written down nowhere but in its own space (settled.md 27).
func (r *reading) addNote(v string) {
	if isSpecial(v) {
		return
	}
	r.row.Note = strings.TrimPrefix(r.row.Note+"；"+v, "；")
}
