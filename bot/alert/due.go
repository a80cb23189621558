package alert

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// due names the alerts that nobody has taken up in time.
func due(tx *storage.Tx, n int) ([]line.Item, error) {
	alerts, err := tx.AlertsDue(storage.At(tx.Now()), n)
	items := make([]line.Item, 0, len(alerts))
	for _, a := range alerts {
		items = append(items, line.Item{Village: a.Village, ID: a.ID})
	}
	return items, err
}

// escalate tells the next ring of an alert that nobody answered.
func escalate(v storage.In, b *book.Book, id int64) error {
	a, found, err := v.LockAlert(id)
	if err != nil || !found || a.State == storage.Closed || a.NextAt == 0 || a.NextAt > storage.At(v.Now()) {
		return err
	}
	went, going, err := onTheWay(v, a)
	if err != nil {
		return err
	}
	ring, err := lastRing(v, id)
	if err != nil {
		return err
	}
	if going {
		err = notHeardOf(v, b, &a, went)
	} else if ring == 0 { // raised by the clock: nobody was told yet
		_, err = begin(v, b, &a, b.Person(a.Elder).Group, "")
	} else {
		err = advance(v, b, &a, ring)
	}
	if err != nil {
		return err
	}
	return v.SaveAlert(a)
}

// lastRing is the last ring that was told, 0 if none was.
func lastRing(v storage.In, id int64) (int, error) {
	notices, err := v.NoticesAbout(noteAlert, subject(id))
	ring := 0
	for _, n := range notices {
		if at, err := strconv.Atoi(n.Period); err == nil { // written by tell
			ring = max(ring, at)
		}
	}
	return ring, err
}

// advance tells the next ring that has somebody to tell, and sets when to look
// again. After the last the caller hears whom to ring himself, and the alert
// stays on top of each brief until a person closes it.
func advance(v storage.In, b *book.Book, a *storage.Alert, ring int) error {
	told, err := toldOf(v, a.ID)
	if err != nil {
		return err
	}
	ring = max(ring, 1)
	for s, more := stepAfter(circleOf(class(*a)), ring); more; s, more = stepAfter(circleOf(class(*a)), ring) {
		people, err := newPeople(v, b, *a, s, told)
		if err != nil {
			return err
		}
		if len(people) > 0 {
			return tellNext(v, b, a, ring+1, people)
		}
		if ring > len(circleOf(class(*a)).steps) {
			break // a report of which nobody is left to be reminded
		}
		ring++
	}
	a.NextAt = 0
	return news(v, *a, "last", lastWords(v, b, *a))
}

// tellNext tells a later ring, and the caller that nobody answered yet.
func tellNext(v storage.In, b *book.Book, a *storage.Alert, ring int, people []int64) error {
	why, err := unanswered(v, *a)
	if err != nil {
		return err
	}
	again := "先前发了，" + why + "。"
	if circleOf(class(*a)).report {
		again = "还没有接警号。"
	}
	missed, err := unreached(v, b, *a)
	if err != nil {
		return err
	}
	if err := tell(v, b, *a, ring, people, again+missed); err != nil {
		return err
	}
	a.NextAt = nextAt(*a, ring, v.Now())
	return news(v, *a, "next."+strconv.Itoa(ring), nextWords(v, b, *a, why, people))
}

func newPeople(v storage.In, b *book.Book, a storage.Alert, s step, told []int64) ([]int64, error) {
	people := holders(b, v.Now(), b.Person(a.Elder).Group, s.roles)
	if class(a) == read.Child && len(people) == 0 {
		var err error
		if people, err = sealedInstead(v, b, a.Person); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(people, func(id int64) bool {
		return id == a.Person && id != 0 || id == a.Elder && id != 0 || !s.again && slices.Contains(told, id)
	}), nil
}

// nextWords tell the caller that nobody answered yet and whom to ring himself.
func nextWords(v storage.In, b *book.Book, a storage.Alert, why string, people []int64) string {
	if circleOf(class(a)).sealed {
		return ""
	}
	s := scene{b: b, now: v.Now(), speaker: a.Person}
	words := why + "，又在发给" + s.names(people) + "。"
	if phone := s.duty(); phone != "" {
		return words + "您也打值班" + phone + "。"
	}
	return words
}

// lastWords tell the caller that all were told and nobody answered, and give him
// the telephones.
func lastWords(v storage.In, b *book.Book, a storage.Alert) string {
	s := scene{report: report{Class: class(a), Elders: known(a.Elder)}, b: b, now: v.Now(), speaker: a.Person}
	phones := s.telephones()
	if circleOf(class(a)).sealed || phones == "" {
		return ""
	}
	return "都发到了，还没人回话。您自己打：" + phones + "，喊邻居一起去。"
}

// news owes the caller one line about what has become of his alert.
func news(v storage.In, a storage.Alert, period, words string) error {
	if words == "" {
		return nil
	}
	return v.Owe(storage.Notice{
		Person: a.Person, Account: a.Account, OpenID: a.OpenID, Kind: noteNews, Subject: subject(a.ID), Period: period,
		Weight: storage.Danger, Lead: "您讲的急事有信了，快看", Words: words,
	})
}

// freshAlert lets notices live as long as the alert is open. A later ring is
// not told any more when somebody is on it.
func freshAlert(v storage.In, _ *book.Book, n *storage.Notice) (string, error) {
	a, err := alertOf(v, *n)
	if err != nil {
		return "", err
	}
	switch later := n.Period != "1" && n.Kind == noteAlert || strings.HasPrefix(n.Period, "next."); {
	case a.State == storage.Closed:
		return n.Subject + " is closed", nil
	case later:
		held, err := inHand(v, a)
		if err != nil || !held {
			return "", err
		}
		return n.Subject + " is in hand", nil
	}
	return "", nil
}

func alertOf(v storage.In, n storage.Notice) (storage.Alert, error) {
	id, err := strconv.ParseInt(strings.TrimPrefix(n.Subject, "alert:"), 10, 64)
	if err != nil {
		return storage.Alert{}, fmt.Errorf("notice about %q: %w", n.Subject, err)
	}
	a, _, err := v.Alert(id)
	return a, err
}

// settledAlert passes to the next ring at once when no channel took a notice of
// this one: only what a channel accepted counts as told (settled.md 15).
func settledAlert(v storage.In, b *book.Book, n storage.Notice) error {
	if !lost(n) {
		return nil
	}
	if err := askToRing(v, b, n); err != nil {
		return err
	}
	a, err := alertOf(v, n)
	if err != nil {
		return err
	}
	a, found, err := v.LockAlert(a.ID) // of two lost at once, the second must see the first
	if err != nil || !found || a.State != storage.Raised || a.NextAt == 0 {
		return err
	}
	notices, err := v.NoticesAbout(noteAlert, n.Subject)
	if err != nil || slices.ContainsFunc(notices, func(o storage.Notice) bool { return o.ID != n.ID && !lost(o) }) {
		return err
	}
	a.NextAt = storage.At(v.Now().Add(time.Millisecond))
	return v.SaveAlert(a)
}

// lost reports whether a notice did not get through and waits for nothing but
// the person's own next message.
func lost(n storage.Notice) bool {
	return n.State == storage.NoticeCarry || n.State == storage.NoticeRefused || n.State == storage.NoticeStale
}
