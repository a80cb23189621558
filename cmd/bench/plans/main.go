// Command plans measures how long the clock takes to plan one day, the first of
// a month, for more and more villages, and how much memory it holds while it
// does. It prints the table that stands in docs/performance.md.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mishu/bot"
	"mishu/bot/book"
	"mishu/bot/clock"
	"mishu/cmd/bench/fresh"
	"mishu/storage"
)

func main() {
	sizes := flag.String("villages", "1,10,100,1000,10000", "how many villages, one run each")
	flag.Parse()
	if err := run(os.Stdout, strings.Split(*sizes, ",")); err != nil {
		fmt.Fprintln(os.Stderr, "plans:", err)
		os.Exit(1)
	}
}

func run(out io.Writer, sizes []string) error {
	fmt.Fprintln(out, "| villages | notices owed | one day planned in | a village | heap at most |")
	fmt.Fprintln(out, "|---:|---:|---:|---:|---:|")
	for _, size := range sizes {
		n, err := strconv.Atoi(size)
		if err != nil {
			return fmt.Errorf("villages: %w", err)
		}
		if err := measure(out, n); err != nil {
			return err
		}
	}
	return nil
}

// measure plans the first of December 2026 minute by minute, as the clock does.
func measure(out io.Writer, villages int) (err error) {
	now := time.Date(2026, 11, 30, 23, 59, 0, 0, storage.Shanghai)
	at := func() time.Time { return now }
	ctx := context.Background()
	store, end, err := fresh.Open(ctx, at)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	if err := found(ctx, store, villages); err != nil {
		return err
	}
	c := clock.New(clock.Options{
		Store: store, Books: book.NewShelf(store), Lines: bot.Lines(), Wall: at, Village: at,
		Log: slog.New(slog.DiscardHandler), Metrics: clock.NewMetrics(prometheus.NewRegistry()),
	})
	if err := c.Plan(ctx); err != nil { // rules begin
		return err
	}
	heap := uint64(0)
	began := time.Now()
	for range 24 * 60 {
		now = now.Add(time.Minute)
		if err := c.Plan(ctx); err != nil {
			return err
		}
		if now.Minute() == 6 {
			heap = max(heap, inUse())
		}
	}
	took := time.Since(began)
	owed := int64(0)
	if err := store.DB().QueryRow("SELECT COUNT(*) FROM notice").Scan(&owed); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "| %d | %d | %.2f s | %.2f ms | %d MB |\n", villages, owed, took.Seconds(), took.Seconds()*1000/float64(villages), heap>>20)
	return err
}

func inUse() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse
}

// found enters villages with their offices and ten visitors each; nobody is
// bound, since planning looks at roles and the visit list alone.
func found(ctx context.Context, store *storage.Store, villages int) error {
	const together = 100
	for first := 0; first < villages; first += together {
		err := store.Update(ctx, func(tx *storage.Tx) error {
			for i := first; i < min(first+together, villages); i++ {
				if err := foundOne(tx, i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func foundOne(tx *storage.Tx, i int) error {
	row := storage.Village{Name: fmt.Sprintf("第%d村", i), Township: "镇", County: fmt.Sprintf("第%d县", i/400)}
	if err := tx.AddVillage(&row); err != nil {
		return err
	}
	v := tx.In(row.ID)
	for p, role := range []string{storage.Secretary, storage.Chair, storage.Doctor, storage.Leader, storage.Leader, storage.Leader} {
		if err := v.AddRole(storage.Role{Person: int64(p + 1), Role: role, Group: p}); err != nil {
			return err
		}
	}
	for e := range int64(30) {
		tier := []string{storage.TierHigh, "重点", "一般"}[e%3]
		if err := v.AddPlan(storage.Plan{Person: 100 + e, Tier: tier, Visitor: 10 + e%10, Backup: 10 + (e+1)%10}); err != nil {
			return err
		}
	}
	return nil
}
