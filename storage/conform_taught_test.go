package storage

import (
	"context"
	"errors"
	"testing"
	"time"
)

// A word is taught, taught anew and forgotten; each makes the village another.
func conformTaught(t *testing.T, s *stage) {
	version := func() int64 { return got[int64](t)(s.in(t).Version()) }
	v0 := version()
	s.write(t, func(v In) error { return v.Teach(Taught{Word: "挈水", Meaning: "抬水", TaughtBy: 3}) })
	s.move(time.Minute, time.Minute)
	s.write(t, func(v In) error { return v.Teach(Taught{Word: "作寒", Meaning: "发冷", TaughtBy: 4}) })
	s.move(time.Minute, time.Minute)
	s.write(t, func(v In) error { return v.Teach(Taught{Word: "挈水", Meaning: "挑水", TaughtBy: 4}) })
	want := []Taught{
		{Village: s.village, Word: "挈水", Meaning: "挑水", TaughtBy: 4, TaughtAt: At(noon.Add(2 * time.Minute))},
		{Village: s.village, Word: "作寒", Meaning: "发冷", TaughtBy: 4, TaughtAt: At(noon.Add(time.Minute))},
	}
	same(t, "newest first", got[[]Taught](t)(s.in(t).TaughtWords()), want)
	if version() == v0 {
		t.Error("the village's version stays when it is taught a word")
	}
	v1 := version()
	s.write(t, func(v In) error {
		same(t, "another word", got[bool](t)(v.Unteach("没教过")), false)
		same(t, "forgotten", got[bool](t)(v.Unteach("挈水")), true)
		return nil
	})
	same(t, "after forgetting", got[[]Taught](t)(s.in(t).TaughtWords()), want[1:])
	if version() == v1 {
		t.Error("the village's version stays when it forgets a word")
	}
	other := s.newVillage(t, "别村")
	s.see(t, func(tx *Tx) error {
		same(t, "another village's", len(got[[]Taught](t)(tx.In(other).TaughtWords())), 0)
		return nil
	})
}

func conformPuzzles(t *testing.T, s *stage) {
	for n := range 3 {
		s.write(t, func(v In) error {
			return v.AddPuzzle(Puzzle{Words: "那个么子搞的咯", SourceKey: key(t, n), Ordinal: 1})
		})
		s.move(24*time.Hour, 24*time.Hour)
	}
	since := func(d time.Duration) int {
		return len(got[[]Puzzle](t)(s.in(t).PuzzlesSince(At(noon.Add(d)))))
	}
	same(t, "all", since(0), 3)
	same(t, "since the second", since(24*time.Hour), 2)
	err := s.Update(context.Background(), func(tx *Tx) error {
		return tx.In(s.village).AddPuzzle(Puzzle{Words: "又一遍", SourceKey: key(t, 0), Ordinal: 1})
	})
	if !IsDuplicate(err) {
		t.Errorf("the same message twice: %v", err)
	}
	s.must(t, func(tx *Tx) error { return tx.ForgetPuzzles(At(noon.Add(24*time.Hour)), 500) })
	same(t, "after forgetting the first", since(0), 2)
}

// What is measured needs the health consent, and goes when that ends.
func conformMeasures(t *testing.T, s *stage) {
	p := Person{Name: "刘满生", Group: 3}
	s.write(t, func(v In) error { return v.AddPerson(&p) })
	m := Measure{Elder: p.ID, Visit: 5, Kind: "bp", Tenths: 1680, LowTenths: 920, TakenBy: 7, Day: "2026-11-24", SourceKey: key(t, 1), Ordinal: 1}
	err := s.Update(context.Background(), func(tx *Tx) error { return tx.In(s.village).AddMeasure(&m, Basis{}) })
	if !errors.Is(err, ErrNoConsent) {
		t.Errorf("without consent: %v", err)
	}
	s.write(t, func(v In) error {
		if err := v.Agree(Consent{Person: p.ID, Kind: ToHealth, Answer: Given, Way: ByChat}); err != nil {
			return err
		}
		bases, _, err := v.Bases()
		if err != nil {
			return err
		}
		return v.AddMeasure(&m, bases[p.ID])
	})
	same(t, "of the elder", got[[]Measure](t)(s.in(t).MeasuresOf(p.ID)), []Measure{m})
	same(t, "at the visit", got[[]Measure](t)(s.in(t).MeasuresAt(5)), []Measure{m})
	s.write(t, func(v In) error { return v.EndMeasure(m.ID, Replaced) })
	same(t, "after a correction", len(got[[]Measure](t)(s.in(t).MeasuresOf(p.ID))), 0)
	s.write(t, func(v In) error { return v.EndMeasure(m.ID, Stands) })
	s.must(t, func(tx *Tx) error { return tx.ForgetMeasures(At(noon), 500) })
	same(t, "not yet old", len(got[[]Measure](t)(s.in(t).MeasuresOf(p.ID))), 1)
	s.write(t, func(v In) error { return v.Forget(p.ID, ToHealth) })
	same(t, "after the consent ended", len(got[[]Measure](t)(s.in(t).MeasuresOf(p.ID))), 0)
}
