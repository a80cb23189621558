package visit

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// correctWithin is how far back 错了，是忠良爹 reaches.
const correctWithin = 30 * time.Minute

func last(t *line.Turn, since storage.Moment) (storage.Moment, error) {
	visits, err := lastReport(t, since)
	if err != nil || len(visits) == 0 {
		return 0, err
	}
	return visits[0].CreatedAt, nil
}

// lastReport is what stands of the speaker's newest report.
func lastReport(t *line.Turn, since storage.Moment) ([]storage.Visit, error) {
	key, err := t.In.LastReport(t.Me, since)
	if err != nil || key == "" {
		return nil, err
	}
	return t.In.VisitsFrom(key)
}

// undo takes back the speaker's newest report. Nothing is deleted.
func undo(t *line.Turn, since storage.Moment) (line.Answer, storage.Moment, error) {
	visits, err := lastReport(t, since)
	if err != nil || len(visits) == 0 {
		return line.Answer{}, 0, err
	}
	for _, v := range visits {
		if err := replace(t, v, storage.Undone, 0); err != nil {
			return line.Answer{}, 0, err
		}
		if err := endMeasures(t, v.ID, "", storage.Undone); err != nil {
			return line.Answer{}, 0, err
		}
	}
	if err := endMinutes(t, visits[0].SourceKey, storage.Undone); err != nil {
		return line.Answer{}, 0, err
	}
	return line.Say("好，撤了：" + say.List(names(t, elders(visits))) + "这次不算。"), visits[0].CreatedAt, nil
}

func elders(visits []storage.Visit) []int64 {
	ids := make([]int64, len(visits))
	for i, v := range visits {
		ids[i] = v.Elder
	}
	return ids
}

// replace ends a visit that a correction supersedes, and keeps it.
func replace(t *line.Turn, v storage.Visit, state string, by int64) error {
	if err := t.In.LockPlan(v.Elder); err != nil {
		return err
	}
	v.State, v.ReplacedBy, v.NextAt = state, by, 0
	if err := t.In.SaveVisit(v); err != nil {
		return err
	}
	if err := t.In.MovePlan(v.Elder); err != nil {
		return err
	}
	if err := t.In.ClearNotices(noteHouse, subject("visit", v.ID), subject("visit", v.ID)+" is "+state); err != nil {
		return err
	}
	return t.In.ClearNotices(noteSeen, subject("elder", v.Elder), subject("visit", v.ID)+" is "+state)
}

func endMinutes(t *line.Turn, key, state string) error {
	records, err := t.In.ServicesFrom(key)
	if err != nil {
		return err
	}
	for _, r := range records {
		r.State = state
		if err := t.In.SaveService(r); err != nil {
			return err
		}
	}
	return nil
}

// correct hears a correction of the newest report: the minutes, who it was, or
// that one was not met after all.
func correct(t *line.Turn) (line.Answer, error) {
	visits, err := lastReport(t, storage.At(t.Now().Add(-correctWithin)))
	if err != nil || len(visits) == 0 {
		return line.Answer{}, err
	}
	switch {
	case len(t.Read.Vitals) > 0:
		return correctMeasure(t, visits)
	case t.Read.Minutes > 0 && len(t.Read.Mentions) == 0:
		return correctMinutes(t, visits)
	case len(t.Read.Mentions) == 1 && saysNotThere(t.Read.Text) && among(visits, t.Read.Mentions[0].People) >= 0:
		return takeBack(t, visits[among(visits, t.Read.Mentions[0].People)])
	case len(t.Read.Mentions) > 0 || t.Read.Group != 0 && len(visits) == 1:
		return correctPerson(t, visits)
	}
	return line.Ask("哪里错了？讲一声就改，比如“是忠良爹”“改成30分钟”；全不算就回“撤销”。"), nil
}

// saysNotThere reports whether a correction says that somebody was not called on.
func saysNotThere(text string) bool {
	return slices.ContainsFunc([]string{"没看", "冇看", "没去", "冇去", "没见", "冇见", "没碰", "不算"}, func(w string) bool { return strings.Contains(text, w) })
}

// among is the visit that is about one of the people, -1 if none is.
func among(visits []storage.Visit, people []int64) int {
	return slices.IndexFunc(visits, func(v storage.Visit) bool { return slices.Contains(people, v.Elder) })
}

// takeBack takes one door out of a report. Nothing is deleted.
func takeBack(t *line.Turn, v storage.Visit) (line.Answer, error) {
	if err := replace(t, v, storage.Undone, 0); err != nil {
		return line.Answer{}, err
	}
	return line.Say("改好了，" + label(t, v.Elder) + "这次不算，别家照记。"), nil
}

