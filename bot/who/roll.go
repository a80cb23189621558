package who

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"mishu/bot/access"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

var (
	whoIsForm = regexp.MustCompile(`^(?:[^，,。]{0,4}?)(?:([0-9一二三四五六七八九十]{1,3})组)?的?(组长|村医|会长|秘书长|会计|志愿者|炊事员|儿童主任)(?:们)?(?:都|现在)?(?:有|是)?(?:哪些|哪几个|哪几位|哪位|哪个|谁|几个|多少)(?:人|位|些)?[？?吗呢啊]*$`)
	ledForm   = regexp.MustCompile(`^([0-9一二三四五六七八九十]{1,3})组(?:是|归|由)?(?:哪个|哪位|谁)(?:管|负责|带)(?:的)?[？?吗呢啊]*$`)
	askedForm = regexp.MustCompile(`^(?:哪个|哪位|谁|哪些人?)是(?:([0-9一二三四五六七八九十]{1,3})组)?的?(组长|村医|会长|秘书长|会计|志愿者|炊事员|儿童主任)[？?吗呢啊]*$`)
)

// rollBound is how many people are named in one answer.
const rollBound = 12

// roll hears 志愿者有哪些 and 3组组长是哪个. Who holds an office of the village
// everybody of it may know, who helps only those who ask them; a telephone is
// told to whoever may know it.
func roll(t *line.Turn) (line.Answer, error) {
	text := strings.ReplaceAll(read.Fold(t.Read.Text).Text, " ", "")
	m := whoIsForm.FindStringSubmatch(text)
	if m == nil {
		m = askedForm.FindStringSubmatch(text)
	}
	if led := ledForm.FindStringSubmatch(text); led != nil {
		m = append(led, storage.Leader) // 3组归哪个管
	}
	if m == nil || t.Me == 0 {
		return line.Answer{}, nil
	}
	group := 0
	if m[1] != "" {
		group = t.Read.Group
	}
	people := slices.DeleteFunc(holders(t, m[2], group), func(id int64) bool { return !access.May(t.Book, t.Me, access.Office, id) })
	if len(people) == 0 {
		return t.Aside(access.Refusal), nil
	}
	var parts []string
	for _, id := range people[:min(len(people), rollBound)] {
		p := t.Book.Person(id)
		part := fmt.Sprintf("%d组%s", p.Group, p.Name)
		if p.Phone != "" && access.May(t.Book, t.Me, access.Door, id) {
			part += p.Phone
		}
		parts = append(parts, part)
	}
	if more := len(people) - len(parts); more > 0 {
		parts = append(parts, fmt.Sprintf("还有%d位", more))
	}
	return t.Aside(fmt.Sprintf("%s%d位：%s。", m[2], len(people), strings.Join(parts, "、"))), nil
}

// holders are those who do a role's work, of a group where one is named: a
// leader leads it, anybody else lives in it.
func holders(t *line.Turn, role string, group int) []int64 {
	if role == storage.Leader {
		return t.Book.Holders(role, group)
	}
	return slices.DeleteFunc(slices.Clone(t.Book.Holders(role, 0)), func(id int64) bool { return group != 0 && t.Book.Person(id).Group != group })
}
