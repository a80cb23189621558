package help

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"mishu/bot/access"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// Cancel hears 算了不要了 from whom a request is for or who asked for it, and
// "13去不了了" from a holder.
func Cancel(t *line.Turn) (line.Answer, error) {
	if len(t.Read.Tickets) > 0 {
		h, found, err := t.In.HelpNumbered(t.Read.Tickets[0])
		if err != nil {
			return line.Answer{}, err
		}
		if found && h.Holder == t.Me {
			return letGo(t, h.ID)
		}
		if !found || !access.HolderOf(t.Book, t.Me, h) {
			return line.Say(fmt.Sprintf("您名下没有%d号这件事。", t.Read.Tickets[0])), nil
		}
		return withdraw(t, h.ID)
	}
	helps, err := mine(t)
	if err != nil {
		return line.Answer{}, err
	}
	helps = about(t, narrow(t, helps))
	switch len(helps) {
	case 0:
		return cancelHeld(t)
	case 1:
		return withdraw(t, helps[0].ID)
	}
	return which(t, helps, "cancel", "不要哪一件？")
}

// cancelHeld hears a volunteer who has nothing of his own to cancel.
func cancelHeld(t *line.Turn) (line.Answer, error) {
	held, err := t.In.HelpsHeldBy(t.Me)
	if err != nil || len(held) == 0 {
		return line.Answer{}, err
	}
	if len(held) == 1 {
		return letGo(t, held[0].ID)
	}
	var numbers []string
	for _, h := range held {
		numbers = append(numbers, fmt.Sprintf("“不%d”", h.Number))
	}
	return line.Ask("哪一件去不成？回" + strings.Join(numbers, "或") + "。"), nil
}

// mine are the running requests for the speaker or by him, oldest first.
func mine(t *line.Turn) ([]storage.Help, error) {
	helps, err := t.In.HelpsFor(t.Me)
	if err != nil {
		return nil, err
	}
	asked, err := t.In.HelpsBy(t.Me, storage.At(t.Now().AddDate(0, -3, 0)))
	if err != nil {
		return nil, err
	}
	for _, h := range asked {
		if h.Running() && h.Elder != t.Me {
			helps = append(helps, h)
		}
	}
	slices.SortFunc(helps, func(a, b storage.Help) int { return int(a.ID - b.ID) })
	return helps, nil
}

// about keeps the requests that fit 她 or 他 and the day a line names: "不要她来了"
// leaves the request that a woman has taken.
func about(t *line.Turn, helps []storage.Help) []storage.Help {
	fit := slices.DeleteFunc(slices.Clone(helps), func(h storage.Help) bool {
		return !fitsHolder(t, h) || !fitsDay(t.Read.When, h)
	})
	if len(fit) == 0 {
		return helps
	}
	return fit
}

func fitsHolder(t *line.Turn, h storage.Help) bool {
	holder := t.Book.Person(h.Holder).Sex
	switch {
	case strings.Contains(t.Read.Text, "她"):
		return holder == "F"
	case strings.Contains(t.Read.Text, "他来"):
		return holder == "M"
	}
	return true
}

func fitsDay(said read.When, h storage.Help) bool {
	if said.Grain == "" || h.WishGrain == "" || h.WishGrain == anytime {
		return true
	}
	return storage.Day(said.At) == storage.Day(h.WishAt.Time())
}

// withdraw cancels a request on its person's word. Whoever holds it hears of it
// in one line; nobody else is told.
func withdraw(t *line.Turn, id int64) (line.Answer, error) {
	h, found, err := t.In.LockHelp(id)
	if err != nil || !found {
		return line.Answer{}, err
	}
	if !h.Running() {
		return line.Say(fmt.Sprintf("%d号已经了结了。", h.Number)), nil
	}
	holder := h.Holder
	if err := end(t, h, storage.Cancelled, ""); err != nil {
		return line.Answer{}, err
	}
	t.Close()
	if holder == 0 || holder == t.Me {
		return line.Say(fmt.Sprintf("好，%d号%s取消了，多谢您讲一声。", h.Number, brief(t.Book, h, t.Now()))), nil
	}
	err = t.Owe(storage.Notice{
		Person: holder, Kind: noteEnded, Subject: subject(id), Period: strconv.Itoa(h.Round), Weight: storage.Direct, Lead: "您应承的事有变动，回“看”",
		Words: fmt.Sprintf("%d号不用去了，%s那边讲不要了，多谢您。", h.Number, t.Book.Name(h.Elder)),
	})
	return line.Say(fmt.Sprintf("好，%s取消，我告诉%s，多谢您讲一声。", brief(t.Book, h, t.Now()), t.Book.Name(holder))), err
}

