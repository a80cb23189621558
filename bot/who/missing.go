package who

import (
	"regexp"
	"slices"
	"strings"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
)

// The questions to a stranger who cannot reach an elder.
const (
	askKinOf  = "kin"      // what he is to him, and his own name
	askNumber = "callback" // where a person rings him
)

// ownPhone is a line about the speaker's own telephone.
var ownPhone = regexp.MustCompile(`^我(的)?(手机|电话)`)

// missing hears a stranger whose parent does not answer the telephone. He is
// believed as far as somebody goes and looks; nothing of the roster is told to him
// (settled.md 6), and the words are the same whether it has such a person. He may
// be far away: 120 rings where he is (settled.md 1).
func missing(t *line.Turn) (line.Answer, error) {
	if !line.CannotReach(t.Read.Text) || ownPhone.MatchString(t.Read.Text) {
		return line.Answer{}, nil
	}
	if err := keep(t); err != nil {
		return line.Answer{}, err
	}
	text := "好，记下了。您是他什么人、叫么子名字？急病的话，您要是在外地，120通的是外地：" + villageRings(t)
	t.Question(line.Question{Line: name, Name: askKinOf, Ref: sole(t.Read.Mentions), Data: t.Read.Text, Text: "您是他什么人、叫么子名字？"})
	return line.Ask(text), nil
}

// aboutMissing is missing, and the answers to what it asked.
func aboutMissing(t *line.Turn) (line.Answer, error) {
	if q := t.State.Open; q != nil && q.Line == name {
		switch q.Name {
		case askKinOf:
			return answerKinOf(t, *q)
		case askNumber:
			return answerNumber(t, *q)
		}
	}
	return missing(t)
}

// villageRings says who rings 120 for somebody who is not in the village.
func villageRings(t *line.Turn) string {
	text := "快打村里的亲戚邻居，请他们打120。"
	if phone := t.Book.OnDuty(t.Now()); phone != "" {
		text = "快打值班" + phone + "，请村里打120。"
	}
	if phone := t.Book.Setting(book.FirstAidPhone, ""); phone != "" {
		text += "县急救直拨" + phone + "。"
	}
	return text
}

// answerKinOf hears who he is, raises the alarm about the elder, and asks for a
// telephone on which a person tells him. Nothing but a person's word comes back.
func answerKinOf(t *line.Turn, q line.Question) (line.Answer, error) {
	if t.Read.Intent == read.Cancel || t.Read.Answer == read.No {
		t.Close()
		return line.Say("好。有事再讲，急病打120。"), nil
	}
	if err := t.Publish(line.Fact{Kind: line.NoAnswer, Person: q.Ref, Words: say.Clip(q.Data+"；"+t.Read.Text, 160)}); err != nil {
		return line.Answer{}, err
	}
	if err := enrollKin(t, q); err != nil {
		return line.Answer{}, err
	}
	now := "急病打120。"
	if phone := t.Book.OnDuty(t.Now()); phone != "" {
		now = "您现在就打值班" + phone + "，莫等。"
	}
	text := "好，当急事办：正在发给值班的和" + t.Book.Called() + "，还没回话。" + now
	t.Question(line.Question{Line: name, Name: askNumber, Ref: q.Ref, Text: "您电话留一个，看到人请人打给您。"})
	return line.Ask(text + "您电话留一个，看到人请人打给您。"), nil
}

// enrollKin lets whoever knows his face decide about him later; he is not asked
// to say it again.
func enrollKin(t *line.Turn, q line.Question) error {
	in := introduction{Of: q.Ref, Phrase: clip(phrase(lastClause(t.Read.Text)), phraseBound)}
	if in.Of != 0 {
		in.Phrase = clip(t.Book.Name(in.Of)+"的"+strings.TrimPrefix(strings.TrimPrefix(in.Phrase, "他"), "她"), phraseBound)
		in.Phrase = strings.Replace(in.Phrase, "的的", "的", 1)
	}
	open := t.State.Open
	_, err := enroll(t, in)
	t.State.Open = open
	return err
}

// lastClause is where somebody says who he is after he has told the rest.
func lastClause(text string) string {
	parts := strings.FieldsFunc(text, mark)
	i := slices.IndexFunc(parts, func(p string) bool { return strings.ContainsAny(p, "崽儿女孙媳婿侄") })
	if i < 0 {
		return text
	}
	return parts[i]
}

// answerNumber hears the telephone, and tells those who go.
func answerNumber(t *line.Turn, q line.Question) (line.Answer, error) {
	if len(t.Read.Phones) == 0 {
		return line.Answer{}, nil
	}
	t.Close()
	err := t.Publish(line.Fact{Kind: line.NoAnswer, Person: q.Ref, Words: "报信的电话" + t.Read.Phones[0]})
	return line.Say("记下了，号码发给去看的人了。看到人请人打给您；您也打值班的问。" + urgent(t)), err
}
