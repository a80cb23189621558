package visit

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// askNeighbour asks whether a neighbour has seen the elder (settled.md 30).
func askNeighbour(t *line.Turn, text string, out outcome) (line.Answer, error) {
	elder := out.attempts[len(out.attempts)-1].Elder
	refs := make([]int64, len(out.attempts))
	for i, a := range out.attempts {
		refs[i] = a.ID
	}
	ring, err := toRing(t, elder)
	if err != nil {
		return line.Answer{}, err
	}
	return t.Question(line.Question{
		Line: name, Name: askSeen, Ref: elder, Refs: refs,
		Text: text + ring + "邻居看见" + t.Book.They(elder) + "没有？门里有声音、灯、气味没有？1邻居晓得 2我打夜饭前再去 3不对劲。",
	}), nil
}

// againHour is until when somebody who promises to go once more holds the clock
// (settled.md 30).
const againHour = 20

// answerSeen hears what the neighbour says.
func answerSeen(t *line.Turn, q line.Question) (line.Answer, error) {
	digit := 0
	if len(t.Read.Digits) == 1 {
		digit = t.Read.Digits[0]
	}
	text := t.Read.Text
	switch {
	case len(t.Read.Calls) > 0 && len(t.Read.Calls[0].Mention.People) > 0 && !slices.Contains(t.Read.Calls[0].Mention.People, q.Ref):
		return line.Answer{}, nil // a report about somebody else
	case signOf(text) != "" || digit == 3 || strings.Contains(text, "不对劲"):
		if digit == 3 {
			text = "不对劲"
		}
		return notRight(t, q.Refs, text)
	case digit == 2 || strings.Contains(text, "再去"):
		return goAgain(t, q)
	case notSeen(t.Read.Word, text):
		return nobodySaw(t, q)
	case digit == 1:
		return knows(t, q)
	case strings.Contains(text, "邻居") || strings.Contains(text, "看见") || strings.Contains(text, "晓得") || strings.Contains(text, "去") || line.Outside(text):
		return seen(t, q.Refs, text)
	}
	return line.Answer{}, nil
}

// knows hears that a neighbour knows, and asks what: a source that nobody names
// is none.
func knows(t *line.Turn, q line.Question) (line.Answer, error) {
	if err := settle(t, q.Refs, "邻居晓得"); err != nil {
		return line.Answer{}, err
	}
	t.Close()
	return t.Question(line.Question{
		Line: name, Name: askWhere, Ref: q.Ref, Text: "好，记上了：邻居晓得。人在哪里、几时回？讲一句，比如“去女儿家了，初十回”，不晓得回“不晓得”。",
	}), nil
}

// answerWhere hears where the elder is.
func answerWhere(t *line.Turn, q line.Question) (line.Answer, error) {
	text := t.Read.Text
	switch {
	case t.Read.Word == "不晓得" || t.Read.Answer == read.No:
		t.Close()
		return line.Say("好。这次算没见到，下回再去。"), nil
	case len(t.Read.Calls) > 0 && len(t.Read.Calls[0].Mention.People) > 0 && !slices.Contains(t.Read.Calls[0].Mention.People, q.Ref):
		return line.Answer{}, nil
	}
	t.Close()
	return noted(t, q.Ref, text)
}

// settle writes under attempts what a person said became of the elder.
func settle(t *line.Turn, ids []int64, words string) error {
	for _, id := range ids {
		v, found, err := t.In.Visit(id)
		if err != nil || !found {
			return err
		}
		v.NextAt, v.Reason = storage.Settled, strings.Trim(v.Reason+"；"+words, "；")
		if err := t.In.SaveVisit(v); err != nil {
			return err
		}
		if err := t.In.ClearNotices(noteAgain, subject("visit", id), subject("visit", id)+" is settled"); err != nil {
			return err
		}
	}
	return nil
}

// seen settles attempts: somebody named a source.
func seen(t *line.Turn, ids []int64, words string) (line.Answer, error) {
	var elder int64
	for _, id := range ids {
		v, found, err := t.In.Visit(id)
		if err != nil || !found {
			return line.Answer{}, err
		}
		elder = v.Elder
	}
	if err := settle(t, ids, words); err != nil {
		return line.Answer{}, err
	}
	t.Close()
	return noted(t, elder, words)
}

// noted reads back what was said; that somebody is away is told to the line that
// keeps it, with who said it.
func noted(t *line.Turn, elder int64, words string) (line.Answer, error) {
	text := "好，记上了：" + say.Clip(words, 20) + "。这次算没见到，"
	if !line.Outside(words) {
		return line.Say(text + "下回再去。"), nil
	}
	err := t.Publish(line.Fact{Kind: line.SaidAway, Person: elder, Words: words})
	return line.Say(text + "外出我报" + t.Book.Called() + "，到时候再问。"), err
}

// goAgain holds the clock until dusk, except for those who may not wait.
func goAgain(t *line.Turn, q line.Question) (line.Answer, error) {
	now := t.Now()
	dusk := time.Date(now.Year(), now.Month(), now.Day(), againHour, 0, 0, 0, storage.Shanghai)
	if tier(t.Book, q.Ref) == high || !now.Before(dusk) {
		return nobodySaw(t, q)
	}
	for _, id := range q.Refs {
		if err := waitUntil(t, id, dusk); err != nil {
			return line.Answer{}, err
		}
	}
	t.Close()
	return line.Say("好，等您打夜饭前再去的信。天黑了莫一个人去，有不对劲马上打110、120。"), nil
}

func waitUntil(t *line.Turn, id int64, at time.Time) error {
	v, found, err := t.In.Visit(id)
	if err != nil || !found {
		return err
	}
	v.NextAt = storage.At(at)
	return t.In.SaveVisit(v)
}

// nobodySaw asks the group's leader to go once more with somebody else, and
// tells the secretary-general, who rings the family. Where he is the second who
// stood there and the elder may not wait, it is an alert.
func nobodySaw(t *line.Turn, q line.Question) (line.Answer, error) {
	earlier, err := othersToday(t, q.Ref)
	if err != nil {
		return line.Answer{}, err
	}
	if len(earlier) > 0 && patience(t.Book, q.Ref) < 24*time.Hour {
		refs := slices.Clone(q.Refs)
		for _, a := range earlier {
			refs = append(refs, a.ID)
		}
		return notRight(t, refs, t.Read.Text)
	}
	for _, id := range q.Refs {
		v, found, err := t.In.Visit(id)
		if err != nil || !found {
			return line.Answer{}, err
		}
		if len(t.Read.Digits) == 0 {
			v.Reason = strings.Trim(v.Reason+"；"+t.Read.Text, "；")
		}
		if err := stepUp(t.In, t.Book, &v); err != nil {
			return line.Answer{}, err
		}
		if err := t.In.SaveVisit(v); err != nil {
			return line.Answer{}, err
		}
	}
	t.Close()
	return line.Say(nextSteps(t, q.Ref)), nil
}

// nextSteps says what really follows, and who does it.
func nextSteps(t *line.Turn, elder int64) string {
	group := t.Book.Person(elder).Group
	leader := slices.ContainsFunc(t.Book.Holders(storage.Leader, group), func(id int64) bool { return id != t.Me })
	text := "好。"
	if leader {
		text = fmt.Sprintf("好，我请%d组组长%s同人一起再去一次。", group, dusk(t.Now()))
	}
	return text + "屋里人请" + t.Book.Called() + "打电话。有不对劲马上打110、120。"
}

func dusk(now time.Time) string {
	if now.Hour() < duskHour && now.Hour() >= 6 {
		return "傍晚"
	}
	return "马上"
}
