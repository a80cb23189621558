package storage

import (
	"slices"
	"testing"
)

// visit is a call of person 7 on elder 1 that was met on a day.
func visit(t testing.TB, n int, day string) Visit {
	return Visit{Elder: 1, Visitor: 7, Day: day, Met: true, Health: "好", Words: "看了满爷爷", SourceKey: key(t, n), Ordinal: 1}
}

func visitID(v Visit) int64 { return v.ID }

func (s *stage) addVisit(t testing.TB, v Visit) Visit {
	t.Helper()
	s.write(t, func(in In) error { return in.AddVisit(&v, in.Rescue(v.Elder)) })
	return v
}

func conformPlans(t *testing.T, s *stage) {
	s.write(t, func(v In) error {
		for i, last := range []string{"2026-11-03", "", "2026-11-20"} {
			p := Plan{Person: int64(i + 1), Kinds: "独居", Tier: "高", Visitor: int64(7 + i/2), LastDay: last}
			if err := v.AddPlan(p); err != nil {
				return err
			}
		}
		return nil
	})
	v := s.in(t)
	people := func(rows []Plan, err error) []int64 {
		return ids(got[[]Plan](t)(rows, err), func(p Plan) int64 { return p.Person })
	}
	same(t, "list", people(v.Plans()), []int64{1, 2, 3})
	same(t, "not visited since the 20th", people(v.Unvisited("2026-11-20")), []int64{2, 1})
	same(t, "of visitor 7", people(v.PlansOf(7)), []int64{1, 2})
	same(t, "plan", found[Plan](t)(v.Plan(3)), Plan{
		Village: s.village, Person: 3, Kinds: "独居", Tier: "高", Visitor: 8, LastDay: "2026-11-20", State: PlanOn,
	})
	missing[Plan](t)(v.Plan(4))
	err := s.Update(t.Context(), func(tx *Tx) error { return tx.In(s.village).AddPlan(Plan{Person: 3}) })
	if !IsDuplicate(err) {
		t.Errorf("one elder twice on the list: %v", err)
	}
}

// days are the plan's last day and last attempt.
func (s *stage) days(t testing.TB) [2]string {
	p := found[Plan](t)(s.in(t).Plan(1))
	return [2]string{p.LastDay, p.Tried}
}

func conformAdvance(t *testing.T, s *stage) {
	s.write(t, func(v In) error { return v.AddPlan(Plan{Person: 1}) })
	for _, c := range []struct {
		day   string
		met   bool
		moved bool
		days  [2]string
	}{
		{"2026-11-05", true, true, [2]string{"2026-11-05", ""}},
		{"2026-11-05", true, false, [2]string{"2026-11-05", ""}},
		{"2026-11-04", true, false, [2]string{"2026-11-05", ""}},
		{"2026-11-04", false, true, [2]string{"2026-11-05", "2026-11-04"}},
		{"2026-11-06", true, true, [2]string{"2026-11-06", "2026-11-04"}},
	} {
		s.write(t, func(v In) error {
			same(t, c.day, got[bool](t)(v.AdvancePlan(1, c.day, c.met)), c.moved)
			same(t, "of another elder", got[bool](t)(v.AdvancePlan(2, c.day, c.met)), false)
			return nil
		})
		same(t, "days after "+c.day, s.days(t), c.days)
	}
	s.write(t, func(v In) error { return v.MovePlan(1) })
	same(t, "without a visit that stands", s.days(t), [2]string{})
}

func conformVisits(t *testing.T, s *stage) {
	s.write(t, func(v In) error { return v.AddPlan(Plan{Person: 1}) })
	met := s.addVisit(t, visit(t, 1, "2026-11-10"))
	missed := visit(t, 2, "2026-11-12")
	missed.Met, missed.Reason, missed.NextAt = false, "门锁了", At(noon)
	missed = s.addVisit(t, missed)
	s.write(t, func(v In) error {
		if err := v.LockPlan(1); err != nil {
			return err
		}
		return v.MovePlan(1)
	})
	same(t, "plan", s.days(t), [2]string{"2026-11-10", "2026-11-12"})
	v := s.in(t)
	same(t, "visit", found[Visit](t)(v.Visit(met.ID)), met)
	same(t, "attempt", found[Visit](t)(v.Visit(missed.ID)), missed)
	err := s.Update(t.Context(), func(tx *Tx) error {
		twice := visit(t, 1, "2026-11-11")
		return tx.In(s.village).AddVisit(&twice, tx.In(s.village).Rescue(twice.Elder))
	})
	if !IsDuplicate(err) {
		t.Errorf("one line of one message twice: %v", err)
	}
	met.State, met.ReplacedBy = Replaced, 99
	s.write(t, func(v In) error {
		if err := v.SaveVisit(met); err != nil {
			return err
		}
		return v.MovePlan(1)
	})
	same(t, "a visit that is replaced is kept", found[Visit](t)(v.Visit(met.ID)), met)
	same(t, "plan after that", s.days(t), [2]string{"", "2026-11-12"})
}

