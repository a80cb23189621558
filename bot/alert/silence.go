package alert

import (
	"slices"
	"strconv"
	"time"

	"mishu/bot/book"
	"mishu/storage"
)

// An acknowledgement expires (care-features 0.1): whoever said 我去了 and is not
// heard of is asked once, and then the next ring is told.
const (
	goingWait = 30 * time.Minute // from 我去了 to the question
	stillWait = 10 * time.Minute // from the question to the next ring
)

// onTheWay is the entry of an alert's story in which the one who is on it said
// that he goes; false if he has only read it, or nobody is on it.
func onTheWay(v storage.In, a storage.Alert) (storage.AlertLog, bool, error) {
	if a.State != storage.Acked || circleOf(class(a)).report {
		return storage.AlertLog{}, false, nil
	}
	logs, err := v.AlertLogs(a.ID)
	if err != nil {
		return storage.AlertLog{}, false, err
	}
	for i := len(logs) - 1; i >= 0; i-- {
		switch l := logs[i]; {
		case l.Person != a.AckedBy:
		case l.What == storage.LogGoing:
			return l, true, nil
		case l.What == storage.LogSeen:
			return l, false, nil
		}
	}
	return storage.AlertLog{}, false, nil
}

// goesToo is the last but the one who is on an alert to say that he goes, and not
// since that he cannot; 0 for nobody.
func goesToo(v storage.In, a storage.Alert) (int64, error) {
	if circleOf(class(a)).report {
		return 0, nil
	}
	logs, err := v.AlertLogs(a.ID)
	if err != nil {
		return 0, err
	}
	stays := map[int64]bool{a.AckedBy: true}
	for _, l := range slices.Backward(logs) {
		switch {
		case stays[l.Person]:
		case l.What == storage.LogCannot:
			stays[l.Person] = true
		case l.What == storage.LogGoing:
			return l.Person, nil
		}
	}
	return 0, nil
}

// notHeardOf asks whoever went and is not heard of; if he was asked already, the
// alert is nobody's again, and the next ring is told.
func notHeardOf(v storage.In, b *book.Book, a *storage.Alert, went storage.AlertLog) error {
	period := strconv.FormatInt(went.ID, 10)
	asked, err := v.NoticesAbout(noteStill, subject(a.ID))
	if err != nil {
		return err
	}
	for _, n := range asked {
		if n.Period == period {
			return nobodys(v, b, a)
		}
	}
	a.NextAt = storage.At(v.Now().Add(stillWait))
	where := place(b, *a)
	if circleOf(class(*a)).sealed {
		where = "那件事"
	}
	return v.Owe(storage.Notice{
		Person: a.AckedBy, Kind: noteStill, Subject: subject(a.ID), Period: period, Weight: storage.Danger,
		Lead:  "您去的那件急事怎么样了，请回一句",
		Words: where + "怎么样了？回“平安”“送医了”，没完就回“还在办”，去不成回“去不了”。没有信我就再找人。",
	})
}

// nobodys takes an alert from whoever went silent.
func nobodys(v storage.In, b *book.Book, a *storage.Alert) error {
	ring, err := lastRing(v, a.ID)
	if err != nil {
		return err
	}
	a.State, a.AckedBy = storage.Raised, 0
	return advance(v, b, a, ring)
}

// unanswered says why the next ring is told.
func unanswered(v storage.In, a storage.Alert) (string, error) {
	asked, err := v.NoticesAbout(noteStill, subject(a.ID))
	if err != nil || len(asked) == 0 {
		return "还没人回话", err
	}
	logs, err := v.AlertLogs(a.ID)
	for _, l := range slices.Backward(logs) {
		if l.What == storage.LogCannot {
			return "去的人去不成了", err
		}
		if l.What == storage.LogGoing {
			break
		}
	}
	return "去的人还没有信", err
}

// inHand reports whether somebody is on an alert so that the next ring needs not
// be told.
func inHand(v storage.In, a storage.Alert) (bool, error) {
	if a.State != storage.Acked || a.NextAt == 0 {
		return a.State == storage.Acked, nil
	}
	_, going, err := onTheWay(v, a)
	return going, err
}

// freshStill lets the question to whoever went live until he answers.
func freshStill(v storage.In, b *book.Book, n *storage.Notice) (string, error) {
	a, err := alertOf(v, *n)
	if err != nil {
		return "", err
	}
	if went, going, err := onTheWay(v, a); err != nil || a.State != storage.Closed && (!going || a.AckedBy != n.Person || strconv.FormatInt(went.ID, 10) != n.Period) {
		return n.Subject + " was answered", err
	}
	return freshAlert(v, b, n)
}
