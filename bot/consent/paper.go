package consent

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"mishu/bot/access"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

var (
	witnessed = regexp.MustCompile(`(见证|作证|证明人)[:： ]*(.+)$`)
	leaves    = regexp.MustCompile(`(要退出|退出了?)`)
	speaksFor = regexp.MustCompile(`^代办`)
)

// office hears what the secretary-general enters from paper and from what was
// said before witnesses.
func office(t *line.Turn) (line.Answer, error) {
	text := strings.TrimSpace(t.Read.Text)
	switch {
	case !t.Is(storage.Secretary, storage.Leader):
		return line.Answer{}, nil
	case strings.HasPrefix(text, "同意书") && len(text) > len("同意书"):
		return sheet(t, strings.TrimPrefix(text, "同意书"))
	case leaves.MatchString(text) && witnessed.MatchString(text):
		return leftBefore(t, text)
	case speaksFor.MatchString(text):
		return appoint(t, text)
	}
	return line.Answer{}, nil
}

// sheet hears which people of a group have put their thumb to the sheet: 同意书 3组
// 都按了，除了德贵 见证舒立新. It is read back by name before it counts.
func sheet(t *line.Turn, text string) (line.Answer, error) {
	text, witness := split(t, text)
	r := read.Read(text, read.Context{Now: t.Now(), Roster: t.Book.Roster})
	health := strings.Contains(text, "健康") || strings.Contains(text, "身体")
	people := signed(t, r, text)
	if len(people) == 0 {
		return line.Ask("哪几位按了？讲“同意书 3组都按了，除了小军 见证舒立新”，或者“同意书 桂花婶、满爷爷 见证舒立新”。"), nil
	}
	if witness == 0 {
		return line.Ask("见证人是哪个？后头加上“见证舒立新”这样，再讲一遍。"), nil
	}
	kind, what := storage.ToBasic, "住址电话"
	if health {
		kind, what = storage.ToHealth, "住址电话和身体情况"
	}
	var names []string
	for _, id := range people {
		names = append(names, t.Book.Name(id))
	}
	return t.Question(line.Question{
		Line: name, Name: askPaper, Refs: people, Ref: witness, Data: kind,
		Text: fmt.Sprintf("按了手印的%d位：%s，肯记%s，见证%s。对就回“对”。", len(people), say.List(names), what, t.Book.Name(witness)),
	}), nil
}

// split takes the witness off the end of a line, 0 if there is none that one
// person of the roster fits.
func split(t *line.Turn, text string) (string, int64) {
	m := witnessed.FindStringSubmatchIndex(text)
	if m == nil {
		return text, 0
	}
	r := read.Read(strings.TrimSpace(text[m[4]:m[5]]), read.Context{Now: t.Now(), Roster: t.Book.Roster})
	if len(r.Mentions) != 1 || len(r.Mentions[0].People) != 1 {
		return text[:m[0]], 0
	}
	return text[:m[0]], r.Mentions[0].People[0]
}

// signed are the people of a sheet: those named, or with 都 the listed elders of a
// group without those after 除了.
func signed(t *line.Turn, r read.Reading, text string) []int64 {
	var named []int64
	for _, m := range r.Mentions {
		if len(m.People) == 1 && access.May(t.Book, t.Me, access.Agreed, m.People[0]) {
			named = append(named, m.People[0])
		}
	}
	if !strings.Contains(text, "都") || r.Group == 0 {
		return named
	}
	return slices.DeleteFunc(t.Book.Listing(r.Group), func(id int64) bool {
		return slices.Contains(named, id) || !access.May(t.Book, t.Me, access.Agreed, id)
	})
}

// answerPaper hears 对 to the names of a sheet.
func answerPaper(t *line.Turn, q line.Question) (line.Answer, error) {
	switch t.Read.Answer {
	case read.Yes, read.Ack:
	case read.No:
		t.Close()
		return line.Say("好，没有记。改好再讲一遍。"), nil
	default:
		return line.Answer{}, nil
	}
	t.Close()
	health := storage.Denied
	if q.Data == storage.ToHealth {
		health = storage.Given
	}
	for _, id := range q.Refs {
		if err := both(t, id, storage.Given, health, storage.ByPaper, t.Book.Name(q.Ref)); err != nil {
			return line.Answer{}, err
		}
	}
	return line.Say(fmt.Sprintf("记下了%d位的同意书，见证%s。纸收好，查的时候要看。", len(q.Refs), t.Book.Name(q.Ref))), nil
}

// leftBefore hears that somebody without a telephone wants out: the one who tells
// it and a witness who is not his child stand for it (care-features 41).
func leftBefore(t *line.Turn, text string) (line.Answer, error) {
	said, witness := split(t, text)
	r := read.Read(said, read.Context{Now: t.Now(), Roster: t.Book.Roster})
	if len(r.Mentions) != 1 || len(r.Mentions[0].People) != 1 {
		return line.Answer{}, nil
	}
	person := r.Mentions[0].People[0]
	kin := slices.ContainsFunc(t.Book.SpokenFor(person), func(p storage.Proxy) bool { return p.Person == witness || p.Person == t.Me })
	switch {
	case !access.May(t.Book, t.Me, access.Agreed, person):
		return line.Say(access.Refusal), nil
	case witness == 0 || witness == t.Me || witness == person || kin:
		return line.Ask("退出要两个人作证，屋里人不算。讲“" + t.Book.Name(person) + "退出 见证舒立新”这样。"), nil
	}
	return leave(t, person, storage.AtDoor, t.Book.Name(witness))
}

// appoint hears 代办 刘海波 刘满生 儿子 from whoever knows both: the first gate.
func appoint(t *line.Turn, text string) (line.Answer, error) {
	var ids []int64
	for _, m := range t.Read.Mentions {
		if len(m.People) == 1 {
			ids = append(ids, m.People[0])
		}
	}
	if len(ids) != 2 || ids[0] == ids[1] {
		return line.Ask("讲“代办 刘海波 刘满生 儿子”这样：先讲哪个替人讲事，再讲老人。同名的带上几组。"), nil
	}
	if !access.May(t.Book, t.Me, access.Ties, ids[1]) {
		return line.Say(access.Refusal), nil
	}
	p := storage.Proxy{Person: ids[0], Elder: ids[1], Relation: Relation(text), Until: yearOn(t), How: Vouched}
	if strings.Contains(text, "不") || strings.Contains(text, "取消") || strings.Contains(text, "停") {
		return line.Say(fmt.Sprintf("好，%s不再替%s讲事。", t.Book.Name(p.Person), t.Book.Name(p.Elder))), t.In.EndProxy(p.Person, p.Elder)
	}
	if err := Pass(t.In, t.Book, p, t.Me); err != nil {
		return line.Answer{}, err
	}
	said := fmt.Sprintf("好，%s可以替%s讲事，到%s。听不听得，下回上门的人问老人。", t.Book.Name(p.Person), t.Book.Name(p.Elder), p.Until)
	return line.Say(said), t.In.Changed()
}
