package session

import (
	"context"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"mishu/storage/private"
)

// The floor and Do are measured as the webhook uses them: 5,000 persons, 64
// connections, a dialog's worth of state.
const benched, connections, dialog = 5000, 64, `{"line":"help","answers":{"who":"满爷爷","what":"yi"},"open":"when"}`

func inParallel(b *testing.B, f func(openID string) error) {
	b.ReportAllocs()
	b.SetParallelism(connections / 2) // times GOMAXPROCS, 2 here
	var n atomic.Int64
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := f("o" + strconv.FormatInt(n.Add(1)%benched, 10)); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "ops/s")
}

func keep(_ context.Context, s *Session) error {
	s.State = []byte(dialog)
	return nil
}

// BenchmarkFloor is one GET and one SET, what a bare server would do.
func BenchmarkFloor(b *testing.B) {
	client := newRedis(b, private.Redis(b), Options{}).client
	ctx := context.Background()
	inParallel(b, func(openID string) error {
		client.Get(ctx, "d:"+openID)
		return client.Set(ctx, "d:"+openID, dialog, 30*time.Minute).Err()
	})
}

// BenchmarkDo is one message: locked, read, written, freed, its window opened.
func BenchmarkDo(b *testing.B) {
	r := newRedis(b, private.Redis(b), Options{})
	ctx := context.Background()
	inParallel(b, func(openID string) error {
		return r.Do(ctx, Who{man.Account, openID}, Wrote, keep)
	})
}

func BenchmarkDoSQL(b *testing.B) {
	s := newSQL(b, filepath.Join(b.TempDir(), "village.db"), Options{})
	ctx := context.Background()
	inParallel(b, func(openID string) error {
		return s.Do(ctx, Who{man.Account, openID}, Wrote, keep)
	})
}
