package storage

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// The database of the query plans: so many villages, each with so much, that no
// optimizer takes reading all of a table for the cheapest way.
const (
	manyVillages   = 40
	manyPeople     = 150
	manyHelps      = 60
	manyVisits     = 150
	manyNotices    = 150
	manyPerVillage = 40 // of all else
)

// grow fills a database with villages 1 to 40, beside what is there.
func grow(t testing.TB, s *Store) {
	t.Helper()
	ctx := context.Background()
	tx, err := s.write.Beginx()
	must(t, err)
	defer tx.Rollback() //nolint:errcheck // after Commit it does nothing
	put := func(r []row) {
		for len(r) > 0 {
			n := min(len(r), 400)
			query, args := bulk(r[:n])
			if _, err := tx.ExecContext(ctx, query, args...); err != nil {
				t.Fatal(err)
			}
			r = r[n:]
		}
	}
	for village := range int64(manyVillages) {
		v := village + 1
		put(times(manyPeople, func(i int64) row {
			return Person{Village: v, Name: fmt.Sprint("人", i), Group: int(i % 7), Status: Home}
		}))
		put(times(manyHelps, func(i int64) row { return grownHelp(v, i) }))
		put(times(manyVisits, func(i int64) row { return grownVisit(v, i) }))
		put(times(manyNotices, func(i int64) row { return grownNotice(v, i) }))
		put(times(manyPerVillage, func(i int64) row { return Plan{Village: v, Person: 1000 + i, LastDay: day(i), State: PlanOn} }))
		put(times(manyPerVillage, func(i int64) row {
			return Member{Account: "gh", OpenID: fmt.Sprint("g", v, "/", i), Village: v, Person: i, State: Active, Followed: true}
		}))
		put(times(manyPerVillage, func(i int64) row {
			return Heard{Account: "gh", Key: fmt.Sprint("g", v, "/", i), At: At(noon.AddDate(0, 0, int(i)))}
		}))
		put(times(manyPerVillage, func(i int64) row {
			return Ask{Village: v, Help: 1000 + i/3, Person: i, Round: 1, State: AskSent, At: At(noon)}
		}))
		put(times(manyPerVillage, func(i int64) row {
			return Medium{Village: v, Slip: 1000 + i, Account: "gh", Data: []byte{}, State: MediumKept, NextAt: At(noon.AddDate(0, 0, int(i)))}
		}))
		put(times(manyPerVillage, func(i int64) row {
			return Leaving{Account: "gh", OpenID: fmt.Sprint("g", v, "/", i), DueAt: At(noon.AddDate(0, 0, int(i)))}
		}))
		put(times(manyPerVillage, func(i int64) row { return Tagging{Account: "gh", OpenID: fmt.Sprint("g", v, "/", i), Tags: "村民"} }))
		put(times(manyPerVillage, func(i int64) row {
			scene := v*100 + i
			return Door{Scene: 10_000 + int(scene), Village: v, Household: &scene, Account: "wx"}
		}))
		put(times(manyPerVillage, func(i int64) row { return HelpLog{Village: v, Help: 1000 + i/3} }))
		put(times(manyPerVillage, func(i int64) row { return Ladder{Village: v, Help: 1000 + i/3, Round: int(i % 3)} }))
		put(times(manyPerVillage, func(i int64) row { return Listening{Village: v, Slip: 1000 + i, Number: 1, HeardBy: 7} }))
		put(times(manyPerVillage, func(i int64) row {
			return ServiceRecord{Village: v, Person: i, Day: day(i), State: Stands, SourceKey: fmt.Sprint("g", v, "/", i)}
		}))
		put(times(manyPerVillage, func(i int64) row {
			return Consent{Village: v, Person: i, Kind: ToBasic, Answer: Given, EndedAt: Moment(i % 2)}
		}))
		put(times(manyPerVillage, func(i int64) row { return Trait{Village: v, Person: i, Kind: Hearing} }))
		put(times(manyPerVillage, func(i int64) row { return Behalf{Village: v, Help: 1000 + i} }))
		put(times(manyPerVillage, func(i int64) row {
			return Vouching{Village: v, Member: 1000 + i, NextAt: At(noon.AddDate(0, 0, int(i)))}
		}))
		put(times(manyPerVillage, func(i int64) row {
			return VouchCall{Village: v, Member: 1000 + i, SourceKey: fmt.Sprint("g", v, "/", i)}
		}))
		put(times(manyPerVillage, func(i int64) row {
			return Finding{Village: v, Elder: i, State: Closed, SourceKey: fmt.Sprint("g", v, "/", i)}
		}))
		put(times(manyPerVillage, func(i int64) row {
			return Alert{Village: v, State: Closed, SourceKey: fmt.Sprint("g", v, "/", i)}
		}))
		put(times(manyPerVillage, func(i int64) row { return AlertLog{Village: v, Alert: i, What: LogRaised} }))
		put(times(manyPerVillage, func(i int64) row {
			return Absence{Village: v, Person: i, Kind: Outside, State: AbsenceEnded, SourceKey: fmt.Sprint("g", v, "/", i)}
		}))
		put(times(manyPerVillage, func(i int64) row {
			return Proposal{Village: v, Person: i, State: ProposalRefused, SourceKey: fmt.Sprint("g", v, "/", i)}
		}))
		put(times(manyPerVillage, func(i int64) row {
			return Slip{Village: v, State: Closed, SourceKey: fmt.Sprint("g", v, "/", i)}
		}))
	}
	must(t, tx.Commit())
	if s.driver == MySQL {
		s.write.MustExec("ANALYZE TABLE " + strings.Join(big, ", "))
	}
}

