package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// runner takes the measurements one after another.
type runner struct {
	house   *house
	sizes   sizes
	profile string
	say     func(string, ...any)
	pen     pen
	ours    *process  // from start on
	today   time.Time // of the reports, also when the run goes over midnight
	visited int       // lines about visits that were used
}

// start measures (d): the first reply after exec, and memory at rest.
func (b *runner) start(ctx context.Context, r *report) error {
	b.pen.wire = b.house.account
	b.say("starting serve %d times", b.sizes.starts)
	for i := range b.sizes.starts {
		took, err := b.launchOurs(ctx, i)
		if err != nil {
			return err
		}
		r.starts = append(r.starts, took)
		if i+1 < b.sizes.starts {
			if err := b.ours.stop(); err != nil {
				return err
			}
		}
	}
	slices.Sort(r.starts)
	var err error
	r.idle, err = b.rest(ctx)
	return err
}

// launchOurs starts serve and waits for its first right reply.
func (b *runner) launchOurs(ctx context.Context, n int) (took time.Duration, err error) {
	if b.ours, err = b.house.serve(ctx); err != nil {
		return 0, err
	}
	first, err := b.pen.write(b.ours.address, sayHelp, n, 1)
	if err != nil {
		return 0, err
	}
	return b.ours.answers(ctx, first[0])
}

// rest lets serve settle and tells the memory it holds.
func (b *runner) rest(ctx context.Context) (float64, error) {
	select {
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-time.After(b.sizes.settle):
	}
	return resident(b.ours.cmd.Process.Pid)
}

// against starts a floor for as long as f runs.
func (b *runner) against(ctx context.Context, mode string, f func(*process) error) error {
	p, err := b.house.floor(ctx, mode)
	if err != nil {
		return err
	}
	first, err := b.pen.write(p.address, echoed(sayHelp), 0, 1)
	if err == nil {
		_, err = p.answers(ctx, first[0])
	}
	if err == nil {
		err = f(p)
	}
	return errors.Join(err, p.stop())
}

// speed measures (a) and (b) against one floor, in turn.
func (b *runner) speed(ctx context.Context, r *report) error {
	return b.against(ctx, "redis", func(p *process) error {
		bare := &side{title: "floor with Redis", proc: p, says: echoed(sayHelp)}
		help := &side{title: "(a) 帮助", proc: b.ours, says: sayHelp}
		question := &side{title: "(b) 我的事10号怎么样了", proc: b.ours, says: sayQuestion}
		if err := b.warm(ctx, help, bare, question); err != nil {
			return err
		}
		if err := b.rounds(ctx, nil, bare, help, question); err != nil {
			return err
		}
		r.add(contest{help, bare, 0.5}, contest{question, bare, 0.35})
		return errors.Join(b.profiled(ctx, help, "help"), b.profiled(ctx, question, "question"))
	})
}

// warm lets every member be heard once, so that what a running server knows is
// known, and then each side for half a slice.
func (b *runner) warm(ctx context.Context, first *side, others ...*side) error {
	b.say("warming up")
	if _, _, err := b.send(ctx, first, people, time.Minute); err != nil {
		return err
	}
	for _, s := range append(others, first) {
		if _, _, err := b.shoot(ctx, s, b.sizes.slice/2); err != nil {
			return err
		}
	}
	return nil
}

// rounds measures the sides in turn, again and again; between is run before
// each slice.
func (b *runner) rounds(ctx context.Context, between func() error, sides ...*side) error {
	for i := range b.sizes.rounds {
		b.say("round %d of %d", i+1, b.sizes.rounds)
		for _, s := range sides {
			if between != nil {
				if err := between(); err != nil {
					return err
				}
			}
			if err := b.run(ctx, s, b.sizes.slice); err != nil {
				return err
			}
		}
	}
	return nil
}

// visits measures (c).
func (b *runner) visits(ctx context.Context, r *report) error {
	return b.against(ctx, "mysql", func(p *process) error {
		says := sayVisits(b.today)
		bare := &side{title: "floor with two inserts", proc: p, says: echoed(says), most: b.sizes.mostVisits}
		report := &side{title: "(c) 看了… 40分钟", proc: b.ours, says: says, most: b.sizes.mostVisits}
		for _, s := range []*side{bare, report} {
			if _, _, err := b.send(ctx, s, b.sizes.mostVisits/4, time.Minute); err != nil {
				return err
			}
		}
		if err := b.rounds(ctx, func() error { return b.drained(ctx, r) }, bare, report); err != nil {
			return err
		}
		r.add(contest{report, bare, 0.4})
		err := b.profiled(ctx, report, "visit")
		b.visited = report.next
		return errors.Join(err, b.drained(ctx, r))
	})
}

// drained waits until the clock has looked at every notice that the last slice
// owes: its work is not to be done on the floor's time.
func (b *runner) drained(ctx context.Context, r *report) error {
	begun := time.Now()
	first := -1
	for time.Since(begun) < drainWithin {
		n, err := b.house.waiting(ctx)
		if err != nil {
			return err
		}
		if first < 0 {
			first = n
		}
		if n == 0 {
			r.drain(first, time.Since(begun))
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return fmt.Errorf("the clock did not get through the notices in %s", drainWithin)
}

// drainWithin is several times what the clock needs on two busy cores.
const drainWithin = 5 * time.Minute

func (h *house) waiting(ctx context.Context) (n int, err error) {
	if err = h.asks.QueryRowContext(ctx, "SELECT COUNT(*) FROM notice WHERE state = 'due'").Scan(&n); err != nil {
		return 0, fmt.Errorf("count notices: %w", err)
	}
	return n, nil
}

// memory measures what a fresh serve holds after many messages: six of ten are
// 帮助, three a question, one a report.
func (b *runner) memory(ctx context.Context, r *report) error {
	if err := b.ours.stop(); err != nil {
		return err
	}
	// What waits for the next message of those who may hear would make every
	// second one of theirs another kind of message.
	if _, err := b.house.asks.ExecContext(ctx, "DELETE FROM notice"); err != nil {
		return fmt.Errorf("clear notices: %w", err)
	}
	if _, err := b.launchOurs(ctx, 0); err != nil {
		return err
	}
	b.say("sending %d messages to a fresh serve", b.sizes.messages)
	tenth := b.sizes.messages / 10
	for _, part := range []struct {
		says sayer
		from int
		n    int
	}{{sayHelp, 0, 6 * tenth}, {sayQuestion, 0, 3 * tenth}, {sayVisits(b.today), b.visited, tenth}} {
		s := &side{proc: b.ours, says: part.says, next: part.from}
		v, _, err := b.send(ctx, s, part.n, 5*time.Minute)
		if err != nil {
			return err
		}
		r.messages += v.sent
	}
	var err error
	r.loaded, err = resident(b.ours.cmd.Process.Pid)
	return errors.Join(err, b.ours.stop())
}
