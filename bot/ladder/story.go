package ladder

import (
	"fmt"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/say"
	"mishu/storage"
)

// Story tells from the records, in plain words, who was asked about a request,
// what they said, and what comes next. With whole it names them: that is for
// those who look after the village. Whoever waits for help hears how many: who
// could not come this time is nobody's business but his own.
func Story(v storage.In, b *book.Book, h storage.Help, whole bool) (string, error) {
	asks, err := v.Asks(h.ID)
	if err != nil {
		return "", err
	}
	parts := []string{asked(b, asks, whole)}
	if h.State == storage.Open {
		parts = append(parts, next(b, h, v.Now()))
	}
	return strings.Join(parts, ""), nil
}

// asked sums up who was asked; nobody twice.
func asked(b *book.Book, asks []storage.Ask, whole bool) string {
	last := map[int64]string{}
	var order []int64
	for _, a := range asks {
		if _, seen := last[a.Person]; !seen {
			order = append(order, a.Person)
		}
		last[a.Person] = a.State
	}
	by := map[string][]string{}
	for _, id := range order {
		by[last[id]] = append(by[last[id]], b.Name(id))
	}
	if len(order) == 0 {
		return "还没有人问得到。"
	}
	if !whole {
		return counted(len(order), len(by[storage.AskDeclined]), len(by[storage.AskSent]))
	}
	var parts []string
	for _, s := range []struct{ state, after string }{
		{storage.AskSent, "还没回话"}, {storage.AskDeclined, "没空"}, {storage.AskEmpty, "发不到"}, {storage.AskTook, "接过"},
	} {
		if people := by[s.state]; len(people) > 0 {
			parts = append(parts, say.List(people)+s.after)
		}
	}
	return "问了" + strings.Join(parts, "，") + "。"
}

func counted(all, declined, open int) string {
	words := fmt.Sprintf("问了%d个人", all)
	if declined > 0 {
		words += fmt.Sprintf("，%d个没空", declined)
	}
	if open > 0 {
		words += fmt.Sprintf("，%d个还没回话", open)
	}
	return words + "。"
}

// next says who is asked next and when.
func next(b *book.Book, h storage.Help, now time.Time) string {
	switch {
	case Rests(h):
		return fmt.Sprintf("问了%d轮，等%s定。", roundsBound, b.Called())
	case h.NextAt == 0:
		return ""
	}
	at := h.NextAt.Time().In(storage.Shanghai)
	when := say.Clock(at)
	if storage.Day(at) != storage.Day(now) {
		when = strings.SplitN(say.Day(at, now), "（", 2)[0] + when
	}
	who := "从头再问一轮"
	if h.Step < top {
		who = "问" + names[h.Step+1]
		if h.Step+1 == secretary {
			who = "问" + b.Called()
		}
	}
	return fmt.Sprintf("%s还没人，就%s。", when, who)
}
