package roster

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxKin bounds how many relatives, and how many neighbours, one row names.
const maxKin = 6

// relations are the words for a relative in a cell that holds a name too. The
// longer one stands first where one begins another.
var relations = []string{
	"大儿子", "二儿子", "三儿子", "小儿子", "儿子", "大崽", "二崽", "满崽", "崽", "大女儿", "二女儿", "小女儿", "满女", "女儿", "女婿",
	"儿媳妇", "儿媳", "媳妇", "孙女", "孙子", "外孙女", "外孙", "侄女", "侄儿", "侄子", "外甥女", "外甥", "弟弟", "哥哥", "姐姐", "妹妹",
	"老伴", "妻子", "丈夫", "配偶", "父亲", "母亲", "爸爸", "妈妈", "爷爷", "奶奶", "外公", "外婆", "邻居", "亲戚", "朋友", "妻", "夫", "父", "母", "子", "女", "长子", "次子", "长女", "次女",
}

// kinSlot gathers the columns about one relative until the row is complete.
type kinSlot struct {
	slot   string
	is     string
	named  []Kin
	phones []string
}

// readKin reads a cell about relatives: 刘海波, 儿子刘海波19900001234,
// 刘海波（儿子） 19900001234、刘海燕（女儿）.
func readKin(s string) (list []Kin, reason string) {
	for _, p := range parts(s) {
		k, why := readOneKin(p)
		if why != "" {
			return nil, why
		}
		onlyPhone := k.Name == "" && k.Relation == ""
		if last := len(list) - 1; onlyPhone && last >= 0 && list[last].Phone == "" {
			list[last].Phone = k.Phone
			continue
		}
		if k != (Kin{}) {
			list = append(list, k)
		}
	}
	return list, ""
}

// bracketed finds the relation behind a name, whatever word it is: 王桂香（二姐）.
var bracketed = regexp.MustCompile(`\(([^()\d]+)\)`)

func readOneKin(s string) (k Kin, reason string) {
	if at := phoneRuns.FindStringIndex(s); at != nil {
		phones, why := readPhones(s[at[0]:at[1]])
		if why != "" {
			return k, why
		}
		k.Phone = phones[0]
		s = s[:at[0]] + " " + s[at[1]:]
	}
	if m := bracketed.FindStringSubmatchIndex(s); m != nil {
		k.Relation = packed(s[m[2]:m[3]])
		s = s[:m[0]] + " " + s[m[1]:]
	}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ()[]:-.", r) }) {
		k.take(w)
	}
	if utf8.RuneCountInString(k.Name) > maxName || strings.ContainsFunc(k.Name, unicode.IsDigit) {
		return Kin{}, quote(s) + "看不懂，请写成 姓名 关系 电话"
	}
	return k, ""
}

// take sorts one word of a cell into name and relation.
func (k *Kin) take(w string) {
	if k.Relation == "" && slices.Contains(relations, w) {
		k.Relation = w
		return
	}
	if k.Name == "" && k.Relation == "" {
		for _, r := range relations {
			rest, ok := strings.CutPrefix(w, r)
			if ok && utf8.RuneCountInString(rest) >= 2 && utf8.RuneCountInString(r) >= 2 {
				k.Relation, k.Name = r, rest
				return
			}
		}
	}
	k.Name += w
}

// join gives the telephones of a slot to the names of it, by position; with one
// name and two telephones both are his.
func (s kinSlot) join() []Kin {
	list := slices.Clone(s.named)
	for i, p := range s.phones {
		switch {
		case i < len(list) && list[i].Phone == "":
			list[i].Phone = p
		case len(s.named) == 1:
			list = append(list, Kin{Name: list[0].Name, Relation: list[0].Relation, Phone: p})
		default:
			list = append(list, Kin{Phone: p})
		}
	}
	for i := range list {
		if list[i].Relation == "" {
			list[i].Relation = s.is
		}
	}
	return list
}
