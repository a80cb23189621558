package visit

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"mishu/bot/access"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// seenBesides hears 脚肿了 after a report: it belongs to the elder just visited.
func seenBesides(t *line.Turn) (line.Answer, error) {
	if !t.Is(visitors...) || len(t.Read.Mentions) > 0 {
		return line.Answer{}, nil
	}
	c := t.Book.Reading(t.Now())
	c.Roster, c.Report = nil, true // who is meant is known
	found := read.Read(t.Read.Text, c).Calls
	if len(found) != 1 || len(found[0].Findings) == 0 {
		return line.Answer{}, nil
	}
	visits, err := lastReport(t, storage.At(t.Now().Add(-correctWithin)))
	if err != nil {
		return line.Answer{}, err
	}
	visits = slices.DeleteFunc(visits, func(v storage.Visit) bool { return !v.Met })
	if len(visits) == 0 {
		return line.Answer{}, nil
	}
	r := report{Key: t.Source(), Day: visits[0].Day, Words: t.Read.Text}
	r.Calls = []call{{People: elders(visits), Met: true, Findings: found[0].Findings}}
	return proceed(t, r)
}

// howIsHe hears 我爸最近怎么样, which asks the same as 看了没.
func howIsHe(t *line.Turn) (line.Answer, error) {
	asks := slices.ContainsFunc([]string{"怎么样", "么样", "好不好", "好吗", "好冇", "好没", "还好"}, func(w string) bool { return strings.Contains(t.Read.Text, w) })
	if !asks || t.Read.Kin == "" {
		return line.Answer{}, nil
	}
	return LastSeen(t)
}

// LastSeen hears 看了没, 上次是哪个看的: when somebody last met an elder. Who may
// not hear it is refused in the same words for everybody.
func LastSeen(t *line.Turn) (line.Answer, error) {
	elder := askedAbout(t)
	switch {
	case elder == 0 && t.Is(visitors...):
		return Unvisited(t)
	case elder != 0 && access.May(t.Book, t.Me, access.Visited, elder):
		return lastSeen(t, elder)
	case elder != 0 && slices.Contains(spokenFor(t), elder):
		return notYetAgreed(t, elder), nil
	case len(t.Read.Mentions) == 0 && len(t.Read.KinIDs) == 0 && slices.Contains([]string{"father", "mother", "parents", "grandfather", "grandmother"}, t.Read.Kin):
		return notOnRecord(t), nil
	}
	return t.Aside(access.Refusal), nil
}

// notOnRecord answers 我娘今天怎么样 of somebody of whom it is not written down whose child
// he is. It tells nothing of anybody, only how he comes to hear.
func notOnRecord(t *line.Turn) line.Answer {
	text := "册上还没写您是哪位老人家的亲人。请讲“我是某某的崽”这样一句，组长认了，老人家肯了，就讲给您听。"
	if phone := t.Office(); phone != "" {
		text += "急打" + phone + "。"
	}
	return t.Aside(text)
}

// askedAbout is the elder whom a line names, or the only one the speaker speaks
// for.
func askedAbout(t *line.Turn) int64 {
	var ids []int64
	switch {
	case len(t.Read.Mentions) > 0:
		ids = narrow(t, t.Read.Mentions[0].People)
	case t.Read.Kin != "":
		ids = t.Read.KinIDs
	default:
		ids = spokenFor(t)
	}
	if len(ids) != 1 {
		return 0
	}
	return ids[0]
}

func spokenFor(t *line.Turn) []int64 {
	var ids []int64
	for _, p := range t.Book.Proxies(t.Me) {
		ids = append(ids, p.Elder)
	}
	return ids
}

func lastSeen(t *line.Turn, elder int64) (line.Answer, error) {
	visits, err := t.In.VisitsTo(elder, storage.Day(t.Now().AddDate(0, -6, 0)))
	if err != nil {
		return line.Answer{}, err
	}
	i := slices.IndexFunc(visits, func(v storage.Visit) bool { return v.Met })
	if i < 0 {
		return t.Aside(label(t, elder) + "这半年没有看望的记录。要人去看一眼，就讲“请人去看一下" + t.Book.Name(elder) + "”。"), nil
	}
	day, err := time.ParseInLocation(time.DateOnly, visits[i].Day, storage.Shanghai)
	if err != nil {
		return line.Answer{}, fmt.Errorf("visit day: %w", err)
	}
	return t.Aside(fmt.Sprintf("%s，%d月%d日%s看过。", label(t, elder), day.Month(), day.Day(), t.Book.Name(visits[i].Visitor))), nil
}

// notYetAgreed tells a proxy that he may ask and not hear (settled.md 26). The
// words are the same whether the elder has not been asked yet or has said no:
// that is his own affair.
func notYetAgreed(t *line.Turn, elder int64) line.Answer {
	text := "看望的事要" + t.Book.Name(elder) + "本人肯了才好讲。要人去看一眼，讲一声就行。"
	if phone := t.Office(); phone != "" {
		text += "急打" + phone + "。"
	}
	return t.Aside(text)
}

// groupAlone hears 5组: after a report of somebody with a namesake it says which
// of them it was, else it asks who of the group has not been seen.
func groupAlone(t *line.Turn) (line.Answer, error) {
	visits, err := lastReport(t, storage.At(t.Now().Add(-correctWithin)))
	if err != nil {
		return line.Answer{}, err
	}
	if len(visits) != 1 || len(t.Book.Roster.Find(t.Book.Name(visits[0].Elder), 0)) < 2 {
		return Unvisited(t)
	}
	if t.Book.Person(visits[0].Elder).Group == t.Read.Group {
		return line.Say("好，是" + label(t, visits[0].Elder) + "，记好了。"), nil
	}
	return correctPerson(t, visits)
}
