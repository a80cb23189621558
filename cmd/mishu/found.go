package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mishu/bot/book"
	"mishu/bot/invented"
	"mishu/bot/who"
	"mishu/storage"
)

// founding is the invented village on its way into the records.
type founding struct {
	place invented.Place
	v     storage.In
	ids   []int64 // of the people, as place.People
	now   time.Time
}

// found enters the invented village on the first start: people, offices, who is
// bound to the account, and a past. Later starts find it there.
func found(ctx context.Context, store *storage.Store, place invented.Place) error {
	return store.Update(ctx, func(tx *storage.Tx) error {
		have, err := tx.VillageNamed(place.Name)
		if err != nil || len(have) > 0 {
			return err
		}
		row := storage.Village{Name: place.Name, Township: place.Township, County: place.County}
		if err := tx.AddVillage(&row); err != nil {
			return err
		}
		f := &founding{place: place, v: tx.In(row.ID), now: tx.Now().In(storage.Shanghai)}
		for _, step := range []func() error{f.people, f.office, f.members, f.visits, f.helps, f.v.Changed} {
			if err := step(); err != nil {
				return fmt.Errorf("found %s: %w", place.Name, err)
			}
		}
		return nil
	})
}

var errInvented = errors.New("the invented village does not fit together")

func (f *founding) people() error {
	problems, err := who.Enter(f.v, f.place.People)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return fmt.Errorf("%w: %v", errInvented, problems[0])
	}
	people, err := f.v.People()
	if err != nil {
		return err
	}
	if len(people) != len(f.place.People) {
		return fmt.Errorf("%w: %d people of %d", errInvented, len(people), len(f.place.People))
	}
	for _, p := range people { // in id order, which is the order of entering
		f.ids = append(f.ids, p.ID)
	}
	officer := storage.Person{Name: f.place.Officer.Name, Phone: f.place.Officer.Phone, Status: storage.Home}
	if err := f.v.AddKnown(&officer, f.v.LegalDuty); err != nil {
		return err
	}
	return f.v.AddRole(storage.Role{Person: officer.ID, Role: storage.County, How: "invite"})
}

// office writes what the village's office has set.
func (f *founding) office() error {
	for name, value := range map[string]string{
		book.CalledSecretary: f.place.Called.Secretary,
		book.OfficePhone:     f.place.Office,
		book.FirstAidPhone:   f.place.Rescue,
	} {
		s := storage.Setting{Name: name, Value: value, Owner: "村部", Source: "演示", CheckedOn: storage.Day(f.now)}
		if err := f.v.Set(s); err != nil {
			return err
		}
	}
	for _, d := range f.place.Duty {
		err := f.v.AddDuty(storage.Duty{Name: f.place.People[d.Person].Name, Phone: d.Phone, From: d.From * 60, To: d.To * 60})
		if err != nil {
			return err
		}
	}
	for _, p := range f.place.Proxies {
		err := f.v.AddProxy(storage.Proxy{
			Person: f.ids[p.Person], Elder: f.ids[p.For], Relation: p.Relation, Until: storage.Day(f.now.AddDate(1, 0, 0)), How: "当面",
		})
		if err != nil {
			return err
		}
		if !p.Hears {
			continue
		}
		err = f.v.Agree(storage.Consent{Person: f.ids[p.For], Kind: storage.ToProxy, About: f.ids[p.Person], Answer: storage.Given, Way: storage.AtDoor})
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *founding) members() error {
	for _, i := range f.place.Bound {
		id := f.ids[i]
		m := storage.Member{
			Account: demoAccount, OpenID: openID(id), Person: id, State: storage.Active, AskedName: f.place.People[i].Name,
			AskedGroup: f.place.People[i].Group, Followed: true,
		}
		if err := f.v.AddMember(&m); err != nil {
			return err
		}
	}
	return nil
}

func (f *founding) visits() error {
	elders := map[int64]bool{}
	bases, _, err := f.v.Bases()
	if err != nil {
		return err
	}
	for n, t := range f.place.History(f.now).Trips {
		key := fmt.Sprintf("past-trip-%d", n)
		for i, c := range t.Calls {
			v := storage.Visit{
				Elder: f.ids[c.Elder], Visitor: f.ids[t.By], Day: storage.Day(t.At), Met: c.Met, Health: c.Health, Reason: c.Reason,
				NextAt: storage.Settled, SourceKey: key, Ordinal: i + 1, CreatedAt: storage.At(t.At),
			}
			if !bases[v.Elder].Basic() {
				v.Health = ""
			}
			if err := f.v.AddVisit(&v, bases[v.Elder]); err != nil {
				return err
			}
			elders[v.Elder] = true
		}
		s := storage.ServiceRecord{Person: f.ids[t.By], Day: storage.Day(t.At), Minutes: t.Minutes, Kind: storage.ForVisit, SourceKey: key, Ordinal: 1}
		if err := f.v.AddService(s); err != nil {
			return err
		}
	}
	for id := range elders {
		if err := f.v.MovePlan(id); err != nil {
			return err
		}
	}
	return nil
}

func (f *founding) helps() error {
	for n, p := range f.place.History(f.now).Helps {
		h := f.help(p)
		h.SourceKey, h.Ordinal = fmt.Sprintf("past-help-%d", n), 1
		if err := f.v.AddHelp(&h, f.v.Told(h.Elder, "乡亲")); err != nil {
			return err
		}
		if err := f.v.LogHelp(h.ID, h.Asker, "asked", p.Words); err != nil {
			return err
		}
	}
	return nil
}

// help is a request of the past. What nobody took has been through the ladder
// and waits in the brief; nobody is asked about it anew.
func (f *founding) help(p invented.Help) storage.Help {
	by := f.ids[p.By]
	h := storage.Help{
		Elder: f.ids[p.For], Asker: by, Account: demoAccount, OpenID: openID(by), Service: p.Service, Detail: p.Words, Urgent: p.Urgent,
		State: storage.Open, Step: 4, CreatedAt: storage.At(p.At), WishGrain: "any",
	}
	if day, err := time.ParseInLocation(time.DateOnly, p.Wish, storage.Shanghai); err == nil {
		h.WishAt, h.WishGrain = storage.At(day), "day"
	}
	if p.Holder >= 0 {
		h.State, h.Holder = storage.Taken, f.ids[p.Holder]
		if h.WishAt.Time().After(f.now) {
			h.NextAt = storage.At(h.WishAt.Time().Add(20 * time.Hour))
		}
	}
	if !p.DoneAt.IsZero() {
		h.State, h.DoneAt, h.ClosedAt, h.ClosedBy = storage.Closed, storage.At(p.DoneAt), storage.At(p.DoneAt), by
		h.Minutes, h.Judged = p.Minutes, "好"
	}
	return h
}
