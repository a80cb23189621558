package visit

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"mishu/bot/access"
	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
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

// List hears 名单: the speaker's own doors, numbered, so that digits report.
func List(t *line.Turn) (line.Answer, error) {
	if !t.Is(visitors...) {
		return line.Answer{}, nil
	}
	mine, err := remaining(t.In, t.Book, t.Me)
	if err != nil {
		return line.Answer{}, err
	}
	if len(mine) == 0 {
		return line.Say("您这个月的都看过了，多谢。看了别家就直接讲，比如“看了桂花婶 40分钟”。"), nil
	}
	mine = mine[:min(len(mine), 9)]
	var parts []string
	var choices []line.Choice
	for i, id := range mine {
		parts = append(parts, fmt.Sprintf("%d %d组%s", i+1, t.Book.Person(id).Group, t.Book.Name(id)))
		choices = append(choices, line.Choice{Line: name, Name: choiceSeen, Ref: id})
	}
	a := t.Question(line.Question{
		Line: name, Name: askList, Refs: mine,
		Text: "您这个月还没看的：" + strings.Join(parts, " ") + "。看了回数字，比如“1 3 40分钟”；没见到回“没2”。",
	})
	t.Offer(choices...)
	return a, nil
}

// remaining are a visitor's elders whom nobody met this month, in house order.
func remaining(v storage.In, b *book.Book, visitor int64) ([]int64, error) {
	plans, err := v.PlansOf(visitor)
	if err != nil {
		return nil, err
	}
	open := map[int64]bool{}
	for _, p := range plans {
		open[p.Person] = p.LastDay < monthStart(v.Now().In(storage.Shanghai))
	}
	return slices.DeleteFunc(b.Cares(visitor), func(id int64) bool { return !open[id] }), nil
}

// choiceSeen is what a digit of 名单 means: this elder was seen.
const choiceSeen = "seen"

// answerList hears digits after the list.
func answerList(t *line.Turn, q line.Question) (line.Answer, error) {
	seen, missed := listed(t.Read.Text, len(q.Refs))
	if len(seen)+len(missed) == 0 || t.Read.All || len(t.Read.Calls) > 0 && len(t.Read.Mentions) > 0 {
		return line.Answer{}, nil
	}
	r := begin(t)
	r.Calls = nil
	for _, n := range seen {
		r.Calls = append(r.Calls, call{People: []int64{q.Refs[n-1]}, Met: true})
	}
	for _, n := range missed {
		r.Calls = append(r.Calls, call{People: []int64{q.Refs[n-1]}})
	}
	t.Close()
	return store(t, r)
}

// listed reads "1 3 没2 40分钟": the digits seen, and those after 没. Numbers
// before 分 and 钟 and beyond the list are no digits of it.
func listed(text string, n int) (seen, missed []int) {
	closed := false
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		switch r := runes[i]; {
		case r == '没' || r == '冇':
			closed = true
		case r == '看' || r == '，' || r == ',' || r == '。':
			closed = false
		case r >= '0' && r <= '9':
			j := i
			for j < len(runes) && runes[j] >= '0' && runes[j] <= '9' {
				j++
			}
			d, err := strconv.Atoi(string(runes[i:j]))
			unit := j < len(runes) && strings.ContainsRune("分钟小点个组号", runes[j]) && !(runes[j] == '号')
			i = j - 1
			if err != nil || unit || d < 1 || d > n {
				continue
			}
			if closed {
				missed = append(missed, d)
			} else {
				seen = append(seen, d)
			}
		}
	}
	return seen, missed
}

func listDigits(t *line.Turn) (line.Answer, error) {
	if t.State.Digits[0].Name != choiceSeen {
		return line.Answer{}, nil // digits of 还没看 tell of calls, with a word
	}
	refs := make([]int64, len(t.State.Digits))
	for i, c := range t.State.Digits {
		refs[i] = c.Ref
	}
	return answerList(t, line.Question{Refs: refs})
}

// everyone is what "都看了，除了3号" says, waiting to be read back.
type everyone struct {
	Met, Out []int64
	Minutes  int
	Words    string
}

// AllSeen hears 都看了 with or without exceptions. It is read back by name
// before it counts (settled.md 34).
func AllSeen(t *line.Turn) (line.Answer, error) {
	if !t.Is(visitors...) {
		return notVisitor(t)
	}
	mine, err := shown(t)
	if err != nil {
		return line.Answer{}, err
	}
	if len(mine) == 0 {
		return line.Say("您这个月的都记过了，多谢。"), nil
	}
	if i := slices.IndexFunc(t.Read.Except, func(n int) bool { return n > len(mine) }); i >= 0 {
		return line.Ask(fmt.Sprintf("没有%d号，您名单上只有%s。除了哪位？连名字讲。", t.Read.Except[i], say.List(names(t, mine)))), nil
	}
	var e everyone
	e.Minutes, e.Words = t.Read.Minutes, t.Read.Text
	for i, id := range mine {
		if excepted(t, i+1, id) {
			e.Out = append(e.Out, id)
		} else {
			e.Met = append(e.Met, id)
		}
	}
	if len(e.Met) == 0 {
		return line.Say("那就都还没看，没有记。看了讲一声，比如“看了" + t.Book.Name(mine[0]) + " 40分钟”。"), nil
	}
	data, err := json.Marshal(e)
	if err != nil {
		return line.Answer{}, fmt.Errorf("keep list: %w", err)
	}
	text := "您讲看了" + say.List(names(t, e.Met))
	if len(e.Out) > 0 {
		text += "；没看" + say.List(names(t, e.Out))
	}
	return t.Question(line.Question{Line: name, Name: askAll, Refs: e.Met, Data: string(data), Text: text + "。对就回“对”。"}), nil
}

// shown is the list that the speaker saw last, else his own.
func shown(t *line.Turn) ([]int64, error) {
	var ids []int64
	for _, c := range t.State.Digits {
		if c.Line == name && c.Name == choiceSeen {
			ids = append(ids, c.Ref)
		}
	}
	if len(ids) > 0 {
		return ids, nil
	}
	return remaining(t.In, t.Book, t.Me)
}

func excepted(t *line.Turn, number int, id int64) bool {
	if slices.Contains(t.Read.Except, number) {
		return true
	}
	return slices.ContainsFunc(t.Read.ExceptOf, func(m read.Mention) bool { return slices.Contains(m.People, id) })
}

// answerAll hears 对 to the names read back.
func answerAll(t *line.Turn, q line.Question) (line.Answer, error) {
	var e everyone
	if err := json.Unmarshal([]byte(q.Data), &e); err != nil {
		return line.Answer{}, fmt.Errorf("read list: %w", err)
	}
	switch t.Read.Answer {
	case read.Yes, read.Ack:
		r := report{Key: t.Source(), Day: storage.Day(t.Now()), Minutes: e.Minutes, Words: e.Words}
		for _, id := range e.Met {
			r.Calls = append(r.Calls, call{People: []int64{id}, Met: true})
		}
		t.Close()
		return store(t, r)
	case read.No:
		t.Close()
		return line.Say("好，没有记。哪几位没看？讲“都看了，除了3号”这样。"), nil
	}
	return line.Answer{}, nil
}
