package storage

import (
	"context"
	"fmt"
	"reflect"
	"sync/atomic"
	"testing"
)

// elders is how many are on the pilot village's visit list.
const elders = 107

// BenchmarkVisit is the transaction of a visit reported in one line: the visit,
// one notice, the reply, committed.
func BenchmarkVisit(b *testing.B) {
	b.Run(SQLite, func(b *testing.B) { benchVisit(b, sqliteAddress(b)) })
	b.Run("mariadb", func(b *testing.B) { benchVisit(b, mariaAddress(b)) })
}

func benchVisit(b *testing.B, a address) {
	s := a.migrated(b).open(b, newHands().clocks())
	villages := make([]int64, 8)
	for i := range villages {
		villages[i] = benchVillage(b, s, i)
	}
	var n atomic.Int64
	b.SetParallelism(32) // 64 at once on 2 cores
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := n.Add(1)
			if err := reportVisit(s, villages[i%8], i/8%elders+1, i); err != nil {
				b.Error(err)
			}
		}
	})
}

func benchVillage(b *testing.B, s *Store, i int) int64 {
	v := Village{Name: fmt.Sprint("村", i)}
	s.must(b, func(tx *Tx) error {
		if err := tx.AddVillage(&v); err != nil {
			return err
		}
		for p := range int64(elders) {
			if err := tx.In(v.ID).AddPlan(Plan{Person: p + 1, Tier: "一般", Visitor: 7}); err != nil {
				return err
			}
		}
		return nil
	})
	return v.ID
}

func reportVisit(s *Store, village, elder, n int64) error {
	key := fmt.Sprint("m", n)
	day := Day(noon.AddDate(0, 0, int(n/8/elders)))
	return s.Update(context.Background(), func(tx *Tx) error {
		v := tx.In(village)
		if _, err := v.Version(); err != nil {
			return err
		}
		if moved, err := v.AdvancePlan(elder, day, true); err != nil || !moved {
			return fmt.Errorf("plan of %d not moved to %s: %w", elder, day, err)
		}
		r := Visit{Elder: elder, Visitor: 7, Day: day, Met: true, Health: "好", Words: "今天去看了满爷爷，还好", SourceKey: key, Ordinal: 1}
		if err := v.AddVisit(&r, v.Rescue(r.Elder)); err != nil {
			return err
		}
		if err := v.Owe(Notice{Person: 9, Kind: "seen", Subject: fmt.Sprint("elder ", elder), Period: day, Weight: Direct, Words: "11月24日有人看了您娘"}); err != nil {
			return err
		}
		return tx.AddHeard("gh", key, "记了：满爷爷，还好。错了讲一声。")
	})
}

// BenchmarkFloor is what the visit is measured against: a transaction of two
// inserts by database/sql alone.
func BenchmarkFloor(b *testing.B) {
	s := mariaAddress(b).migrated(b).open(b, newHands().clocks())
	var n atomic.Int64
	b.SetParallelism(32)
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := twoInserts(s, n.Add(1)); err != nil {
				b.Error(err)
			}
		}
	})
}

func twoInserts(s *Store, n int64) error {
	tx, err := s.write.DB.Begin()
	if err != nil {
		return err
	}
	for i := range 2 {
		if _, err := tx.Exec("INSERT INTO heard (account, msg_key, reply, at) VALUES (?, ?, ?, ?)", "gh", fmt.Sprint(n, "/", i), "记了", 1); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// BenchmarkValues is what reflection costs an INSERT, beside the hundreds of
// microseconds of its transaction.
func BenchmarkValues(b *testing.B) {
	r := Visit{Elder: 1, Visitor: 7, Day: "2026-11-24", Met: true, Words: "今天去看了满爷爷，还好", SourceKey: "m1", Ordinal: 1}
	b.ReportAllocs()
	for b.Loop() {
		values(reflect.ValueOf(&r).Elem(), shapeOf(r).fields)
	}
}
