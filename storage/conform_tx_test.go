package storage

import (
	"errors"
	"testing"
	"time"
)

func conformHeard(t *testing.T, s *stage) {
	add := func(account, k string) error {
		return s.Update(t.Context(), func(tx *Tx) error { return tx.AddHeard(account, k, "记了") })
	}
	for i := range 3 {
		if err := add("old", key(t, i)); err != nil {
			t.Fatal(err)
		}
		s.move(time.Second, 0)
	}
	if err := add("old", key(t, 0)); !IsDuplicate(err) {
		t.Errorf("heard twice: %v", err)
	}
	if err := add("other", key(t, 0)); err != nil {
		t.Errorf("the same key at another account: %v", err)
	}
	forget := func(before time.Duration, n int) {
		s.must(t, func(tx *Tx) error { return tx.ForgetHeard(At(noon.Add(before)), n) })
	}
	there := func() (n int) {
		for i := range 3 {
			if _, ok, err := s.in(t).Tx().Heard("old", key(t, i)); err == nil && ok {
				n++
			}
		}
		return n
	}
	forget(-time.Second, 1000)
	same(t, "nothing is that old", there(), 3)
	forget(2*time.Second, 1000)
	same(t, "two were older", there(), 1)
	found[Heard](t)(s.in(t).Tx().Heard("old", key(t, 2)))
}

func conformWatermark(t *testing.T, s *stage) {
	move := func(from, to Moment) (ok bool, err error) {
		err = s.Update(t.Context(), func(tx *Tx) (err error) {
			ok, err = tx.In(s.village).MoveWatermark("brief", from, to)
			return err
		})
		return ok, err
	}
	at := func() Moment {
		return got[map[int64]map[string]Moment](t)(s.in(t).Tx().Watermarks([]int64{s.village}))[s.village]["brief"]
	}
	same(t, "at first", at(), 0)
	same(t, "begun", got[bool](t)(move(0, 100)), true)
	same(t, "begun twice", got[bool](t)(move(0, 150)), false)
	same(t, "moved", got[bool](t)(move(100, 200)), true)
	same(t, "moved from where it was", got[bool](t)(move(100, 300)), false)
	same(t, "at last", at(), 200)
}

func conformRollback(t *testing.T, s *stage) {
	stop := errors.New("stop")
	err := s.Update(t.Context(), func(tx *Tx) error {
		if err := tx.AddHeard("gh", key(t, 1), "记了"); err != nil {
			return err
		}
		return stop
	})
	if err != stop { //nolint:errorlint // it is returned as it is
		t.Errorf("got %v", err)
	}
	missing[Heard](t)(s.in(t).Tx().Heard("gh", key(t, 1)))
}

func conformNow(t *testing.T, s *stage) {
	s.write(t, func(v In) error {
		s.move(time.Hour, 2*time.Hour)
		same(t, "village", v.Now(), noon)
		same(t, "wall", v.Tx().Wall(), noon)
		return nil
	})
	s.write(t, func(v In) error {
		same(t, "village later", v.Now(), noon.Add(2*time.Hour))
		same(t, "wall later", v.Tx().Wall(), noon.Add(time.Hour))
		return nil
	})
}

// A view sees what is committed, at once, and nothing that is not; it is not
// held up by a writer, and does not write.
func conformViews(t *testing.T, s *stage) {
	p := Person{Name: "刘满生", Status: Home}
	s.write(t, func(v In) error {
		if err := v.AddPerson(&p); err != nil {
			return err
		}
		missing[Person](t)(s.in(t).Person(p.ID))
		return nil
	})
	v := s.in(t)
	found[Person](t)(v.Person(p.ID))
	other := s.open(t, newHands().clocks())
	other.must(t, func(tx *Tx) error { return tx.In(s.village).LockPerson(p.ID) })
	same(t, "touched since", found[Person](t)(v.Person(p.ID)).Touched, 1)
	if err := v.LockPerson(p.ID); !errors.Is(err, errView) {
		t.Errorf("a view wrote: %v", err)
	}
	if err := v.AddPerson(&Person{}); !errors.Is(err, errView) {
		t.Errorf("a view inserted: %v", err)
	}
}

// A village reads and changes nothing of another.
func conformTenants(t *testing.T, s *stage) {
	p := Person{Name: "刘满生", Status: Home}
	h := help(t, 1)
	s.write(t, func(v In) error { return errors.Join(v.AddPerson(&p), v.AddHelp(&h, v.Rescue(h.Elder))) })
	elsewhere := s.newVillage(t, "别村")
	s.must(t, func(tx *Tx) error {
		v := tx.In(elsewhere)
		missing[Person](t)(v.Person(p.ID))
		missing[Help](t)(v.Help(h.ID))
		missing[Help](t)(v.LockHelp(h.ID))
		if v.SaveHelp(h) == nil {
			t.Error("a row of another village was saved")
		}
		return nil
	})
	same(t, "help", found[Help](t)(s.in(t).Help(h.ID)), h)
}

// Nothing is committed where nothing was written, which spares a sync; a
// statement that found no row has written nothing.
func conformNothing(t *testing.T, s *stage) {
	s.write(t, func(v In) error {
		_, _, err := v.LockHelp(-1)
		same(t, "wrote", v.Tx().Wrote(), false)
		return err
	})
	s.write(t, func(v In) error {
		err := v.Changed()
		same(t, "wrote", v.Tx().Wrote(), true)
		return err
	})
}

// Whatever the parts did, no connection is left behind: the pool is whole.
func conformLeft(t *testing.T, s *stage) {
	same(t, "connections in use", s.Store.write.Stats().InUse+s.read.Stats().InUse, 0)
	if err := s.Ping(t.Context()); err != nil {
		t.Error(err)
	}
}
