package who

import (
	"fmt"
	"strconv"
	"strings"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/say"
	"mishu/bot/talk"
	"mishu/storage"
)

// Leave keeps what is not text for a person: nobody is asked to type, and
// nothing is guessed. A voice is told to the secretary-general at once
// (settled.md 29).
func Leave(t *line.Turn) (line.Answer, error) {
	if t.Me != 0 && (t.Msg.Kind == talk.Image || t.Msg.Kind == talk.Video) {
		return picture(t)
	}
	if err := keep(t); err != nil {
		return line.Answer{}, err
	}
	switch t.Msg.Kind {
	case talk.Voice:
		return line.Ask("听到了您的语音，机器听不清，先留给" + t.Book.Called() + "听。" + urgent(t)), nil
	case talk.Image, talk.Video:
		return line.Ask("收到了，留给" + t.Book.Called() + "看。要帮么子讲一句就行。" + urgent(t)), nil
	}
	return line.Ask("收到了，留给" + t.Book.Called() + "看。" + urgent(t)), nil
}

// keep stores a slip, and tells the secretary-general at once of what cannot
// wait for her brief: a voice, and urgent words of somebody nobody knows yet.
func keep(t *line.Turn) error {
	s := slipOf(t)
	if err := t.In.AddSlip(&s); err != nil {
		return err
	}
	if t.Msg.Kind != talk.Voice && !t.Read.Urgent {
		return nil
	}
	from, err := sender(t.In, t.Book, s)
	if err != nil {
		return err
	}
	for _, id := range t.Book.Holders(storage.Secretary, 0) {
		if id == t.Me {
			continue
		}
		err := t.Owe(storage.Notice{
			Person: id, Kind: noteUrgent, Subject: slipSubject(s.ID), Period: "1", Weight: weight(t), Lead: "有人留了话，回“看”",
			Words: from + told(s) + "。看了请给个回话。",
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func weight(t *line.Turn) int {
	if t.Read.Urgent {
		return storage.Urgent
	}
	return storage.Direct
}

// words are what a slip keeps: what was typed or said, else the place's name.
func words(t *line.Turn) string {
	if t.Read.Text != "" {
		return t.Read.Text
	}
	return t.Msg.Text + t.Msg.Label
}

func slipSubject(id int64) string { return "slip:" + strconv.FormatInt(id, 10) }

// told is a slip in a few characters.
func told(s storage.Slip) string {
	switch talk.Kind(s.Kind) {
	case talk.Voice:
		return "有一条语音，还没人听"
	case talk.Image, talk.Video:
		return "发了图，还没人看"
	case talk.Location:
		return "发了位置：" + say.Clip(s.Words, 16)
	}
	return "讲：“" + say.Clip(s.Words, 30) + "”"
}

// sender names who left a slip: by then he may have said who he is.
func sender(v storage.In, b *book.Book, s storage.Slip) (string, error) {
	if s.Person != 0 {
		return b.Name(s.Person), nil
	}
	members, err := v.Tx().Members(s.Account, s.OpenID)
	if err != nil {
		return "", err
	}
	for _, m := range members {
		if m.Village == v.ID && m.State == storage.Active {
			return b.Name(m.Person), nil
		}
		if m.Village == v.ID && m.AskedName != "" {
			return label(m) + "（没登记好）", nil
		}
	}
	return "一位没登记的", nil
}

// look hears what the secretary-general says of a slip: it is closed with her
// words, and who left it hears that a person has looked.
func look(t *line.Turn, id int64) (line.Answer, error) {
	s, found, err := t.In.Slip(id)
	if err != nil || !found {
		return line.Answer{}, err
	}
	from, err := sender(t.In, t.Book, s)
	if err != nil {
		return line.Answer{}, err
	}
	said := strings.TrimSpace(t.Read.Text)
	switch {
	case s.State == storage.Closed:
		return line.Say(from + "那条看过了。"), nil
	case said == "":
		return line.Ask(from + whole(s) + "。看了回一句，比如“打过电话了”。"), nil
	}
	if l, waits, err := t.In.ListeningTo(id); err != nil || waits && l.Waits() {
		if err != nil {
			return line.Answer{}, err
		}
		return conclude(t, l, s, said)
	}
	s.State, s.Words = storage.Closed, closing(s.Words, said)
	if err := t.In.SaveSlip(s); err != nil {
		return line.Answer{}, err
	}
	err = t.Owe(storage.Notice{
		Person: s.Person, Account: s.Account, OpenID: s.OpenID, Kind: noteSlip, Subject: slipSubject(id), Period: "1", Weight: storage.Direct,
		Lead: "您留的话有人看了，回“看”", Words: t.Book.Called() + "看了您讲的，会回您电话。" + urgent(t),
	})
	return line.Say(fmt.Sprintf("好，%s那条记上：%s。也告诉了他您会回电话。", from, say.Clip(said, 30))), err
}

func whole(s storage.Slip) string {
	if talk.Kind(s.Kind) == talk.Text {
		return "讲：“" + s.Words + "”"
	}
	return told(s)
}

// slipBound is what the records hold of a slip's words, in characters.
const slipBound = 400

// closing keeps both what was left and what was said of it; the answer is never
// the part that is cut.
func closing(words, said string) string {
	said = clip(said, slipBound/2)
	return clip(words, slipBound-len([]rune(said))-1) + "→" + said
}

func freshSlip(v storage.In, _ *book.Book, n *storage.Notice) (string, error) {
	id, err := slipID(*n)
	if err != nil {
		return "", err
	}
	s, _, err := v.Slip(id)
	if err == nil && s.State == storage.Closed {
		return n.Subject + " was looked at", nil
	}
	return "", err
}
