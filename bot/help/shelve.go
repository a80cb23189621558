package help

import (
	"slices"

	"mishu/bot/line"
	"mishu/storage"
)

// shelveDead lays a dead person's requests aside, without a word to anybody: a
// person tells the volunteer, and nothing is sent to the house.
func shelveDead(t *line.Turn, f line.Fact) error {
	if f.Words != storage.Died {
		return nil
	}
	helps, err := t.In.HelpsFor(f.Person)
	if err != nil {
		return err
	}
	done, err := t.In.HelpsAbout(f.Person, storage.Done)
	if err != nil {
		return err
	}
	for _, h := range append(helps, done...) {
		if err := shelve(t, h.ID); err != nil {
			return err
		}
	}
	return nil
}

func shelve(t *line.Turn, id int64) error {
	h, found, err := t.In.LockHelp(id)
	if err != nil || !found {
		return err
	}
	if err := t.In.LogHelp(id, t.Me, storage.Shelved, h.State); err != nil {
		return err
	}
	h.State = storage.Shelved
	if err := t.In.SaveHelp(h); err != nil {
		return err
	}
	kinds := []string{noteAsk, noteGood, notePromise, noteNobody, noteNudge, noteTerms, noteTaken, noteYours, noteOthers, noteUrgent, noteUnclear, noteEnded, noteBack}
	for _, kind := range kinds {
		if err := t.In.ClearNotices(kind, subject(id), subject(id)+" is "+storage.Shelved); err != nil {
			return err
		}
	}
	return nil
}

// unshelve takes them up again as they were, if it was a mistake. The clock goes
// on from now.
func unshelve(t *line.Turn, f line.Fact) error {
	if f.Words != storage.Died {
		return nil
	}
	helps, err := t.In.HelpsAbout(f.Person, storage.Shelved)
	if err != nil {
		return err
	}
	for _, h := range helps {
		logs, err := t.In.HelpLogs(h.ID)
		if err != nil {
			return err
		}
		h.State = storage.Open
		slices.Reverse(logs)
		if i := slices.IndexFunc(logs, func(l storage.HelpLog) bool { return l.What == storage.Shelved }); i >= 0 {
			h.State = logs[i].Words
		}
		if h.NextAt != 0 {
			h.NextAt = max(h.NextAt, storage.At(t.Now()))
		}
		if err := t.In.SaveHelp(h); err != nil {
			return err
		}
		if err := t.In.LogHelp(h.ID, t.Me, "unshelved", h.State); err != nil {
			return err
		}
	}
	return nil
}
