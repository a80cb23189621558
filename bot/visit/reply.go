package visit

import (
	"fmt"
	"strconv"
	"strings"

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
		text += unasked(out.doubts)
		elder := out.findings[len(out.findings)-1].Elder
		a := t.Question(line.Question{Line: name, Name: askThere, Ref: elder, Text: "您还在" + t.Book.They(elder) + "屋里吗？"})
		a.Text = text + a.Text
		return a, nil
	case len(out.attempts) > 0 && r.Day == storage.Day(t.Now()):
		return askNeighbour(t, text+unasked(out.doubts), out)
	}
	return end(t, text, out)
}

// end ends a report. Whoever was at the door may have something to ask
// there: then that is the question, and no other.
func end(t *line.Turn, text string, out outcome) (line.Answer, error) {
	before := t.State.Open
	t.Said = ""
	for _, elder := range out.met {
		if err := t.Publish(line.Fact{Kind: line.Met, Person: elder}); err != nil {
			return line.Answer{}, err
		}
	}
	text += t.Said
	if len(out.doubts) > 0 {
		return askMeasured(t, text+unasked(out.doubts[1:]), out.doubts[0])
	}
	if q := t.State.Open; q != nil && q != before {
		return line.Ask(text + q.Text), nil
	}
	if len(out.house) > 0 {
		return askOfHouse(t, text, out.house[0]), nil
	}
	return line.Say(text + "错了讲一声。"), nil
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
	return text + aboutBodies(t, out) + minuteWords(r.Minutes)
}

// aboutBodies reads back what was found and what was measured.
func aboutBodies(t *line.Turn, out outcome) string {
	text := ""
	for _, f := range out.findings {
		text += findingWords(t, f)
	}
	for _, v := range out.house {
		text += t.Book.Name(v.Elder) + "屋里：" + v.Words + "。"
	}
	return text + measuredWords(t, out.measured)
}

// unasked says which numbers are not stored because something else is asked now:
// a message asks one thing.
func unasked(doubts []doubtful) string {
	text := ""
	for _, d := range doubts {
		text += measureWords[d.Measure.Kind] + "的数没看清，没有记，等下再讲一遍。"
	}
	return text
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
