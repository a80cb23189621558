package consent

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"mishu/bot/access"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

var (
	noHealth  = regexp.MustCompile(`(不要|莫|别|不许|不准)(再)?记(我)?(的)?(身体|病|健康|血压)`)
	tellNot   = regexp.MustCompile(`^(不要|莫|别|不许)(再)?(跟|同|和)?(告诉|讲给|讲|说)?(给)?(我)?(屋里)?(的)?(崽|儿子|女儿|女|儿女|崽女|孩子|媳妇|他|她|屋里人|家里人)`)
	tellAgain = regexp.MustCompile(`^(可以|能|要得|肯|准)(告诉|讲给|跟)(我)?(的)?(崽|儿子|女儿|女|儿女|崽女|孩子|媳妇|他|她|屋里人|家里人)`)
	agreesAll = regexp.MustCompile(`^(我)?(同意健康|都同意|同意记身体|身体也同意)$`)
	agrees    = regexp.MustCompile(`^(我)?(同意|同意记|同意记我的)$`)
	whatKept  = regexp.MustCompile(`^(我的资料|查我的资料|记了我(么子|什么|些什么)|你们记了我(么子|什么)|我同意了(么子|什么))$`)
	readOut   = regexp.MustCompile(`^(隐私说明|同意书|念同意书|念给我听)$`)
)

// own hears what somebody wants kept of himself, and told to whom.
func own(t *line.Turn) (line.Answer, error) {
	text := strings.Trim(t.Read.Text, " 。，,.！!？?")
	switch {
	case t.Read.Word == "退出" && t.State.Open == nil:
		return leaving(t), nil
	case noHealth.MatchString(text):
		err := agree(t, said{person: t.Me, kind: storage.ToHealth, answer: storage.Withdrawn, way: way(t)})
		return line.Say("好，您身体的事不记了，记过的删了。照样有人来看您。"), err
	case tellNot.MatchString(text) && len(t.Book.SpokenFor(t.Me)) > 0:
		return hearing(t, storage.Never)
	case tellNot.MatchString(text):
		return line.Say("好，您的事不讲给别个听。往后屋里有人要听，先问您肯不肯。"), nil
	case tellAgain.MatchString(text) && len(t.Book.SpokenFor(t.Me)) > 0:
		return hearing(t, storage.Given)
	case agreesAll.MatchString(text):
		err := both(t, t.Me, storage.Given, storage.Given, way(t), "")
		return line.Say("记下了，您都同意。身体的事只有村医和" + t.Book.Called() + "能看。想停就讲“退出”。"), err
	case agrees.MatchString(text) && t.State.Open == nil:
		err := agree(t, said{person: t.Me, kind: storage.ToBasic, answer: storage.Given, way: way(t)})
		return line.Say("记下了，您同意记住址电话。身体情况也肯记，就讲“同意健康”。"), err
	case readOut.MatchString(text):
		return t.Aside(Text(t.Book, storage.ToBasic, t.Now()) + "同意就讲“同意”，身体情况也肯记就讲“同意健康”。"), nil
	case whatKept.MatchString(text):
		return kept(t), nil
	}
	return line.Answer{}, nil
}

// hearing opens or shuts what the speaker's children hear: the one he names, else
// all of them. His own word wins over every other.
func hearing(t *line.Turn, answer string) (line.Answer, error) {
	var names []string
	for _, p := range t.Book.SpokenFor(t.Me) {
		if !meant(t, p.Person) {
			continue
		}
		if err := agree(t, said{person: t.Me, kind: storage.ToProxy, about: p.Person, answer: answer, way: way(t)}); err != nil {
			return line.Answer{}, err
		}
		names = append(names, t.Book.Name(p.Person))
	}
	if answer == storage.Given {
		return line.Say("好，看望的日子讲给" + say.List(names) + "听。"), nil
	}
	return line.Say("好，您的事不讲给" + say.List(names) + "听了。哪天肯了，讲“可以告诉我崽”。"), nil
}

// whoHears hears 我女晓得我的事不: who hears of the speaker's visits.
func whoHears(t *line.Turn) (line.Answer, error) {
	var names []string
	for _, p := range t.Book.SpokenFor(t.Me) {
		if access.May(t.Book, p.Person, access.Visited, t.Me) {
			names = append(names, t.Book.Name(p.Person))
		}
	}
	if len(names) == 0 {
		return t.Aside("屋里人听不到您的事。哪个想听，先问您肯不肯。"), nil
	}
	return t.Aside(say.List(names) + "听得到看望的日子，是您肯了的。不给听了就讲“莫告诉我崽”。"), nil
}

