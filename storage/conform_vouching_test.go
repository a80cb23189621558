package storage

import (
	"errors"
	"testing"
	"time"
)

// A face waits for one after another who may know it; what is said anew begins
// anew, and the calls stay.
func conformVouching(t *testing.T, s *stage) {
	w := Vouching{Member: 5, Elder: 9, Words: "我是刘满生的崽海波", Step: 1, NextAt: At(noon.Add(time.Hour))}
	s.write(t, func(v In) error { return v.AddVouching(w) })
	w.Village, w.Since = s.village, At(noon)
	same(t, "waits", found[Vouching](t)(s.in(t).VouchingFor(5)), w)
	missing[Vouching](t)(s.in(t).VouchingFor(6))
	due := func(at time.Time) (n int) {
		s.must(t, func(tx *Tx) error {
			rows, err := tx.VouchingsDue(At(at), 10)
			n = len(rows)
			return err
		})
		return n
	}
	same(t, "before its time", due(noon), 0)
	same(t, "at its time", due(noon.Add(time.Hour)), 1)
	w.Step, w.NextAt = 2, 0
	s.write(t, func(v In) error { return v.StepVouching(w) })
	same(t, "the office has it", due(noon.Add(time.Hour)), 0)
	same(t, "of several", got[map[int64]Vouching](t)(s.in(t).VouchingsFor([]Member{{ID: 5}, {ID: 6}})), map[int64]Vouching{5: w})
	same(t, "of none", len(got[map[int64]Vouching](t)(s.in(t).VouchingsFor(nil))), 0)
	s.write(t, func(v In) error { return v.AddVouching(Vouching{Member: 5, Words: "我是3组李小军"}) })
	same(t, "said anew", found[Vouching](t)(s.in(t).VouchingFor(5)).Step, 0)

	call := func(outcome string, n int) VouchCall {
		return VouchCall{Member: 5, Rung: 3, Caller: 1, Outcome: outcome, SourceKey: "vouch", Ordinal: n}
	}
	s.write(t, func(v In) error {
		return errors.Join(v.AddVouchCall(call(CallNone, 1)), v.AddVouchCall(call(CallThrough, 2)))
	})
	var outcomes []string
	for _, c := range got[[]VouchCall](t)(s.in(t).VouchCalls(5)) {
		outcomes = append(outcomes, c.Outcome)
	}
	same(t, "calls", outcomes, []string{CallNone, CallThrough})
	err := s.Update(t.Context(), func(tx *Tx) error { return tx.In(s.village).AddVouchCall(call(CallWrong, 2)) })
	if !IsDuplicate(err) {
		t.Errorf("a call told twice: %v", err)
	}
}
