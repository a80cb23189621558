package storage

import (
	"slices"
	"testing"
)

// A county's value goes to its villages alone, and a village's own goes before
// it; whoever keeps what a village has set is told.
func conformCountySettings(t *testing.T, s *stage) {
	county := key(t, 2)[:10]
	add := func(name, township, code string) (v Village) {
		v = Village{Name: name, Township: township, County: county, Code: code}
		s.must(t, func(tx *Tx) error { return tx.AddVillage(&v) })
		return v
	}
	office, one, two := add(county, "", "county"), add("一村", "镇", ""), add("二村", "镇", "")
	name := key(t, 3)[:10]
	set := func(village int64, value string) {
		s.must(t, func(tx *Tx) error { return tx.In(village).Set(Setting{Name: name, Value: value}) })
	}
	set(0, "operator")
	set(office.ID, "county")
	set(two.ID, "own")
	tx := s.in(t).Tx()
	all := got[map[int64]map[string]string](t)(tx.SettingsOf([]Village{{ID: s.village, County: "别县"}, one, two}))
	same(t, "elsewhere", all[s.village][name], "operator")
	same(t, "of the county", all[one.ID][name], "county")
	same(t, "of the village", all[two.ID][name], "own")
	same(t, "version", got[int64](t)(tx.In(one.ID).Version()), one.Version+2)
}

// What a rule asks the records for, and what it leaves there.
func conformRules(t *testing.T, s *stage) {
	s.write(t, func(v In) error {
		for _, r := range []Role{{Person: 9, Role: Leader, Group: 1}, {Person: 9, Role: Leader, Group: 2}, {Person: 3, Role: Secretary}, {Person: 4, Role: Doctor}} {
			if err := v.AddRole(r); err != nil {
				return err
			}
		}
		for _, p := range []Plan{{Person: 1, Tier: "高", Visitor: 9, Backup: 8}, {Person: 2, Tier: "一般", Visitor: 7}, {Person: 3, Tier: "高", Visitor: 9}} {
			if err := v.AddPlan(p); err != nil {
				return err
			}
		}
		_, err := v.BeginWatermarks([]string{"a", "b"}, 100)
		return err
	})
	v := s.in(t)
	same(t, "holders", got[[]int64](t)(v.HoldersOf(Leader, Secretary)), []int64{3, 9})
	same(t, "visitors", got[[]int64](t)(v.VisitorsOf("")), []int64{7, 9})
	same(t, "of a tier", got[[]int64](t)(v.VisitorsOf("高")), []int64{9})
	same(t, "backups", got[[]int64](t)(v.BackupsOf("")), []int64{8})
	same(t, "watermarks", got[map[int64]map[string]Moment](t)(v.Tx().Watermarks([]int64{s.village})), map[int64]map[string]Moment{s.village: {"a": 100, "b": 100}})
	begun := true
	s.write(t, func(v In) (err error) {
		begun, err = v.BeginWatermarks([]string{"c", "b"}, 200)
		return err
	})
	same(t, "begun by somebody else", begun, false)
	s.owe(t, notice("list", "2"))
	s.write(t, func(v In) error {
		return v.OweAll([]Notice{notice("list", "1"), notice("list", "2"), notice("list", "3")})
	})
	rows := got[[]Notice](t)(v.NoticesAbout("list", "help 13"))
	periods := make([]string, len(rows))
	for i, n := range rows {
		periods[i] = n.Period
	}
	slices.Sort(periods)
	same(t, "owed", periods, []string{"1", "2", "3"})
}

