package who

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// answerPerson hears which person of the roster a newcomer is.
func answerPerson(t *line.Turn, q line.Question) (line.Answer, error) {
	m, found, err := t.In.Member(q.Ref)
	if err != nil || !found {
		return line.Answer{}, err
	}
	if m.State != storage.Pending {
		t.Close()
		return decided(m), nil
	}
	if d := t.Read.Digits; len(d) == 1 && d[0] >= 1 && d[0] <= len(q.Refs) {
		id := q.Refs[d[0]-1]
		t.Close()
		if settled, err := bind(t, m, id, t.Book.Name(id)); err != nil || !settled {
			return decided(m), err
		}
		return line.Say("好，认了：" + describe(t, id) + "。"), nil
	}
	if t.Read.Answer == read.No {
		return offerToAdd(t, m, ""), nil
	}
	return line.Answer{}, nil
}

func decided(m storage.Member) line.Answer { return line.Say(label(m) + "先前定过了。") }

// offerToAdd asks whether somebody who is known by face goes on the roster:
// others are added when they first speak (settled.md 24).
func offerToAdd(t *line.Turn, m storage.Member, before string) line.Answer {
	if !complete(m) {
		t.Close()
		return line.Ask(before + label(m) + "还没认：名册上没对上，请他讲“几组的、叫什么名字”，再来认。")
	}
	return t.Question(line.Question{
		Line: name, Name: askAdd, Ref: m.ID, Text: before + "名册上没有" + label(m) + "。加进去就回“加”，先放着回“不加”。",
	})
}

var fullName = regexp.MustCompile(`^\p{Han}[\p{Han}·]{1,14}$`)

// complete reports whether enough is known for the smallest roster: name and
// group.
func complete(m storage.Member) bool { return m.AskedGroup > 0 && ownName(m) != "" }

// behindKin is a name behind whose child somebody is.
var behindKin = regexp.MustCompile(`(?:女儿|女婿|女崽|女|崽|儿子|儿媳|儿|媳妇|孙子|孙女|孙|侄儿|侄子|侄女|侄)(\p{Han}{2,4})$`)

// ownName is the full name that a newcomer gave of himself, also 夏小丽 of 夏桂花的女儿
// 夏小丽; "" of 刘满生的崽海波, whose surname only others know.
func ownName(m storage.Member) string {
	name := m.AskedName
	if of := behindKin.FindStringSubmatch(name); of != nil && strings.Contains(surnames, string([]rune(of[1])[:1])) {
		name = of[1]
	}
	if !fullName.MatchString(name) || len([]rune(name)) > 4 {
		return ""
	}
	return name
}

// answerAdd hears 加 or 不加.
func answerAdd(t *line.Turn, q line.Question) (line.Answer, error) {
	m, found, err := t.In.Member(q.Ref)
	if err != nil || !found {
		return line.Answer{}, err
	}
	switch {
	case m.State != storage.Pending:
		t.Close()
		return decided(m), nil
	case t.Read.Answer == read.No || strings.HasPrefix(t.Read.Text, "不加"):
		t.Close()
		return line.Say("好，" + label(m) + "先放着，每天早上提您。"), nil
	case t.Read.Answer == read.Yes || strings.HasPrefix(t.Read.Text, "加"):
		t.Close()
		return add(t, m)
	}
	return line.Answer{}, nil
}

// add puts a newcomer on the roster and binds him.
func add(t *line.Turn, m storage.Member) (line.Answer, error) {
	p := storage.Person{Name: ownName(m), Group: m.AskedGroup}
	if err := t.In.AddPerson(&p); err != nil {
		return line.Answer{}, err
	}
	if settled, err := bind(t, m, p.ID, p.Name); err != nil || !settled {
		return line.Answer{}, errors.Join(err, fmt.Errorf("bind a person just added: settled %t", settled))
	}
	return line.Say(fmt.Sprintf("好，%s加进名册，也认了。", label(m))), t.In.Changed()
}
