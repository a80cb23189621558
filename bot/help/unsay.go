package help

import (
	"fmt"
	"slices"

	"mishu/bot/line"
	"mishu/storage"
)

// judgedDays is how far back a request may have been asked for that is judged now.
const judgedDays = 60

// declinedOf finds the speaker's newest no about a request: he was asked and said
// that he cannot, or gave back what he had taken.
func declinedOf(t *line.Turn, since storage.Moment, take taker) error {
	asks, err := t.In.AskedLately(t.Me, storage.At(t.Now().Add(-askedDays)))
	if err != nil {
		return err
	}
	seen := map[int64]bool{}
	for _, a := range asks {
		if a.State != storage.AskDeclined || seen[a.Help] {
			continue
		}
		seen[a.Help] = true
		at, what, err := lastSaid(t, a.Help, "declined", "gave back")
		if err != nil || at < since {
			if err != nil {
				return err
			}
			continue
		}
		h, _, err := t.In.Help(a.Help)
		if err != nil {
			return err
		}
		undo := undecline
		if what == "gave back" {
			undo = takeAgain
		}
		take(h, at, undo)
	}
	return nil
}

// judgedOf finds the speaker's newest word on whether something was good.
func judgedOf(t *line.Turn, since storage.Moment, take taker) error {
	helps, err := t.In.HelpsBy(t.Me, storage.At(t.Now().AddDate(0, 0, -judgedDays)))
	if err != nil {
		return err
	}
	for _, h := range helps {
		switch {
		case h.State == storage.Closed && h.ClosedBy == t.Me && h.Judged != "" && h.ClosedAt >= since:
			take(h, h.ClosedAt, unjudge)
		case h.DoneAt != 0 && (h.State == storage.Open || h.State == storage.Held || h.State == storage.Taken):
			at, _, err := lastSaid(t, h.ID, notGoodWord)
			if err != nil {
				return err
			}
			if at >= since {
				take(h, at, unjudge)
			}
		}
	}
	return nil
}

// notGoodWord is what the story of a request says of an asker who was not content.
const notGoodWord = "not good"

// lastSaid is when the speaker said one of some things of a request last, and
// which; 0 if he never did.
func lastSaid(t *line.Turn, id int64, what ...string) (at storage.Moment, said string, err error) {
	logs, err := t.In.HelpLogs(id)
	for _, l := range logs {
		if l.Person == t.Me && slices.Contains(what, l.What) {
			at, said = l.At, l.What
		}
	}
	return at, said, err
}

// undecline takes 不13 back: the question stands again. Only 接 takes it.
func undecline(t *line.Turn, id int64) (line.Answer, error) {
	h, found, err := t.In.LockHelp(id)
	if err != nil || !found {
		return line.Answer{}, err
	}
	if err := t.In.AnswerAsk(id, t.Me, storage.AskSent, ""); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.LogHelp(id, t.Me, "undeclined", t.Read.Text); err != nil {
		return line.Answer{}, err
	}
	if err := tellAssigner(t, h, "把“去不成”撤回了"); err != nil {
		return line.Answer{}, err
	}
	if h.State != storage.Open {
		return line.Say(fmt.Sprintf("好，撤了。%d号%s，多谢您。", h.Number, standing(t, h))), nil
	}
	return line.Say(fmt.Sprintf("好，撤了：%d号还没人接。您去就回“接%d”，去不了回“不%d”。", h.Number, h.Number, h.Number)), nil
}

// takeAgain gives back to a holder what he gave back by mistake, unless somebody
// else has it by now.
func takeAgain(t *line.Turn, id int64) (line.Answer, error) {
	h, found, err := t.In.LockHelp(id)
	if err != nil || !found {
		return line.Answer{}, err
	}
	t.Read.Rest = "" // 撤销 states no condition
	return take(t, h)
}

// unjudge takes 好 or 不好 back: the holder has done it, and whether it was good
// is open. What somebody else has taken meanwhile stays his.
func unjudge(t *line.Turn, id int64) (line.Answer, error) {
	h, found, err := t.In.LockHelp(id)
	if err != nil || !found {
		return line.Answer{}, err
	}
	bad := h.State != storage.Closed
	switch {
	case h.State == storage.Held || h.State == storage.Taken:
		return line.Say(fmt.Sprintf("%d号%s，撤不回了。不要了就回“取消%d”。", h.Number, standing(t, h), h.Number)), nil
	case bad:
		if h.Holder, err = doneBy(t, id); err != nil {
			return line.Answer{}, err
		}
		if err := t.In.ClearNotices(noteAsk, subject(id), "unjudged"); err != nil {
			return line.Answer{}, err
		}
	}
	h.State, h.Judged, h.ClosedAt, h.ClosedBy, h.NextAt = storage.Done, "", 0, 0, 0
	if err := t.In.SaveHelp(h); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.LogHelp(id, t.Me, "unjudged", t.Read.Text); err != nil {
		return line.Answer{}, err
	}
	if bad {
		err := tellDesk(t.In, t.Book, h, "unjudged."+fmt.Sprint(h.Round), "有1件事有变动，回“看”", fmt.Sprintf("%d号%s，%s把“没办好”撤回了。", h.Number, brief(t.Book, h, t.Now()), t.Book.Name(t.Me)))
		if err != nil {
			return line.Answer{}, err
		}
	}
	return line.Say(fmt.Sprintf("好，撤了。%d号办得好不好？好回“好”，没办成讲一声。", h.Number)), nil
}

// doneBy is who reported a request done last.
func doneBy(t *line.Turn, id int64) (holder int64, err error) {
	logs, err := t.In.HelpLogs(id)
	for _, l := range logs {
		if l.What == "done" {
			holder = l.Person
		}
	}
	return holder, err
}