// meant reports whether a line is about one child: the one named, or everybody
// where nobody is named.
func meant(t *line.Turn, child int64) bool {
	if len(t.Read.Mentions) == 0 {
		return true
	}
	return slices.ContainsFunc(t.Read.Mentions, func(m read.Mention) bool { return slices.Contains(m.People, child) })
}

// kept tells somebody what the records hold of him, in plain words.
func kept(t *line.Turn) line.Answer {
	p := t.Book.Person(t.Me)
	parts := []string{"姓名、组"}
	for _, f := range []struct {
		there bool
		what  string
	}{
		{p.Born != "", "出生年"},
		{p.Phone != "", "电话"},
		{p.Door != "", "住址"},
		{t.Book.Basis(t.Me).Health(), "看望时的身体情况"},
		{len(t.Book.Traits(t.Me)) > 0, "钥匙、听力这些"},
		{len(t.Book.SpokenFor(t.Me)) > 0, "哪个替您讲事"},
	} {
		if f.there {
			parts = append(parts, f.what)
		}
	}
	return t.Aside("记了您的：" + strings.Join(parts, "、") + "，看望的日子。要改要删讲一声，全不要讲“退出”。")
}

// leaving asks once before everything is taken away.
func leaving(t *line.Turn) line.Answer {
	return t.Question(line.Question{
		Line: name, Name: askLeave,
		Text: "退出以后，您的住址、电话、身体情况都删掉，这个号不再找您；看望的日子按规定留着。要人帮忙照样打电话" + phone(t) + "。真要退出回“确定退出”，不退回“不退”。",
	})
}

func phone(t *line.Turn) string { return t.Office() }

// answerLeave hears whether he really wants out.
func answerLeave(t *line.Turn, _ line.Question) (line.Answer, error) {
	text := strings.Trim(t.Read.Text, " 。，,.！!")
	switch {
	case text == "确定退出" || text == "确定":
		t.Close()
		return leave(t, t.Me, way(t), "")
	case text == "不退" || t.Read.Answer == read.No:
		t.Close()
		return line.Say("好，照旧。有事您讲。"), nil
	}
	return line.Answer{}, nil
}

// leave withdraws everything that a person agreed to, takes away what was kept
// under it, and unbinds his telephones. He is told what stays.
func leave(t *line.Turn, person int64, way, witness string) (line.Answer, error) {
	err := both(t, person, storage.Withdrawn, storage.Withdrawn, way, witness)
	for _, p := range t.Book.SpokenFor(person) {
		err = errors.Join(err, agree(t, said{person: person, kind: storage.ToProxy, about: p.Person, answer: storage.Withdrawn, way: way, witness: witness}))
	}
	if err = errors.Join(err, t.In.Forget(person, storage.ToBasic), unbind(t, person)); err != nil {
		return line.Answer{}, err
	}
	p := t.Book.Person(person)
	for _, id := range t.Book.Holders(storage.Secretary, 0) {
		if id == t.Me {
			continue
		}
		err := t.Owe(storage.Notice{
			Person: id, Kind: noteLeft, Subject: subject(person, 0), Period: storage.Day(t.Now()), Weight: storage.Direct, Lead: "有1件事要您晓得，回“看”",
			Words: fmt.Sprintf("%d组%s退出了，住址电话这些已经删了。上门看望照旧。", p.Group, p.Name),
		})
		if err != nil {
			return line.Answer{}, err
		}
	}
	if person != t.Me {
		return line.Say(fmt.Sprintf("记下了：%s退出，%s作证。住址电话、身体情况都删了，看望的日子留着。", p.Name, witness)), nil
	}
	return line.Say("好，您退出了，住址、电话、身体情况都删了。要人帮忙打电话" + phone(t) + "。"), nil
}

// unbind takes a person's telephones off him.
func unbind(t *line.Turn, person int64) error {
	members, err := t.In.MembersOf(person)
	if err != nil {
		return err
	}
	for _, m := range members {
		m.State = storage.Stopped
		if err := t.In.SaveMember(m); err != nil {
			return err
		}
		t.Touch(m.Account, m.OpenID)
	}
	return nil
}
