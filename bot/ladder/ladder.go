// Package ladder asks one ring of people after another until somebody takes a
// request: volunteers near by, two more, the group's leader, the
// secretary-general, the chair. A ring counts as asked only when a channel took
// the question; a ring with nobody is passed at once (settled.md 15).
package ladder

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/say"
	"mishu/storage"
)

// The rings, in order.
const (
	near      = 1 // three volunteers, nearest groups first
	further   = 2 // two more
	leader    = 3
	secretary = 4
	chair     = 5
	top       = 5
)

// The waking time a ring has; settled.md 15 for ordinary requests, village
// practice C (30 minutes) for 加急.
const (
	patience       = 2 * time.Hour
	urgentPatience = 30 * time.Minute
	officePatience = 24 * time.Hour
)

// ringSize is how many volunteers the first two rings ask.
var ringSize = map[int]int{near: 3, further: 2}

// NoteAsk is the kind of the notice that asks a volunteer.
const NoteAsk = "ask"

// Subject is how a request is named in a notice's key.
func Subject(id int64) string { return "help:" + strconv.FormatInt(id, 10) }

// Advance moves a locked request to the next ring that has somebody who can be
// reached, asks him, and sets when to look again. The caller saves the request.
func Advance(v storage.In, b *book.Book, h *storage.Help) error {
	reachable, err := reachable(v)
	if err != nil {
		return err
	}
	for h.Step < top {
		h.Step++
		asked, err := ring(v, b, h, reachable)
		if err != nil {
			return err
		}
		if asked > 0 {
			h.NextAt = storage.At(lookAgain(b, v.Now(), *h))
			return nil
		}
		if err := v.LogHelp(h.ID, 0, "nobody", "第"+strconv.Itoa(h.Step)+"步没有人联系得上"); err != nil {
			return err
		}
	}
	h.NextAt = 0 // it stays in each brief until a person decides
	return nil
}

func lookAgain(b *book.Book, now time.Time, h storage.Help) time.Time {
	switch {
	case h.Step >= secretary:
		return now.Add(officePatience)
	case h.Urgent:
		return now.Add(urgentPatience)
	}
	return b.Waking(now, patience)
}

// reachable are the people who have a following, active member.
func reachable(v storage.In) (map[int64]bool, error) {
	members, err := v.BoundPeople()
	if err != nil {
		return nil, err
	}
	at := make(map[int64]bool, len(members))
	for _, m := range members {
		at[m.Person] = true
	}
	return at, nil
}

// ring asks the people of the request's present step and returns how many.
func ring(v storage.In, b *book.Book, h *storage.Help, reachable map[int64]bool) (int, error) {
	switch h.Step {
	case near, further:
		return askVolunteers(v, b, h, reachable)
	case leader:
		return askLeader(v, b, h, reachable)
	case secretary:
		return tell(v, b, *h, storage.Secretary, reachable)
	}
	return tell(v, b, *h, storage.Chair, reachable)
}

func askVolunteers(v storage.In, b *book.Book, h *storage.Help, reachable map[int64]bool) (int, error) {
	people, err := suitable(v, b, *h, reachable)
	if err != nil {
		return 0, err
	}
	people = people[:min(len(people), ringSize[h.Step])]
	for _, p := range people {
		if err := v.AskedVolunteer(p); err != nil {
			return 0, err
		}
		if err := Ask(v, b, *h, p); err != nil {
			return 0, err
		}
	}
	return len(people), nil
}

