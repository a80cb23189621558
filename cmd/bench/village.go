package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"mishu/bot/book"
	"mishu/bot/roster"
	"mishu/bot/who"
	"mishu/config"
	"mishu/storage"
)

// The people of the village, all of them bound members: those who visit, those
// who are visited, and for each of these a child who works away and may hear
// how a visit went, so that every visit owes a notice.
const (
	helpers  = 1000
	elders   = 2000
	children = elders
	people   = helpers + elders + children
)

// groups of the village; each helper looks after two elders of his own.
const groups = 20

// openRequests wait for somebody to take them, as on a bad day; numbers begin
// at firstNumber.
const openRequests, firstNumber = 3, 10

// found enters the village.
func (b *runner) found(ctx context.Context, _ *report) error {
	if err := b.house.migrate(ctx); err != nil {
		return err
	}
	b.say("entering a village of %d bound members", people)
	clocks := storage.Clocks{Wall: time.Now, Village: time.Now}
	store, err := storage.Connect(config.MySQL, dsn(b.house.db.URL(ourBase)), clocks)
	if err != nil {
		return err
	}
	err = store.Update(ctx, func(tx *storage.Tx) error {
		row := storage.Village{Name: "量测村", Township: "竹溪口镇", County: "溪江县"}
		if err := tx.AddVillage(&row); err != nil {
			return err
		}
		return enter(tx.In(row.ID))
	})
	return errors.Join(err, store.Close())
}

func enter(v storage.In) error {
	problems, err := who.Enter(v, rows())
	if err != nil || len(problems) > 0 {
		return errors.Join(err, fmt.Errorf("%d problems in the roster", len(problems)))
	}
	entered, err := v.People()
	if err != nil {
		return err
	}
	ids := make([]int64, 0, people)
	for _, p := range entered { // in id order, which is the order of entering
		ids = append(ids, p.ID)
	}
	for _, step := range []func(storage.In, []int64) error{bind, speakFor, ask, office} {
		if err := step(v, ids); err != nil {
			return err
		}
	}
	return v.Changed()
}

// rows is the roster: first the helpers, then the elders, then the children.
func rows() []roster.Row {
	list := make([]roster.Row, 0, people)
	for i := range people {
		r := roster.Row{Line: i + 2, Name: name(i), Sex: "F", Phone: fmt.Sprintf("1990000%04d", i), Status: roster.AtHome, Consent: roster.Health}
		switch {
		case i < helpers:
			r.Group, r.Age, r.Roles = i%groups+1, 50, []string{storage.Helper}
			r.Household = "A" + strconv.Itoa(i)
		case i < helpers+elders:
			n := i - helpers
			r.Group, r.Age, r.Listed, r.Kinds, r.Tier = n%groups+1, 75, true, []string{"空巢"}, roster.Normal
			r.Visitor, r.Household, r.Head = name(n%helpers), "B"+strconv.Itoa(n), true
		default:
			n := i - helpers - elders
			r.Group, r.Age, r.Status, r.Town, r.Household = n%groups+1, 45, roster.Away, "东莞", "B"+strconv.Itoa(n)
		}
		list = append(list, r)
	}
	list[0].Roles = append(list[0].Roles, storage.Secretary)
	return list
}

func openID(person int) string { return fmt.Sprintf("oBench%022d", person) }

func bind(v storage.In, ids []int64) error {
	for i, id := range ids {
		m := storage.Member{Account: benchAccount.AccountID, OpenID: openID(i), Person: id, State: storage.Active, AskedName: name(i), Followed: true}
		if err := v.AddMember(&m); err != nil {
			return err
		}
	}
	return nil
}

func speakFor(v storage.In, ids []int64) error {
	until := storage.Day(v.Now().AddDate(1, 0, 0))
	for n := range elders {
		p := storage.Proxy{
			Person: ids[helpers+elders+n], Elder: ids[helpers+n], Relation: "女儿", Until: until, How: "当面",
		}
		if err := v.AddProxy(p); err != nil {
			return err
		}
		err := v.Agree(storage.Consent{Person: p.Elder, Kind: storage.ToProxy, About: p.Person, Answer: storage.Given, Way: storage.AtDoor})
		if err != nil {
			return err
		}
	}
	return nil
}

// ask leaves requests that have been through the ladder: nobody is asked anew
// while the run lasts.
func ask(v storage.In, ids []int64) error {
	for n := range openRequests {
		h := storage.Help{
			Elder: ids[helpers+n], Asker: ids[helpers+n], Account: benchAccount.AccountID, OpenID: openID(helpers + n), Service: "yi",
			Detail: "想去镇上看腰", WishGrain: "any", State: storage.Open, Step: 4, SourceKey: fmt.Sprintf("past-%d", n), Ordinal: 1,
		}
		if err := v.AddHelp(&h, v.Own(h.Elder)); err != nil {
			return err
		}
	}
	return nil
}

func office(v storage.In, _ []int64) error {
	return v.Set(storage.Setting{Name: book.OfficePhone, Value: "0745-1990000", Owner: "村部", Source: "量测", CheckedOn: storage.Day(v.Now())})
}