func grownHelp(v, i int64) Help {
	h := Help{
		Village: v, Number: int(200 + i), Elder: i, Asker: i, Holder: i % 9, State: Closed, ClosedAt: At(noon.AddDate(0, -2, 0)),
		SourceKey: fmt.Sprint("g", v, "/", i), CreatedAt: At(noon.AddDate(0, -3, 0)),
	}
	if i < 5 {
		h.State, h.ClosedAt, h.NextAt, h.HeldNumber = Open, 0, At(noon.AddDate(0, 0, 1)), &h.Number
	}
	return h
}

func grownVisit(v, i int64) Visit {
	r := Visit{
		Village: v, Elder: i % 40, Visitor: i % 9, Day: day(i), Met: i%20 != 0, State: Stands,
		SourceKey: fmt.Sprint("g", v, "/", i), CreatedAt: At(noon.AddDate(0, 0, int(-i))),
	}
	if i == 0 {
		r.NextAt = At(noon)
	}
	return r
}

func grownNotice(v, i int64) Notice {
	n := Notice{
		Village: v, Person: i % 40, Account: "gh", Kind: "ask", Subject: fmt.Sprint("help ", i), Period: "g", Weight: Unasked, State: NoticeSent,
		SentDay: day(i), MsgID: fmt.Sprint("g", v, "/", i), Whole: true, NotBefore: At(noon),
	}
	switch {
	case i < 3:
		n.State, n.SentDay, n.MsgID = NoticeDue, "", ""
	case i < 10:
		n.State, n.SentDay, n.MsgID = NoticeCarry, "", ""
	}
	return n
}

// day is one of the year before noon.
func day(i int64) string { return Day(noon.AddDate(0, 0, int(-i))) }

func times(n int64, make func(i int64) row) (all []row) {
	for i := range n {
		all = append(all, make(i))
	}
	return all
}

// bulk is one INSERT of many rows of one kind.
func bulk(r []row) (string, []any) {
	s := shapeOf(r[0])
	head, marks, _ := strings.Cut(s.insert, " VALUES ")
	var args []any
	for _, one := range r {
		args = append(args, values(reflect.ValueOf(one), s.fields)...)
	}
	return head + " VALUES " + marks + strings.Repeat(", "+marks, len(r)-1), args
}