func conformVisitLists(t *testing.T, s *stage) {
	a := s.addVisit(t, visit(t, 1, "2026-11-10"))
	b := visit(t, 1, "2026-11-12")
	b.Ordinal, b.CreatedAt = 2, At(noon)+5
	b = s.addVisit(t, b)
	c := visit(t, 2, "2026-11-12")
	c.Met, c.Visitor, c.NextAt = false, 8, At(noon)
	c = s.addVisit(t, c)
	undone := s.addVisit(t, visit(t, 3, "2026-11-12"))
	undone.State = Undone
	s.write(t, func(v In) error { return v.SaveVisit(undone) })
	v := s.in(t)
	listed := func(rows []Visit, err error) []int64 { return ids(got[[]Visit](t)(rows, err), visitID) }
	same(t, "on a day", listed(v.VisitsOn(1, "2026-11-12")), []int64{b.ID, c.ID})
	same(t, "to an elder, newest first", listed(v.VisitsTo(1, "2026-11-10")), []int64{c.ID, b.ID, a.ID})
	same(t, "to an elder since the 11th", listed(v.VisitsTo(1, "2026-11-11")), []int64{c.ID, b.ID})
	same(t, "from a message", listed(v.VisitsFrom(a.SourceKey)), []int64{a.ID, b.ID})
	same(t, "attempts that wait", listed(v.AttemptsWaiting("2026-11-12")), []int64{c.ID})
	same(t, "the last report", got[string](t)(v.LastReport(7, At(noon))), a.SourceKey)
	same(t, "no report since", got[string](t)(v.LastReport(7, At(noon)+6)), "")
	due := func() []int64 {
		rows := got[[]Visit](t)(v.Tx().VisitsDue(At(noon), 1000))
		same(t, "late attempts", got[int64](t)(v.Tx().VisitsLate(At(noon)+1)), int64(len(rows)))
		return ids(slices.DeleteFunc(rows, func(r Visit) bool { return r.Village != s.village }), visitID)
	}
	same(t, "due", due(), []int64{c.ID})
	c.NextAt = Settled
	s.write(t, func(v In) error { return v.SaveVisit(c) })
	same(t, "due after somebody said", due(), nil)
	same(t, "waiting after somebody said", listed(v.AttemptsWaiting("2026-11-12")), nil)
}

// The same elder and day is counted once however many were there; attempts and
// what was taken back apart.
func conformCount(t *testing.T, s *stage) {
	for i, c := range []struct {
		elder, visitor int64
		day            string
		met            bool
		state          string
	}{
		{1, 7, "2026-11-01", true, Stands},
		{1, 8, "2026-11-01", true, Stands},
		{1, 7, "2026-11-30", true, Stands},
		{2, 7, "2026-11-02", true, Stands},
		{3, 7, "2026-11-03", false, Stands},
		{3, 7, "2026-11-03", false, Stands},
		{4, 7, "2026-11-03", true, Undone},
		{5, 7, "2026-10-31", true, Stands},
		{5, 7, "2026-12-01", false, Stands},
	} {
		v := visit(t, i, c.day)
		v.Elder, v.Visitor, v.Met = c.elder, c.visitor, c.met
		v = s.addVisit(t, v)
		v.State = c.state
		s.write(t, func(in In) error { return in.SaveVisit(v) })
	}
	count := got[VisitCount](t)(s.in(t).CountVisits("2026-11-01", "2026-11-30"))
	same(t, "count", count, VisitCount{Elders: 2, Visits: 3, Attempts: 2})
	same(t, "of one visitor", got[VisitCount](t)(s.in(t).CountVisitsBy(7, "2026-11-01", "2026-11-30")), VisitCount{Elders: 2, Visits: 3, Attempts: 2})
	same(t, "of another", got[VisitCount](t)(s.in(t).CountVisitsBy(8, "2026-11-01", "2026-11-30")), VisitCount{Elders: 1, Visits: 1})
}

func conformServices(t *testing.T, s *stage) {
	trip := ServiceRecord{Person: 7, Day: "2026-11-10", Minutes: 40, Kind: ForVisit, SourceKey: key(t, 1), Ordinal: 1}
	other := trip
	other.Day, other.Minutes, other.Ordinal = "2026-11-11", 20, 2
	s.write(t, func(v In) error { return v.AddService(trip) })
	s.write(t, func(v In) error { return v.AddService(other) })
	v := s.in(t)
	same(t, "minutes", got[int64](t)(v.MinutesOf(7, "2026-11-01", "2026-11-30")), 60)
	same(t, "of the 10th", got[int64](t)(v.MinutesOf(7, "2026-11-01", "2026-11-10")), 40)
	same(t, "of nobody", got[int64](t)(v.MinutesOf(8, "2026-11-01", "2026-11-30")), 0)
	rows := got[[]ServiceRecord](t)(v.ServicesFrom(key(t, 1)))
	for i, r := range []*ServiceRecord{&trip, &other} {
		r.ID, r.Village, r.State, r.CreatedAt = rows[i].ID, s.village, Stands, At(noon)
	}
	same(t, "from a message", rows, []ServiceRecord{trip, other})
	other.State = Replaced
	s.write(t, func(v In) error { return v.SaveService(other) })
	same(t, "minutes that stand", got[int64](t)(v.MinutesOf(7, "2026-11-01", "2026-11-30")), 40)
}
