package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// connections are kept alive, as the platform does.
const connections = 64

// sampled is how many answers there are to one that is decrypted and read.
const sampled = 25

// volley is what came of messages sent over all connections, each sending its
// next as soon as it has its answer.
type volley struct {
	sent      int
	took      time.Duration
	latencies []time.Duration // sorted
}

// perSecond is the throughput.
func (v volley) perSecond() float64 { return float64(v.sent) / v.took.Seconds() }

// quantile is the time within which that share of the messages was answered.
func (v volley) quantile(q float64) time.Duration {
	if len(v.latencies) == 0 {
		return 0
	}
	return v.latencies[min(len(v.latencies)-1, int(q*float64(len(v.latencies))))]
}

// shooter sends one volley.
type shooter struct {
	messages []message
	until    time.Time
	next     atomic.Int64
	mu       sync.Mutex
	out      volley
	samples  []sample
	err      error
}

// sample is an answer that is looked at after the volley.
type sample struct {
	of   int
	body []byte
}

// fire sends messages to address until they are used up or the time is over.
// Any answer that is not right fails the whole volley.
func fire(ctx context.Context, address string, messages []message, during time.Duration) (volley, error) {
	s := &shooter{messages: messages}
	conns, err := dialAll(address, during+20*time.Second)
	defer func() {
		for _, c := range conns {
			_ = c.Close() // everything was read
		}
	}()
	if err != nil {
		return volley{}, err
	}
	begun := time.Now()
	s.until = begun.Add(during)
	var all sync.WaitGroup
	for _, c := range conns {
		all.Go(func() { s.shoot(ctx, c) })
	}
	all.Wait()
	s.out.took = time.Since(begun)
	if err := errors.Join(s.err, ctx.Err()); err != nil {
		return volley{}, err
	}
	slices.Sort(s.out.latencies)
	return s.out, s.checkSamples()
}

func dialAll(address string, within time.Duration) ([]*conn, error) {
	var conns []*conn
	for range connections {
		c, err := dial(address, within)
		if err != nil {
			return conns, err
		}
		conns = append(conns, c)
	}
	return conns, nil
}

// shoot is one connection's part.
func (s *shooter) shoot(ctx context.Context, c *conn) {
	var own volley
	var samples []sample
	var err error
	for ctx.Err() == nil {
		begun := time.Now()
		i := int(s.next.Add(1) - 1)
		if i >= len(s.messages) || begun.After(s.until) {
			break
		}
		var body []byte
		if body, err = c.post(s.messages[i].request); err != nil {
			s.next.Store(int64(len(s.messages))) // the others need not go on
			err = fmt.Errorf("to %q: %w", s.messages[i].text, err)
			break
		}
		own.latencies = append(own.latencies, time.Since(begun))
		if i%sampled == 0 {
			samples = append(samples, sample{i, slices.Clone(body)})
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out.sent += len(own.latencies)
	s.out.latencies = append(s.out.latencies, own.latencies...)
	s.samples = append(s.samples, samples...)
	s.err = cmp.Or(s.err, err) // one is enough to tell
}

func (s *shooter) checkSamples() error {
	for _, one := range s.samples {
		if err := s.messages[one.of].check(one.body); err != nil {
			return err
		}
	}
	return nil
}
