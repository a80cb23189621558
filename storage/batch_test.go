package storage

import (
	"errors"
	"strings"
	"testing"
)

// The report of a visit is three round trips: the plan, all that is stored with
// it, COMMIT.
func testRoundTrips(t *testing.T, a address) {
	r := &recorder{seen: map[string][]any{}}
	s := &stage{Store: r.open(t, a, newHands().clocks())}
	s.village = s.newVillage(t, "镇")
	s.must(t, func(tx *Tx) error { return tx.In(s.village).AddPlan(Plan{Person: 7}) })
	version := got[Village](t)(s.in(t).Village()).Version
	r.trips = []string{}
	s.must(t, func(tx *Tx) error {
		v := tx.In(s.village)
		_, err := v.AdvancePlan(7, "2026-11-24", true)
		heard, later := v.AddHeard(version, "gh", key(t, 1), "记了")
		same(t, "the village is as it was", heard, true)
		return errors.Join(err, later)
	})
	same(t, "a plan and a reply", begins(r.trips), []string{"START", "INSERT", "COMMIT"})
	r.trips = []string{}
	s.must(t, func(tx *Tx) error {
		v := tx.In(s.village)
		_, err := v.AdvancePlan(7, "2026-11-25", true)
		visit := Visit{Elder: 7, Visitor: 8, Day: "2026-11-25", Met: true, SourceKey: key(t, 2), Ordinal: 1}
		minutes := ServiceRecord{Person: 8, Day: "2026-11-25", Minutes: 40, SourceKey: key(t, 2), Ordinal: 1}
		err = errors.Join(err, v.PutVisit(visit, Basis{}), v.AddService(minutes), v.Owe(notice("seen", "1")))
		_, last := v.AddHeard(version, "gh", key(t, 2), "记了")
		return errors.Join(err, last)
	})
	same(t, "a whole report", begins(r.trips), []string{"START", "INSERT", "COMMIT"})
	same(t, "statements in the second", strings.Count(r.trips[1], apart)+1, 4)
	v := s.in(t)
	same(t, "visits", len(got[[]Visit](t)(v.VisitsOn(7, "2026-11-25"))), 1)
	same(t, "minutes", got[int64](t)(v.MinutesOf(8, "2026-11-25", "2026-11-25")), 40)
	found[Heard](t)(v.Tx().Heard("gh", key(t, 2)))
}

// begins gives each text's first word.
func begins(texts []string) []string {
	words := make([]string, len(texts))
	for i, text := range texts {
		words[i] = strings.Fields(text)[0]
	}
	return words
}

// Whoever's statement failed is told, though it travelled with others: the
// transaction runs again with each by itself, once.
func testOneOfSeveralFails(t *testing.T, a address) {
	s := &stage{Store: a.open(t, newHands().clocks())}
	s.village = s.newVillage(t, "镇")
	put := func(tx *Tx, ordinal int) error {
		return tx.In(s.village).PutVisit(Visit{Elder: 7, Day: "2026-11-24", Met: true, SourceKey: key(t, 1), Ordinal: ordinal}, Basis{})
	}
	s.must(t, func(tx *Tx) error { return put(tx, 1) })
	runs, told := 0, false
	s.must(t, func(tx *Tx) error {
		runs++
		err := errors.Join(put(tx, 2), tx.In(s.village).Owe(notice("seen", "1")))
		told = IsDuplicate(put(tx, 1))
		return errors.Join(err, tx.AddHeard("gh", key(t, 1), "记了"))
	})
	if runs != 2 || !told {
		t.Errorf("%d runs, told %v", runs, told)
	}
	same(t, "visits", len(got[[]Visit](t)(s.in(t).VisitsOn(7, "2026-11-24"))), 2)
}

// When the transaction ends in an error nothing of what travelled is kept, and
// the connection carries no half of it into the next one.
func testFailedBatch(t *testing.T, a address) {
	s := &stage{Store: a.open(t, newHands().clocks())}
	s.DB().SetMaxOpenConns(1)
	s.village = s.newVillage(t, "镇")
	err := s.Update(t.Context(), func(tx *Tx) error {
		err := errors.Join(tx.In(s.village).Owe(notice("seen", "1")), tx.AddHeard("gh", key(t, 1), "记了"))
		return errors.Join(err, tx.AddHeard("gh", key(t, 1), "记了"))
	})
	if !IsDuplicate(err) {
		t.Errorf("got %v", err)
	}
	s.must(t, func(tx *Tx) error { return tx.AddHeard("gh", key(t, 2), "记了") })
	v := s.in(t)
	missing[Heard](t)(v.Tx().Heard("gh", key(t, 1)))
	found[Heard](t)(v.Tx().Heard("gh", key(t, 2)))
	same(t, "notices", len(got[[]Notice](t)(v.NoticesAbout("seen", "help 13"))), 0)
}
