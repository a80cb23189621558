package storage

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
)

// crossing runs two transactions that lock two people in opposite order, so
// that one of them must die and run again. It returns how often they ran.
func crossing(t *testing.T, s *Store, f func(v In, first, second int64) error) int64 {
	t.Helper()
	village := s.newVillage(t, "镇")
	people := [2]Person{{Name: "甲", Status: Home}, {Name: "乙", Status: Home}}
	s.must(t, func(tx *Tx) error {
		return errors.Join(tx.In(village).AddPerson(&people[0]), tx.In(village).AddPerson(&people[1]))
	})
	var runs atomic.Int64
	var meet, all sync.WaitGroup
	meet.Add(2)
	for i := range 2 {
		var once sync.Once
		all.Go(func() {
			s.must(t, func(tx *Tx) error {
				runs.Add(1)
				v := tx.In(village)
				if err := v.LockPerson(people[i].ID); err != nil {
					return err
				}
				once.Do(func() { meet.Done(); meet.Wait() })
				return f(v, people[i].ID, people[1-i].ID)
			})
		})
	}
	all.Wait()
	s.see(t, func(tx *Tx) error {
		for _, p := range people {
			row := found[Person](t)(tx.In(village).Person(p.ID))
			same(t, "times that each was locked", row.Touched, 2)
		}
		return nil
	})
	return runs.Load()
}

func testDeadlock(t *testing.T, a address) {
	s := a.open(t, newHands().clocks())
	runs := crossing(t, s, func(v In, _, second int64) error { return v.LockPerson(second) })
	if runs < 3 {
		t.Errorf("%d runs: there was no deadlock", runs)
	}
}

// After a deadlock the server has rolled back: what a closure that makes light
// of the error does next would be stored alone, without what it belongs to.
func testDeadlockIgnored(t *testing.T, a address) {
	s := a.open(t, newHands().clocks())
	var ignored atomic.Int64
	crossing(t, s, func(v In, first, second int64) error {
		if v.LockPerson(second) != nil {
			ignored.Add(1)
			if err := v.LogHelp(first, 0, "alone", ""); err == nil {
				t.Error("written after the server rolled back")
			}
		}
		return nil
	})
	if ignored.Load() == 0 {
		t.Error("there was no deadlock")
	}
}

// An error that no second try mends is returned at once.
func testNotRetried(t *testing.T, a address) {
	s := a.open(t, newHands().clocks())
	runs := 0
	err := s.Update(t.Context(), func(tx *Tx) error {
		runs++
		return errors.Join(tx.AddHeard("gh", key(t, 1), ""), tx.AddHeard("gh", key(t, 1), ""))
	})
	if !IsDuplicate(err) || runs != 1 {
		t.Errorf("after %d runs: %v", runs, err)
	}
}
