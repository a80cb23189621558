package who

import (
	"encoding/json"
	"fmt"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// Register hears 我是3组李小军 and 登记 from somebody who is bound already.
func Register(t *line.Turn) (line.Answer, error) {
	if t.Me == 0 {
		return Stranger(t)
	}
	return line.Say("您登记好了的，是" + t.Book.Name(t.Me) + "。换了人用这个号，请跟" + t.Book.Called() + "讲一声。"), nil
}

// answerWho hears the answer to "您是几组的哪位": what is still missing is asked
// once more, everything else goes to a person.
func answerWho(t *line.Turn, q line.Question) (line.Answer, error) {
	before, err := half(q)
	if err != nil {
		return line.Answer{}, err
	}
	in := loose(t.Read)
	switch {
	case t.Read.Intent == read.Register:
		in = claimed(t.Read)
	case t.Read.Word == "不晓得" && before.Name != "":
		return enroll(t, before)
	}
	if in.Name == "" && in.Group == 0 && in.Phrase == "" {
		return line.Answer{}, nil
	}
	in = in.with(before)
	switch {
	case in.Name == "" && in.Phrase == "":
		return askHalf(t, in, fmt.Sprintf("%d组的哪位？讲名字就行。", in.Group))
	case in.Group == 0 && in.Of == 0 && in.Phrase == "" && before == (introduction{}):
		return askHalf(t, in, in.Name+"，您是几组的？讲“3组”这样，不晓得就讲“不晓得”。")
	}
	return enroll(t, in)
}

// with fills from what was said before.
func (in introduction) with(before introduction) introduction {
	if in.Name == "" {
		in.Name = before.Name
	}
	if in.Group == 0 {
		in.Group = before.Group
	}
	return in
}

func half(q line.Question) (introduction, error) {
	var in introduction
	if q.Data == "" {
		return in, nil
	}
	if err := json.Unmarshal([]byte(q.Data), &in); err != nil {
		return in, fmt.Errorf("read introduction: %w", err)
	}
	return in, nil
}

func askHalf(t *line.Turn, in introduction, text string) (line.Answer, error) {
	data, err := json.Marshal(in)
	if err != nil {
		return line.Answer{}, fmt.Errorf("keep introduction: %w", err)
	}
	return t.Question(line.Question{Line: name, Name: askWho, Data: string(data), Text: text}), nil
}

// enroll stores who somebody says he is, and asks a person who knows the face.
// The reply is the same whether or not the roster has such a person.
func enroll(t *line.Turn, in introduction) (line.Answer, error) {
	m, known, err := asked(t)
	if err != nil {
		return line.Answer{}, err
	}
	again := known && m.State == storage.Pending && m.AskedName == in.label() && m.AskedGroup == in.group(t)
	m.Account, m.OpenID, m.State, m.Followed = t.Msg.Account, t.Msg.OpenID, storage.Pending, true
	m.Person, m.AskedName, m.AskedGroup, m.VouchedBy = in.match(t.Book), in.label(), in.group(t), 0
	if known {
		err = t.In.SaveMember(m)
	} else {
		err = t.In.AddMember(&m)
	}
	if err != nil {
		return line.Answer{}, err
	}
	t.Touch(m.Account, m.OpenID)
	t.Close()
	by, err := askAbout(t, m, in, again)
	if err != nil {
		return line.Answer{}, err
	}
	return line.Ask("好，记下了：" + in.spoken() + "。请" + by + "认一下，认了就告诉您。" + urgent(t)), nil
}

// label is what whoever vouches reads: the name, or the phrase where the name
// alone would say less.
func (in introduction) label() string {
	if in.Phrase != "" {
		return in.Phrase
	}
	return in.Name
}

// group is the group that was said, else that of the one he belongs to.
func (in introduction) group(t *line.Turn) int {
	if in.Group > 0 {
		return in.Group
	}
	return t.Book.Person(in.Of).Group
}

// label names somebody who waits: 3组李小军.
func label(m storage.Member) string {
	if m.AskedGroup == 0 {
		return m.AskedName
	}
	return fmt.Sprintf("%d组%s", m.AskedGroup, m.AskedName)
}
