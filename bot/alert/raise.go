package alert

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// Raise hears a line in which somebody is in danger now. It never asks before it
// has answered, and it leaves an open question to be taken up again.
func Raise(t *line.Turn) (line.Answer, error) {
	t.State.Keep()
	if t.Book == nil { // what to do comes first, then the question where (settled.md 4)
		return line.Ask(Fixed(t.Read.Danger, nil, t.Now(), 0) + "您是哪个镇哪个村的？"), nil
	}
	return raise(t, heard(t))
}

// raise stores the alert and the notices that it causes.
func raise(t *line.Turn, r report) (line.Answer, error) {
	if elder := r.elder(); elder != 0 { // two who report about one person wait for one another
		if err := t.In.LockPerson(elder); err != nil {
			return line.Answer{}, err
		}
	}
	var err error
	if r.county, err = toProtection(t, r); err != nil {
		return line.Answer{}, err
	}
	open, found, err := alike(t, r)
	if err != nil {
		return line.Answer{}, err
	}
	if found {
		return again(t, r, open)
	}
	a := storage.Alert{
		Class: string(r.Class), Elder: r.elder(), Person: t.Me, Account: t.Msg.Account, OpenID: t.Msg.OpenID,
		Words: r.Words, SourceKey: t.Source(), Ordinal: t.Next("alert"),
	}
	if err := t.In.AddAlert(&a); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.LogAlert(a.ID, t.Me, storage.LogRaised, r.Words); err != nil {
		return line.Answer{}, err
	}
	told, err := spread(t, r, &a)
	if err != nil {
		return line.Answer{}, err
	}
	return reply(t, r, a.ID, told)
}

// hearNoContact raises the alert of class 失联 that a visitor's report led to;
// the visitor is answered by the line that asked him.
func hearNoContact(t *line.Turn, f line.Fact) error {
	t.State.Keep()
	_, err := raise(t, report{Class: noContact, Signs: []string{"叫门没人应"}, Words: f.Words, Elders: known(f.Person)})
	return err
}

// reply is the fixed text with what really happened behind it. Only for a child
// a question follows, the single one that section N allows.
func reply(t *line.Turn, r report, id int64, told []int64) (line.Answer, error) {
	s := scene{report: r, b: t.Book, now: t.Now(), speaker: t.Me}
	text := s.text(s.telling(told))
	if plain(r.Class) != read.Child {
		return line.Ask(text), nil
	}
	return t.Question(line.Question{Line: name, Name: askSafe, Ref: id, Text: text + "孩子现在安全吗？"}), nil
}

// mergeWithin is how long what is said about the same danger belongs to the
// alert that is open: who sees somebody lie there writes more than one line.
const mergeWithin = time.Hour

// alike finds the open alert that a report belongs to: of the same kind, about
// the same person or from the same telephone.
func alike(t *line.Turn, r report) (storage.Alert, bool, error) {
	alerts, err := t.In.OpenAlerts()
	if err != nil {
		return storage.Alert{}, false, err
	}
	for _, a := range alerts {
		if a.Class == string(r.Class) && t.Now().Sub(a.CreatedAt.Time()) < mergeWithin && sameMatter(t, r, a) {
			return a, true, nil
		}
	}
	return storage.Alert{}, false, nil
}

func sameMatter(t *line.Turn, r report, a storage.Alert) bool {
	elder := r.elder()
	if elder != 0 && a.Elder == elder {
		return !circleOf(r.Class).sealed || caller(t, a)
	}
	return caller(t, a) && (elder == 0 && len(r.Elders) == 0 || a.Elder == 0)
}

// caller reports whether the speaker is the one who raised an alert.
func caller(t *line.Turn, a storage.Alert) bool {
	if a.OpenID == "" { // raised by the clock over what a visitor reported
		return a.Person != 0 && a.Person == t.Me
	}
	return a.OpenID == t.Msg.OpenID && a.Account == t.Msg.Account
}

// again adds to an open alert what is said now: those who were told hear it,
// nobody is told twice that there is an alert.
func again(t *line.Turn, r report, open storage.Alert) (line.Answer, error) {
	a, found, err := t.In.LockAlert(open.ID)
	if err != nil || !found {
		return line.Answer{}, err
	}
	if a.Elder == 0 {
		a.Elder = r.elder()
	}
	a.Words = clip(a.Words+"；"+r.Words, maxWords)
	if err := t.In.SaveAlert(a); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.LogAlert(a.ID, t.Me, storage.LogMore, r.Words); err != nil {
		return line.Answer{}, err
	}
	people, err := toldOf(t.In, a.ID)
	if err != nil {
		return line.Answer{}, err
	}
	others := slices.DeleteFunc(slices.Clone(people), func(id int64) bool { return id == t.Me })
	words := fmt.Sprintf("又讲了%s：“%s”", place(t.Book, a), r.Words)
	if err := owe(t.In, a, noteMore, t.Source(), others, words); err != nil {
		return line.Answer{}, err
	}
	r.Elders = known(a.Elder)
	reach, err := reachable(t.In)
	if err != nil {
		return line.Answer{}, err
	}
	return reply(t, r, a.ID, within(others, reach))
}

func known(elder int64) []int64 {
	if elder == 0 {
		return nil
	}
	return []int64{elder}
}

// maxWords is what the records hold of an alert's words, in characters.
const maxWords = 400

func clip(s string, n int) string {
	r := []rune(s)
	return string(r[:min(len(r), n)])
}

// pack keeps a report in a question.
func (r report) pack() (string, error) {
	data, err := json.Marshal(r)
	if err != nil {
		return "", fmt.Errorf("keep report: %w", err)
	}
	return string(data), nil
}

func unpack(data string) (report, error) {
	var r report
	if err := json.Unmarshal([]byte(data), &r); err != nil {
		return r, fmt.Errorf("read report: %w", err)
	}
	return r, nil
}
