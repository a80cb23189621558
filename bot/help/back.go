package help

import (
	"fmt"
	"strconv"
	"time"

	"mishu/bot/book"
	"mishu/bot/ladder"
	"mishu/bot/line"
	"mishu/storage"
)

// Decline hears 不13, from somebody asked or from the holder.
func Decline(t *line.Turn) (line.Answer, error) {
	if len(t.Read.Tickets) == 0 {
		if held, err := t.In.HelpsHeldBy(t.Me); err != nil {
			return line.Answer{}, err
		} else if len(held) == 1 {
			return letGo(t, held[0].ID)
		}
	}
	if open, err := openAsks(t); err != nil || len(open)+len(t.Read.Tickets) == 0 {
		return line.Say("好，晓得了。"), err
	}
	h, answer, err := meant(t, askTaker)
	if err != nil || answer.Handled() {
		return answer, err
	}
	if h.Holder == t.Me && (h.State == storage.Taken || h.State == storage.Held) {
		return letGo(t, h.ID)
	}
	if err := t.In.AnswerAsk(h.ID, t.Me, storage.AskDeclined, t.Read.Text); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.LogHelp(h.ID, t.Me, "declined", t.Read.Text); err != nil {
		return line.Answer{}, err
	}
	if err := tellAssigner(t, h, "去不成"); err != nil {
		return line.Answer{}, err
	}
	if !h.Running() || h.State == storage.Taken {
		return line.Say(fmt.Sprintf("好，%d号不麻烦您。", h.Number)), nil
	}
	return line.Say(fmt.Sprintf("好，%d号不麻烦您，我问别个。", h.Number)), onwards(t, h.ID)
}

// onwards moves the ladder when nobody of the present ring is left.
func onwards(t *line.Turn, id int64) error { return move(t.In, t.Book, id) }

func move(v storage.In, b *book.Book, id int64) error {
	h, found, err := v.LockHelp(id)
	if err != nil || !found || h.State != storage.Open {
		return err
	}
	waits, err := ladder.Waits(v, h)
	if err != nil || waits || h.Step >= ladder.Office {
		return err
	}
	if err := ladder.Advance(v, b, &h); err != nil {
		return err
	}
	return v.SaveHelp(h)
}

// letGo gives a request back: it is open again, the reserve or the next ring is
// asked, the secretary-general and the asker hear of it.
func letGo(t *line.Turn, id int64) (line.Answer, error) {
	h, found, err := t.In.LockHelp(id)
	if err != nil || !found {
		return line.Answer{}, err
	}
	if err := t.In.LogHelp(id, t.Me, "gave back", t.Read.Text); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.AnswerAsk(id, t.Me, storage.AskDeclined, t.Read.Text); err != nil {
		return line.Answer{}, err
	}
	wasTaken := h.State == storage.Taken
	if err := Reopen(t.In, t.Book, &h); err != nil {
		return line.Answer{}, err
	}
	if wasTaken {
		if err := tellBack(t.In, t.Book, h, t.Me, "去不成了"); err != nil {
			return line.Answer{}, err
		}
	}
	return line.Say(fmt.Sprintf("好，%d号我另外问人，多谢您早讲。", h.Number)), nil
}

// tellBack tells the asker and the secretary-general that the holder does not
// go.
func tellBack(v storage.In, b *book.Book, h storage.Help, holder int64, why string) error {
	period := strconv.Itoa(h.Round) + "." + strconv.FormatInt(holder, 10)
	err := v.Owe(storage.Notice{
		Person: h.Asker, Account: h.Account, OpenID: h.OpenID, Kind: noteBack, Subject: subject(h.ID), Period: period, Weight: storage.Direct,
		Lead: "您托的事有变动，回“看”", Words: fmt.Sprintf("%d号%s来不成了，我在另外问人，问到了给您讲。", h.Number, b.Name(holder)),
	})
	if err != nil {
		return err
	}
	return tellDesk(v, b, h, period, "有1件事换人，回“看”", fmt.Sprintf("%d号%s：%s%s，正在问别个。", h.Number, ladder.Whole(b, h, v.Now()), b.Name(holder), why))
}

// Reopen gives a locked request back to the ladder and saves it: the reserve is
// asked first, if there is one.
func Reopen(v storage.In, b *book.Book, h *storage.Help) error {
	h.State, h.Holder, h.Terms, h.HeldUntil = storage.Open, 0, "", 0
	reserve := h.Reserve
	h.Reserve = 0
	ladder.Back(h)
	if reserve != 0 {
		if err := ladder.AskAgain(v, b, *h, reserve); err != nil {
			return err
		}
		h.NextAt = storage.At(b.Waking(v.Now(), time.Hour))
		return v.SaveHelp(*h)
	}
	if err := ladder.Advance(v, b, h); err != nil {
		return err
	}
	return v.SaveHelp(*h)
}
