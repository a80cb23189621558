package help

import (
	"fmt"
	"strconv"
	"time"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// waitingDays is how long a yes without a question still answers a notice.
const waitingDays = 14 * 24 * time.Hour

// Waiting hears the answer to a question that a notice put: whether a
// volunteer's condition is all right, whether it was good.
func Waiting(t *line.Turn) (line.Answer, error) {
	if t.Read.Answer == read.NoAnswer {
		return line.Answer{}, nil
	}
	helps, err := t.In.HelpsBy(t.Me, storage.At(t.Now().Add(-waitingDays)))
	if err != nil {
		return line.Answer{}, err
	}
	for _, h := range helps {
		switch h.State {
		case storage.Held:
			return answerTerms(t, h.ID)
		case storage.Done:
			return judge(t, h.ID)
		}
	}
	if a, err := going(t); err != nil || a.Handled() {
		return a, err
	}
	return ackAsk(t)
}

// ackAsk hears 收到 / 好 / 可以 from somebody who was asked: that alone never
// claims. With a condition after it, it is a claim on that condition.
func ackAsk(t *line.Turn) (line.Answer, error) {
	open, err := openAsks(t)
	if err != nil || len(open) == 0 {
		return line.Answer{}, err
	}
	h := open[0]
	if terms(t.Read) != "" && t.Read.Answer == read.Ack && len(open) == 1 {
		return Claim(t)
	}
	if t.Read.Answer == read.No {
		t.Read.Tickets = []int{h.Number}
		return Decline(t)
	}
	return ackOne(h), nil
}

// ackOne asks somebody who said no more than that he has heard.
func ackOne(h storage.Help) line.Answer {
	return line.Say(fmt.Sprintf("多谢。%d号还没人接，您接不接？接回“接%d”，去不了回“不%d”。", h.Number, h.Number, h.Number))
}

// answerTerms hears whether the volunteer's condition suits.
func answerTerms(t *line.Turn, id int64) (line.Answer, error) {
	h, found, err := t.In.LockHelp(id)
	if err != nil || !found || h.State != storage.Held {
		return line.Answer{}, err
	}
	switch t.Read.Answer {
	case read.Yes, read.Ack:
		holder := h.Holder
		if err := settle(t, &h, holder); err != nil {
			return line.Answer{}, err
		}
		if err := tellHolder(t, h); err != nil {
			return line.Answer{}, err
		}
		return line.Say(fmt.Sprintf("定了：%d号%s%s来，“%s”。", h.Number, when(h, t.Now()), t.Book.Name(holder), h.Terms)), nil
	case read.No:
		if err := t.In.LogHelp(id, t.Me, "terms refused", t.Read.Text); err != nil {
			return line.Answer{}, err
		}
		if err := tellRefused(t, h); err != nil {
			return line.Answer{}, err
		}
		if err := Reopen(t.In, t.Book, &h); err != nil {
			return line.Answer{}, err
		}
		return line.Say(fmt.Sprintf("好，%d号我另外问人。", h.Number)), nil
	}
	return line.Answer{}, nil
}

// tellHolder owes the holder the private side of the request.
func tellHolder(t *line.Turn, h storage.Help) error {
	return t.Owe(storage.Notice{
		Person: h.Holder, Kind: noteYours, Subject: subject(h.ID), Period: strconv.Itoa(h.Round), Weight: storage.Direct, Lead: "您应承的事定了，回“看”",
		Words: fmt.Sprintf("%d号定了归您：%s。做完回“做完了 40分钟”。", h.Number, errand(t.Book, h, t.Now())),
	})
}

func tellRefused(t *line.Turn, h storage.Help) error {
	return t.Owe(storage.Notice{
		Person: h.Holder, Kind: noteEnded, Subject: subject(h.ID), Period: "terms." + strconv.Itoa(h.Round), Weight: storage.Direct, Lead: "您应承的事有信了，回“看”",
		Words: fmt.Sprintf("%d号那边讲那个时间不行，我另外问人，多谢您。", h.Number),
	})
}

// judge hears whether it was good. Only now is the request closed.
func judge(t *line.Turn, id int64) (line.Answer, error) {
	h, found, err := t.In.LockHelp(id)
	if err != nil || !found || h.State != storage.Done {
		return line.Answer{}, err
	}
	switch t.Read.Answer {
	case read.Yes, read.Ack:
		if err := end(t, h, storage.Closed, "好"); err != nil {
			return line.Answer{}, err
		}
		return line.Say(fmt.Sprintf("好，%d号记成办好。还有事您讲一声。", h.Number)), nil
	case read.No:
		return notGood(t, h)
	}
	return line.Answer{}, nil
}

// notGood opens a request again and tells the secretary-general.
func notGood(t *line.Turn, h storage.Help) (line.Answer, error) {
	if err := t.In.LogHelp(h.ID, t.Me, notGoodWord, t.Read.Text); err != nil {
		return line.Answer{}, err
	}
	err := tellDesk(t.In, t.Book, h, "good."+strconv.Itoa(h.Round), "有1件事没办好，回“看”",
		fmt.Sprintf("%d号%s，%s讲没办好：“%s”。重新在问人。", h.Number, brief(t.Book, h, t.Now()), t.Book.Name(t.Me), say.Clip(t.Read.Text, 30)))
	if err != nil {
		return line.Answer{}, err
	}
	if err := Reopen(t.In, t.Book, &h); err != nil {
		return line.Answer{}, err
	}
	return line.Say(fmt.Sprintf("对不住，%d号重新问人，也告诉%s。%s", h.Number, t.Book.Called(), urgentLine(t))), nil
}