// Birthdays, calls, and what a letter may hold beside its first notice.
func conformReminders(t *testing.T, s *stage) {
	call := PhoneCall{Elder: 1, Caller: 9, Day: "2026-11-24", Outcome: CallNone, SourceKey: key(t, 1), Ordinal: 1}
	s.write(t, func(v In) error {
		if err := v.SetBirthday(Birthday{Person: 1, Month: 9, Day: 6}); err != nil {
			return err
		}
		if err := v.SetBirthday(Birthday{Person: 1, Month: 6, Day: 12, Leap: true}); err != nil {
			return err
		}
		return v.AddPhoneCall(call)
	})
	v := s.in(t)
	same(t, "birthdays", got[[]Birthday](t)(v.Birthdays()), []Birthday{{Village: s.village, Person: 1, Month: 6, Day: 12, Leap: true}})
	calls := got[[]PhoneCall](t)(v.PhoneCallsTo(1, "2026-11-01"))
	same(t, "calls", len(calls), 1)
	same(t, "outcome", calls[0].Outcome, CallNone)
	same(t, "calls since", len(got[[]PhoneCall](t)(v.PhoneCallsTo(1, "2026-11-25"))), 0)
	one, later := notice("one", "1"), notice("later", "1")
	later.NotBefore = At(noon) + 1
	s.owe(t, one)
	s.owe(t, later)
	due := got[[]Notice](t)(v.DueFor(5, At(noon), At(noon), 9))
	if len(due) != 1 || due[0].Kind != "one" {
		t.Errorf("due for one person: %+v", due)
	}
	s.sent(t, due[0], func(n *Notice) { n.SentDay = "2026-11-24" })
	stale := notice("stale", "1")
	s.sent(t, stale, func(n *Notice) { n.State = NoticeStale })
	stale.Period = "2"
	s.sent(t, stale, func(n *Notice) { n.State = NoticeStale })
	same(t, "too late", got[int64](t)(v.Missed()), 2)
	s.write(t, func(v In) error { return v.MissedTold() })
	same(t, "told of it", got[int64](t)(v.Missed()), 0)
	same(t, "sent since", got[int64](t)(v.SentSince(5, "2026-11-23", "one", "other")), 1)
	same(t, "letters", got[int64](t)(v.LettersTo(5, "2026-11-24", "2026-11-30")), 1)
	s.write(t, func(v In) error { return v.AddBriefItem(BriefItem{Day: "2026-11-24", Digit: 1, Kind: "help"}) })
	same(t, "asked", got[int64](t)(v.BriefItemsBetween("2026-11-24", "2026-11-30")), 1)
	same(t, "of a person, newest first", got[[]Notice](t)(v.NoticesOf(5, 1))[0].Period, "2")
	same(t, "of a kind", len(got[[]Notice](t)(v.NoticesOfKind("stale", 9))), 2)
	same(t, "sent of other kinds", got[int64](t)(v.SentSince(5, "2026-11-23", "other")), 0)
}

// A visit is drawn once, and settled once.
func conformCourtesy(t *testing.T, s *stage) {
	seen := s.addVisit(t, Visit{Elder: 1, Visitor: 9, SourceKey: key(t, 1), Day: "2026-11-03", Met: true})
	s.addVisit(t, Visit{Elder: 1, Visitor: 9, SourceKey: key(t, 2), Day: "2026-11-04"})
	s.addVisit(t, Visit{Elder: 1, Visitor: 9, SourceKey: key(t, 3), Day: "2026-12-01", Met: true})
	v := s.in(t)
	same(t, "visits to draw from", got[[]int64](t)(v.VisitsIn("2026-11-01", "2026-11-30")), []int64{seen.ID})
	for range 2 {
		s.write(t, func(v In) error { return v.AddCourtesy(Courtesy{Visit: seen.ID, Month: "2026-11"}) })
	}
	open := got[[]Courtesy](t)(v.Courtesies())
	same(t, "drawn", len(open), 1)
	same(t, "drawn", found[Courtesy](t)(v.Courtesy(open[0].ID)).Visit, seen.ID)
	for _, want := range []bool{true, false} {
		settled := !want
		s.write(t, func(v In) (err error) {
			settled, err = v.SettleCourtesy(open[0].ID, 7, "来过")
			return err
		})
		same(t, "settled", settled, want)
	}
	same(t, "left", len(got[[]Courtesy](t)(v.Courtesies())), 0)
}
