// Command deliveries measures how fast the clock brings notices to people: to a
// channel that answers at once, so that only mishu's own work is seen, and to one
// that takes as long as the platform does; one notice a person, and several that
// share a letter. It prints the table that stands in docs/performance.md.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mishu/bot"
	"mishu/bot/book"
	"mishu/bot/clock"
	"mishu/bot/talk"
	"mishu/cmd/bench/fresh"
	"mishu/storage"
	"mishu/storage/session"
)

// load is one line of the table.
type load struct {
	what    string
	people  int // each in a village of 100
	each    int // notices a person is owed at once, of different kinds
	weight  int
	answers time.Duration // how long the channel takes
}

var loads = []load{
	{"one answer each, the channel takes no time", 4000, 1, storage.Direct, 0},
	{"one answer each, the channel takes 100 ms", 4000, 1, storage.Direct, 100 * time.Millisecond},
	{"three reminders each at seven, in one letter", 2000, 3, storage.Unasked, 100 * time.Millisecond},
	{"six reminders each at seven: three go, three wait", 1000, 6, storage.Unasked, 100 * time.Millisecond},
	{"danger, one each, the channel takes 100 ms", 1000, 1, storage.Danger, 100 * time.Millisecond},
}

func main() {
	share := flag.Int("share", 1, "divide the number of people by this: a smoke run")
	flag.Parse()
	if err := run(os.Stdout, *share); err != nil {
		fmt.Fprintln(os.Stderr, "deliveries:", err)
		os.Exit(1)
	}
}

func run(out io.Writer, share int) error {
	fmt.Fprintln(out, "| what | people | notices sent | letters | wait for a message | took | notices a second |")
	fmt.Fprintln(out, "|---|---:|---:|---:|---:|---:|---:|")
	for _, l := range loads {
		l.people = max(1, l.people/share)
		if err := measure(out, l); err != nil {
			return fmt.Errorf("%s: %w", l.what, err)
		}
	}
	return nil
}

// platform is a channel that takes every letter after a while.
type platform struct {
	answers time.Duration
	letters atomic.Int64
}

// Send takes a letter.
func (p *platform) Send(_ context.Context, _ talk.Letter) talk.Outcome {
	time.Sleep(p.answers)
	p.letters.Add(1)
	return talk.Outcome{Verdict: talk.Sent, Channel: "custom"}
}

func measure(out io.Writer, l load) (err error) {
	now := time.Date(2026, 11, 24, 7, 0, 0, 0, storage.Shanghai)
	at := func() time.Time { return now }
	ctx := context.Background()
	store, end, err := fresh.Open(ctx, at)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	sessions, err := session.NewSQL(store.DB(), session.Options{Now: at})
	if err != nil {
		return err
	}
	for first := 0; first < l.people; first += 100 {
		if err := store.Update(ctx, func(tx *storage.Tx) error { return found(tx, first, min(100, l.people-first), l) }); err != nil {
			return err
		}
	}
	post := &platform{answers: l.answers}
	c := clock.New(clock.Options{
		Store: store, Sessions: sessions, Books: book.NewShelf(store), Lines: bot.Lines(), Channel: post, Wall: at, Village: at,
		Wake: func(context.Context) error { return nil }, Log: slog.New(slog.DiscardHandler), Metrics: clock.NewMetrics(prometheus.NewRegistry()),
	})
	began := time.Now()
	for waiting := int64(1); waiting > 0; {
		if err := c.Tick(ctx); err != nil {
			return err
		}
		if err := store.DB().QueryRow("SELECT COUNT(*) FROM notice WHERE state = 'due'").Scan(&waiting); err != nil {
			return err
		}
	}
	took := time.Since(began)
	var sent, carried int64
	if err := store.DB().QueryRow("SELECT SUM(state = 'sent'), SUM(state = 'carry') FROM notice").Scan(&sent, &carried); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "| %s | %d | %d | %d | %d | %.1f s | %.0f |\n", l.what, l.people, sent, post.letters.Load(), carried, took.Seconds(), float64(sent)/took.Seconds())
	return err
}

// found enters a village with its people, each bound, and owes them notices.
func found(tx *storage.Tx, first, people int, l load) error {
	row := storage.Village{Name: fmt.Sprintf("第%d村", first), Township: "镇", County: "县"}
	if err := tx.AddVillage(&row); err != nil {
		return err
	}
	v := tx.In(row.ID)
	for i := range people {
		p := storage.Person{Name: "向" + strconv.Itoa(i), Group: 1 + i%5, Status: storage.Home}
		if err := v.AddPerson(&p); err != nil {
			return err
		}
		m := storage.Member{Account: "gh", OpenID: fmt.Sprintf("o%d.%d", first, i), Person: p.ID, State: storage.Active, Followed: true}
		if err := v.AddMember(&m); err != nil {
			return err
		}
		for k := range l.each {
			err := v.Owe(storage.Notice{
				Person: p.ID, Kind: "kind" + strconv.Itoa(k), Subject: "x", Period: "1", Weight: l.weight, Lead: "村里有事，回“看”", Words: "这周还没看的2家，看了讲一声。",
			})
			if err != nil {
				return err
			}
		}
	}
	return v.Changed()
}
