package alert

import (
	"fmt"
	"regexp"
	"slices"

	"mishu/bot/line"
	"mishu/storage"
)

// receiptWords is 接警号 20261124001: the number that the police give.
var receiptWords = regexp.MustCompile(`(?:接警|回执|报警|受案)(?:单|编)?号?(?:是|为|:|：)?\s*([0-9A-Za-z\-]{3,30})`)

func receiptOf(text string) string {
	m := receiptWords.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	return m[1]
}

// takeReceipt stores the number that the police gave: from then on nobody is
// reminded, and whoever else was told hears it.
func takeReceipt(t *line.Turn, a storage.Alert) (line.Answer, error) {
	number := receiptOf(t.Read.Text)
	if err := t.In.LogAlert(a.ID, t.Me, storage.LogReceipt, number); err != nil {
		return line.Answer{}, err
	}
	a.State, a.NextAt = storage.Acked, 0
	if a.AckedBy == 0 {
		a.AckedBy = t.Me
	}
	if err := t.In.SaveAlert(a); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.ClearNotices(noteAlert, subject(a.ID), subject(a.ID)+" is reported"); err != nil {
		return line.Answer{}, err
	}
	people, err := toldOf(t.In, a.ID)
	if err != nil {
		return line.Answer{}, err
	}
	people = slices.DeleteFunc(people, func(id int64) bool { return id == t.Me })
	err = owe(t.In, a, noteMore, "receipt", people, fmt.Sprintf("先前那件孩子的事，%s报了公安，接警号%s。", t.Book.Name(t.Me), number))
	return line.Ask("好，接警号" + number + "记下了，不再提您。了结了讲一声，原话留好。"), err
}

// withoutReceipt reports whether an alert must be reported first: only 误报 ends
// it without the number of the police.
func withoutReceipt(t *line.Turn, a storage.Alert, words string) (bool, error) {
	if !circleOf(class(a)).report || endingOf(words) == mistaken {
		return false, nil
	}
	logs, err := t.In.AlertLogs(a.ID)
	return !slices.ContainsFunc(logs, func(l storage.AlertLog) bool { return l.What == storage.LogReceipt }), err
}

// ringYourself gives the telephones to whoever asks about an open alert.
func ringYourself(t *line.Turn, a storage.Alert) (line.Answer, error) {
	s := scene{report: report{Class: class(a), Elders: known(a.Elder)}, b: t.Book, now: t.Now(), speaker: t.Me}
	text := s.call(s.line())
	if circleOf(class(a)).sealed {
		return line.Ask(text), nil
	}
	if list := s.telephones(); list != "" {
		text += list + "。"
	}
	return line.Ask(text + "打通了讲一声“打了”。"), nil
}
