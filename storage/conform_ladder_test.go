package storage

import (
	"slices"
	"testing"
)

func conformLadders(t *testing.T, s *stage) {
	h := help(t, 1)
	s.write(t, func(v In) error { return v.AddHelp(&h, v.Rescue(h.Elder)) })
	l := Ladder{Help: h.ID, Round: 0, Rings: "7,9/12//1//2", Why: RoundFirst}
	s.write(t, func(v In) error { return v.AddLadder(l) })
	if err := s.Update(t.Context(), func(tx *Tx) error { return tx.In(s.village).AddLadder(l) }); !IsDuplicate(err) {
		t.Errorf("one round fixed twice: %v", err)
	}
	v := s.in(t)
	l.Village, l.At = s.village, At(noon)
	same(t, "ladder", found[Ladder](t)(v.LadderOf(h.ID, 0)), l)
	missing[Ladder](t)(v.LadderOf(h.ID, 1))
	l.Rings, l.Why = "8/////2", RoundRenew
	s.write(t, func(v In) error { return v.RefixLadder(l) })
	same(t, "fixed anew", found[Ladder](t)(s.in(t).LadderOf(h.ID, 0)), l)
	s.write(t, func(v In) error { return v.AddLadder(Ladder{Help: h.ID, Round: 1, Why: RoundAgain}) })
	same(t, "rounds begun again", got[int64](t)(s.in(t).LaddersBegun(h.ID, RoundAgain)), 1)
}

func conformLate(t *testing.T, s *stage) {
	late := func() int64 { return got[int64](t)(s.in(t).Tx().HelpsLate(5)) }
	before := late()
	for i, state := range []string{Unclear, Open, Held, Taken, Done, Open} {
		h := help(t, i)
		h.State, h.NextAt = state, 4
		if i == 5 {
			h.NextAt = 6
		}
		s.write(t, func(v In) error { return v.AddHelp(&h, v.Rescue(h.Elder)) })
	}
	same(t, "late", late()-before, 4)
	closed := help(t, 9)
	closed.State, closed.ClosedAt = Closed, At(noon)
	s.write(t, func(v In) error { return v.AddHelp(&closed, v.Rescue(closed.Elder)) })
	same(t, "since noon", got[HelpCounts](t)(s.in(t).HelpsSince(At(noon))), HelpCounts{Asked: 7, Ended: 1})
	same(t, "since later", got[HelpCounts](t)(s.in(t).HelpsSince(At(noon)+1)), HelpCounts{})
}

func conformReach(t *testing.T, s *stage) {
	same(t, "nobody", len(got[[]Reach](t)(s.in(t).Reaches())), 0)
	r := Reach{Person: 7, PhoneOnly: true, Free: "67m"}
	s.write(t, func(v In) error { return v.SetReach(r) })
	r.AwayUntil, r.PhoneOnly = "2026-12-01", false
	s.write(t, func(v In) error { return v.SetReach(r) })
	r.Village = s.village
	same(t, "reach", got[[]Reach](t)(s.in(t).Reaches()), []Reach{r})
}

func conformSubstitutes(t *testing.T, s *stage) {
	sub := Substitute{Person: 1, Role: Secretary, StandIn: 7, Until: At(noon) + 10}
	s.write(t, func(v In) error { return v.AddSubstitute(&sub) })
	v := s.in(t)
	same(t, "running", got[[]Substitute](t)(v.Substitutes()), []Substitute{sub})
	holds := func() []Role {
		return slices.DeleteFunc(got[[]Role](t)(s.in(t).Roles()), func(r Role) bool { return r.Person != 7 })
	}
	same(t, "the role he holds", holds(), []Role{{Village: s.village, Person: 7, Role: Secretary, How: Standing, Since: At(noon)}})
	s.write(t, func(v In) error { return v.AddRole(Role{Person: 1, Role: Secretary}) })
	same(t, "who does the work", got[[]int64](t)(s.in(t).HoldersOf(Secretary)), []int64{7})
	due := func(now Moment) int {
		rows := got[[]Substitute](t)(s.in(t).Tx().SubstitutesDue(now, 1000))
		return len(slices.DeleteFunc(rows, func(r Substitute) bool { return r.Village != s.village }))
	}
	same(t, "due before its end", due(At(noon)+9), 0)
	same(t, "due at its end", due(At(noon)+10), 1)
	ended := 0
	for range 2 {
		s.write(t, func(v In) error {
			_, mine, err := v.EndSubstitute(sub.ID)
			if mine {
				ended++
			}
			return err
		})
	}
	same(t, "times it ended", ended, 1)
	same(t, "who does it again", got[[]int64](t)(s.in(t).HoldersOf(Secretary)), []int64{1})
	same(t, "roles left", len(holds()), 0)
	same(t, "running afterwards", len(got[[]Substitute](t)(s.in(t).Substitutes())), 0)
}

func conformListening(t *testing.T, s *stage) {
	one, two := Listening{Slip: 5, NextAt: At(noon) + 9}, Listening{Slip: 6}
	s.write(t, func(v In) error {
		if err := v.AddListening(&one); err != nil {
			return err
		}
		return v.AddListening(&two)
	})
	v := s.in(t)
	same(t, "waits", got[[]Listening](t)(v.Unheard()), []Listening{one, two})
	same(t, "numbers", []int{one.Number, two.Number}, []int{1, 2})
	same(t, "by number", found[Listening](t)(v.ListeningNumbered(2)), two)
	same(t, "by slip", found[Listening](t)(v.ListeningTo(5)), one)
	due := func(now Moment) int {
		rows := got[[]Listening](t)(s.in(t).Tx().ListeningsDue(now, 1000))
		return len(slices.DeleteFunc(rows, func(r Listening) bool { return r.Village != s.village }))
	}
	same(t, "due too early", due(At(noon)+8), 0)
	same(t, "due", due(At(noon)+9), 1)
	heard := 0
	for range 2 {
		s.write(t, func(v In) error {
			mine, err := v.SaveListening(Listening{Slip: 5, Number: 1, HeardBy: 7})
			if mine {
				heard++
			}
			return err
		})
	}
	same(t, "times it was heard", heard, 1)
	missing[Listening](t)(s.in(t).ListeningNumbered(1))
	three := Listening{Slip: 8}
	s.write(t, func(v In) error { return v.AddListening(&three) })
	same(t, "the number that is free again", three.Number, 1)
}

func conformHandover(t *testing.T, s *stage) {
	s.write(t, func(v In) error {
		if err := v.AddVolunteer(Volunteer{Person: 7, State: Serving}); err != nil {
			return err
		}
		if err := v.AddRole(Role{Person: 7, Role: Helper}); err != nil {
			return err
		}
		if err := v.AddRole(Role{Person: 7, Role: Leader, Group: 2}); err != nil {
			return err
		}
		return v.AddPlan(Plan{Person: 3, Visitor: 7, Backup: 8})
	})
	s.write(t, func(v In) error {
		if err := v.SetVisitors(3, 8, 0); err != nil {
			return err
		}
		return v.LeaveVolunteer(7)
	})
	v := s.in(t)
	same(t, "serving", len(got[[]Volunteer](t)(v.Volunteers())), 0)
	same(t, "roles left", got[[]Role](t)(v.Roles())[0].Role, Leader)
	p := found[Plan](t)(v.Plan(3))
	same(t, "who visits now", []int64{p.Visitor, p.Backup}, []int64{8, 0})
}
