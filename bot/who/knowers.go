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

// The steps at which somebody is asked about a face: those nearest to it first
// (settled.md 17, village practice A).
const (
	byLeader = 1 // of the group that was named, or whoever stands in for him
	byOffice = 2 // the secretary-general or whoever stands in for her
	byChair  = 3
	byNobody = 4 // nobody is left: it stands in the next brief
)

const (
	// knownWithin is the waking time a leader has, as a ring of a request has;
	// then the face passes to the office, the same day.
	knownWithin = 2 * time.Hour
	// unansweredAfter is when a face comes into the brief, and the newcomer hears
	// once that nobody has said anything (settled.md 17).
	unansweredAfter = 24 * time.Hour
)

// noticesBound is how often those who vouch are told of one OpenID that gives
// ever new names; the brief shows it all the same.
const noticesBound = 5

// askAbout asks about the newcomer's face, unless the same is being asked, and
// owes him a word after a day. It returns who is asked, as he may be named.
func askAbout(t *line.Turn, m storage.Member, in introduction, again bool) (string, error) {
	w, found, err := t.In.VouchingFor(m.ID)
	if err != nil || again && found {
		return askedNow(t.Book, m, w.Step), err
	}
	w = storage.Vouching{Member: m.ID, Elder: in.Of, Words: t.Read.Text}
	if err := t.In.AddVouching(w); err != nil {
		return "", err
	}
	if err := nextKnower(t.In, t.Book, m, &w); err != nil {
		return "", err
	}
	return askedNow(t.Book, m, w.Step), t.Owe(storage.Notice{
		Account: m.Account, OpenID: m.OpenID, Kind: noteWaiting, Subject: subject(m.ID), Period: storage.Day(t.Now()), Weight: storage.Direct,
		Lead: "您登记的事，回“看”", NotBefore: storage.At(t.Now().Add(unansweredAfter)),
		Words: "您登记的事还在等" + t.Book.Called() + "认，没忘。" + urgent(t),
	})
}

// askedNow names who is asked. It hangs on the group that was said and on
// nobody's being on the roster.
func askedNow(b *book.Book, m storage.Member, step int) string {
	if step == byLeader {
		return strconv.Itoa(m.AskedGroup) + "组组长"
	}
	return b.Called()
}

// nextKnower asks at the next step that has somebody who can be reached.
func nextKnower(v storage.In, b *book.Book, m storage.Member, w *storage.Vouching) error {
	w.NextAt = 0
	for w.Step < byNobody {
		w.Step++
		asked, err := putFace(v, b, m, *w)
		if err != nil {
			return err
		}
		if asked {
			break
		}
	}
	if w.Step == byLeader {
		w.NextAt = storage.At(b.Waking(v.Now(), knownWithin))
	}
	return v.StepVouching(*w)
}

// putFace asks those of one step; false if no channel leads to any of them, or
// they were told of this OpenID too often.
func putFace(v storage.In, b *book.Book, m storage.Member, w storage.Vouching) (bool, error) {
	people := knowers(b, m, w.Step)
	told, err := v.NoticesAbout(noteVouch, subject(m.ID))
	if err != nil || len(people) == 0 || len(told) >= noticesBound {
		return false, err
	}
	words, err := faceWords(v, b, m, w)
	if err != nil {
		return false, err
	}
	asked := false
	for _, id := range people {
		reach, err := v.MembersOf(id)
		if err != nil {
			return false, err
		}
		if len(reach) == 0 {
			continue
		}
		asked = true
		err = v.Owe(storage.Notice{
			Person: id, Kind: noteVouch, Subject: subject(m.ID), Period: fmt.Sprintf("%s.%d.%d", storage.Day(v.Now()), len(told), w.Step),
			Weight: storage.Direct, Lead: line.Lead, Words: words,
		})
		if err != nil {
			return false, err
		}
	}
	return asked, nil
}