// correction is the ordinal of what stands in the place of a record of the same
// message: a message reports far fewer doors than this.
const correction = 100

func correctMinutes(t *line.Turn, visits []storage.Visit) (line.Answer, error) {
	key, ordinal := visits[0].SourceKey, correction
	old, err := t.In.ServicesFrom(key)
	if err != nil {
		return line.Answer{}, err
	}
	for _, r := range old {
		ordinal = max(ordinal, r.Ordinal+correction)
	}
	if err := endMinutes(t, key, storage.Replaced); err != nil {
		return line.Answer{}, err
	}
	err = t.In.AddService(storage.ServiceRecord{
		Person: t.Me, Day: visits[0].Day, Minutes: t.Read.Minutes, Kind: storage.ForVisit, SourceKey: key, Ordinal: ordinal,
	})
	return line.Say(fmt.Sprintf("改好了，记%d分钟。", t.Read.Minutes)), err
}

// correctPerson puts another elder in the place of the one that was wrong: the
// one the line names as wrong, or the only one there is.
func correctPerson(t *line.Turn, visits []storage.Visit) (line.Answer, error) {
	wrong, right := wrongAndRight(t, visits)
	if right == 0 {
		return line.Ask("是哪一位？连几组一起讲，比如“是3组忠良爹”。"), nil
	}
	if wrong == nil {
		return line.Ask("哪一位错了？讲“不是" + t.Book.Name(visits[0].Elder) + "，是" + t.Book.Name(right) + "”这样。"), nil
	}
	v := storage.Visit{
		Elder: right, Visitor: t.Me, Day: wrong.Day, Met: wrong.Met, Health: wrong.Health, Reason: wrong.Reason, Words: t.Read.Text, Late: wrong.Late,
		SourceKey: wrong.SourceKey, Ordinal: wrong.Ordinal + correction, // it stays one report: minutes and 撤销 reach all of it
	}
	if err := t.In.LockPlan(right); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.AddVisit(&v, t.Book.Basis(right)); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.MovePlan(right); err != nil {
		return line.Answer{}, err
	}
	if err := replace(t, *wrong, storage.Replaced, v.ID); err != nil {
		return line.Answer{}, err
	}
	return line.Say(fmt.Sprintf("改好了：不是%s，是%s。", label(t, wrong.Elder), label(t, right))), nil
}

// wrongAndRight tells which of the reported visits is wrong, and who is right.
func wrongAndRight(t *line.Turn, visits []storage.Visit) (*storage.Visit, int64) {
	var wrong *storage.Visit
	var right int64
	for _, m := range t.Read.Mentions {
		people := narrow(t, m.People)
		i := slices.IndexFunc(visits, func(v storage.Visit) bool { return slices.Contains(m.People, v.Elder) })
		switch {
		case i >= 0 && wrong == nil && len(t.Read.Mentions) > 1:
			wrong = &visits[i]
		case len(people) == 1:
			right = people[0]
		}
	}
	if wrong == nil && len(visits) == 1 {
		wrong = &visits[0]
	}
	if right == 0 && wrong != nil && t.Read.Group != 0 {
		right = namesake(t, wrong.Elder)
	}
	return wrong, right
}

// namesake is the one of the same name in the group that a correction says.
func namesake(t *line.Turn, elder int64) int64 {
	ids := t.Book.Roster.Find(t.Book.Name(elder), t.Read.Group)
	if len(ids) != 1 {
		return 0
	}
	return ids[0]
}

// waiting hears 对 and 不对 after a report, which needs no 对: the report stands.
func waiting(t *line.Turn) (line.Answer, error) {
	if t.Read.Answer == read.NoAnswer {
		return line.Answer{}, nil
	}
	visits, err := lastReport(t, storage.At(t.Now().Add(-correctWithin)))
	if err != nil || len(visits) == 0 {
		return line.Answer{}, err
	}
	if len(t.Read.Calls) > 0 {
		return line.Answer{}, nil // 对 满爷爷讲…: there is more to hear
	}
	switch {
	case t.Read.Answer == read.Yes || t.Read.Answer == read.Ack:
		return line.Say("好，记好了，多谢您。"), nil
	case t.Read.Minutes > 0 || len(t.Read.Mentions) > 0:
		return correct(t) // 不对 是50分钟
	}
	return line.Ask("哪里错了？讲一声就改，比如“是忠良爹”“改成30分钟”；全不算就回“撤销”。"), nil
}
