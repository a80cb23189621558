package clock

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"mishu/bot/talk"
	"mishu/storage"
	"mishu/storage/failpoint"
)

const (
	// noticesAtOnce are read at a time, heaviest first: after an outage each
	// reading sorts all that waits.
	noticesAtOnce = 1000
	// leaseFor is longer than any send (its time-out is 5 s): a `sending` row
	// whose lease ran out belonged to a process that died.
	leaseFor = 60 * time.Second
	// firstRetry doubles with each attempt, up to an hour.
	firstRetry = 30 * time.Second
	triesBound = 20
)

// deliver sends what is due. It stops when a round sends nothing new.
func (c *Clock) deliver(ctx context.Context) error {
	for range 4 { // 4,000 notices a tick at most
		var due []storage.DueNotice
		err := c.Store.View(ctx, func(tx *storage.Tx) (err error) {
			due, err = tx.NoticesDue(storage.At(tx.Now()), storage.At(tx.Wall()), noticesAtOnce)
			return err
		})
		if err != nil {
			return err
		}
		all := len(due)
		rest, late := c.inTime(due)
		if err := errors.Join(c.sendAll(ctx, rest), c.expire(ctx, late)); err != nil || all < noticesAtOnce {
			return err
		}
	}
	return nil
}

// sendersDefault is how many letters are on their way at once: a letter waits
// some 100 ms for the platform, during which others can be sent.
const sendersDefault = 16

// sendAll sends notices to several people at once, and to one person one after
// another in the order given. A notice that fails keeps no other from going.
func (c *Clock) sendAll(ctx context.Context, due []storage.DueNotice) error {
	type reader struct{ village, person int64 }
	var queues [][]storage.DueNotice
	places := map[reader]int{}
	for _, d := range due {
		r := reader{d.Village, d.Person}
		i, known := places[r]
		if !known {
			i = len(queues)
			places[r] = i
			queues = append(queues, nil)
		}
		queues[i] = append(queues[i], d)
	}
	failed := make([]error, len(queues))
	var senders errgroup.Group
	senders.SetLimit(cmp.Or(c.Senders, sendersDefault))
	for i, queue := range queues {
		senders.Go(func() error {
			failed[i] = c.sendQueue(ctx, queue)
			return nil
		})
	}
	_ = senders.Wait() // every error is in failed
	return errors.Join(failed...)
}

func (c *Clock) sendQueue(ctx context.Context, queue []storage.DueNotice) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	for _, d := range queue {
		if err := c.one(ctx, d); err != nil {
			return fmt.Errorf("notice %d: %w", d.ID, err)
		}
	}
	return nil
}

// seeThrough bounds one notice from reserve to settle: more than the longest
// send (30 s, where the platform is asked twice), less than the lease.
const seeThrough = 50 * time.Second

// one takes a notice through reserve, send and settle. It begins none when the
// process is asked to stop, and breaks none off: that would leave a letter of
// which nobody knows whether it went out.
func (c *Clock) one(ctx context.Context, d storage.DueNotice) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), seeThrough)
	defer cancel()
	failpoint.Here("notice-before-reserve")
	r, mine, err := c.reserve(ctx, d)
	if err != nil || !mine {
		if err == nil && r.notice.State == storage.NoticeCarry {
			c.renew(ctx, r.members)
		}
		return err
	}
	failpoint.Here("notice-reserved")
	outcome := c.bothWays(ctx, &r)
	failpoint.Here("notice-sent")
	return c.settle(ctx, r, outcome)
}

// send tries the person's OpenIDs until one takes the letter. No transaction is
// open while it waits for the platform.
func (c *Clock) send(ctx context.Context, r *reserved) talk.Outcome {
	outcome := talk.Outcome{Verdict: talk.NoRoom}
	for _, m := range r.members {
		outcome = c.Channel.Send(ctx, talk.Letter{
			Account: m.Account, OpenID: m.OpenID, ID: strconv.FormatInt(r.notice.ID, 10),
			Opening: r.opening, Text: r.words(), Lead: r.lead(), Kind: r.notice.Kind, With: r.with(), Media: r.media,
		})
		c.Metrics.sent(outcome)
		c.tell(ctx, m, outcome)
		if outcome.MsgID != "" {
			r.notice.Account = m.Account // the platform's last word will name both
		}
		if outcome.Verdict == talk.Sent || outcome.Verdict == talk.Unsure || outcome.Verdict == talk.Later {
			return outcome
		}
	}
	return outcome
}

// tell has it noted that a person cannot be reached by this OpenID any more.
func (c *Clock) tell(ctx context.Context, m storage.Member, o talk.Outcome) {
	if c.Unreached == nil || o.Verdict != talk.Gone && o.Verdict != talk.Shut {
		return
	}
	if err := c.Unreached(ctx, m.Account, m.OpenID, o.Verdict == talk.Shut); err != nil {
		c.Log.Warn("somebody out of reach is not noted", "err", err)
	}
}