// knowers are who is asked at a step: never the one whose telephone it may be.
func knowers(b *book.Book, m storage.Member, step int) []int64 {
	var ids []int64
	switch {
	case step == byLeader && m.AskedGroup > 0:
		ids = slices.DeleteFunc(b.Holders(storage.Leader, m.AskedGroup), b.PhoneOnly)
	case step == byOffice:
		ids = b.Holders(storage.Secretary, 0)
	case step == byChair:
		ids = b.Holders(storage.Chair, 0)
	}
	return slices.DeleteFunc(ids, func(id int64) bool { return id == m.Person })
}

// faceWords are the question about a face.
func faceWords(v storage.In, b *book.Book, m storage.Member, w storage.Vouching) (string, error) {
	words := fmt.Sprintf("%s想登记，原话“%s”。", label(m), say.Clip(w.Words, 20))
	answers := "认识回“认识”，不认识回“不认识”。"
	if id := toRing(b, m); id != 0 && w.Step > byLeader {
		words += fmt.Sprintf("请打电话问%d组组长%s%s认不认得。", m.AskedGroup, b.Name(id), b.Person(id).Phone)
		answers = "认识回“认识”，不认识回“不认识”，没打通回“没人接”，号不对回“错号”。"
	}
	moved, err := another(v, m)
	if moved {
		answers += "他原来有个号：换了手机回“换号”。"
	}
	return words + answers, err
}

// toRing is the leader of the newcomer's group who does not read, so that a
// person rings him first (settled.md 17); 0 where there is none.
func toRing(b *book.Book, m storage.Member) int64 {
	if m.AskedGroup == 0 {
		return 0
	}
	for _, id := range b.Holders(storage.Leader, m.AskedGroup) {
		if b.PhoneOnly(id) && id != m.Person {
			return id
		}
	}
	return 0
}

// another reports whether the person whom a name fits is bound by another OpenID:
// he may have a new telephone. It is told to whoever vouches alone.
func another(v storage.In, m storage.Member) (bool, error) {
	if m.Person == 0 {
		return false, nil
	}
	have, err := v.MembersOf(m.Person)
	return slices.ContainsFunc(have, func(o storage.Member) bool { return o.OpenID != m.OpenID || o.Account != m.Account }), err
}

// facesDue names the newcomers about whom the next is to be asked.
func facesDue(tx *storage.Tx, n int) ([]line.Item, error) {
	rows, err := tx.VouchingsDue(storage.At(tx.Now()), n)
	items := make([]line.Item, 0, len(rows))
	for _, w := range rows {
		items = append(items, line.Item{Village: w.Village, ID: w.Member})
	}
	return items, err
}

// passFace asks the next about a face of which the leader has said nothing.
func passFace(v storage.In, b *book.Book, id int64) error {
	m, found, err := v.Member(id)
	if err != nil || !found {
		return err
	}
	w, found, err := v.VouchingFor(id)
	if err != nil || !found || w.NextAt == 0 || w.NextAt > storage.At(v.Now()) {
		return err
	}
	if m.State != storage.Pending {
		w.NextAt = 0
		return v.StepVouching(w)
	}
	return nextKnower(v, b, m, &w)
}

// settledVouch passes to the next step at once when no channel took the question
// to anybody of this one.
func settledVouch(v storage.In, _ *book.Book, n storage.Notice) error {
	lost := func(o storage.Notice) bool {
		return o.State == storage.NoticeCarry || o.State == storage.NoticeRefused || o.State == storage.NoticeStale
	}
	if !lost(n) {
		return nil
	}
	all, err := v.NoticesAbout(noteVouch, n.Subject)
	if err != nil || slices.ContainsFunc(all, func(o storage.Notice) bool { return o.Period == n.Period && !lost(o) }) {
		return err
	}
	id, err := memberID(n)
	if err != nil {
		return err
	}
	w, found, err := v.VouchingFor(id)
	if err != nil || !found || !strings.HasSuffix(n.Period, "."+strconv.Itoa(w.Step)) || w.Step >= byNobody {
		return err
	}
	w.NextAt = storage.At(v.Now().Add(time.Millisecond))
	return v.StepVouching(w)
}
