package storage

import (
	"slices"
	"testing"
)

func conformAlertLog(t *testing.T, s *stage) {
	s.write(t, func(v In) error {
		for i, what := range []string{LogRaised, LogGoing, LogClosed} {
			if err := v.LogAlert(7, int64(i), what, "原话"); err != nil {
				return err
			}
		}
		return v.LogAlert(8, 1, LogRaised, "另一件")
	})
	var what []string
	for _, l := range got[[]AlertLog](t)(s.in(t).AlertLogs(7)) {
		what = append(what, l.What)
	}
	same(t, "story", what, []string{LogRaised, LogGoing, LogClosed})
}

func conformAbsences(t *testing.T, s *stage) {
	a := Absence{
		Person: 1, Kind: Outside, Words: "去长沙女儿家", SaidBy: 7, From: "2026-11-24", Until: "2026-12-24", AskAt: At(noon), State: AbsenceSaid,
		SourceKey: key(t, 1), Ordinal: 1,
	}
	s.write(t, func(v In) error { return v.AddAbsence(&a) })
	v := s.in(t)
	same(t, "said", got[[]Absence](t)(v.Absences(AbsenceSaid)), []Absence{a})
	same(t, "of the person", got[[]Absence](t)(v.AbsencesOf(1)), []Absence{a})
	due := func() int {
		rows := got[[]Absence](t)(v.Tx().AbsencesDue(At(noon), 1000))
		return len(slices.DeleteFunc(rows, func(a Absence) bool { return a.Village != s.village }))
	}
	same(t, "due", due(), 1)
	s.write(t, func(v In) error {
		missing[Absence](t)(v.LockAbsence(a.ID + 1000))
		a = found[Absence](t)(v.LockAbsence(a.ID))
		a.State, a.ConfirmedBy, a.Before = AbsenceOn, 9, `{"tier":"高"}`
		return v.SaveAbsence(a)
	})
	same(t, "due while it lasts", due(), 1)
	same(t, "no death", len(got[[]Absence](t)(v.DeathsSince("2026-11-01"))), 0)
	a.State, a.EndedBy, a.EndedAt = AbsenceEnded, 9, At(noon)
	s.write(t, func(v In) error { return v.SaveAbsence(a) })
	same(t, "absence", found[Absence](t)(v.Absence(a.ID)), a)
	same(t, "due after it", due(), 0)
}

func conformProposals(t *testing.T, s *stage) {
	propose := func(person int64, n int) {
		s.write(t, func(v In) error {
			return v.Propose(Proposal{Person: person, Tier: "高", Before: "一般", Days: 30, Why: "屋里只剩一个人", SourceKey: key(t, n), Ordinal: 1})
		})
	}
	propose(1, 1)
	propose(1, 2) // one that waits is enough
	propose(2, 3)
	v := s.in(t)
	open := got[[]Proposal](t)(v.OpenProposals())
	same(t, "open", ids(open, func(p Proposal) int64 { return p.Person }), []int64{1, 2})
	s.write(t, func(v In) error {
		p := found[Proposal](t)(v.LockProposal(open[0].ID))
		p.State, p.DecidedBy, p.AskAt = ProposalTaken, 9, At(v.tx.now.AddDate(0, 0, 30))
		if err := v.SaveProposal(p); err != nil {
			return err
		}
		return v.AddPlan(Plan{Person: 1, Tier: "一般"})
	})
	same(t, "open after one is taken", len(got[[]Proposal](t)(v.OpenProposals())), 1)
	s.write(t, func(v In) error { return v.SetTier(1, "高") })
	same(t, "tier", found[Plan](t)(v.Plan(1)).Tier, "高")
	s.write(t, func(v In) error { return v.SetPlan(1, PlanOff, "2026-12-24") })
	same(t, "the list without him", len(got[[]Plan](t)(v.Plans())), 0)
	same(t, "stopped plans", len(got[[]Plan](t)(v.PlansOff())), 1)
	s.write(t, func(v In) error { return v.SetVisitors(1, 9, 0) })
	same(t, "visitor", found[Plan](t)(v.Plan(1)).Visitor, int64(9))
	same(t, "proposal", found[Proposal](t)(v.Proposal(open[0].ID)).State, ProposalTaken)
}

func conformStatus(t *testing.T, s *stage) {
	p := Person{Name: "吴长生", Status: Home}
	s.write(t, func(v In) error {
		if err := v.AddPerson(&p); err != nil {
			return err
		}
		if err := v.AddVolunteer(Volunteer{Person: p.ID, State: Serving}); err != nil {
			return err
		}
		return v.SetVolunteer(p.ID, Left)
	})
	s.write(t, func(v In) error { return v.SetStatus(p.ID, Dead) })
	v := s.in(t)
	same(t, "status", found[Person](t)(v.Person(p.ID)).Status, Dead)
	same(t, "volunteers", len(got[[]Volunteer](t)(v.Volunteers())), 0)
}
