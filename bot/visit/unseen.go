package visit

import (
	"slices"
	"strconv"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/storage"
)

// An attempt that nobody answers for has two clocks (village practice E3). When
// the first runs out the group's leader is asked to go and the secretary-general
// is told; when the second does, it is a matter for police and doctor.

// secondWait is how long the leader has.
const secondWait = time.Hour

// policeAt is when the second clock runs out for an attempt whose leader was
// asked now. 高 has its hour; for the others a neighbour's word may send the
// leader early, and shortens nothing of what the tier gives.
func policeAt(b *book.Book, a storage.Visit, now time.Time) storage.Moment {
	at := now.Add(secondWait)
	if full := a.CreatedAt.Time().Add(patience(b, a.Elder) + secondWait); tier(b, a.Elder) != high && full.After(at) {
		at = full
	}
	return storage.At(at)
}

// attemptDue looks at an attempt whose time has come.
func attemptDue(v storage.In, b *book.Book, id int64) error {
	a, found, err := v.Visit(id)
	if err != nil || !found || a.NextAt <= 0 || a.NextAt > storage.At(v.Now()) {
		return err
	}
	seen, err := metSince(v, a)
	if err != nil {
		return err
	}
	asked, err := askedAgain(v, a)
	switch {
	case err != nil:
		return err
	case seen || b.Person(a.Elder).Status == storage.Dead:
		a.NextAt = storage.Settled
	case asked:
		if err := silence(v, b, &a); err != nil {
			return err
		}
	default:
		if err := stepUp(v, b, &a); err != nil {
			return err
		}
	}
	return v.SaveVisit(a)
}

// stepUp starts the second clock. Where there is nobody to ask it has run out
// already.
func stepUp(v storage.In, b *book.Book, a *storage.Visit) error {
	if err := sendAgain(v, b, *a); err != nil {
		return err
	}
	asked, err := askedAgain(v, *a)
	if err != nil {
		return err
	}
	if !asked {
		return silence(v, b, a)
	}
	a.NextAt = policeAt(b, *a, v.Now())
	return nil
}

// askedAgain reports whether the leader or the secretary-general was told of an
// attempt.
func askedAgain(v storage.In, a storage.Visit) (bool, error) {
	for _, kind := range []string{noteAgain, noteUnseen} {
		notices, err := v.NoticesAbout(kind, subject("visit", a.ID))
		if err != nil || len(notices) > 0 {
			return len(notices) > 0, err
		}
	}
	return false, nil
}

// silence raises the alert of class 失联: the second clock has run out and no
// person has said that the elder was seen. Whom it reaches is the alert's own
// matter; the clock there finds it in the same minute.
func silence(v storage.In, b *book.Book, a *storage.Visit) error {
	a.NextAt = storage.Settled
	if err := v.LockPerson(a.Elder); err != nil {
		return err
	}
	open, err := v.OpenAlerts()
	if err != nil || slices.ContainsFunc(open, func(o storage.Alert) bool { return o.Class == storage.NoContact && o.Elder == a.Elder }) {
		return err
	}
	raised := storage.Alert{
		Class: storage.NoContact, Elder: a.Elder, Person: a.Visitor, Words: "没见到人（" + why(*a) + "），再去也没有信",
		NextAt: storage.At(v.Now()), SourceKey: "visit:" + strconv.FormatInt(a.ID, 10), Ordinal: 1,
	}
	if err := v.AddAlert(&raised); err != nil {
		return err
	}
	return v.LogAlert(raised.ID, 0, storage.LogRaised, raised.Words)
}

const high = "高"

func tier(b *book.Book, elder int64) string {
	p, _ := b.Plan(elder)
	return p.Tier
}

// patience is how long an attempt may stay without anybody having seen the
// elder (village practice E3): by tier; 80 and older alone is 高.
func patience(b *book.Book, elder int64) time.Duration {
	switch tier(b, elder) {
	case high:
		return time.Hour
	case "重点":
		return 4 * time.Hour
	}
	return 24 * time.Hour
}

// othersToday are the attempts of today at an elder's door by somebody else that
// still wait.
func othersToday(t *line.Turn, elder int64) ([]storage.Visit, error) {
	attempts, err := t.In.AttemptsWaiting(storage.Day(t.Now()))
	return slices.DeleteFunc(attempts, func(a storage.Visit) bool { return a.Elder != elder || a.Visitor == t.Me }), err
}
