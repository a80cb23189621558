package alert

import (
	"time"

	"mishu/bot/book"
	"mishu/bot/read"
	"mishu/storage"
)

// texted is an alert as an SMS to the telephone of whoever is told: no name, no
// need (settled.md 3), and whom to ring now. What is sealed names nobody.
func texted(v storage.In, b *book.Book, n storage.Notice) (phone, words string, err error) {
	a, err := alertOf(v, n)
	if err != nil {
		return "", "", err
	}
	if phone = b.Person(n.Person).Phone; circleOf(class(a)).sealed {
		return phone, lookWords + "。", nil
	}
	return phone, shortWords(b, phone, v.Now()), nil
}

// textedDuty is the same to the telephone that somebody answers at this hour.
func textedDuty(v storage.In, b *book.Book, _ storage.Notice) (phone, words string, err error) {
	phone = b.OnDuty(v.Now())
	return phone, shortWords(b, phone, v.Now()), nil
}

const lookWords = "村里有急事，快看微信里村里的号"

// shortWords send the reader to the account and to a telephone that is not his
// own.
func shortWords(b *book.Book, own string, now time.Time) string {
	for _, phone := range []string{b.OnDuty(now), b.Office(now)} {
		if phone != "" && phone != own {
			return lookWords + "，或者打" + phone + "。"
		}
	}
	return lookWords + "。"
}

// tellDuty owes an SMS to the duty telephone at once, also where its holder is
// not on the roster, unless he is among the people who are told anyway. What is
// sealed is for nobody's duty, and what takes nobody out of the door neither.
func tellDuty(v storage.In, b *book.Book, a storage.Alert, people []int64) error {
	phone := b.OnDuty(v.Now())
	if phone == "" || circleOf(class(a)).sealed || class(a) == read.Fraud || class(a) == breach {
		return nil
	}
	for _, id := range people {
		if b.Person(id).Phone == phone {
			return nil
		}
	}
	return v.Owe(storage.Notice{
		Kind: noteDuty, Subject: subject(a.ID), Period: "1", Weight: storage.Danger, Lead: lead,
		Words: "值班电话", NotAfter: storage.At(v.Now().Add(mergeWithin)),
	})
}
