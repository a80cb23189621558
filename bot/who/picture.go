package who

import (
	"fmt"
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// picture keeps a picture and asks what it is for: never is one demanded, and
// never is one guessed (care-features 12).
func picture(t *line.Turn) (line.Answer, error) {
	s := slipOf(t)
	if err := t.In.AddSlip(&s); err != nil {
		return line.Answer{}, err
	}
	if t.State.Open != nil { // he is in the middle of something: the question stays
		return line.Ask("图收到了，留给" + t.Book.Called() + "看。刚才问您：" + t.State.Open.Text), nil
	}
	return t.Question(line.Question{Line: name, Name: askPicture, Ref: s.ID, Text: "图收到了。要帮么子？1修东西 2拿药 3别的，回数字，或者讲一句。"}), nil
}

// pictured are what the digits of the question stand for.
var pictured = []string{"帮我修东西，看图", "帮我拿药，看图"}

// answerPicture hears what a picture is for. Words of one's own are heard as any
// others are.
func answerPicture(t *line.Turn, q line.Question) (line.Answer, error) {
	d := t.Read.Digits
	switch {
	case len(d) != 1 || d[0] < 1 || d[0] > len(pictured)+1:
		if t.Read.Answer == read.No {
			t.Close()
			return line.Say("好，图留着，" + t.Book.Called() + "会看。"), nil
		}
		return line.Answer{}, nil
	case d[0] == len(pictured)+1:
		return t.Question(line.Question{Line: name, Name: askPicture, Ref: q.Ref, Text: "好，讲一句要帮么子就行。"}), nil
	}
	t.Close()
	if err := t.Publish(line.Fact{Kind: line.Asked, Person: t.Me, Words: pictured[d[0]-1]}); err != nil {
		return line.Answer{}, err
	}
	s, found, err := t.In.Slip(q.Ref)
	if err != nil || !found {
		return line.Answer{}, err
	}
	s.State, s.Words = storage.Closed, closing(s.Words, pictured[d[0]-1])
	if err := t.In.SaveSlip(s); err != nil {
		return line.Answer{}, err
	}
	if open := t.State.Open; open != nil {
		return line.Ask("好，" + strings.Split(pictured[d[0]-1], "，")[0] + "，记下了。" + open.Text), nil
	}
	return line.Say(fmt.Sprintf("好，记下了，看图的事%s也晓得。", t.Book.Called())), nil
}
