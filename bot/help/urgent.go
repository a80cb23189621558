package help

import (
	"fmt"
	"slices"
	"time"

	"mishu/bot/book"
	"mishu/bot/ladder"
	"mishu/bot/line"
	"mishu/storage"
)

// urgent starts the ladder at once and tells the secretary-general.
func urgent(t *line.Turn, ids []int64, first storage.Help) (line.Answer, error) {
	for _, id := range ids {
		if err := start(t, id); err != nil {
			return line.Answer{}, err
		}
		if err := tellSecretary(t, id, noteUrgent, urgentLead); err != nil {
			return line.Answer{}, err
		}
		if err := tellDuty(t, id); err != nil {
			return line.Answer{}, err
		}
	}
	t.Close()
	by, err := promise(t, ids)
	if err != nil {
		return line.Answer{}, err
	}
	noted := fmt.Sprintf("记下了，当急事办：%d号%s。", first.Number, brief(t.Book, first, t.Now()))
	phone := t.Book.OnDuty(t.Now())
	if night, _ := t.Book.Night(t.Now()); night {
		if phone == "" {
			return line.Say(noted + "这会儿没有人值班，有危险打110、120。天亮我就问人，" + by + "给您回信。"), nil
		}
		return line.Say(noted + "夜里莫等，您现在就打值班" + phone + "。天亮我再问人，" + by + "给您回信。"), nil
	}
	text := noted + fmt.Sprintf("我这就问人，也报%s，%s给您回信。", t.Book.Called(), by)
	if phone != "" {
		text += "等不得就打值班" + phone + "。"
	} else {
		text += urgentLine(t)
	}
	return line.Say(text), nil
}

// tellDuty owes an urgent request to whoever has the duty telephone, until ten
// in the evening (settled.md 7); where its holder is not on the roster, to the
// telephone itself.
func tellDuty(t *line.Turn, id int64) error {
	if night, _ := t.Book.Night(t.Now()); night {
		return nil // the asker was given the number
	}
	h, _, err := t.In.Help(id)
	if err != nil {
		return err
	}
	people := slices.DeleteFunc(t.Book.DutyHolders(t.Now()), func(p int64) bool { return p == t.Me })
	if len(people) == 0 && t.Book.OnDuty(t.Now()) != "" {
		return t.Owe(storage.Notice{
			Kind: noteDuty, Subject: subject(id), Period: "1", Weight: storage.Urgent, Lead: urgentLead, Words: "值班电话", NotAfter: storage.At(t.Now().Add(time.Hour)),
		})
	}
	return ladder.Tell(t.In, t.Book, h, noteUrgent, urgentLead, people)
}

const urgentLead = "有一件急事，回“看”"

// texted is an urgent request as an SMS: no name, no need (settled.md 3).
func texted(_ storage.In, b *book.Book, n storage.Notice) (phone, words string, err error) {
	return b.Person(n.Person).Phone, "村里有件急事，快看微信里村里的号。", nil
}

// textedDuty is the same to the telephone that somebody answers at this hour.
func textedDuty(v storage.In, b *book.Book, _ storage.Notice) (phone, words string, err error) {
	return b.OnDuty(v.Now()), "村里有件急事，请打给" + b.Called() + b.Office(v.Now()) + "问。", nil
}

// tellSecretary owes the secretaries-general a notice about a request.
func tellSecretary(t *line.Turn, id int64, kind, lead string) error {
	h, _, err := t.In.Help(id)
	if err != nil {
		return err
	}
	return ladder.TellSecretary(t.In, t.Book, h, kind, lead)
}
