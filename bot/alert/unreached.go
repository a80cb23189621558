package alert

import (
	"strconv"

	"mishu/bot/book"
	"mishu/storage"
)

// unreached lists whom no channel reached, with their telephones: from here on
// a person has to ring.
func unreached(v storage.In, b *book.Book, a storage.Alert) (string, error) {
	notices, err := v.NoticesAbout(noteAlert, subject(a.ID))
	if err != nil {
		return "", err
	}
	words := ""
	for _, n := range notices {
		if lost(n) && n.Person != 0 {
			words += byPhone(b, n.Person)
		}
	}
	return words, nil
}

func byPhone(b *book.Book, id int64) string {
	if phone := b.Person(id).Phone; phone != "" {
		return "发不到" + b.Name(id) + "，请打" + phone + "。"
	}
	return "发不到" + b.Name(id) + "，没留电话。"
}

// askToRing gives the telephone of somebody whom no channel reached to those of
// the alert whom one does.
func askToRing(v storage.In, b *book.Book, missed storage.Notice) error {
	return ringThem(v, b, missed, byPhone(b, missed.Person))
}

// settledDuty does the same when the SMS to the duty telephone was not taken.
func settledDuty(v storage.In, b *book.Book, n storage.Notice) error {
	phone := b.OnDuty(v.Now())
	if !lost(n) || n.Channel == "" || phone == "" {
		return nil
	}
	return ringThem(v, b, n, "短信发不到值班电话，请打"+phone+"。")
}

// ringThem asks the office holders who were told, or one of the others where
// there is none, to ring.
func ringThem(v storage.In, b *book.Book, missed storage.Notice, words string) error {
	a, err := alertOf(v, missed)
	if err != nil || a.State == storage.Closed {
		return err
	}
	notices, err := v.NoticesAbout(noteAlert, missed.Subject)
	if err != nil {
		return err
	}
	var able, offices []int64
	for _, n := range notices {
		if n.Person == missed.Person || lost(n) {
			continue
		}
		able = addEach(able, []int64{n.Person})
		if b.Has(n.Person, storage.Secretary, storage.Chair) {
			offices = addEach(offices, []int64{n.Person})
		}
	}
	if len(offices) == 0 {
		offices = able[:min(1, len(able))]
	}
	return owe(v, a, noteCall, strconv.FormatInt(missed.Person, 10), offices, words)
}
