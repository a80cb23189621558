package roster

import (
	"regexp"
	"slices"
	"strings"
)

// consent reads how much a person has signed: 是, 健康, 基本, or a date.
func (r *reading) consent(c column, v string) {
	is, plain := yes(v)
	switch {
	case strings.Contains(v, "健康") && !strings.Contains(v, "不"), strings.Contains(v, "全部"):
		r.row.Consent = Health
	case strings.Contains(v, "基本"), plain && is, strings.Contains(v, "同意") && !strings.Contains(v, "不"), signed.MatchString(v):
		r.row.Consent = Basic
	case plain, strings.Contains(v, "不"), strings.Contains(v, "没"), strings.Contains(v, "未"):
	default:
		r.bad(c, quote(v)+"看不懂，签了写 是，身体情况也同意写 健康，没签空着")
	}
}

// signed is the day on which a paper was signed: 2026-11-01, 11月1日.
var signed = regexp.MustCompile(`^\d{4}[-./年]\d{1,2}|^\d{1,2}月\d{1,2}|^已签|^签了`)

// trait reads the columns about what to know before one rings or knocks.
func (r *reading) trait(c column, v string) {
	switch c.field {
	case literacy:
		if slices.ContainsFunc([]string{"不", "否", "文盲", "没"}, func(w string) bool { return strings.Contains(v, w) }) {
			r.row.Literacy = CannotRead
		}
	case hearing:
		if v != "好" && v != "正常" {
			r.row.Hearing = v
		}
	case keyWith:
		r.row.KeyWith = v
	}
}

// spokenBy is one child in a cell: 刘海波（儿子）, 儿子刘海波.
var spokenBy = regexp.MustCompile(`^(儿子|女儿|媳妇|女婿|孙子|孙女|崽|侄子|侄女)?(\p{Han}{2,4})(?:[(（](\p{Han}{1,4})[)）])?$`)

// proxies reads who may ask for somebody.
func proxies(v string) []Kin {
	var all []Kin
	for _, w := range words(v) {
		if m := spokenBy.FindStringSubmatch(w); m != nil {
			all = append(all, Kin{Name: m[2], Relation: m[1] + m[3]})
		}
	}
	return all
}
