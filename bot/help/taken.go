package help

import (
	"fmt"
	"strconv"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// settle stores who holds the request and ends the asking.
func settle(t *line.Turn, h *storage.Help, holder int64) error {
	h.State, h.Holder, h.HeldUntil = storage.Taken, holder, 0
	h.NextAt = nudgeAt(t.Book, *h, t.Now())
	if err := t.In.SaveHelp(*h); err != nil {
		return err
	}
	if err := t.In.AnswerAsk(h.ID, holder, storage.AskTook, t.Read.Text); err != nil {
		return err
	}
	if err := t.In.LogHelp(h.ID, holder, "took", t.Read.Text); err != nil {
		return err
	}
	if err := t.In.ClearNotices(noteAsk, subject(h.ID), subject(h.ID)+" is taken"); err != nil {
		return err
	}
	return tellOthers(t, *h)
}

// nudgeAt is when the holder is asked whether he still goes: two hours after
// the wished time (care-features 4.2); without a time, after two waking days.
// Whoever takes what is late already gets two waking hours.
func nudgeAt(b *book.Book, h storage.Help, now time.Time) storage.Moment {
	soonest := storage.At(b.Waking(now, answerWithin))
	switch h.WishGrain {
	case "", anytime:
		return storage.At(b.Waking(now, 2*wakingDay))
	case string(read.Day):
		return max(soonest, storage.At(h.WishAt.Time().Add(20*time.Hour)))
	}
	return max(soonest, storage.At(h.WishAt.Time().Add(2*time.Hour)))
}

// tellAsker owes the asker one line about who comes. An elder without a
// telephone is told through the one who spoke.
func tellAsker(t *line.Turn, h storage.Help) error {
	if h.Asker == t.Me {
		return nil
	}
	come := "来"
	if h.Asker != h.Elder {
		come = "去"
	}
	words := fmt.Sprintf("%d号有人了：%s%s%s。", h.Number, when(h, t.Now()), t.Book.Name(h.Holder), come)
	if h.Terms != "" {
		words = fmt.Sprintf("%d号定了：%s%s%s，%s讲“%s”。", h.Number, when(h, t.Now()), t.Book.Name(h.Holder), come, t.Book.They(h.Holder), h.Terms)
	}
	looksIn := h.Urgent && h.Service == string(read.Comfort) // whom nobody reaches nobody can tell
	relayed, err := passesOn(t.In, h.ID)
	if err != nil {
		return err
	}
	if h.Asker != h.Elder && h.Asker != 0 && !looksIn && relayed {
		words += "麻烦您转告" + t.Book.Name(h.Elder) + "。"
	}
	return t.Owe(storage.Notice{
		Person: h.Asker, Account: h.Account, OpenID: h.OpenID, Kind: noteTaken, Subject: subject(h.ID),
		Period: strconv.FormatInt(h.Holder, 10) + "." + strconv.Itoa(h.Round), Weight: storage.Direct, Lead: "您托的事有信了，回“看”", Words: words,
	})
}

func when(h storage.Help, now time.Time) string {
	if h.WishGrain == "" || h.WishGrain == anytime {
		return ""
	}
	return say.Time(h.WishAt.Time(), h.WishGrain, now)
}

// tellOthers lets those who were asked know on their next message that somebody
// goes; it is not worth a push.
func tellOthers(t *line.Turn, h storage.Help) error {
	asks, err := t.In.Asks(h.ID)
	if err != nil {
		return err
	}
	for _, a := range asks {
		if a.Person == h.Holder || a.State != storage.AskSent {
			continue
		}
		told, err := t.In.NoticesAbout(noteAsk, subject(h.ID))
		if err != nil {
			return err
		}
		if !reached(told, a.Person) {
			continue
		}
		err = t.Carry(storage.Notice{
			Person: a.Person, Kind: noteOthers, Subject: subject(h.ID), Period: strconv.Itoa(h.Round), Weight: storage.Unasked,
			Words: fmt.Sprintf("%d号有人去了，多谢。", h.Number),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// reached reports whether a notice reached a person.
func reached(told []storage.Notice, person int64) bool {
	for _, n := range told {
		if n.Person == person && (n.State == storage.NoticeSent || n.State == storage.NoticeUnknown || n.State == storage.NoticeSending) {
			return true
		}
	}
	return false
}
