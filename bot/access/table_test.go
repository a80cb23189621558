package access_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"mishu/bot/access"
	"mishu/bot/book"
	"mishu/bot/roster"
	"mishu/bot/who"
	"mishu/config"
	"mishu/storage"
)

// made is how a random person was made: what the table must follow.
type made struct {
	row             roster.Row
	id              int64
	visitor, backup string
	hears, asks     []string // who speaks for him, and hears; and who only asks
}

// The table against rules written a second time, over three random villages of
// sixty people: every reader, every subject, every kind, some 140,000 cases.
func TestTable(t *testing.T) {
	t.Parallel()
	cases, allowed := 0, 0
	for seed := range uint64(3) {
		people, b := random(t, seed)
		for _, reader := range people {
			for _, subject := range people {
				for _, kind := range access.Kinds {
					cases++
					got, want := access.May(b, reader.id, kind, subject.id), expected(reader, subject, kind)
					if got != want {
						t.Fatalf("village %d: %+v knows %s of %+v: %v, want %v", seed, reader, kind, subject, got, want)
					}
					if got {
						allowed++
					}
				}
			}
		}
	}
	if cases < 100_000 || allowed < cases/50 || allowed > cases/2 {
		t.Errorf("%d of %d cases were allowed", allowed, cases)
	}
}

// expected is the table once more, by what people were made to be.
func expected(reader, subject *made, kind access.Kind) bool {
	is := func(roles ...string) bool {
		return slices.ContainsFunc(roles, func(r string) bool { return slices.Contains(reader.row.Roles, r) })
	}
	self := reader == subject
	leads := is(storage.Leader) && reader.row.Group == subject.row.Group
	visits := subject.visitor == reader.row.Name || subject.backup == reader.row.Name
	hears := slices.Contains(subject.hears, reader.row.Name)
	home := reader.row.Household == subject.row.Household && reader.row.Group == subject.row.Group && reader.row.Status != storage.Away
	switch kind {
	case access.Door:
		return self || is(storage.Secretary, storage.Doctor) || leads || visits || home
	case access.Visited:
		return self || is(storage.Secretary, storage.Doctor, storage.Chair) || leads || visits || hears
	case access.Seen:
		return self || is(storage.Secretary, storage.Doctor) || visits
	case access.Reading:
		return self || is(storage.Doctor)
	case access.Wants:
		return self || is(storage.Secretary) || leads || hears
	case access.Kin, access.Care, access.Agreed:
		return self || is(storage.Secretary, storage.Doctor) || leads || visits
	case access.Ties:
		return self || is(storage.Secretary) || leads
	case access.Words:
		return self || is(storage.Secretary)
	case access.Minutes:
		return self || is(storage.Secretary, storage.Chair)
	case access.Alarm:
		return self || is(storage.Secretary, storage.Doctor, storage.Chair) || leads || visits
	case access.Office:
		public := []string{storage.Secretary, storage.Chair, storage.Accountant, storage.Supervisor, storage.Leader, storage.Doctor, storage.ChildCare}
		held := slices.ContainsFunc(public, func(r string) bool { return slices.Contains(subject.row.Roles, r) })
		return self || is(storage.Secretary, storage.Doctor, storage.Chair) || leads || held
	}
	return is(storage.ChildCare) // sealed: also from the person himself
}

var offices = []string{
	storage.Secretary, storage.Chair, storage.Accountant, storage.Supervisor, storage.Leader, storage.Doctor, storage.ChildCare, storage.Cook,
	storage.Helper, storage.County, storage.CountyDuty, storage.Protection,
}

// random is a village of sixty, as it was made and as its book has it.
func random(t *testing.T, seed uint64) ([]*made, *book.Book) {
	r := rand.New(rand.NewPCG(seed, 11))
	people := make([]*made, 60)
	for i := range people {
		m := &made{row: roster.Row{Name: fmt.Sprintf("人%c%c", '甲'+rune(i/10), '子'+rune(i)), Group: 1 + r.IntN(4), Sex: "F", Household: fmt.Sprint(r.IntN(5)), Consent: roster.Basic}}
		if r.IntN(3) == 0 {
			m.row.Roles = []string{offices[r.IntN(len(offices))]}
		}
		if r.IntN(8) == 0 {
			m.row.Roles = append(m.row.Roles, offices[r.IntN(len(offices))])
		}
		if r.IntN(4) == 0 {
			m.row.Status = storage.Away
		}
		people[i] = m
	}
	for i, m := range people {
		m.row.Roles = slices.Compact(slices.Sorted(slices.Values(m.row.Roles)))
		another := func() string { return people[(i+1+r.IntN(59))%60].row.Name }
		if i%3 == 0 {
			m.visitor, m.backup = another(), another()
			m.row.Listed, m.row.Kinds, m.row.Visitor, m.row.Backup = true, []string{"独居"}, m.visitor, m.backup
		}
		if i%4 == 0 {
			m.hears, m.asks = []string{another()}, []string{another()}
			m.asks = slices.DeleteFunc(m.asks, func(n string) bool { return n == m.hears[0] })
		}
	}
	return people, load(t, people)
}

