package help

import (
	"fmt"
	"slices"
	"time"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// seen is what is kept of such a report here: its words may tell of a body, and more
// people read a request.
const seen = "报了看望"

// justDone is how long 做完了 20分钟 still means what was done a moment ago.
const justDone = 30 * time.Minute

// again hears 做完了 from somebody whose request is done already: it may bring the
// minutes.
func again(t *line.Turn) (line.Answer, error) {
	done, err := t.In.HelpsDoneBy(t.Me)
	if err != nil {
		return line.Answer{}, err
	}
	done = slices.DeleteFunc(narrow(t, done), func(h storage.Help) bool { return h.DoneAt < storage.At(t.Now().Add(-justDone)) })
	if len(done) == 0 && t.Is(storage.Doctor) {
		return line.Answer{}, nil // what he says he does about a finding
	}
	if len(done) == 0 {
		return line.Say("您手上没有接着的事。是看望了老人，就讲“看了桂花婶 40分钟”这样。"), nil
	}
	h, found, err := t.In.LockHelp(done[0].ID)
	if err != nil || !found {
		return line.Answer{}, err
	}
	if t.Read.Minutes == 0 || h.Minutes != 0 || h.State != storage.Done {
		return line.Say(fmt.Sprintf("%d号已经记过做完了，多谢。", h.Number)), nil
	}
	h.Minutes = t.Read.Minutes
	if err := t.In.SaveHelp(h); err != nil {
		return line.Answer{}, err
	}
	return line.Say(fmt.Sprintf("好，%d号记%d分钟，多谢您。", h.Number, h.Minutes)), serve(t, h)
}

// lookedIn hears that somebody has reported a visit: his words are the report on the
// request to look in on that elder which he has taken. Its asker is asked whether it
// was good, as for any other; the minutes are those of the visit.
func lookedIn(t *line.Turn, f line.Fact) error {
	if t.Free {
		return nil // the usual report costs no look into the records
	}
	held, err := t.In.HelpsHeldBy(t.Me)
	if err != nil {
		return err
	}
	held = slices.DeleteFunc(held, func(h storage.Help) bool {
		later := h.WishGrain != "" && h.WishGrain != anytime && storage.Day(h.WishAt.Time()) > storage.Day(t.Now())
		return h.Elder != f.Person || h.Service != string(read.Comfort) || later
	})
	if len(held) != 1 {
		return nil // none, or it is not clear which
	}
	h, found, err := t.In.LockHelp(held[0].ID)
	if err != nil || !found || h.State != storage.Taken {
		return err
	}
	h.State, h.Result = storage.Done, seen
	h.DoneAt, h.AskedBack, h.NextAt = storage.At(t.Now()), storage.At(t.Now()), 0
	if err := t.In.SaveHelp(h); err != nil {
		return err
	}
	if err := t.In.LogHelp(h.ID, t.Me, "done", seen); err != nil {
		return err
	}
	t.Said = fmt.Sprintf("%d号看望也记成办了。", h.Number)
	return askBack(t, h)
}
