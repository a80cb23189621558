package help

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// saidLater is what the story of a request says of whoever put it off, once or
// again.
const saidLater = "later"

// How much more time a volunteer has who says 晚点: waking time, or with 加急 any.
const (
	laterFor    = time.Hour
	laterUrgent = 15 * time.Minute
)

const putOff = `(晚点|晚些|迟点|等下|等一下|等哈|等会|等会儿|过会儿?|待会儿?|先放着|放一放)(再?(讲|说|看|回|定|答复|回您|回你|问))?`

var laterAlone = regexp.MustCompile(`^` + putOff + `[。.!]?$`)

// later hears 13晚点, with or without a time: nobody else is asked before it. The
// secretary-general puts a request off to the next brief, whoever was asked for an
// hour. It is a condition with an end: time goes on by itself.
func later(t *line.Turn, number int, _ string) (line.Answer, error) {
	h, found, err := t.In.HelpNumbered(number)
	if err != nil || !found {
		return line.Answer{}, err
	}
	if h, found, err = t.In.LockHelp(h.ID); err != nil || !found {
		return line.Answer{}, err
	}
	if t.Is(storage.Secretary, storage.Chair) {
		return officeLater(t, h, t.Read.When)
	}
	return askedLater(t, h)
}

// bareLater hears 晚点 from somebody who was asked about one request alone.
func bareLater(t *line.Turn) (line.Answer, error) {
	if t.State.Open != nil || len(t.State.Digits) > 0 || !laterAlone.MatchString(strings.ReplaceAll(t.Read.Text, " ", "")) {
		return line.Answer{}, nil
	}
	open, err := openAsks(t)
	if err != nil || len(open) != 1 {
		return line.Answer{}, err
	}
	h, found, err := t.In.LockHelp(open[0].ID)
	if err != nil || !found {
		return line.Answer{}, err
	}
	return askedLater(t, h)
}

// officeLater puts a request off until the next brief, or the time that was said.
func officeLater(t *line.Turn, h storage.Help, when read.When) (line.Answer, error) {
	switch h.State {
	case storage.Open:
	case storage.Unclear: // nobody is asked before the day is known
		return line.Say(fmt.Sprintf("好，%d号明早再提您。", h.Number)), t.In.LogHelp(h.ID, t.Me, saidLater, t.Read.Text)
	default:
		return line.Say(fmt.Sprintf("%d号%s，不用放。", h.Number, standing(t, h))), nil
	}
	until := nextBrief(t.Book, t.Now())
	if when.Grain != "" && when.At.After(t.Now()) {
		until = when.At
	}
	if soon := t.Now().Add(unclearWithin); h.Urgent && soon.Before(until) {
		until = soon // what cannot wait is not put off till tomorrow
	}
	return wait(t, h, until, fmt.Sprintf("好，%d号先放着，%s接着问人，也再提您。", h.Number, atClock(until, t.Now())))
}

// askedLater gives somebody who was asked an hour more, once a round.
func askedLater(t *line.Turn, h storage.Help) (line.Answer, error) {
	asks, err := t.In.Asks(h.ID)
	if err != nil {
		return line.Answer{}, err
	}
	mine := func(a storage.Ask) bool { return a.Person == t.Me && a.Round == h.Round && a.State == storage.AskSent }
	if h.State != storage.Open || !slices.ContainsFunc(asks, mine) {
		return line.Answer{}, nil
	}
	again, err := putOffBefore(t, h)
	if err != nil {
		return line.Answer{}, err
	}
	if again {
		return line.Say(fmt.Sprintf("好。%d号要是先有人接了，我告诉您。去就回“接%d”，去不了回“不%d”。", h.Number, h.Number, h.Number)), nil
	}
	until := t.Book.Waking(t.Now(), laterFor)
	if h.Urgent {
		until = t.Now().Add(laterUrgent)
	}
	if asked := h.NextAt.Time(); asked.After(until) {
		until = asked
	}
	return wait(t, h, until, fmt.Sprintf("好，%d号等您到%s。去就回“接%d”，去不了回“不%d”。", h.Number, atClock(until, t.Now()), h.Number, h.Number))
}

// putOffBefore reports whether the speaker has put this round off already.
func putOffBefore(t *line.Turn, h storage.Help) (bool, error) {
	l, found, err := t.In.LadderOf(h.ID, h.Round)
	if err != nil || !found {
		return false, err
	}
	logs, err := t.In.HelpLogs(h.ID)
	return slices.ContainsFunc(logs, func(o storage.HelpLog) bool { return o.Person == t.Me && o.What == saidLater && o.At >= l.At }), err
}

// wait stores until when nobody else is asked.
func wait(t *line.Turn, h storage.Help, until time.Time, text string) (line.Answer, error) {
	h.NextAt = storage.At(until)
	if err := t.In.SaveHelp(h); err != nil {
		return line.Answer{}, err
	}
	return line.Say(text), t.In.LogHelp(h.ID, t.Me, saidLater, t.Read.Text)
}

// nextBrief is when the secretary-general reads her next brief.
func nextBrief(b *book.Book, now time.Time) time.Time {
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, storage.Shanghai)
	at := midnight.Add(b.Clock(book.BriefAt, "07:05"))
	if !at.After(now) {
		at = at.AddDate(0, 0, 1)
	}
	return at
}

func atClock(at, now time.Time) string {
	return say.Time(at.In(storage.Shanghai), string(read.Hour), now)
}
