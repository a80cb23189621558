package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"mishu/bot/clock"
	"mishu/bot/leaving"
	"mishu/bot/lifeline"
	"mishu/bot/media"
	"mishu/bot/tags"
	"mishu/config"
	"mishu/handlers/sms"
	"mishu/handlers/wechat"
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

// tagsEvery is how often the next people's tags are looked at.
const tagsEvery = time.Minute

// removeEvery is how often it is looked whether something is to be removed.
const removeEvery = 10 * time.Minute

// errNoAccount: a medium of an account that is not served any more.
var errNoAccount = errors.New("no such account")

// fetchMedia gets a voice or picture from the platform of its account.
func (a *app) fetchMedia(ctx context.Context, account, mediaID string, most int64) (string, []byte, error) {
	for _, o := range a.accounts {
		if len(a.accounts) > 1 && o.account.ID != account {
			continue
		}
		f, err := o.api.Media(ctx, mediaID, most)
		if errors.Is(err, wechat.ErrTooLarge) || wechat.CodeOf(err) == mediaGone {
			err = fmt.Errorf("%w: %w", media.ErrGone, err)
		}
		return f.Kind, f.Data, err
	}
	return "", nil, errNoAccount
}

// mediaGone is the platform's code for a medium that it does not have.
const mediaGone = 40007

// tagged shows the platform to the tags' job.
type tagged struct{ *wechat.API }

// notTagged are the platform's codes for people who cannot be tagged: unknown to
// the account, or following no more.
var notTagged = []int{40003, 43004, 49003, 50005}

// Tag is tags.Platform.
func (t tagged) Tag(ctx context.Context, id int, on bool, openIDs []string) error {
	err := t.API.Tag(ctx, id, on, openIDs)
	if slices.Contains(notTagged, wechat.CodeOf(err)) {
		return fmt.Errorf("%w: %w", tags.ErrRefused, err)
	}
	return err
}

// jobs are what the clock does beside its own.
func (a *app) jobs() []clock.Job {
	keeper := &media.Keeper{Store: a.store, Fetch: a.fetchMedia, Log: a.log}
	jobs := []clock.Job{
		{Name: "fetch media", Run: keeper.FetchDue},
		{Name: "remove media", Every: removeEvery, Run: keeper.RemoveDue},
		{Name: "remove who left", Every: removeEvery, Run: (&leaving.Remover{Store: a.store, Sessions: a.sessions}).RemoveDue},
	}
	for _, o := range a.accounts {
		if o.account.ID != "" { // members are kept by it
			sync := &tags.Sync{Store: a.store, Books: a.bot.Books(), Account: o.account.ID, Platform: tagged{o.api}}
			jobs = append(jobs, clock.Job{Name: "tags", Every: tagsEvery, Run: sync.Run})
		}
	}
	if a.lifeline != nil {
		jobs = append(jobs, clock.Job{Name: "duty copy", Every: copyEvery, Run: func(ctx context.Context) error { return a.lifeline.Refresh(ctx, a.store) }})
	}
	return jobs
}
