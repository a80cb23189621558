package storage

import (
	"context"
	"errors"
	"sync"
	"testing"
)

func conformDoors(t *testing.T, s *stage) {
	household := func(no string) int64 {
		h := Household{No: no, Group: 3}
		s.write(t, func(v In) error { return v.AddHousehold(&h) })
		return h.ID
	}
	give := func(household int64) (d Door) {
		s.write(t, func(v In) (err error) {
			d, err = v.GiveDoor(household, "wx1")
			return err
		})
		return d
	}
	first, second := household("1"), household("2")
	a, b := give(first), give(second)
	same(t, "numbers", b.Scene != a.Scene && a.Scene > 0, true)
	same(t, "given twice", give(first).Scene, a.Scene)
	s.write(t, func(v In) error { return v.SayDoor(a.Scene, "wx2", "http://weixin.qq.com/q/1") })
	v := s.in(t)
	d := found[Door](t)(v.Tx().Door(a.Scene))
	same(t, "url", d.URL, "http://weixin.qq.com/q/1")
	same(t, "household", *d.Household, first)
	same(t, "doors", len(got[[]Door](t)(v.Doors())), 2)
	s.write(t, func(v In) error { return v.FreeDoor(a.Scene) })
	missing[Door](t)(v.Tx().Door(a.Scene))
	missing[Door](t)(v.Tx().Door(DoorsBound + 1))
	same(t, "doors after one was freed", len(got[[]Door](t)(v.Doors())), 1)
	same(t, "a new number before a freed one", give(first).Scene > b.Scene, true)
}

// When the numbers are used up, the one freed longest ago is given again, and
// after the last one there is none.
func conformDoorsFull(t *testing.T, s *stage) {
	var ids [3]int64
	s.write(t, func(v In) error {
		for i := range ids {
			h := Household{No: string(rune('a' + i)), Group: 1}
			if err := v.AddHousehold(&h); err != nil {
				return err
			}
			ids[i] = h.ID
		}
		return nil
	})
	free, err := s.freeNumbers()
	if err != nil {
		t.Fatal(err)
	}
	s.write(t, func(v In) error { // the plan is full up to its end
		return insert(v.tx, &Door{Scene: DoorsBound, Village: v.ID, Household: &ids[0], Account: "wx1"})
	})
	defer s.write(t, func(v In) error { return v.tx.change("DELETE FROM door WHERE scene = ?", DoorsBound) })
	if free > 0 {
		s.write(t, func(v In) error { return v.tx.change("DELETE FROM door WHERE household IS NULL") })
	}
	err = s.Update(context.Background(), func(tx *Tx) error {
		_, err := tx.In(s.village).GiveDoor(ids[1], "wx1")
		return err
	})
	if !errors.Is(err, ErrNoDoors) {
		t.Fatalf("with no number left: %v", err)
	}
	s.write(t, func(v In) error { return v.FreeDoor(DoorsBound) })
	s.write(t, func(v In) error {
		d, err := v.GiveDoor(ids[1], "wx2")
		same(t, "the freed number", d.Scene, DoorsBound)
		same(t, "its picture is asked for anew", d.URL, "")
		return err
	})
}

func (s *stage) freeNumbers() (int64, error) {
	var free int64
	err := s.View(context.Background(), func(tx *Tx) (err error) {
		given, used, err := tx.DoorCounts()
		free = used - given
		return err
	})
	return free, err
}

// Numbers that several commands give out at once are all different.
func conformDoorsAtOnce(t *testing.T, s *stage) {
	var wait sync.WaitGroup
	for i := range 8 {
		h := Household{No: string(rune('a' + i)), Group: 1}
		s.write(t, func(v In) error { return v.AddHousehold(&h) })
		wait.Go(func() {
			for range 20 { // the unique key refuses who came second: he asks again
				err := s.Update(context.Background(), func(tx *Tx) error {
					_, err := tx.In(s.village).GiveDoor(h.ID, "wx1")
					return err
				})
				if err == nil {
					return
				}
				if !IsDuplicate(err) {
					t.Errorf("give: %v", err)
					return
				}
			}
			t.Error("20 times in vain")
		})
	}
	wait.Wait()
	same(t, "doors", len(got[[]Door](t)(s.in(t).Doors())), 8)
}