// correctWithin is how far back 不是明天 后天吧 reaches.
const correctWithin = 30 * time.Minute

// correct hears a correction of the speaker's newest request: its day, its
// kind, or whom it is for.
func correct(t *line.Turn) (line.Answer, error) {
	h, found, err := lastOf(t, storage.At(t.Now().Add(-correctWithin)))
	if err != nil || !found {
		return line.Answer{}, err
	}
	if h, found, err = t.In.LockHelp(h.ID); err != nil || !found {
		return line.Answer{}, err
	}
	if !amend(t, &h) {
		q := line.Question{Line: name, Name: askRight, Ref: h.ID, Refs: []int64{h.ID}, Text: fmt.Sprintf("%d号哪里不对？讲一声就改，比如“是后天”；不要了就回“取消”。", h.Number)}
		return t.Question(q), nil
	}
	if err := t.In.SaveHelp(h); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.LogHelp(h.ID, t.Me, "corrected", t.Read.Text); err != nil {
		return line.Answer{}, err
	}
	if err := tellChanged(t, h); err != nil {
		return line.Answer{}, err
	}
	if h.State == storage.Unclear && h.WishGrain != "" {
		h.State = storage.Open
		if err := t.In.SaveHelp(h); err != nil {
			return line.Answer{}, err
		}
	}
	return readBack(t, h), nil
}

// readBack says how a corrected request stands.
func readBack(t *line.Turn, h storage.Help) line.Answer {
	done := fmt.Sprintf("改好了，%d号：%s。", h.Number, whole(t.Book, h, t.Now()))
	switch {
	case h.State == storage.Unclear:
		t.Question(line.Question{Line: name, Name: askWhen, Ref: h.ID, Refs: []int64{h.ID}, Text: fmt.Sprintf("%d号哪天方便？", h.Number)})
		return line.Ask(done + "哪天方便？")
	case h.Holder != 0:
		return line.Say(done + "我告诉" + t.Book.Name(h.Holder) + "。")
	}
	t.Question(line.Question{Line: name, Name: askRight, Ref: h.ID, Refs: []int64{h.ID}, Text: fmt.Sprintf("%d号对不对？对就回“对”。", h.Number)})
	return line.Ask(done + "对就回“对”。")
}

// amend changes what a line corrects; false if it corrects nothing.
func amend(t *line.Turn, h *storage.Help) bool {
	r, changed := t.Read, false
	if r.When.Grain != "" {
		h.WishAt, h.WishGrain, changed = storage.At(r.When.At), string(r.When.Grain), true
	}
	if len(r.Services) == 1 {
		h.Service, h.Detail, changed = string(r.Services[0]), clip(detail(r), 200), true
	}
	if ids := named(t); len(ids) == 1 && ids[0] != h.Elder {
		h.Elder, changed = ids[0], true
	}
	return changed
}

// tellChanged tells the holder of a running request that it has changed.
func tellChanged(t *line.Turn, h storage.Help) error {
	if h.Holder == 0 || h.Holder == t.Me {
		return nil
	}
	return t.Owe(storage.Notice{
		Person: h.Holder, Kind: noteEnded, Subject: subject(h.ID), Period: "changed." + t.Source()[:min(8, len(t.Source()))], Weight: storage.Direct,
		Lead: "您应承的事有变动，回“看”", Words: fmt.Sprintf("%d号改了：%s。去不成回“不%d”。", h.Number, say.Clip(whole(t.Book, h, t.Now()), 50), h.Number),
	})
}
