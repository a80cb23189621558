package storage

import (
	"slices"
	"testing"
)

func conformFindings(t *testing.T, s *stage) {
	f := Finding{Elder: 1, Visit: 2, Reporter: 7, Words: "脚肿了", Urgent: true, SourceKey: key(t, 1), Ordinal: 1}
	s.write(t, func(v In) error { return v.AddFinding(&f, v.Rescue(f.Elder)) })
	v := s.in(t)
	same(t, "open", got[[]Finding](t)(v.OpenFindings()), []Finding{f})
	same(t, "of the elder", got[[]Finding](t)(v.FindingsOf(1)), []Finding{f})
	f.State, f.Answer, f.AnsweredBy = Closed, "明早来看", 9
	s.write(t, func(v In) error { return v.SaveFinding(f, v.Rescue(f.Elder)) })
	same(t, "finding", found[Finding](t)(v.Finding(f.ID)), f)
	same(t, "open after the answer", len(got[[]Finding](t)(v.OpenFindings())), 0)
	same(t, "of the elder after it", len(got[[]Finding](t)(v.FindingsOf(1))), 0)
}

func conformAlerts(t *testing.T, s *stage) {
	a := Alert{Class: "fall", Elder: 1, Person: 2, Account: "gh", OpenID: "o2", Words: "跌倒了起不来", NextAt: At(noon), SourceKey: key(t, 1), Ordinal: 1}
	s.write(t, func(v In) error { return v.AddAlert(&a) })
	v := s.in(t)
	same(t, "open", got[[]Alert](t)(v.OpenAlerts()), []Alert{a})
	due := func() int {
		rows := got[[]Alert](t)(v.Tx().AlertsDue(At(noon), 1000))
		same(t, "late alerts", got[int64](t)(v.Tx().AlertsLate(At(noon)+1)), int64(len(rows)))
		return len(slices.DeleteFunc(rows, func(a Alert) bool { return a.Village != s.village }))
	}
	same(t, "due", due(), 1)
	s.write(t, func(v In) error {
		missing[Alert](t)(v.LockAlert(a.ID + 1000))
		a = found[Alert](t)(v.LockAlert(a.ID))
		a.State, a.AckedBy = Acked, 9
		return v.SaveAlert(a)
	})
	same(t, "due while somebody is on it", due(), 1)
	a.State, a.ClosedBy, a.Outcome = Closed, 9, "送镇卫生院了"
	s.write(t, func(v In) error { return v.SaveAlert(a) })
	same(t, "alert", found[Alert](t)(v.Alert(a.ID)), a)
	same(t, "due after closing", due(), 0)
	same(t, "open after closing", len(got[[]Alert](t)(v.OpenAlerts())), 0)
}

func conformSlips(t *testing.T, s *stage) {
	p := Slip{Person: 2, Account: "gh", OpenID: "o2", Kind: "voice", Media: "media", SourceKey: key(t, 1), Ordinal: 1}
	s.write(t, func(v In) error { return v.AddSlip(&p) })
	v := s.in(t)
	same(t, "open", got[[]Slip](t)(v.OpenSlips()), []Slip{p})
	p.State = Closed
	s.write(t, func(v In) error { return v.SaveSlip(p) })
	same(t, "slip", found[Slip](t)(v.Slip(p.ID)), p)
	same(t, "open after closing", len(got[[]Slip](t)(v.OpenSlips())), 0)
}
