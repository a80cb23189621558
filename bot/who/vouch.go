package who

import (
	"fmt"
	"slices"
	"strings"

	"mishu/bot/line"
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