func load(t *testing.T, people []*made) (b *book.Book) {
	clock := func() time.Time { return time.Date(2026, 11, 24, 8, 0, 0, 0, storage.Shanghai) }
	d := config.SQLiteFile(filepath.Join(t.TempDir(), "mishu.db"))
	store, err := storage.Connect(d.Driver, d.DSN.Reveal(), storage.Clocks{Wall: clock, Village: clock})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := store.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	err = store.Update(context.Background(), func(tx *storage.Tx) error {
		row := storage.Village{Name: "青坪村"}
		if err := tx.AddVillage(&row); err != nil {
			return err
		}
		v := tx.In(row.ID)
		rows := make([]roster.Row, len(people))
		for i, m := range people {
			rows[i] = m.row
		}
		if problems, err := who.Enter(v, rows); err != nil || len(problems) > 0 {
			t.Fatalf("enter: %v %v", problems, err)
		}
		all, err := v.People()
		if err != nil {
			return err
		}
		ids := map[string]int64{}
		for i, p := range all {
			people[i].id, ids[p.Name] = p.ID, p.ID
		}
		for _, m := range people {
			if err := speakers(v, m, ids); err != nil {
				return err
			}
		}
		b, err = book.Load(v)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func speakers(v storage.In, m *made, ids map[string]int64) error {
	for _, name := range append(m.asks, m.hears...) {
		if err := v.AddProxy(storage.Proxy{Person: ids[name], Elder: m.id, Relation: "儿子", Until: "2026-11-24", How: "当面"}); err != nil {
			return err
		}
		answer := storage.Denied
		if slices.Contains(m.hears, name) {
			answer = storage.Given
		}
		err := v.Agree(storage.Consent{Person: m.id, Kind: storage.ToProxy, About: ids[name], Answer: answer, Way: storage.AtDoor})
		if err != nil {
			return err
		}
	}
	return nil
}

// An end that has passed stops hearing and takes a role, at midnight and not
// before.
func TestMidnightEndsHearing(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 23, 59, 0, 0, storage.Shanghai)
	clock := func() time.Time { return now }
	d := config.SQLiteFile(filepath.Join(t.TempDir(), "mishu.db"))
	store, err := storage.Connect(d.Driver, d.DSN.Reveal(), storage.Clocks{Wall: clock, Village: clock})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := store.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	shelf := book.NewShelf(store)
	elder, son, duty := storage.Person{Name: "刘满生"}, storage.Person{Name: "刘海波"}, storage.Person{Name: "石建平"}
	village := storage.Village{Name: "青坪村"}
	err = store.Update(context.Background(), func(tx *storage.Tx) error {
		if err := tx.AddVillage(&village); err != nil {
			return err
		}
		v := tx.In(village.ID)
		for _, step := range []func() error{
			func() error { return v.AddPerson(&elder) }, func() error { return v.AddPerson(&son) }, func() error { return v.AddPerson(&duty) },
			func() error {
				return v.AddProxy(storage.Proxy{Person: son.ID, Elder: elder.ID, Relation: "儿子", Until: "2026-11-24"})
			},
			func() error {
				return v.Agree(storage.Consent{Person: elder.ID, Kind: storage.ToProxy, About: son.ID, Answer: storage.Given})
			},
			func() error { return v.AddRole(storage.Role{Person: duty.ID, Role: storage.Doctor}) },
			func() error {
				return v.SetTenure(storage.Tenure{Person: duty.ID, Role: storage.Doctor, Until: "2026-11-24"})
			},
			v.Changed,
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []bool{true, false} {
		b, err := shelf.Read(context.Background(), village.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, reader := range []int64{son.ID, duty.ID} {
			if got := access.May(b, reader, access.Visited, elder.ID); got != want {
				t.Errorf("at %s %s hears: %v", now, b.Name(reader), got)
			}
		}
		if !access.MayAskFor(b, son.ID, elder.ID) {
			t.Error("expiry stops asking")
		}
		now = now.Add(2 * time.Minute)
	}
}
