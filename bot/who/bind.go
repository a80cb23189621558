package who

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// identify asks which person of the roster it is, or whether to put him on it.
func identify(t *line.Turn, m storage.Member, before string) (line.Answer, error) {
	people := t.Book.Roster.Find(m.AskedName, 0)
	if len(people) == 0 { // 德贵, who is 舒德贵 on the roster
		people = soundsLike(t, m)
	}
	if len(people) == 0 {
		of, err := family(t, m)
		if err != nil {
			return line.Answer{}, err
		}
		people = of
	}
	if len(people) > batchBound {
		people = people[:batchBound]
	}
	if len(people) == 0 {
		return offerToAdd(t, m, before), nil
	}
	var parts []string
	for i, id := range people {
		parts = append(parts, fmt.Sprintf("%d %s", i+1, describe(t, id)))
	}
	return t.Question(line.Question{
		Line: name, Name: askPerson, Ref: m.ID, Refs: people,
		Text: before + label(m) + "是名册上哪位？" + strings.Join(parts, " ") + "，回数字；都不是回“没有”。",
	}), nil
}

// soundsLike are those of the group whose given name or sound fits what somebody
// said of himself; whoever vouches chooses.
func soundsLike(t *line.Turn, m storage.Member) []int64 {
	if len([]rune(m.AskedName)) > 3 { // 刘满生的崽海洋 names another
		return nil
	}
	r := read.Read(m.AskedName, read.Context{Now: t.Now(), Roster: t.Book.Roster})
	if len(r.Mentions) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(r.Mentions[0].People), func(id int64) bool { return m.AskedGroup != 0 && t.Book.Person(id).Group != m.AskedGroup })
}

// family are those of the roster who live with the one whose child somebody says
// he is: 刘满生的崽 need not say his own name, whoever knows his face has it.
func family(t *line.Turn, m storage.Member) ([]int64, error) {
	w, found, err := t.In.VouchingFor(m.ID)
	if err != nil || !found || w.Elder == 0 {
		return nil, err
	}
	return t.Book.Family(w.Elder), nil
}

// describe names a person so that namesakes can be told apart.
func describe(t *line.Turn, id int64) string {
	p := t.Book.Person(id)
	text := p.Name
	if p.Group > 0 {
		text = fmt.Sprintf("%d组%s", p.Group, p.Name)
	}
	if age := t.Book.Age(id, t.Now()); age > 0 {
		text += strconv.Itoa(age) + "岁"
	}
	return text
}

// bind makes a pending member a person, and tells him; false if somebody decided
// about him before.
func bind(t *line.Turn, m storage.Member, person int64, called string) (bool, error) {
	settled, err := settle(t, m, person, storage.Active)
	if err != nil || !settled {
		return settled, err
	}
	of, err := speaksFor(t, m, person)
	if err != nil {
		return true, err
	}
	return true, t.Owe(storage.Notice{
		Person: person, Account: m.Account, OpenID: m.OpenID, Kind: noteBound, Subject: subject(m.ID), Period: storage.Day(t.Now()), Weight: storage.Direct,
		Lead: "您登记好了，回“看”", Words: "认得您了，登记好了。要帮忙就直接讲一声。您是" + called + "。" + of,
	})
}

// speaksFor makes 刘满生的崽海波, whose face is known, one who may speak for his
// parent: the one word settles both, for both were in the question. What he hears
// the parent is asked at the door (settled.md 26). It returns what he is told.
func speaksFor(t *line.Turn, m storage.Member, person int64) (string, error) {
	w, found, err := t.In.VouchingFor(m.ID)
	if err != nil || !found || w.Elder == 0 || w.Elder == person {
		return "", err
	}
	if err := t.Publish(line.Fact{Kind: line.Child, Person: person, Of: w.Elder, Words: w.Words}); err != nil {
		return "", err
	}
	return "可以替" + t.Book.Name(w.Elder) + "讲事；看望的日子您听不听得，上门的人去问老人。", nil
}

// refuse tells the newcomer once to ring; nobody says that he lied.
func refuse(t *line.Turn, m storage.Member) (bool, error) {
	settled, err := settle(t, m, m.Person, storage.Refused)
	if err != nil || !settled {
		return settled, err
	}
	return true, t.Owe(storage.Notice{
		Account: m.Account, OpenID: m.OpenID, Kind: noteRefused, Subject: subject(m.ID), Period: storage.Day(t.Now()), Weight: storage.Direct,
		Lead: "您登记的事，回“看”", Words: "您登记的事，请打个电话跟" + t.Book.Called() + "讲一声。" + number(t) + urgent(t),
	})
}

// settle stores a decision, unless one was stored before.
func settle(t *line.Turn, m storage.Member, person int64, state string) (bool, error) {
	settled, err := t.In.SettleMember(m.ID, person, state, t.Me)
	if err != nil || !settled {
		return false, err
	}
	t.Touch(m.Account, m.OpenID)
	for _, kind := range []string{noteVouch, noteWaiting} {
		if err := t.In.ClearNotices(kind, subject(m.ID), subject(m.ID)+" is "+state); err != nil {
			return false, err
		}
	}
	return true, nil
}
