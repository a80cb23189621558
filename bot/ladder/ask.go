package ladder

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

// The kinds of notice of a ladder; the subject is "help:ID".
const (
	NoteAsk    = "ask"    // to a volunteer or a leader: will he
	NoteNobody = "nobody" // to an office: nobody took it
	NoteCall   = "call"   // to the secretary-general: ring a leader who does not read
	NoteNone   = "none"   // to the asker: nobody was found so far
)

// What the story of a request says of its ladder.
const (
	LogNobody = "nobody" // a ring had nobody who could be asked
	LogRests  = "rests"  // all rounds are over
	LogCall   = "call"   // what became of a telephone step
)

// Subject is how a request is named in a notice's key.
func Subject(id int64) string { return "help:" + strconv.FormatInt(id, 10) }

// put asks one person of a ring; false if nothing can reach him. Whoever was
// asked in this round already is waited for.
func (c *climb) put(person int64) (bool, error) {
	if i := slices.IndexFunc(c.asks, func(a storage.Ask) bool { return a.Person == person && a.Round == c.h.Round }); i >= 0 {
		return c.asks[i].State == storage.AskSent, nil
	}
	if c.b.PhoneOnly(person) {
		return c.call(person)
	}
	if !c.reach[person] {
		return false, nil
	}
	if err := c.v.AskedVolunteer(person); err != nil {
		return false, err
	}
	return true, put(c.v, c.b, *c.h, person, storage.Unasked)
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
	return fmt.Sprintf("%d号：%s。接回“接%d”，去不了回“不%d”。", h.Number, nameless(b, h, now), h.Number, h.Number)
}

// nameless is a request without whom it is for: 助医，2组一位乡亲，明天上午，要人陪.
func nameless(b *book.Book, h storage.Help, now time.Time) string {
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
	return strings.Join(parts, "，")
}

// Where names a group instead of a person.
func Where(b *book.Book, elder int64) string {
	if g := b.Person(elder).Group; g > 0 {
		return strconv.Itoa(g) + "组一位乡亲"
	}
	return "一位乡亲"
}

// tellAsker owes the asker, once, that everybody was asked and nobody was found
// (settled.md 13).
func (c *climb) tellAsker() error {
	h := *c.h
	words := fmt.Sprintf("%d号问了一圈，还没人接。我接着问，%s那里也记着。", h.Number, c.b.Called())
	if phone := c.b.Office(c.v.Now()); phone != "" {
		words += "等不得就打" + phone + "。"
	}
	return c.v.Owe(storage.Notice{
		Person: h.Asker, Account: h.Account, OpenID: h.OpenID, Kind: NoteNone, Subject: Subject(h.ID), Period: "1", Weight: storage.Direct,
		Lead: "您托的事有信了，回“看”", Words: words,
	})
}

// Missed notes that no channel took the question to somebody, and reports
// whether anybody else of his ring is still waited for.
func Missed(v storage.In, h storage.Help, person int64) (waits bool, err error) {
	if err := v.MissAsk(h.ID, person, h.Round); err != nil {
		return false, err
	}
	return Waits(v, h)
}

// Waits reports whether somebody of the present ring has still to answer.
func Waits(v storage.In, h storage.Help) (bool, error) {
	asks, err := v.Asks(h.ID)
	return slices.ContainsFunc(asks, func(a storage.Ask) bool {
		return a.Step == h.Step && a.Round == h.Round && a.State == storage.AskSent
	}), err
}
