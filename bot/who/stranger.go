package who

import (
	"fmt"

	"mishu/bot/access"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/talk"
	"mishu/storage"
)

// question is the only thing a stranger is asked. He is never told to register
// first: his words are kept and a person sees them.
const question = "您是几组的哪位？讲“3组李小军”这样。"

// Asks says that a stranger has been asked who he is.
func Asks(s *line.State) { s.Open = &line.Question{Line: name, Name: askWho, Text: question} }

// Stranger hears everything that an OpenID says for which nobody has vouched.
func Stranger(t *line.Turn) (line.Answer, error) {
	if t.Book == nil { // before anything, where (settled.md 4)
		return line.Ask("您好。您是哪个镇哪个村的？急病先打120。"), nil
	}
	for _, step := range []line.Handler{redeem, minor, greet, aboutStranger, introduce, continued} {
		if a, err := step(t); err != nil || a.Handled() {
			return a, err
		}
	}
	return keepWords(t)
}

// greet answers a follow, a scan, a tap on the menu and a greeting: the village,
// one question, a telephone.
func greet(t *line.Turn) (line.Answer, error) {
	lost := t.Read.Word == "帮助" || t.Read.Word == "菜单" || t.Read.Intent == read.Greeting
	if t.Msg.Kind != talk.Event && !lost {
		return line.Answer{}, nil
	}
	m, waits, err := pending(t)
	if err != nil {
		return line.Answer{}, err
	}
	hello := "您好，这是" + t.Book.Village.Name + "计生协服务号。"
	if waits {
		return line.Ask(hello + m.AskedName + "，您登记的事" + t.Book.Called() + "还在认。" + urgent(t)), nil
	}
	return ask(t, hello), nil
}

// ask puts the one question.
func ask(t *line.Turn, before string) line.Answer {
	Asks(t.State)
	t.State.Open.At = t.Now().UnixMilli()
	return line.Ask(before + question + urgent(t))
}

// urgent names the telephone that somebody answers now (settled.md 2).
func urgent(t *line.Turn) string {
	if phone := t.Book.OnDuty(t.Now()); phone != "" {
		return "急事打" + phone + "。"
	}
	if phone := t.Office(); phone != "" {
		return "找人打" + phone + "，急病打120。"
	}
	return "急病打120。"
}

// aboutStranger answers who we are, and questions about others: those are
// refused in the same words whether or not there is such a person.
func aboutStranger(t *line.Turn) (line.Answer, error) {
	switch {
	case t.Read.Word == "人工" || t.Read.Word == "电话":
		if err := keep(t); err != nil {
			return line.Answer{}, err
		}
		return ask(t, "好，留话给"+t.Book.Called()+"了。"+number(t)), nil
	case t.Read.Word == "隐私":
		return line.Ask(access.Refusal), nil
	case t.Read.Word == "你是谁" || t.Read.Word == "骗子":
		return aboutUs(t)
	}
	return line.Answer{}, nil
}

// aboutUs says who we are, whom to ring, and what we never ask for.
func aboutUs(t *line.Turn) (line.Answer, error) {
	text := "这是" + t.Book.Village.Name + "计生协的号，管事的是" + t.Book.Called() + "。我们不收钱、不要卡号验证码。"
	if phone := t.Office(); phone != "" {
		text += "不信可打" + phone + "问。"
	}
	return t.Aside(text), nil
}

// private hears 王桂香家电话多少 from a member: who may know the door is told it,
// everybody else is refused in the same words.
func private(t *line.Turn) (line.Answer, error) {
	if id := sole(t.Read.Mentions); id != 0 && access.May(t.Book, t.Me, access.Door, id) {
		p := t.Book.Person(id)
		text := fmt.Sprintf("%d组%s", p.Group, p.Name)
		for _, more := range []string{p.Door, p.Phone} {
			if more != "" {
				text += "，" + more
			}
		}
		if p.Phone == "" {
			text += "，没有登记电话"
		}
		return t.Aside(text + "。"), nil
	}
	return t.Aside(access.Refusal), nil
}

// number is the office's telephone, if somebody answers it now.
func number(t *line.Turn) string {
	if phone := t.Office(); phone != "" {
		return "电话" + phone + "。"
	}
	return ""
}

// introduce hears 我是3组李小军.
func introduce(t *line.Turn) (line.Answer, error) {
	if t.Read.Intent != read.Register || isRequest(t) {
		return line.Answer{}, nil
	}
	return enroll(t, claimed(t.Read))
}

// isRequest reports whether a line asks for something besides giving a name:
// then the words are kept too.
func isRequest(t *line.Turn) bool { return len(t.Read.Services) > 0 || t.Read.Urgent }

// continued hears the answer to the question.
func continued(t *line.Turn) (line.Answer, error) {
	q := t.State.Open
	switch {
	case isRequest(t):
		return line.Answer{}, nil
	case q != nil && q.Line == name && q.Name == askWho:
		return answerWho(t, *q)
	case t.Read.Word == "组": // 3组的, before anything was asked
		return answerWho(t, line.Question{})
	}
	return line.Answer{}, nil
}

// keepWords keeps whatever else a stranger says for a person to look at, and
// asks who he is. What cannot wait is told to a person at once.
func keepWords(t *line.Turn) (line.Answer, error) {
	if err := keep(t); err != nil {
		return line.Answer{}, err
	}
	if t.Read.Intent == read.Register {
		a, err := enroll(t, claimed(t.Read))
		if t.Read.Urgent {
			a.Text = "您讲的急事正在发给" + t.Book.Called() + "。" + a.Text
		}
		return a, err
	}
	_, waits, err := pending(t)
	if err != nil {
		return line.Answer{}, err
	}
	kept := "好，您的话留给" + t.Book.Called() + "看了。"
	if t.Read.Urgent {
		kept = "好，您讲的急事正在发给" + t.Book.Called() + "。"
	}
	if waits {
		return line.Ask(kept + "登记的事也在认。" + urgent(t)), nil
	}
	return ask(t, kept), nil
}

// pending is the binding that the speaker waits for.
func pending(t *line.Turn) (storage.Member, bool, error) {
	m, found, err := asked(t)
	return m, found && m.State == storage.Pending, err
}

// asked is the speaker's own row in this village that is not bound, if he ever
// asked.
func asked(t *line.Turn) (storage.Member, bool, error) {
	members, err := t.In.Tx().Members(t.Msg.Account, t.Msg.OpenID)
	if err != nil {
		return storage.Member{}, false, err
	}
	for _, m := range members {
		if m.Village == t.In.ID && m.State != storage.Active {
			return m, true, nil
		}
	}
	return storage.Member{}, false, nil
}
