package help

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

// What the story of a request says of a holder whose time has passed.
const (
	wasNudged = "nudged"    // he was asked whether he still goes
	stillGoes = "goes"      // he said that he does
	noAnswer  = "no answer" // he did not say: it was given to others
)

// answerWithin is the waking time in which a holder says whether he still goes
// (care-features 4.2).
const answerWithin = 2 * time.Hour

// nudge looks at a request whose holder's time has passed: it asks him once
// whether he still goes, gives the request back if he does not say, and leaves
// it to the secretary-general's brief if he did. Time closes nothing.
func nudge(v storage.In, b *book.Book, id int64) error {
	h, found, err := v.LockHelp(id)
	if err != nil || !found || h.State != storage.Taken || h.NextAt == 0 || h.NextAt > storage.At(v.Now()) {
		return err
	}
	asked, answered, err := nudged(v, h)
	switch {
	case err != nil:
		return err
	case !asked:
		h.NextAt = storage.At(b.Waking(v.Now(), answerWithin))
		if err := askHolder(v, b, h); err != nil {
			return err
		}
		return v.SaveHelp(h)
	case answered:
		h.NextAt = 0
		return v.SaveHelp(h)
	}
	return goneQuiet(v, b, h)
}

// nudged tells from the story whether the present holder was asked, and whether
// he has said that he goes.
func nudged(v storage.In, h storage.Help) (asked, answered bool, err error) {
	logs, err := v.HelpLogs(h.ID)
	for _, l := range logs {
		switch l.What {
		case "took":
			asked, answered = false, false
		case wasNudged:
			asked = true
		case stillGoes:
			answered = true
		}
	}
	return asked, answered, err
}

// askHolder puts the one question. Whoever does not read is asked by telephone,
// by the secretary-general.
func askHolder(v storage.In, b *book.Book, h storage.Help) error {
	if err := v.LogHelp(h.ID, 0, wasNudged, b.Name(h.Holder)); err != nil {
		return err
	}
	period := strconv.Itoa(h.Round) + "." + strconv.FormatInt(h.Holder, 10)
	if b.PhoneOnly(h.Holder) {
		return tellDesk(v, b, h, "nudge."+period, "请打1个电话，回“看”", fmt.Sprintf("问%s（%s）：%d号%s，去了没有？去了回“%d 完成”，去不成派给别个。",
			b.Name(h.Holder), orNone(b.Person(h.Holder).Phone), h.Number, brief(b, h, v.Now()), h.Number))
	}
	return v.Owe(storage.Notice{
		Person: h.Holder, Kind: noteNudge, Subject: subject(h.ID), Period: period, Weight: storage.Direct, Lead: "您应承的事问您一声，回“看”",
		Words: fmt.Sprintf("%d号%s，去了没有？办了回“%d做完了 40分钟”，还去回“还去”，去不成回“不%d”。", h.Number, brief(b, h, v.Now()), h.Number, h.Number),
	})
}

// goneQuiet gives a request back whose holder did not say whether he goes. He
// hears of it himself: he may be on the way.
func goneQuiet(v storage.In, b *book.Book, h storage.Help) error {
	holder := h.Holder
	if err := v.LogHelp(h.ID, holder, noAnswer, ""); err != nil {
		return err
	}
	if err := Reopen(v, b, &h); err != nil {
		return err
	}
	if err := tellBack(v, b, h, holder, "没有回话"); err != nil {
		return err
	}
	return v.Owe(storage.Notice{
		Person: holder, Kind: noteEnded, Subject: subject(h.ID), Period: "quiet." + strconv.Itoa(h.Round), Weight: storage.Direct, Lead: "您应承的事有变动，回“看”",
		Words: fmt.Sprintf("%d号没等到您回话，另外问人了。要是去了，讲“%d做完了”。", h.Number, h.Number),
	})
}

// onTheWay are the words in which a holder says that he still goes.
var onTheWay = []string{"还去", "去的", "会去", "在路上", "马上去", "就去", "去得成", "这就去", "正在去", "等下去", "在搞", "在做", "正在"}

// going hears a holder's answer to the one question.
func going(t *line.Turn) (line.Answer, error) {
	goes := slices.ContainsFunc(onTheWay, func(w string) bool { return strings.Contains(t.Read.Text, w) }) ||
		t.Read.Text == "去" || t.Read.Answer == read.Yes || t.Read.Answer == read.Ack
	if !goes {
		return line.Answer{}, nil
	}
	held, err := t.In.HelpsHeldBy(t.Me)
	if err != nil {
		return line.Answer{}, err
	}
	for _, h := range held {
		asked, answered, err := nudged(t.In, h)
		if err != nil {
			return line.Answer{}, err
		}
		if h.State == storage.Taken && asked && !answered {
			return keeps(t, h.ID)
		}
	}
	return line.Answer{}, nil
}

// keeps leaves a request with its holder for one more waking day.
func keeps(t *line.Turn, id int64) (line.Answer, error) {
	h, found, err := t.In.LockHelp(id)
	if err != nil || !found || h.Holder != t.Me {
		return line.Answer{}, err
	}
	if err := t.In.LogHelp(id, t.Me, stillGoes, t.Read.Text); err != nil {
		return line.Answer{}, err
	}
	h.NextAt = storage.At(t.Book.Waking(t.Now(), wakingDay))
	if err := t.In.SaveHelp(h); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.ClearNotices(noteNudge, subject(id), subject(id)+" is answered"); err != nil {
		return line.Answer{}, err
	}
	return line.Say(fmt.Sprintf("好，%d号还是您去：%s。做完回“做完了 40分钟”。", h.Number, errand(t.Book, h, t.Now()))), nil
}

// wakingDay is a day without its quiet hours.
const wakingDay = 14 * time.Hour
