package who

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// batchBound is how many wait in one list: a digit is one key.
const batchBound = 9

// vouchable are the pending members about whom the speaker may decide, oldest
// first: all for the secretary-general, a leader's own group for him.
func vouchable(t *line.Turn) ([]storage.Member, error) {
	if !t.Is(storage.Secretary, storage.Leader, storage.Chair) {
		return nil, nil
	}
	all, err := t.In.MembersIn(storage.Pending, 100)
	if err != nil {
		return nil, err
	}
	mine := slices.DeleteFunc(all, func(m storage.Member) bool { return !mayVouch(t, m) })
	return mine[:min(len(mine), batchBound)], nil
}

// mayVouch reports whether the speaker may say whether he knows a face; nobody
// says it of himself.
func mayVouch(t *line.Turn, m storage.Member) bool {
	if m.Person == t.Me {
		return false
	}
	if t.Is(storage.Secretary, storage.Chair) {
		return true
	}
	return slices.ContainsFunc(t.Book.Roles(t.Me), func(r storage.Role) bool {
		return r.Role == storage.Leader && r.Group != 0 && r.Group == m.AskedGroup
	})
}

// Vouch hears 认识 / 不认识, about one or in a batch: 都认识，除了小军.
func Vouch(t *line.Turn) (line.Answer, error) {
	if !aboutFaces(t.Read.Text) {
		return line.Answer{}, nil
	}
	waiting, err := vouchable(t)
	if err != nil {
		return line.Answer{}, err
	}
	if len(waiting) == 0 {
		return nobodyWaits(t), nil
	}
	return decide(t, waiting, verdicts(t.Read.Text, waiting))
}

// nobodyWaits answers 认识 from somebody who vouches when nobody is left.
func nobodyWaits(t *line.Turn) line.Answer {
	if (t.Read.Word != "认识" && t.Read.Word != "不认识") || !t.Is(storage.Secretary, storage.Leader, storage.Chair) {
		return line.Answer{}
	}
	return line.Say("现在没有等您认的人。")
}

// vouchOrder hears "1认识 2不认识" where no brief of today has given the digits
// another meaning (settled.md 16).
func vouchOrder(t *line.Turn) (line.Answer, error) {
	if !aboutFaces(t.Read.Text) {
		return line.Answer{}, nil
	}
	items, err := t.In.BriefItems(storage.Day(t.Now()))
	if err != nil || len(items) > 0 {
		return line.Answer{}, err
	}
	return Vouch(t)
}

// answerVouch hears the answer to the list, by digits or names. The digits are
// those of the list as it was shown.
func answerVouch(t *line.Turn, q line.Question) (line.Answer, error) {
	if !aboutFaces(t.Read.Text) {
		return line.Answer{}, nil
	}
	shown := make([]storage.Member, 0, len(q.Refs))
	for _, id := range q.Refs {
		m, found, err := t.In.Member(id)
		if err != nil {
			return line.Answer{}, err
		}
		if found && mayVouch(t, m) {
			shown = append(shown, m)
		}
	}
	t.Close()
	return decide(t, shown, verdicts(t.Read.Text, shown))
}

// decide carries out what was said of those who wait; with nothing clear it
// shows the list.
func decide(t *line.Turn, waiting []storage.Member, said []verdict) (line.Answer, error) {
	if !slices.ContainsFunc(said, func(v verdict) bool { return v != unsaid }) {
		return list(t, waiting), nil
	}
	var result batch
	for i, m := range waiting {
		if err := result.one(t, m, said[i]); err != nil {
			return line.Answer{}, err
		}
	}
	return result.answer(t)
}

// list shows who waits, with digits.
func list(t *line.Turn, waiting []storage.Member) line.Answer {
	var parts []string
	var refs []int64
	for i, m := range waiting {
		parts = append(parts, fmt.Sprintf("%d %s", i+1, label(m)))
		refs = append(refs, m.ID)
	}
	text := fmt.Sprintf("有%d个人等认：%s。回“1认识 2不认识”，或“都认识”。", len(waiting), strings.Join(parts, " "))
	return t.Question(line.Question{Line: name, Name: askVouch, Refs: refs, Text: text})
}

// batch is what came of one answer.
type batch struct {
	bound, refused, before []string
	open                   []storage.Member // known by face, not yet by the roster
}

func (b *batch) one(t *line.Turn, m storage.Member, v verdict) error {
	switch {
	case v == unsaid:
		return nil
	case m.State != storage.Pending:
		b.before = append(b.before, label(m))
		return nil
	}
	if err := called(t, m); err != nil {
		return err
	}
	switch {
	case v != unknown && m.Person == 0:
		b.open = append(b.open, m)
		return nil
	case v != unknown:
		if v == replaced {
			if err := stopOthers(t, m); err != nil {
				return err
			}
		}
		settled, err := bind(t, m, m.Person, t.Book.Name(m.Person))
		b.note(&b.bound, settled, m, t.Book.Name(m.Person))
		return err
	}
	settled, err := refuse(t, m)
	b.note(&b.refused, settled, m, label(m))
	return err
}

// stopOthers unbinds the telephones that a person had before a new one.
func stopOthers(t *line.Turn, m storage.Member) error {
	have, err := t.In.MembersOf(m.Person)
	if err != nil {
		return err
	}
	for _, old := range have {
		if old.ID == m.ID {
			continue
		}
		old.State = storage.Stopped
		if err := t.In.SaveMember(old); err != nil {
			return err
		}
		t.Touch(old.Account, old.OpenID)
	}
	return nil
}

// note remembers what came of one; two who decide at once wait for one another,
// and the second finds it decided.
func (b *batch) note(done *[]string, settled bool, m storage.Member, called string) {
	if !settled {
		b.before = append(b.before, label(m))
		return
	}
	*done = append(*done, called)
}

// answer reads back by name what was done, and asks about the first whom the
// roster does not know.
func (b *batch) answer(t *line.Turn) (line.Answer, error) {
	var parts []string
	if len(b.bound) > 0 {
		parts = append(parts, "认了："+say.List(b.bound)+"。")
	}
	if len(b.refused) > 0 {
		parts = append(parts, "没认："+say.List(b.refused)+"。")
	}
	if len(b.before) > 0 {
		parts = append(parts, say.List(b.before)+"先前定过了。")
	}
	done := strings.Join(parts, "")
	if len(b.open) == 0 {
		return line.Say("好，" + done), nil
	}
	return identify(t, b.open[0], done)
}

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
