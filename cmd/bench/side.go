package main

import (
	"context"
	"time"
)

// side is one of those that are compared: a server and what is said to it.
type side struct {
	title string
	proc  *process
	says  sayer
	most  int // messages in one slice, 0: as many as there is time for

	next   int     // of its lines
	rate   float64 // of the last slice, messages a second
	slices []slice
}

// slice is one side's part of one round.
type slice struct {
	volley
	use use
}

// firstRate is what a side that was not measured yet is thought to do; too many
// messages cost preparation, too few end the slice early.
const firstRate = 6000

// run measures one slice and keeps it.
func (b *runner) run(ctx context.Context, s *side, during time.Duration) error {
	v, u, err := b.shoot(ctx, s, during)
	if err != nil {
		return err
	}
	s.slices = append(s.slices, slice{v, u})
	b.say("  %-28s %6.0f messages/s", s.title, v.perSecond())
	return nil
}

// shoot prepares a slice's messages and sends them.
func (b *runner) shoot(ctx context.Context, s *side, during time.Duration) (volley, use, error) {
	rate := s.rate
	if rate == 0 {
		rate = firstRate
	}
	n := int(rate*during.Seconds()*1.4) + 500
	if s.most > 0 {
		n = min(n, s.most)
	}
	return b.send(ctx, s, n, during)
}

// send sends n messages, or as many of them as there is time for, and counts
// what was used meanwhile.
func (b *runner) send(ctx context.Context, s *side, n int, during time.Duration) (volley, use, error) {
	messages, err := b.pen.write(s.proc.address, s.says, s.next, n)
	if err != nil {
		return volley{}, use{}, err
	}
	before, err := b.house.gauge(ctx, s.proc)
	if err != nil {
		return volley{}, use{}, err
	}
	v, err := fire(ctx, s.proc.address, messages, during)
	if err != nil {
		return v, use{}, err
	}
	after, err := b.house.gauge(ctx, s.proc)
	if err != nil {
		return v, use{}, err
	}
	s.next += v.sent
	s.rate = v.perSecond()
	return v, per(before, after, v.sent), nil
}
