package help

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"mishu/bot/book"
	"mishu/config"
	"mishu/storage"
)

// manner is what somebody does when he is asked.
type manner string

const (
	unbound  manner = "has no account"
	cutOff   manner = "no channel takes it"
	silent   manner = "says nothing"
	declines manner = "says no"
	takes    manner = "takes it"
)

// tower is a village around one request, with a clock that only the test moves.
type tower struct {
	t       interface{ Fatalf(string, ...any) }
	store   *storage.Store
	clock   *time.Time
	village int64
	book    *book.Book // read when the village stands
	help    int64
	manners map[int64]manner
	seen    map[int64]bool // notices whose fate is decided
	told    time.Time      // when somebody who decides first had it before him
	asked   map[int64]int
}

// openTowers is a database for many towers, and the clock they share.
func openTowers(t *testing.T) (*storage.Store, *time.Time) {
	t.Helper()
	now := new(time.Time)
	read := func() time.Time { return *now }
	d := config.SQLiteFile(filepath.Join(t.TempDir(), "tower.db"))
	store, err := storage.Connect(d.Driver, d.DSN.Reveal(), storage.Clocks{Wall: read, Village: read})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	if err := store.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	store.DB().MustExec("PRAGMA synchronous = OFF") // nothing here outlives the test
	return store, now
}

func (w *tower) must(err error) {
	if err != nil {
		w.t.Fatalf("%v", err)
	}
}

func (w *tower) update(f func(storage.In, *book.Book) error) {
	w.must(w.store.Update(context.Background(), func(tx *storage.Tx) error {
		v := tx.In(w.village)
		if w.book == nil {
			b, err := book.Load(v)
			if err != nil {
				return err
			}
			w.book = b
		}
		return f(v, w.book)
	}))
}

// found makes the village.
func (w *tower) found(n int) {
	w.must(w.store.Update(context.Background(), func(tx *storage.Tx) error {
		row := storage.Village{Name: fmt.Sprint("村", n), Township: "镇", County: "县"}
		err := tx.AddVillage(&row)
		w.village = row.ID
		return err
	}))
}

// person adds somebody of a role.
func (w *tower) person(role, sex string, group int, does manner) (id int64) {
	w.update(func(v storage.In, _ *book.Book) (err error) {
		id, err = w.enter(v, role, sex, group, does)
		return err
	})
	return id
}

func (w *tower) enter(v storage.In, role, sex string, group int, does manner) (int64, error) {
	p := storage.Person{Name: fmt.Sprint("人", len(w.manners)), Sex: sex, Group: group, Status: storage.Home, Phone: "19900001111"}
	if err := v.AddKnown(&p, v.LegalDuty); err != nil {
		return 0, err
	}
	w.manners[p.ID], w.book = does, nil
	r := storage.Role{Person: p.ID, Role: role}
	switch role {
	case storage.Leader:
		r.Group = group
	case storage.Helper:
		if err := v.AddVolunteer(storage.Volunteer{Person: p.ID, State: storage.Serving}); err != nil {
			return 0, err
		}
	}
	if role != "" {
		if err := v.AddRole(r); err != nil {
			return 0, err
		}
	}
	if does == unbound {
		return p.ID, nil
	}
	return p.ID, v.AddMember(&storage.Member{Account: "gh", OpenID: fmt.Sprint("o", p.ID), Person: p.ID, State: storage.Active, Followed: true})
}

// ask stores the request and starts its ladder.
func (w *tower) ask(elder int64, service string, urgent bool) {
	w.update(func(v storage.In, b *book.Book) error {
		h := storage.Help{
			Elder: elder, Asker: elder, Account: "gh", OpenID: fmt.Sprint("o", elder), Service: service, Urgent: urgent,
			State: storage.Open, SourceKey: fmt.Sprint("key", w.village), Ordinal: 1, NextAt: storage.At(v.Now()),
		}
		err := v.AddHelp(&h, v.Rescue(h.Elder))
		w.help = h.ID
		return err
	})
}

// settle lets every notice that is out meet its reader, as the clock and the
// people would, until nothing new comes of it.
func (w *tower) settle() {
	for changed := true; changed; {
		changed = false
		w.update(func(v storage.In, b *book.Book) error {
			for _, kind := range []string{noteAsk, noteNobody, noteCall} {
				notices, err := v.NoticesAbout(kind, subject(w.help))
				if err != nil {
					return err
				}
				for _, n := range notices {
					if w.seen[n.ID] {
						continue
					}
					w.seen[n.ID], changed = true, true
					if err := w.read(v, b, n); err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
}

// read is what becomes of one notice.
func (w *tower) read(v storage.In, b *book.Book, n storage.Notice) error {
	does := w.manners[n.Person]
	taken, _, err := v.ClaimNotice(n.ID, storage.NoticeDue, "test", 0)
	if err != nil {
		return err
	}
	taken.State = storage.NoticeSent
	if does == cutOff || does == unbound {
		taken.State = storage.NoticeCarry
	}
	if _, err := v.SettleNotice(taken); err != nil {
		return err
	}
	if err := settledRing(v, b, taken); err != nil || taken.State == storage.NoticeCarry {
		return err
	}
	if n.Kind != noteAsk {
		if w.told.IsZero() {
			w.told = *w.clock
		}
		return nil
	}
	w.asked[n.Person]++
	return w.answer(v, b, n.Person, does)
}

// answer is what somebody says who was asked.
func (w *tower) answer(v storage.In, b *book.Book, person int64, does manner) error {
	h, _, err := v.LockHelp(w.help)
	if err != nil || h.State != storage.Open {
		return err
	}
	switch does {
	case takes:
		h.State, h.Holder, h.NextAt = storage.Taken, person, 0
		return v.SaveHelp(h)
	case declines:
		if err := v.AnswerAsk(w.help, person, storage.AskDeclined, "不去"); err != nil {
			return err
		}
		return move(v, b, w.help)
	}
	return nil
}

// next moves the clock to when the request is looked at again, and looks.
func (w *tower) next() storage.Help {
	var h storage.Help
	w.update(func(v storage.In, b *book.Book) (err error) {
		h, _, err = v.Help(w.help)
		return err
	})
	if h.State != storage.Open || h.NextAt == 0 {
		return h
	}
	if at := h.NextAt.Time(); at.After(*w.clock) {
		*w.clock = at
	}
	w.update(func(v storage.In, b *book.Book) error { return nextRing(v, b, w.help) })
	w.settle()
	return h
}
