package absence

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// hearDead hears that somebody has died, from a person who was asked 过世，还是出门.
// The secretary-general's 过世 to that question is the confirmation; everybody
// else's is put to her.
func hearDead(t *line.Turn, f line.Fact) error {
	if !t.Is(storage.Secretary) {
		return hearSaid(t, f)
	}
	if unknownOrDead(t, f.Person) {
		return nil
	}
	a := entry(t, f.Person, storage.Died, f.Words)
	reply, err := bury(t, &a)
	t.Said = reply
	return err
}

// hearSaid keeps that somebody is said to have died until the secretary-general
// confirms it; one message alone marks nobody.
func hearSaid(t *line.Turn, f line.Fact) error {
	if unknownOrDead(t, f.Person) {
		return nil
	}
	a := entry(t, f.Person, storage.Died, f.Words)
	if err := said(t, &a); err != nil {
		return err
	}
	if t.Is(storage.Secretary) {
		t.Said = called(t, f.Person) + "过世了？确定回“过世”，不是回“不是”。"
	}
	for _, s := range t.Book.Holders(storage.Secretary, 0) {
		if s == t.Me {
			continue
		}
		err := t.Owe(storage.Notice{
			Person: s, Kind: noteDied, Subject: subject(a.ID), Period: "1", Weight: storage.Direct, Lead: "有1件事请您定，回“看”",
			Words: fmt.Sprintf("%s讲%s过世了，原话“%s”。确定回“过世”，不是回“不是”。号里什么都没有发给他家。", t.Book.Name(t.Me), called(t, f.Person), say.Clip(f.Words, 30)),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func unknownOrDead(t *line.Turn, id int64) bool {
	return id == 0 || t.Book.Person(id).ID == 0 || t.Book.Person(id).Status == storage.Dead
}

// called is a person with age, so that nobody is taken for another.
func called(t *line.Turn, id int64) string {
	p := t.Book.Person(id)
	if age := t.Book.Age(id, t.Now()); age > 0 {
		return fmt.Sprintf("%s（%d组，%d岁）", p.Name, p.Group, age)
	}
	return who(t.Book, id)
}

// confirmDeath hears the secretary-general's 过世 or 不是 to what was put to her.
func confirmDeath(t *line.Turn) (line.Answer, error) {
	no := t.Read.Answer == read.No && len(t.Read.Digits) == 0
	if !t.Is(storage.Secretary) || t.Read.Word != "过世" && !no {
		return line.Answer{}, nil
	}
	waits, err := deathsSaid(t.In)
	if err != nil || len(waits) == 0 {
		return line.Answer{}, err
	}
	if id := sole(t); id != 0 {
		waits = slices.DeleteFunc(waits, func(a storage.Absence) bool { return a.Person != id })
	}
	switch {
	case len(waits) == 0:
		return line.Answer{}, nil
	case len(waits) > 1 && no:
		return line.Answer{}, nil
	case len(waits) > 1:
		var names []string
		for _, a := range waits {
			names = append(names, who(t.Book, a.Person))
		}
		return line.Ask("是哪一位？" + say.List(names) + "，连名字讲，比如“" + t.Book.Name(waits[0].Person) + "过世”。"), nil
	}
	return decide(t, waits[0].ID, !no)
}

func deathsSaid(v storage.In) ([]storage.Absence, error) {
	all, err := v.Absences(storage.AbsenceSaid)
	return slices.DeleteFunc(all, func(a storage.Absence) bool { return a.Kind != storage.Died }), err
}

// decide is the secretary-general's word about what others said.
func decide(t *line.Turn, id int64, yes bool) (line.Answer, error) {
	a, found, err := t.In.LockAbsence(id)
	if err != nil || !found || a.State != storage.AbsenceSaid {
		return line.Answer{}, err
	}
	if !yes {
		a.State, a.EndedBy, a.EndedAt = storage.AbsenceUndone, t.Me, storage.At(t.Now())
		return line.Say("好，" + who(t.Book, a.Person) + "照旧，什么都没有动。"), t.In.SaveAbsence(a)
	}
	if a.Kind == storage.Died {
		reply, err := bury(t, &a)
		return line.Say(reply), err
	}
	return line.Say(stoppedWords(t, a)), confirm(t, &a)
}

// bury is a confirmed death: every reminder, list and request of the house of
// which he was the reason stops; nothing goes out. The reply says whom a person
// has to tell.
func bury(t *line.Turn, a *storage.Absence) (string, error) {
	whom, shelved, err := toldByPerson(t, a.Person)
	if err != nil {
		return "", err
	}
	charges := t.Book.Cares(a.Person)
	if err := confirm(t, a); err != nil {
		return "", err
	}
	text := "节哀。" + called(t, a.Person) + "的探访、体检、问候都停了"
	if shelved > 0 {
		text += fmt.Sprintf("，没办完的%d件收起", shelved)
	}
	text += "。"
	if len(whom) > 0 {
		text += say.List(names(t.Book, whom)) + "那边，请您当面或打电话讲。"
	}
	if len(charges) > 0 {
		text += fmt.Sprintf("原来看的%d位老人要另外定人：%s。", len(charges), say.List(names(t.Book, charges[:min(3, len(charges))])))
	}
	if left := alone(t.Book, a.Person); left != 0 {
		text += t.Book.Name(left) + "一个人在屋了，探访要不要改“高”，早上的单子里问您。"
	}
	return text + "弄错了回“错了”。", nil
}

func names(b *book.Book, ids []int64) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = b.Name(id)
	}
	return out
}

// toldByPerson are those who visited or were going to help: a person tells them,
// never a bulk text. shelved is how many requests are laid aside.
func toldByPerson(t *line.Turn, person int64) (whom []int64, shelved int, err error) {
	add := func(id int64) {
		if id != 0 && id != t.Me && id != person && !slices.Contains(whom, id) {
			whom = append(whom, id)
		}
	}
	if p, ok := t.Book.Plan(person); ok {
		add(p.Visitor)
	}
	helps, err := t.In.HelpsFor(person)
	if err != nil {
		return nil, 0, err
	}
	for _, h := range helps {
		add(h.Holder)
	}
	visits, err := t.In.VisitsTo(person, storage.Day(t.Now().AddDate(0, -1, 0)))
	if err != nil {
		return nil, 0, err
	}
	for _, v := range visits {
		if v.Met {
			add(v.Visitor)
		}
	}
	return whom, len(helps), nil
}

// restore hears 舒忠良没过世, 恢复舒忠良: a mistake can be taken back at any time.
func restore(t *line.Turn) (line.Answer, error) {
	if !t.Is(storage.Secretary) || !holds(t.Read.Text, wrongWords) {
		return line.Answer{}, nil
	}
	on, err := t.In.Absences(storage.AbsenceOn)
	if err != nil {
		return line.Answer{}, err
	}
	on = slices.DeleteFunc(on, func(a storage.Absence) bool { return !named(t.Book, t.Read.Text, a.Person) })
	if len(on) != 1 {
		return line.Answer{}, nil
	}
	return takeBack(t, on[0].ID)
}

// takeBack undoes an absence that was a mistake.
func takeBack(t *line.Turn, id int64) (line.Answer, error) {
	a, found, err := t.In.LockAbsence(id)
	if err != nil || !found || a.State == storage.AbsenceUndone || a.State == storage.AbsenceEnded {
		return line.Answer{}, err
	}
	shelved, err := t.In.HelpsAbout(a.Person, storage.Shelved)
	if err != nil {
		return line.Answer{}, err
	}
	if err := end(t, a, storage.AbsenceUndone); err != nil {
		return line.Answer{}, err
	}
	text := "好，" + who(t.Book, a.Person) + "恢复，探访照原来的日子"
	if len(shelved) > 0 {
		text += fmt.Sprintf("，收起的%d件也接着办", len(shelved))
	}
	if a.Kind == storage.Died {
		return line.Say(text + "。没有发出过任何消息。"), nil
	}
	return line.Say(text + "。"), nil
}

// freshDied lets the question live until somebody has decided.
func freshDied(v storage.In, _ *book.Book, n *storage.Notice) (string, error) {
	a, err := absenceOf(v, *n)
	if err == nil && a.State != storage.AbsenceSaid {
		return n.Subject + " is decided", nil
	}
	return "", err
}

func absenceOf(v storage.In, n storage.Notice) (storage.Absence, error) {
	id, err := strconv.ParseInt(strings.TrimPrefix(n.Subject, "absence:"), 10, 64)
	if err != nil {
		return storage.Absence{}, fmt.Errorf("notice about %q: %w", n.Subject, err)
	}
	a, _, err := v.Absence(id)
	return a, err
}