func askLeader(v storage.In, b *book.Book, h *storage.Help, reachable map[int64]bool) (int, error) {
	asked, err := askedAlready(v, h.ID)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, p := range b.Holders(storage.Leader, b.Person(h.Elder).Group) {
		if !reachable[p] || asked[p] || p == h.Elder {
			continue
		}
		if err := Ask(v, b, *h, p); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// Ask asks one person whether he takes a request. Asking him again in the same
// round changes nothing.
func Ask(v storage.In, b *book.Book, h storage.Help, person int64) error {
	asked, err := askedAlready(v, h.ID)
	if err != nil || asked[person] {
		return err
	}
	return put(v, b, h, person, storage.Unasked)
}

// AskAgain asks somebody who was told that he would be called: no daily ceiling
// keeps that from him.
func AskAgain(v storage.In, b *book.Book, h storage.Help, person int64) error {
	return put(v, b, h, person, storage.Direct)
}

func put(v storage.In, b *book.Book, h storage.Help, person int64, weight int) error {
	if err := v.AddAsk(storage.Ask{Help: h.ID, Person: person, Round: h.Round, Step: h.Step, State: storage.AskSent}); err != nil {
		return err
	}
	if h.Urgent {
		weight = storage.Urgent
	}
	return v.Owe(storage.Notice{
		Person: person, Kind: NoteAsk, Subject: Subject(h.ID), Period: strconv.Itoa(h.Round), Weight: weight,
		Lead: line.Lead, Words: Words(b, h, v.Now()),
	})
}

// Words is what somebody reads who is asked: kind, group, time; nobody's name
// and nobody's door before the claim.
func Words(b *book.Book, h storage.Help, now time.Time) string {
	parts := []string{say.Services[h.Service], Where(b, h.Elder)}
	if h.WishGrain != "" {
		parts = append(parts, say.Time(h.WishAt.Time(), h.WishGrain, now))
	}
	if h.Wishes != "" {
		parts = append(parts, h.Wishes)
	}
	if h.Urgent {
		parts = append(parts, "急")
	}
	return fmt.Sprintf("%d号：%s。接回“接%d”，去不了回“不%d”。", h.Number, strings.Join(parts, "，"), h.Number, h.Number)
}

// Where names a group instead of a person.
func Where(b *book.Book, elder int64) string {
	if g := b.Person(elder).Group; g > 0 {
		return strconv.Itoa(g) + "组一位乡亲"
	}
	return "一位乡亲"
}

func askedAlready(v storage.In, help int64) (map[int64]bool, error) {
	asks, err := v.Asks(help)
	if err != nil {
		return nil, err
	}
	asked := make(map[int64]bool, len(asks))
	for _, a := range asks {
		asked[a.Person] = true
	}
	return asked, nil
}

// NoteNobody tells an office that nobody took a request.
const NoteNobody = "nobody"

// tell tells the holders of an office role that nobody took the request.
func tell(v storage.In, b *book.Book, h storage.Help, role string, reachable map[int64]bool) (int, error) {
	n := 0
	for _, p := range b.Holders(role, 0) {
		if !reachable[p] {
			continue
		}
		if err := owe(v, h, NoteNobody, role, p, "有1件事没人接，回“看”", nobodyWords(b, h, v.Now())); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// TellSecretary owes the secretaries-general a notice about a request.
func TellSecretary(v storage.In, b *book.Book, h storage.Help, kind, lead string) error {
	for _, p := range b.Holders(storage.Secretary, 0) {
		words := fmt.Sprintf("%d号%s，%s，%s", h.Number, Whole(b, h, v.Now()), asker(b, h), todo(b, h))
		if err := owe(v, h, kind, "1", p, lead, words); err != nil {
			return err
		}
	}
	return nil
}

func owe(v storage.In, h storage.Help, kind, period string, person int64, lead, words string) error {
	weight := storage.Direct
	if h.Urgent {
		weight = storage.Urgent
	}
	return v.Owe(storage.Notice{
		Person: person, Kind: kind, Subject: Subject(h.ID), Period: period, Weight: weight, Lead: lead, Words: words,
	})
}

// Whole is a request for those who may know everything of it.
func Whole(b *book.Book, h storage.Help, now time.Time) string {
	parts := []string{say.Services[h.Service], b.Name(h.Elder)}
	if h.WishGrain != "" {
		parts = append(parts, say.Time(h.WishAt.Time(), h.WishGrain, now))
	}
	if h.Detail != "" {
		parts = append(parts, say.Clip(h.Detail, 30))
	}
	return strings.Join(parts, "，")
}

// todo is what the secretary-general can do about a request.
func todo(b *book.Book, h storage.Help) string {
	if h.State != storage.Unclear {
		return fmt.Sprintf("还在问人。要派给谁就回“派%d给满妹”这样。", h.Number)
	}
	if phone := b.Person(h.Elder).Phone; phone != "" {
		return "日子没问清。请打电话问一声：" + phone + "。"
	}
	return "日子没问清，没有登记电话。请找人上门问一声。"
}

func asker(b *book.Book, h storage.Help) string {
	if h.Asker == h.Elder || h.Asker == 0 {
		return "本人讲的"
	}
	return b.Name(h.Asker) + "代讲的"
}

// nobodyWords gives the office what it needs to act: the request, a group text
// without names to copy, and whom to ring.
func nobodyWords(b *book.Book, h storage.Help, now time.Time) string {
	group := b.Person(h.Elder).Group
	words := fmt.Sprintf("%d号没人接：%s。发群里用这句：“%s，哪位得空？对号回“接%d”。”",
		h.Number, Whole(b, h, now), Where(b, h.Elder)+"要"+say.Services[h.Service], h.Number)
	if numbers := whomToRing(b, h, group); numbers != "" {
		words += "可以打：" + numbers + "。"
	}
	return words
}

// whomToRing lists at most three volunteers near by with their telephones.
func whomToRing(b *book.Book, h storage.Help, group int) string {
	var parts []string
	for _, p := range nearestFirst(b, b.Holders(storage.Helper, 0), group) {
		if phone := b.Person(p).Phone; phone != "" && len(parts) < 3 && p != h.Elder && p != h.Asker && !wrongSex(b, h, p) {
			parts = append(parts, b.Name(p)+phone)
		}
	}
	return strings.Join(parts, " ")
}
