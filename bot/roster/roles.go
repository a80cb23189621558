package roster

import (
	"slices"
	"strings"
)

// word reads the columns of which only known words are kept.
func (r *reading) word(c column, v string) {
	switch c.field {
	case status:
		r.status(c, v)
	case kind:
		r.kinds(c, v)
	case listed:
		r.listed(c, v)
	case tier:
		r.tier(c, v)
	case role:
		r.roles(v)
	case helper:
		r.helper(c, v)
	}
}

func (r *reading) status(c column, v string) {
	if isDead(v) {
		r.bad(c, quote(v)+"已过世的人请从表里去掉")
		return
	}
	if is, ok := yes(v); ok { // 是否在家：是
		away := strings.Contains(c.heading, "外出")
		r.row.Status = AtHome
		if is == away {
			r.row.Status = Away
		}
		return
	}
	s, ok := keep(statuses, v)
	if !ok {
		r.bad(c, quote(v)+"看不懂，请写 在村、外出、随子女 或 机构")
		return
	}
	r.row.Status = s
	if s == Away && r.row.Town == "" {
		r.row.Town = readTown(v)
	}
}

// kinds refuses a word that it does not know: a mistyped 独居 would leave an
// elder off the visit list.
func (r *reading) kinds(c column, v string) {
	for _, w := range words(v) {
		if isDead(w) {
			r.bad(c, quote(w)+"已过世的人请从表里去掉")
			return
		}
		k, ok := keep(kinds, w)
		if !ok {
			r.bad(c, quote(w)+"看不懂，请写 独居、空巢、高龄、失能、重残、留守、留守儿童 或 其他")
			return
		}
		r.addKind(k)
	}
}

// addKind adds a reason to be looked after; any but the children's puts the
// person on the visit list.
func (r *reading) addKind(k string) {
	if k == "" {
		return
	}
	if !slices.Contains(r.row.Kinds, k) {
		r.row.Kinds = append(r.row.Kinds, k)
	}
	r.row.Listed = r.row.Listed || k != LeftBehindChild
}

func (r *reading) listed(c column, v string) {
	is, ok := yes(v)
	if !ok {
		r.bad(c, quote(v)+"看不懂，请写 是 或 否")
		return
	}
	if !is {
		return
	}
	r.row.Listed = true
	for _, k := range []string{"空巢", "独居"} { // 是否空巢
		if strings.Contains(c.heading, k) {
			r.addKind(k)
		}
	}
}

func (r *reading) tier(c column, v string) {
	t, ok := keep(tiers, v)
	if !ok {
		r.bad(c, quote(v)+"看不懂，请写 高、重点 或 一般")
		return
	}
	r.row.Tier = t
}

// roles keeps an office that the account knows nothing of (村支书, 党员) as a
// remark.
func (r *reading) roles(v string) {
	for _, w := range words(v) {
		k, ok := keep(roles, w)
		switch {
		case !ok && w != "村民" && w != "会员":
			r.addNote(w)
		case ok:
			r.addRole(k)
		}
	}
}

func (r *reading) addRole(k string) {
	if !slices.Contains(r.row.Roles, k) {
		r.row.Roles = append(r.row.Roles, k)
	}
}

func (r *reading) helper(c column, v string) {
	is, ok := yes(v)
	switch {
	case !ok:
		r.bad(c, quote(v)+"看不懂，请写 是 或 否")
	case is:
		r.addRole("志愿者")
	}
}

// visitors reads one or two names; the second one steps in.
func (r *reading) visitors(c column, v string) {
	if is, ok := yes(v); ok { // a column 志愿者 with 是 in it is about the person
		if is {
			r.addRole("志愿者")
		}
		return
	}
	for i, w := range parts(v) {
		n, _, reason := readName(w)
		switch {
		case reason != "":
			r.bad(c, reason)
			return
		case c.field == backup || i == 1:
			r.row.Backup = n
		case i == 0:
			r.row.Visitor = n
		}
	}
}
