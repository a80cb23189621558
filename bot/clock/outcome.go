package clock

import (
	"context"
	"errors"
	"math/rand/v2"
	"strconv"
	"time"

	"mishu/bot/talk"
	"mishu/storage"
	"mishu/storage/failpoint"
	"mishu/storage/session"
)

// settle stores what became of a letter, for each notice in it.
func (c *Clock) settle(ctx context.Context, r reserved, o talk.Outcome) error {
	r.notice = after(r.notice, o, c.Wall())
	for i, n := range r.riders {
		r.riders[i] = after(n, o, c.Wall())
		r.riders[i].Account = r.notice.Account
	}
	r.notice.Whole = r.notice.Whole && !r.hides()
	err := c.Store.Update(ctx, func(tx *storage.Tx) error {
		v := tx.In(r.notice.Village)
		b, err := c.Books.Book(v)
		if err != nil {
			return err
		}
		for _, n := range append([]storage.Notice{r.notice}, r.riders...) {
			if err := c.finish(v, b, n); err != nil {
				return err
			}
		}
		failpoint.Here("notice-before-settled")
		return nil
	})
	failpoint.Here("notice-settled")
	if err == nil && r.notice.State == storage.NoticeCarry {
		c.renew(ctx, r.members)
	}
	return err
}

// renew makes everybody who keeps the facts about these OpenIDs read them
// again: something waits now for their next message. It comes after the commit,
// because a message that slips in between merely carries it one message later.
func (c *Clock) renew(ctx context.Context, members []storage.Member) {
	whos := make([]session.Who, 0, len(members))
	for _, m := range members {
		whos = append(whos, session.Who{Account: m.Account, OpenID: m.OpenID})
	}
	if len(whos) == 0 {
		return
	}
	err := c.Sessions.Touch(ctx, whos...)
	if err == nil {
		err = c.Sessions.Settle(ctx, whos...)
	}
	if err != nil {
		c.Log.Warn("a carried notice is found later: session store away", "err", err)
	}
}

// after is the notice as an outcome leaves it.
func after(n storage.Notice, o talk.Outcome, wall time.Time) storage.Notice {
	n.Attempts++
	n.Channel, n.MsgID, n.Code = o.Channel, o.MsgID, o.Code
	switch o.Verdict {
	case talk.Sent:
		n.State, n.Whole = storage.NoticeSent, o.Channel == "custom"
	case talk.Unsure:
		n.State, n.Whole = storage.NoticeUnknown, o.Channel == "custom"
	case talk.Refused:
		n.State, n.Why = storage.NoticeRefused, "code "+strconv.Itoa(o.Code)
	case talk.Later:
		n.State, n.RetryAt = storage.NoticeDue, storage.At(wall.Add(pause(n.Attempts, o.After)))
		if n.Attempts >= triesBound {
			n.State, n.Why = storage.NoticeCarry, "channel down"
		}
	default:
		n.State, n.Why = storage.NoticeCarry, "no room"
	}
	return n
}

// pause grows to an hour and is longer by up to a quarter, by chance: what was
// refused together does not come back together.
func pause(attempts int, atLeast time.Duration) time.Duration {
	d := max(min(firstRetry<<min(attempts-1, 7), time.Hour), atLeast)
	return d + rand.N(d/4+1)
}

// findLost settles what a dead process was sending: nobody knows whether it
// went out, so it is not sent again.
func (c *Clock) findLost(ctx context.Context) error {
	var lost []storage.DueNotice
	err := c.Store.View(ctx, func(tx *storage.Tx) (err error) {
		lost, err = tx.NoticesLost(storage.At(tx.Wall()), noticesAtOnce)
		return err
	})
	for _, d := range lost {
		one := c.Store.Update(ctx, func(tx *storage.Tx) error {
			v := tx.In(d.Village)
			n, claimed, err := v.ClaimNotice(d.ID, storage.NoticeSending, c.owner, storage.At(tx.Wall().Add(leaseFor)))
			if err != nil || !claimed {
				return err
			}
			b, err := c.Books.Book(v)
			if err != nil {
				return err
			}
			n.State, n.Why = storage.NoticeUnknown, "the sender died"
			return c.finish(v, b, n)
		})
		err = errors.Join(err, one)
	}
	return err
}
