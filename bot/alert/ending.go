package alert

import (
	"fmt"
	"slices"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// ending is how an alert ended, as the ledger 警情台账 counts it.
type ending string

const (
	mistaken ending = "误报"
	safe     ending = "平安"
	toDoctor ending = "送医"
	dead     ending = "去世"
	away     ending = "外出"
	handed   ending = "移交"
	settled  ending = "了结"
	other    ending = ""
)

// endings are the words of each; the first that fits is meant.
var endings = []struct {
	kind  ending
	words []string
}{
	{mistaken, []string{"误报", "虚惊", "搞错了", "弄错了", "讲错了"}},
	{dead, []string{"去世", "过世", "死了", "死哒", "人没了", "冇得人了", "没救过来", "冇救过来"}},
	{toDoctor, []string{"送医", "送医院", "送卫生院", "送到卫生院", "送到医院", "拉走了", "接走了", "上了120", "住院"}},
	{handed, []string{"派出所接手", "派出所来了", "公安接手", "移交"}},
	{away, nil}, // line.Outside knows them
	{settled, []string{"了结"}},
	{safe, []string{"平安", "人没事", "人冇事", "没事了", "冇事了", "没事", "人好", "火灭", "灭了", "找到了", "找到人", "脱险", "没转", "冇转", "不痛了", "不疼了", "缓过来", "缓过气", "好些了", "好多了", "没大事", "冇大事", "没大碍", "不要紧了", "莫来了", "不用来了", "不要来了"}},
}

func endingOf(text string) ending {
	for _, e := range endings {
		if holds(text, e.words) || e.kind == away && line.Outside(text) {
			return e.kind
		}
	}
	return other
}

// ended reports whether a line says how an alert ended, also where it looks like
// something else: 派出所接手了 a request, 送到卫生院了 the report of a job.
func ended(t *line.Turn, text string) bool {
	e := endingOf(text)
	switch {
	case e == settled || outside(t, text):
		return true
	case t.Read.Intent == read.RequestHelp, t.Read.Intent == read.Complete && t.Read.Minutes == 0:
		return e == safe || e == toDoctor || e == handed
	}
	return e != other && !elsewhere[t.Read.Intent]
}

// outside reports whether a line that looks like a report of a visit says that
// somebody is away: 去女儿家了.
func outside(t *line.Turn, text string) bool {
	return endingOf(text) == away && t.Read.Intent == read.ReportVisit && !slices.ContainsFunc(t.Read.Calls, func(c read.Call) bool { return c.Met })
}

// end closes an alert with the words of a person who may. From the caller the
// same words are news for those who may.
func end(t *line.Turn, a storage.Alert, words string) (line.Answer, error) {
	told, err := wasTold(t, a)
	if err != nil {
		return line.Answer{}, err
	}
	if !mayEnd(t, a, told) {
		return hearsay(t, a, words)
	}
	if missing, err := withoutReceipt(t, a, words); err != nil || missing {
		return line.Ask("先打110报告，报了把号发来：“接警号”加号码。真是弄错了就回“误报”。"), err
	}
	a.State, a.ClosedBy, a.Outcome, a.NextAt = storage.Closed, t.Me, clip(words, 200), 0
	if err := t.In.SaveAlert(a); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.LogAlert(a.ID, t.Me, storage.LogClosed, string(endingOf(words))+"："+words); err != nil {
		return line.Answer{}, err
	}
	for _, kind := range []string{noteAlert, noteMore, noteNews, noteDuty, noteCall} {
		if err := t.In.ClearNotices(kind, subject(a.ID), subject(a.ID)+" is closed"); err != nil {
			return line.Answer{}, err
		}
	}
	if err := tellEnd(t, a); err != nil {
		return line.Answer{}, err
	}
	return after(t, a, endingOf(words))
}

// after tells the other lines how it ended: who died or is away is theirs, and
// whoever was not seen is looked after more closely for a while.
func after(t *line.Turn, a storage.Alert, e ending) (line.Answer, error) {
	done := line.Say(fmt.Sprintf("好，%s这件急事记成了结：%s。多谢您。", whose(t.Book, a), say.Clip(a.Outcome, 30)))
	if a.Elder == 0 || circleOf(class(a)).sealed || e == mistaken {
		return done, nil
	}
	fact := line.Fact{Person: a.Elder, Words: a.Outcome}
	switch {
	case e == dead:
		fact.Kind = line.SaidDead
	case e == away:
		fact.Kind = line.SaidAway
	case e == toDoctor || class(a) == noContact:
		fact.Kind = line.Fragile
	default:
		return done, nil
	}
	err := t.Publish(fact)
	if t.Said != "" {
		done = line.Ask(done.Text + t.Said)
	}
	return done, err
}

// hearsay passes on what the caller says of the end. It closes nothing.
func hearsay(t *line.Turn, a storage.Alert, words string) (line.Answer, error) {
	if err := t.In.LogAlert(a.ID, t.Me, storage.LogHearsay, words); err != nil {
		return line.Answer{}, err
	}
	people := slices.Clone(t.Book.Holders(storage.Secretary, 0))
	if circleOf(class(a)).sealed {
		return line.Say("好，记下了，会保密。"), nil
	}
	if a.AckedBy != 0 {
		people = addEach(people, []int64{a.AckedBy})
	}
	who := "报信的人"
	if t.Me != 0 {
		who = t.Book.Name(t.Me)
	}
	note := fmt.Sprintf("%s那件急事，%s讲：“%s”。看实了请回“误报”或“平安”。", place(t.Book, a), who, say.Clip(words, 30))
	err := owe(t.In, a, noteMore, t.Source(), people, note)
	return line.Say("好，我告诉" + t.Book.Called() + "，看实了再了结。有变化马上打" + fixedNumber(a) + "。"), err
}

func fixedNumber(a storage.Alert) string { return scene{report: report{Class: class(a)}}.line().number }
