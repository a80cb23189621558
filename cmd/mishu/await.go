package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"mishu/storage"
)

// askEvery is how often it is looked whether the records have come.
const askEvery = 500 * time.Millisecond

// records is the part that has the records at hand: at once, or as soon as the
// database comes. One that comes with another schema ends the process, as it
// would have kept it from starting.
func (a *app) records() part {
	ctx, cancel := context.WithCancel(context.Background())
	var wait sync.WaitGroup
	return part{
		name: "records",
		start: func(starting context.Context, fail func(error)) error {
			select {
			case <-a.here:
				return a.warm(starting)
			default:
			}
			a.log.Error("start without the records: only danger is answered as it should be")
			wait.Go(func() {
				if err := a.await(ctx); err != nil && ctx.Err() == nil {
					fail(err)
				}
			})
			return nil
		},
		stop: func(context.Context) error {
			cancel()
			wait.Wait()
			return nil
		},
	}
}

// warm reads the first books. That the database has just gone is no reason not to
// start.
func (a *app) warm(ctx context.Context) error {
	err := a.bot.Warm(ctx)
	if err != nil && !storage.Unreachable(err) {
		return err
	}
	return nil
}

// await returns when the records are there and ours.
func (a *app) await(ctx context.Context) error {
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
		there, err := a.arrived(ctx)
		if err != nil {
			return fmt.Errorf("the database has come: %w", err)
		}
		if there {
			close(a.here)
			a.log.Info("the records are there")
			return nil
		}
	}
}

func (a *app) arrived(ctx context.Context) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, firstAsk)
	defer cancel()
	err := a.store.CheckSchema(ctx)
	switch {
	case err == nil:
		return true, a.warm(ctx)
	case storage.Unreachable(err):
		return false, nil
	}
	return false, err
}
