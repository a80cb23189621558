package visit

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"mishu/bot/access"
	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/say"
	"mishu/storage"
)

// monthStart is the first day of the village's month.
func monthStart(now time.Time) string { return now.Format("2006-01") + "-01" }

// unvisited are the elders nobody met this month whom a reader may know of.
func unvisited(t *line.Turn) ([]storage.Plan, error) {
	plans, err := t.In.Unvisited(monthStart(t.Now()))
	if err != nil {
		return nil, err
	}
	plans = slices.DeleteFunc(plans, func(p storage.Plan) bool {
		return !access.May(t.Book, t.Me, access.Visited, p.Person) || t.Read.Group != 0 && t.Book.Person(p.Person).Group != t.Read.Group
	})
	return plans, nil
}

// Unvisited hears 还没看: by group, with telephone numbers where a group is
// named or few remain.
func Unvisited(t *line.Turn) (line.Answer, error) {
	if !t.Is(visitors...) {
		return t.Aside(access.Refusal), nil
	}
	plans, err := unvisited(t)
	if err != nil {
		return line.Answer{}, err
	}
	if len(plans) == 0 {
		return t.Aside("这个月都看过了。"), nil
	}
	if t.Read.Group != 0 || len(plans) <= detailBound {
		said, err := awaySaid(t.In)
		if err != nil {
			return line.Answer{}, err
		}
		return t.Aside(detailed(t, plans, said)), nil
	}
	return t.Aside(grouped(t.Book, plans)), nil
}

// detailBound is how many elders with telephones a bubble of ten lines holds,
// beside its first and its last.
const detailBound = 8

func detailed(t *line.Turn, plans []storage.Plan, said map[int64]storage.Absence) string {
	lines := []string{fmt.Sprintf("这个月还没看的%d位：", len(plans))}
	var choices []line.Choice
	for i, p := range plans {
		if i == detailBound {
			lines = append(lines, fmt.Sprintf("还有%d位。", len(plans)-detailBound))
			break
		}
		person := t.Book.Person(p.Person)
		text := fmt.Sprintf("%d %d组%s", i+1, person.Group, person.Name)
		choices = append(choices, line.Choice{Line: name, Name: choiceCall, Ref: p.Person})
		if access.May(t.Book, t.Me, access.Door, p.Person) {
			text += phoneWords(t, person)
		}
		text += tries(t, p)
		if s, ok := said[p.Person]; ok {
			text += fmt.Sprintf("（%s讲%s）", t.Book.Name(s.SaidBy), s.Kind)
		}
		lines = append(lines, text)
	}
	if t.State.Open == nil { // not in the middle of something else
		t.Offer(choices...)
		lines = append(lines, "打了电话回“1通了”“2没人接”“3错号”。")
	}
	return strings.Join(lines, "\n")
}

// tries says what has been tried this month: a door, a telephone.
func tries(t *line.Turn, p storage.Plan) string {
	since := monthStart(t.Now())
	if p.Tried >= since {
		return "（去过没见到）"
	}
	calls, err := t.In.PhoneCallsTo(p.Person, since)
	if err != nil || len(calls) == 0 {
		return ""
	}
	return map[string]string{storage.CallThrough: "（打通过电话）", storage.CallNone: "（电话没人接）", storage.CallWrong: "（号码错）"}[calls[0].Outcome]
}

// awaySaid is what was said of people being away and nobody has confirmed: it is
// printed with who said it (settled.md 28).
func awaySaid(v storage.In) (map[int64]storage.Absence, error) {
	all, err := v.Absences(storage.AbsenceSaid)
	said := make(map[int64]storage.Absence, len(all))
	for _, a := range all {
		if a.Kind != storage.Died {
			said[a.Person] = a
		}
	}
	return said, err
}

// phoneWords is an elder's telephone, else the first of his people's.
func phoneWords(t *line.Turn, p storage.Person) string {
	if p.Phone != "" {
		return " " + p.Phone
	}
	kin, err := t.In.Contacts(p.ID)
	if err != nil {
		return ""
	}
	for _, c := range kin {
		if c.Phone != "" {
			return " " + c.Relation + c.Phone
		}
	}
	return " 没有电话"
}

// grouped lists many elders by group, names only.
func grouped(b *book.Book, plans []storage.Plan) string {
	by := map[int][]string{}
	for _, p := range plans {
		g := b.Person(p.Person).Group
		by[g] = append(by[g], b.Name(p.Person))
	}
	groups := make([]int, 0, len(by))
	for g := range by {
		groups = append(groups, g)
	}
	slices.Sort(groups)
	lines := []string{fmt.Sprintf("这个月还没看的%d位：", len(plans))}
	for _, g := range groups {
		lines = append(lines, groupLine(g, by[g]))
	}
	return strings.Join(append(lines, fmt.Sprintf("回“还没看 %d组”看电话。", groups[0])), "\n")
}

// namesBound is how many names of a group fit on a line that can be read aloud.
const namesBound = 4

func groupLine(g int, names []string) string {
	if len(names) <= namesBound {
		return fmt.Sprintf("%d组：%s", g, say.List(names))
	}
	return fmt.Sprintf("%d组：%s等%d位", g, say.List(names[:namesBound]), len(names))
}
