package visit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// reply reads a report back. At most one thing is asked, in the order of
// village practice E2: not met, then what is urgent.
func reply(t *line.Turn, r report, out outcome) (line.Answer, error) {
	text := readBack(t, r, out)
	switch {
	case out.signs:
		return signsHeard(t, out)
	case out.urgent:
		elder := out.findings[len(out.findings)-1].Elder
		return t.Question(line.Question{Line: name, Name: askThere, Ref: elder, Text: text + "您还在" + ta(t, elder) + "屋里吗？"}), nil
	case len(out.attempts) > 0 && r.Day == storage.Day(t.Now()):
		return askNeighbour(t, text, out)
	}
	return line.Say(text + "错了讲一声。"), nil
}

// ta is 他 or 她.
func ta(t *line.Turn, id int64) string {
	if t.Book.Person(id).Sex == "F" {
		return "她"
	}
	return "他"
}

func readBack(t *line.Turn, r report, out outcome) string {
	var b strings.Builder
	if len(out.again) > 0 && len(out.met)+len(out.missed) == 0 {
		return say.List(names(t, out.again)) + dayWord(r.Day, t) + "您已经报过了，只算一次。"
	}
	b.WriteString("记：")
	if r.Late {
		b.WriteString("补" + dayWord(r.Day, t) + "，")
	}
	if len(out.met) > 0 {
		b.WriteString("看了" + say.List(labelled(t, out.met)) + "；")
	}
	for _, id := range out.missed {
		b.WriteString(label(t, id) + "没见到")
		if why := out.reasons[id]; why != "" {
			b.WriteString("（" + say.Clip(why, 12) + "）")
		}
		b.WriteString("；")
	}
	if len(out.again) > 0 {
		b.WriteString(say.List(names(t, out.again)) + "先前报过，只算一次；")
	}
	text := strings.TrimSuffix(b.String(), "；") + "。"
	for _, f := range out.findings {
		text += findingWords(t, f)
	}
	return text + minuteWords(r.Minutes)
}

// findingWords says who is told of a finding; that it was told is not known yet.
func findingWords(t *line.Turn, f storage.Finding) string {
	to := t.Book.Holders(storage.Doctor, 0)
	who := t.Book.Called()
	if len(to) > 0 {
		who = t.Book.Title(to[0])
		if f.Urgent {
			who += "和" + t.Book.Called()
		}
	}
	if f.Words == "" && len(to) > 0 {
		return fmt.Sprintf("%s没点头，身体的事没有记，请打电话跟%s讲。", t.Book.Name(f.Elder), rings(t, to[0]))
	}
	if f.Words == "" {
		return fmt.Sprintf("%s没点头，身体的事没有记，请打电话跟%s讲。", t.Book.Name(f.Elder), who)
	}
	if f.Urgent {
		return fmt.Sprintf("%s%s，马上报%s。", t.Book.Name(f.Elder), f.Words, who)
	}
	return fmt.Sprintf("%s%s，我报给%s。", t.Book.Name(f.Elder), f.Words, who)
}

func names(t *line.Turn, ids []int64) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = t.Book.Name(id)
	}
	return out
}

// label is the name, with the group where the village has namesakes.
func label(t *line.Turn, id int64) string {
	if len(t.Book.Roster.Find(t.Book.Name(id), 0)) > 1 {
		return strconv.Itoa(t.Book.Person(id).Group) + "组" + t.Book.Name(id)
	}
	return t.Book.Name(id)
}

func labelled(t *line.Turn, ids []int64) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = label(t, id)
	}
	return out
}

