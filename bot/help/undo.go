package help

import (
	"fmt"

	"mishu/bot/line"
	"mishu/storage"
)

// entry is the speaker's newest act of this line that 撤销 can take back: he
// asked, he took or said no, he reported it done, he judged it.
type entry struct {
	help storage.Help
	at   storage.Moment
	undo func(*line.Turn, int64) (line.Answer, error)
}

// newest finds it; nil if he did nothing since an instant.
func newest(t *line.Turn, since storage.Moment) (*entry, error) {
	var best *entry
	var take taker = func(h storage.Help, at storage.Moment, undo func(*line.Turn, int64) (line.Answer, error)) {
		if at >= since && (best == nil || at > best.at) {
			best = &entry{h, at, undo}
		}
	}
	if h, found, err := lastOf(t, since); err != nil || found {
		if err != nil {
			return nil, err
		}
		take(h, h.CreatedAt, withdraw)
	}
	held, err := t.In.HelpsHeldBy(t.Me)
	if err != nil {
		return nil, err
	}
	for _, h := range held {
		at, err := takenAt(t, h)
		if err != nil {
			return nil, err
		}
		take(h, at, letGo)
	}
	done, err := t.In.HelpsDoneBy(t.Me)
	if err != nil {
		return nil, err
	}
	for _, h := range done {
		take(h, h.DoneAt, notDoneYet)
	}
	if err := declinedOf(t, since, take); err != nil {
		return nil, err
	}
	return best, judgedOf(t, since, take)
}

// taker remembers an act if it is the newest so far.
type taker func(h storage.Help, at storage.Moment, undo func(*line.Turn, int64) (line.Answer, error))

// lastOf is the speaker's newest request that runs.
func lastOf(t *line.Turn, since storage.Moment) (storage.Help, bool, error) {
	helps, err := t.In.HelpsBy(t.Me, since)
	if err != nil {
		return storage.Help{}, false, err
	}
	for _, h := range helps {
		if h.Running() {
			return h, true, nil
		}
	}
	return storage.Help{}, false, nil
}

// takenAt is when the speaker took what he holds.
func takenAt(t *line.Turn, h storage.Help) (at storage.Moment, err error) {
	logs, err := t.In.HelpLogs(h.ID)
	for _, l := range logs {
		if l.Person == t.Me && (l.What == "took" || l.What == "would") {
			at = l.At
		}
	}
	return at, err
}

func last(t *line.Turn, since storage.Moment) (storage.Moment, error) {
	e, err := newest(t, since)
	if err != nil || e == nil {
		return 0, err
	}
	return e.at, nil
}

// undo takes back the speaker's newest act.
func undo(t *line.Turn, since storage.Moment) (line.Answer, storage.Moment, error) {
	e, err := newest(t, since)
	if err != nil || e == nil {
		return line.Answer{}, 0, err
	}
	a, err := e.undo(t, e.help.ID)
	return a, e.at, err
}

// notDoneYet takes 做完了 back: the request is the holder's again, the minutes do
// not count, and the asker hears that the question whether it was good was too
// early.
func notDoneYet(t *line.Turn, id int64) (line.Answer, error) {
	h, found, err := t.In.LockHelp(id)
	if err != nil || !found || h.State != storage.Done || h.Holder != t.Me {
		return line.Answer{}, err
	}
	given, err := t.In.ServiceGiven(t.Me, h.DoneAt)
	if err != nil {
		return line.Answer{}, err
	}
	for _, s := range given {
		s.State = storage.Undone
		if err := t.In.SaveService(s); err != nil {
			return line.Answer{}, err
		}
	}
	h.State, h.Minutes, h.Result, h.DoneAt, h.AskedBack = storage.Taken, 0, "", 0, 0
	h.NextAt = storage.At(t.Book.Waking(t.Now(), wakingDay))
	if err := t.In.SaveHelp(h); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.LogHelp(id, t.Me, "not done yet", t.Read.Text); err != nil {
		return line.Answer{}, err
	}
	if err := tooEarly(t, h); err != nil {
		return line.Answer{}, err
	}
	return line.Say(fmt.Sprintf("好，撤了：%d号还在您手里。做完了再讲一声。", h.Number)), nil
}

// tooEarly tells an asker who has been asked whether it was good.
func tooEarly(t *line.Turn, h storage.Help) error {
	told, err := t.In.NoticesAbout(noteGood, subject(h.ID))
	if err != nil {
		return err
	}
	if err := t.In.ClearNotices(noteGood, subject(h.ID), subject(h.ID)+" is not done yet"); err != nil || !reached(told, h.Asker) {
		return err
	}
	return t.Owe(storage.Notice{
		Person: h.Asker, Account: h.Account, OpenID: h.OpenID, Kind: noteBack, Subject: subject(h.ID), Period: "early." + t.Source()[:min(8, len(t.Source()))],
		Weight: storage.Direct, Lead: "您托的事有变动，回“看”", Words: fmt.Sprintf("%d号还没办完，%s讲错了，刚才问您的不算。", h.Number, t.Book.Name(t.Me)),
	})
}
