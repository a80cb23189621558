package main

import (
	"context"
	"fmt"
	"time"

	"mishu/bot/clock"
	"mishu/bot/lifeline"
	"mishu/config"
	"mishu/handlers/sms"
	"mishu/storage"
)

// copyEvery is how old the copy of the duty list may be.
const copyEvery = 30 * time.Minute

// openSecond makes the second channel, and what is left of it while the records
// are away; nothing where no gateway is set.
func (a *app) openSecond(c config.SMS, key string) (clock.Second, error) {
	if !c.IsSet() {
		return clock.Second{}, nil
	}
	gateway, err := newGateway(c, a)
	if err != nil {
		return clock.Second{}, err
	}
	if a.lifeline, err = lifeline.New(gateway, c.Copy, key, a.wall); err != nil {
		a.log.Error("start without the copy of the duty list", "err", err)
		if a.lifeline, err = lifeline.New(gateway, "", key, a.wall); err != nil {
			return clock.Second{}, err
		}
	}
	return clock.Second{Texter: gateway, Weights: map[int]bool{storage.Urgent: c.Urgent, storage.Brief: c.Brief}}, nil
}

func newGateway(c config.SMS, a *app) (*sms.Gateway, error) {
	g, err := sms.New(sms.Options{
		URL: c.URL, Method: c.Method, Header: c.Header, Body: c.Body, Secret: c.Secret.Reveal(), Took: c.Taken, Log: a.log,
	})
	if err != nil {
		return nil, fmt.Errorf("SMS settings: %w", err)
	}
	return g, nil
}

// callOut texts the duty list, if there is a gateway.
func (a *app) callOut() func(context.Context, string, string) int {
	if a.lifeline == nil {
		return nil
	}
	return a.lifeline.Call
}

// jobs are what the clock does beside its own.
func (a *app) jobs() []clock.Job {
	var jobs []clock.Job
	if a.lifeline != nil {
		jobs = append(jobs, clock.Job{Name: "duty copy", Every: copyEvery, Run: func(ctx context.Context) error { return a.lifeline.Refresh(ctx, a.store) }})
	}
	return jobs
}