// askNeighbour asks whether a neighbour has seen the elder (settled.md 30).
func askNeighbour(t *line.Turn, text string, out outcome) (line.Answer, error) {
	elder := out.attempts[len(out.attempts)-1].Elder
	refs := make([]int64, len(out.attempts))
	for i, a := range out.attempts {
		refs[i] = a.ID
	}
	return t.Question(line.Question{
		Line: name, Name: askSeen, Ref: elder, Refs: refs,
		Text: text + "邻居看见" + ta(t, elder) + "没有？1邻居晓得 2我打夜饭前再去 3不对劲。",
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
		return notRight(t, q.Refs, text)
	case digit == 2 || strings.Contains(text, "再去"):
		return goAgain(t, q)
	case notSeen(t.Read.Word, text):
		return nobodySaw(t, q)
	case digit == 1 || strings.Contains(text, "邻居") || strings.Contains(text, "看见") || strings.Contains(text, "晓得") || strings.Contains(text, "去"):
		if digit == 1 {
			text = "邻居晓得"
		}
		return seen(t, q.Refs, text)
	}
	return line.Answer{}, nil
}

func notSeen(word, text string) bool {
	if word == "没见到" || word == "不晓得" {
		return true
	}
	for _, w := range []string{"没看见", "冇看见", "没看到", "冇看到", "没有看见", "不晓得", "没人看见", "都没"} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// seen settles attempts: somebody named a source.
func seen(t *line.Turn, ids []int64, words string) (line.Answer, error) {
	for _, id := range ids {
		v, found, err := t.In.Visit(id)
		if err != nil || !found {
			return line.Answer{}, err
		}
		v.NextAt, v.Reason = storage.Settled, strings.Trim(v.Reason+"；"+words, "；")
		if err := t.In.SaveVisit(v); err != nil {
			return line.Answer{}, err
		}
		if err := t.In.ClearNotices(noteAgain, subject("visit", id), "seen"); err != nil {
			return line.Answer{}, err
		}
	}
	t.Close()
	return line.Say("好，记上了：" + say.Clip(words, 20) + "。这次算没见到，下回再去。"), nil
}

// goAgain holds the clock until dusk, except for those who may not wait.
func goAgain(t *line.Turn, q line.Question) (line.Answer, error) {
	if p, _ := t.Book.Plan(q.Ref); p.Tier == "高" {
		return nobodySaw(t, q)
	}
	now := t.Now()
	dusk := time.Date(now.Year(), now.Month(), now.Day(), againHour, 0, 0, 0, storage.Shanghai)
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
// tells the secretary-general, who rings the family.
func nobodySaw(t *line.Turn, q line.Question) (line.Answer, error) {
	for _, id := range q.Refs {
		v, found, err := t.In.Visit(id)
		if err != nil || !found {
			return line.Answer{}, err
		}
		if len(t.Read.Digits) == 0 {
			v.Reason = strings.Trim(v.Reason+"；"+t.Read.Text, "；")
		}
		if err := t.In.SaveVisit(v); err != nil {
			return line.Answer{}, err
		}
		if err := sendAgain(t.In, t.Book, v); err != nil {
			return line.Answer{}, err
		}
	}
	t.Close()
	group := t.Book.Person(q.Ref).Group
	return line.Say(fmt.Sprintf("好，我请%d组组长傍晚同人一起再去一次。屋里人请%s打电话。有不对劲马上打110、120。", group, t.Book.Called())), nil
}

// signOf is a sign at a closed door that makes it a matter for the police:
// sound, light, smell.
func signOf(text string) string {
	for _, w := range []string{"电视响", "电视在响", "有声音", "有响声", "有气味", "有味", "臭", "灯亮", "灯还亮", "灯一直亮", "反锁", "电话响", "狗叫", "哼"} {
		if strings.Contains(text, w) {
			return w
		}
	}
	return ""
}

// answerThere hears whether the reporter is still at the elder's.
func answerThere(t *line.Turn, _ line.Question) (line.Answer, error) {
	yes := t.Read.Answer == read.Yes || t.Read.Answer == read.Ack || t.Read.Word == "在"
	switch {
	case yes:
		t.Close()
		return line.Ask("好，请等医生电话。人不清醒、出气难就打120。"), nil
	case t.Read.Answer == read.No || strings.Contains(t.Read.Text, "不在") || strings.Contains(t.Read.Text, "走了"):
		t.Close()
		return line.Ask("好。要紧就请邻居先去看一眼，人不清醒、出气难就打120。" + t.Book.Called() + "那边我也讲了。"), nil
	}
	return line.Answer{}, nil
}
