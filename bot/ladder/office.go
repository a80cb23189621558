package ladder

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/say"
	"mishu/storage"
)

// desk are those at the office's desk: the secretary-general and whoever stands
// in for her, as the round has them.
func (c *climb) desk() []int64 {
	return slices.Concat(c.rings[secretary-1], c.rings[substitute-1])
}

// tell tells people of an office that nobody took the request, once a round,
// and returns how many can be reached.
func (c *climb) tell(role string, people []int64) (int, error) {
	n := 0
	for _, p := range people {
		if !c.reach[p] {
			continue
		}
		period := role + "." + strconv.Itoa(c.h.Round)
		if err := owe(c.v, *c.h, NoteNobody, period, p, "有1件事没人接，回“看”", nobodyWords(c.b, *c.h, c.v.Now())); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// TellSecretary owes the secretaries-general a notice about a request.
func TellSecretary(v storage.In, b *book.Book, h storage.Help, kind, lead string) error {
	return Tell(v, b, h, kind, lead, b.Holders(storage.Secretary, 0))
}

// Tell owes people of an office a notice about a request with all that is in it.
func Tell(v storage.In, b *book.Book, h storage.Help, kind, lead string, people []int64) error {
	for _, p := range people {
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
	words := fmt.Sprintf("%d号没人接：%s。发群里用这句：“%s”", h.Number, Whole(b, h, now), GroupText(b, h, now))
	if numbers := whomToRing(b, h); numbers != "" {
		words += "可以打：" + numbers + "。"
	}
	return words
}

// whomToRing lists at most three volunteers near by with their telephones.
func whomToRing(b *book.Book, h storage.Help) string {
	var parts []string
	for _, p := range nearestFirst(b, b.Holders(storage.Helper, 0), b.Person(h.Elder).Group) {
		if phone := b.Person(p).Phone; phone != "" && len(parts) < 3 && p != h.Elder && p != h.Asker && !wrongSex(b, h, p) {
			parts = append(parts, b.Name(p)+phone)
		}
	}
	return strings.Join(parts, " ")
}

// call makes a rung of somebody who does not read a telephone step: the office
// rings him and answers for him (settled.md 17).
func (c *climb) call(person int64) (bool, error) {
	n := 0
	for _, p := range c.desk() {
		if !c.reach[p] {
			continue
		}
		period := strconv.FormatInt(person, 10) + "." + strconv.Itoa(c.h.Round)
		if err := owe(c.v, *c.h, NoteCall, period, p, "请打1个电话，回“看”", callWords(c.b, *c.h, person, c.v.Now())); err != nil {
			return false, err
		}
		n++
	}
	if n == 0 {
		return false, nil
	}
	return true, c.v.AddAsk(storage.Ask{Help: c.h.ID, Person: person, Round: c.h.Round, Step: c.h.Step, State: storage.AskSent, Words: byPhone})
}

// byPhone marks an ask that a person puts by telephone.
const byPhone = "电话"

// Called reports whether an ask is a telephone step that waits for its outcome.
func Called(a storage.Ask) bool { return a.State == storage.AskSent && a.Words == byPhone }

func callWords(b *book.Book, h storage.Help, person int64, now time.Time) string {
	phone := b.Person(person).Phone
	if phone == "" {
		phone = "没有登记电话"
	}
	n := h.Number
	return fmt.Sprintf("问%s（%s）：%s，去不去？去回“是%d”，不去回“不是%d”，没打通回“没人接%d”，号不对回“错号%d”。",
		b.Name(person), phone, nameless(b, h, now), n, n, n, n)
}
