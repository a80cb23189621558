package help

import (
	"fmt"
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// chain hears a 接龙 that was pasted from the village's group of chats, and
// reads it back by name: a sign-up for a request is given to the first at her
// word; another list is kept for whoever has it in hand (settled.md 23).
func chain(t *line.Turn) (line.Answer, error) {
	if !strings.Contains(t.Read.Text, "接龙") && !strings.Contains(t.Read.Text, "Group Note") || !t.Is(storage.Secretary, storage.Chair, storage.Leader, storage.Accountant) {
		return line.Answer{}, nil
	}
	c, ok := read.Chained(t.Read.Text)
	if !ok {
		return line.Answer{}, nil
	}
	people, unknown := found(t, c.Names)
	if c.Help == 0 {
		return keptList(t, c, people, unknown)
	}
	h, found, err := t.In.HelpNumbered(c.Help)
	switch {
	case err != nil:
		return line.Answer{}, err
	case !found || !oversees(t, h):
		return line.Say(fmt.Sprintf("没有%d号这件事。问一下号码？", c.Help)), nil
	case h.State != storage.Open && h.State != storage.Unclear:
		return line.Say(fmt.Sprintf("%d号%s，接龙不用了。", h.Number, standing(t, h))), nil
	}
	return offerChain(t, h, people, unknown)
}

// found are those of the roster whom names mean, one each, and the names that
// mean nobody or several.
func found(t *line.Turn, names []string) (people []int64, unknown []string) {
	for _, n := range names {
		r := read.Read(n, read.Context{Now: t.Now(), Roster: t.Book.Roster, Speaker: read.Speaker{Person: t.Me}})
		if len(r.Mentions) == 0 || len(r.Mentions[0].People) != 1 {
			unknown = append(unknown, say.Clip(n, 8))
			continue
		}
		people = append(people, r.Mentions[0].People[0])
	}
	return people, unknown
}

// listed names people in the order of their list, at most as many as can be read
// aloud.
func listed(t *line.Turn, people []int64, unknown []string) string {
	var parts []string
	for i, id := range people[:min(len(people), 9)] {
		parts = append(parts, fmt.Sprintf("%d%s", i+1, t.Book.Name(id)))
	}
	text := fmt.Sprintf("%d位", len(people))
	if len(parts) > 0 {
		text += "：" + strings.Join(parts, " ")
	}
	if len(unknown) > 0 {
		text += "；认不得" + say.List(unknown[:min(len(unknown), 4)])
	}
	return text + "。"
}

// offerChain asks whether the first of a sign-up is to have the request.
func offerChain(t *line.Turn, h storage.Help, people []int64, unknown []string) (line.Answer, error) {
	text := fmt.Sprintf("%d号接龙%s", h.Number, listed(t, people, unknown))
	if len(people) == 0 {
		return line.Say(text + "连名带姓再发一遍，或回“派" + fmt.Sprint(h.Number) + "给满妹”这样。"), nil
	}
	text += fmt.Sprintf("交给%s就回“对”，交给别个回数字。", t.Book.Name(people[0]))
	return t.Question(line.Question{Line: name, Name: askChain, Ref: h.ID, Refs: people[:min(len(people), 9)], Text: text}), nil
}

// answerChain hears who of a sign-up gets the request. He has said himself that
// he goes, among the others: he is the holder, and gets the private side.
func answerChain(t *line.Turn, q line.Question) (line.Answer, error) {
	i := 0
	switch d := t.Read.Digits; {
	case len(d) == 1 && d[0] >= 1 && d[0] <= len(q.Refs):
		i = d[0] - 1
	case t.Read.Answer != read.Yes:
		return line.Answer{}, nil
	}
	t.Close()
	h, found, err := t.In.LockHelp(q.Ref)
	if err != nil || !found {
		return line.Answer{}, err
	}
	if h.State != storage.Open && h.State != storage.Unclear {
		return line.Say(fmt.Sprintf("%d号%s，不用交了。", h.Number, standing(t, h))), nil
	}
	if err := settle(t, &h, q.Refs[i]); err != nil {
		return line.Answer{}, err
	}
	if err := tellHolder(t, h); err != nil {
		return line.Answer{}, err
	}
	if err := tellAsker(t, h); err != nil {
		return line.Answer{}, err
	}
	return line.Say(fmt.Sprintf("好，%d号交给%s，门和电话发给%s，也给那边讲了。", h.Number, t.Book.Name(h.Holder), t.Book.They(h.Holder))), nil
}

// keptList reads back a list that is no sign-up for a request, and keeps it for
// a person: what it is for has no line of work here yet.
func keptList(t *line.Turn, c read.Chain, people []int64, unknown []string) (line.Answer, error) {
	title := "接龙"
	if c.Title != "" {
		title += "“" + say.Clip(c.Title, 16) + "”"
	}
	return line.Say(title + listed(t, people, unknown) + "名单记下了，哪个不对讲一声。"), t.Leave(t.Read.Text)
}
