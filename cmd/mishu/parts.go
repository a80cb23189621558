package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"time"
)

const (
	// stopWithin is what in-flight messages get to finish. The platform asks
	// three times within 15 s, so what takes longer has been given up on.
	stopWithin = 10 * time.Second
	// lastGrace is for what is stopped after the time was used up by another,
	// such as closing the database after a listener that had to be cut.
	lastGrace = time.Second
)

// part is something that runs for as long as the process does.
type part struct {
	name string
	// start returns when the part does its work or cannot; a listener is bound
	// then. fail ends the whole process later on; it never blocks.
	start func(ctx context.Context, fail func(error)) error
	// stop returns when the work in hand is finished, or soon after ctx ended.
	// nil: nothing to stop.
	stop func(ctx context.Context) error
}

// service runs parts in order, each leaning on those before it.
type service struct {
	parts []part
	log   *slog.Logger
}

// startedUp is when starting is over: what it took, lexicons and rosters while they
// were built, goes back to the system once. A county's server may idle for hours.
const startedUp = 3 * time.Second

// run starts the parts, calls ready, waits until ctx ends or a part fails, and
// stops the parts in reverse. The error joins what made it stop, other than
// ctx, and what went wrong while stopping.
func (s service) run(ctx context.Context, ready func()) error {
	broken, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	started, err := s.start(ctx, cancel)
	if err == nil && ctx.Err() == nil {
		ready()
		idle := time.AfterFunc(startedUp, debug.FreeOSMemory)
		<-broken.Done()
		idle.Stop()
		err = reasonOf(ctx, broken)
	}
	return errors.Join(err, s.stop(started))
}

// start returns the parts that did start, and why the next did not.
func (s service) start(ctx context.Context, fail func(error)) ([]part, error) {
	for i, p := range s.parts {
		if ctx.Err() != nil { // asked to stop while starting: no failure
			return s.parts[:i], nil
		}
		name := func(err error) { fail(fmt.Errorf("%s: %w", p.name, err)) }
		if err := p.start(ctx, name); err != nil {
			return s.parts[:i], fmt.Errorf("start %s: %w", p.name, err)
		}
		s.log.Debug("started", "part", p.name)
	}
	return s.parts, nil
}

// reasonOf returns what broke the service, nil when it was only asked to stop.
func reasonOf(ctx, broken context.Context) error {
	if ctx.Err() != nil {
		return nil
	}
	return context.Cause(broken)
}

func (s service) stop(started []part) error {
	ctx, cancel := context.WithTimeout(context.Background(), stopWithin)
	defer cancel()
	var errs []error
	for _, p := range slices.Backward(started) {
		if p.stop == nil {
			continue
		}
		if err := watched(ctx, p.stop); err != nil {
			errs = append(errs, fmt.Errorf("stop %s: %w", p.name, err))
		}
		s.log.Debug("stopped", "part", p.name)
	}
	return errors.Join(errs...)
}

var errHangs = errors.New("still not done, left behind")

// watched calls stop and leaves it behind when it hangs beyond its time.
func watched(ctx context.Context, stop func(context.Context) error) error {
	done := make(chan error, 1)
	go func() { done <- stop(ctx) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-done:
		return err
	case <-time.After(lastGrace):
		return errHangs
	}
}
