package who

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/say"
	"mishu/storage"
)

// listenersBound is how many listeners a village names (settled.md 29).
const listenersBound = 3

// listeners are those who listen to voices, in the order in which they are
// asked: whom the village has named, else whoever sits at the office's desk. The
// speaker does not listen to himself.
func listeners(b *book.Book, speaker int64) []int64 {
	var people []int64
	for id := range strings.SplitSeq(b.Setting(book.Listeners, ""), ",") {
		if n, err := strconv.ParseInt(id, 10, 64); err == nil && b.Person(n).ID != 0 {
			people = append(people, n)
		}
	}
	if len(people) == 0 {
		people = slices.Clone(b.Holders(storage.Secretary, 0))
	}
	people = slices.DeleteFunc(people, func(id int64) bool { return id == speaker })
	return people[:min(len(people), listenersBound)]
}

// ring asks the next ear, and sets when the one after it is asked; at the end of
// the list, when the twenty minutes are over, whoever holds the duty telephone.
// It returns who was asked, 0 if nobody is left.
func ring(v storage.In, b *book.Book, l *storage.Listening, s storage.Slip) (int64, error) {
	people := listeners(b, s.Person)
	for l.Step < len(people) {
		l.Step++
		ear := people[l.Step-1]
		members, err := v.MembersOf(ear)
		if err != nil {
			return 0, err
		}
		if len(members) == 0 {
			continue
		}
		l.NextAt = storage.At(v.Now().Add(heardWithin / time.Duration(len(people))))
		return ear, askEar(v, b, *l, s, ear)
	}
	l.Step++
	l.NextAt = 0
	if l.Step > len(people)+1 {
		return 0, nil // it stands in the brief until somebody has listened
	}
	for _, ear := range b.DutyHolders(v.Now()) {
		if err := askEar(v, b, *l, s, ear); err != nil {
			return 0, err
		}
	}
	return 0, nil
}

// askEar owes an ear the voice's number, whose it is and when it came. An
// elder's voice is not held till the morning: nobody knows yet what he says
// (settled.md 29).
func askEar(v storage.In, b *book.Book, l storage.Listening, s storage.Slip, ear int64) error {
	weight := storage.Direct
	if _, listed := b.Plan(s.Person); listed {
		weight = storage.Danger
	}
	n := l.Number
	return v.Owe(storage.Notice{
		Person: ear, Kind: noteListen, Subject: slipSubject(s.ID), Period: strconv.Itoa(l.Step), Weight: weight, Lead: "有1条语音要人听，回“看”",
		Words: fmt.Sprintf("语音%d %s %s。听了回“语音%d”加一句，比如“语音%d 助劳 灶屋灯 今天”，没事回“语音%d 没事”。",
			n, b.Name(s.Person), say.Clock(s.CreatedAt.Time()), n, n, n),
	})
}

// listenDue names the voices whose next ear is to be asked.
func listenDue(tx *storage.Tx, n int) ([]line.Item, error) {
	rows, err := tx.ListeningsDue(storage.At(tx.Now()), n)
	items := make([]line.Item, 0, len(rows))
	for _, l := range rows {
		items = append(items, line.Item{Village: l.Village, ID: l.Slip})
	}
	return items, err
}

// nextEar asks the next ear of a voice that nobody has heard. A visitor who has
// reported by then has told by digits what he said.
func nextEar(v storage.In, b *book.Book, slip int64) error {
	l, found, err := v.ListeningTo(slip)
	if err != nil || !found || !l.Waits() || l.NextAt == 0 || l.NextAt > storage.At(v.Now()) {
		return err
	}
	s, found, err := v.Slip(slip)
	if err != nil || !found {
		return err
	}
	if s.State == storage.Closed {
		return done(v, l, s.Person)
	}
	if l.Step == 0 {
		reported, err := v.LastReport(s.Person, s.CreatedAt)
		if err != nil {
			return err
		}
		if reported != "" {
			s.State, s.Words = storage.Closed, closing(s.Words, "报了数字")
			if err := v.SaveSlip(s); err != nil {
				return err
			}
			return done(v, l, s.Person)
		}
	}
	if _, err := ring(v, b, &l, s); err != nil {
		return err
	}
	_, err = v.SaveListening(l)
	return err
}

// done takes a voice out of the line of those that wait.
func done(v storage.In, l storage.Listening, by int64) error {
	l.HeardBy, l.NextAt = by, 0
	_, err := v.SaveListening(l)
	return err
}

// settledEar passes to the next ear at once when no channel reaches this one.
func settledEar(v storage.In, _ *book.Book, n storage.Notice) error {
	if n.State != storage.NoticeCarry && n.State != storage.NoticeRefused {
		return nil
	}
	id, err := slipID(n)
	if err != nil {
		return err
	}
	l, found, err := v.ListeningTo(id)
	if err != nil || !found || l.NextAt == 0 || n.Period != strconv.Itoa(l.Step) {
		return err
	}
	l.NextAt = storage.At(v.Now().Add(time.Millisecond))
	_, err = v.SaveListening(l)
	return err
}

func slipID(n storage.Notice) (int64, error) {
	id, err := strconv.ParseInt(strings.TrimPrefix(n.Subject, "slip:"), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("notice about %q: %w", n.Subject, err)
	}
	return id, nil
}
