package clock

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"mishu/bot/book"
	"mishu/bot/talk"
	"mishu/storage"
	"mishu/storage/failpoint"
	"mishu/storage/session"
)

const (
	noticesAtOnce = 200
	// leaseFor is longer than any send (its time-out is 5 s): a `sending` row
	// whose lease ran out belonged to a process that died.
	leaseFor = 60 * time.Second
	// ceiling is how many unasked notices anybody gets a day, one of a kind.
	ceiling = 3
	// firstRetry doubles with each attempt, up to an hour.
	firstRetry = 30 * time.Second
	triesBound = 20
)

// deliver sends what is due. It stops when a round sends nothing new.
func (c *Clock) deliver(ctx context.Context) error {
	for range 20 { // 4,000 notices a tick at most
		var due []storage.DueNotice
		err := c.Store.View(ctx, func(tx *storage.Tx) (err error) {
			due, err = tx.NoticesDue(storage.At(tx.Now()), storage.At(tx.Wall()), noticesAtOnce)
			return err
		})
		if err != nil {
			return err
		}
		for _, d := range due {
			if err := c.one(ctx, d); err != nil {
				return fmt.Errorf("notice %d: %w", d.ID, err)
			}
		}
		if len(due) < noticesAtOnce {
			return nil
		}
	}
	return nil
}

// reserved is a notice that this replica may send now, and how.
type reserved struct {
	notice  storage.Notice
	members []storage.Member
	sms     talk.SMS // goes to a telephone as well, or where no chat takes it; no Phone: not at all
	opening string   // what a lock screen shows first, where the words would show a name
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

// reserve claims a notice and asks everything that may keep it from being sent,
// in one transaction. false: there is nothing to send.
func (c *Clock) reserve(ctx context.Context, d storage.DueNotice) (reserved, bool, error) {
	var r reserved
	mine := false
	err := c.Store.Update(ctx, func(tx *storage.Tx) error {
		mine = false
		v := tx.In(d.Village)
		n, claimed, err := v.ClaimNotice(d.ID, storage.NoticeDue, c.owner, storage.At(tx.Wall().Add(leaseFor)))
		if err != nil || !claimed {
			return err
		}
		b, err := c.Books.Book(v)
		if err != nil {
			return err
		}
		r = reserved{notice: n}
		if r.members, err = reachable(v, n); err != nil {
			return err
		}
		stop, err := c.holdBack(v, b, &r)
		if err != nil {
			return err
		}
		if stop {
			return c.finish(v, b, r.notice)
		}
		mine = true
		r.opening = opening(b, r.notice)
		r.notice.SentDay = storage.Day(tx.Now()) // counts toward the day's ceiling from now on
		_, err = v.SettleNotice(r.notice)
		failpoint.Here("notice-before-reserved")
		return err
	})
	return r, mine, err
}

// reachable are the OpenIDs a notice can go to: the person's, or the one it
// names. With nobody vouched for, the OpenID that asked is answered.
func reachable(v storage.In, n storage.Notice) ([]storage.Member, error) {
	if n.OpenID != "" {
		return []storage.Member{{Account: n.Account, OpenID: n.OpenID, Person: n.Person}}, nil
	}
	return v.MembersOf(n.Person)
}

// holdBack decides whether a claimed notice is not sent now, and sets what
// becomes of it.
func (c *Clock) holdBack(v storage.In, b *book.Book, r *reserved) (bool, error) {
	n := &r.notice
	now := v.Now()
	if n.NotAfter != 0 && n.NotAfter < storage.At(now) {
		n.State, n.Why = storage.NoticeStale, "its time passed"
		return true, nil
	}
	if fresh := c.fresh[n.Kind]; fresh != nil {
		why, err := fresh(v, b, n)
		if err != nil {
			return false, err
		}
		if why != "" {
			n.State, n.Why = storage.NoticeCleared, why
			return true, nil
		}
	}
	var err error
	if r.sms, err = c.sms(v, b, *n); err != nil {
		return false, err
	}
	switch {
	case b.Person(n.Person).Status == storage.Dead:
		n.State, n.Why = storage.NoticeCleared, "dead"
		return true, nil
	case n.Lead == "":
		n.State, n.Why = storage.NoticeCarry, "not worth a push"
		return true, nil
	case len(r.members) == 0 && r.sms.Phone == "":
		n.State, n.Why = storage.NoticeCarry, "no channel"
		if n.Person == 0 && n.OpenID == "" { // to a telephone alone: there is no next message to ride on
			n.State = storage.NoticeRefused
		}
		return true, nil
	}
	return c.quietOrFull(v, b, n)
}

// quietOrFull holds what may not disturb at this hour, and leaves for the next
// message what the day has no room for.
func (c *Clock) quietOrFull(v storage.In, b *book.Book, n *storage.Notice) (bool, error) {
	if quiet, ends := b.Quiet(v.Now()); quiet && n.Weight != storage.Danger && n.Weight != storage.Urgent {
		n.State, n.NotBefore = storage.NoticeDue, storage.At(ends)
		return true, nil
	}
	if n.Weight != storage.Unasked {
		return false, nil
	}
	if err := v.LockPerson(n.Person); err != nil { // two replicas may not both find room
		return false, err
	}
	day := storage.Day(v.Now())
	any, err := v.SentOn(n.Person, day, "")
	if err != nil {
		return false, err
	}
	same, err := v.SentOn(n.Person, day, n.Kind)
	if err != nil {
		return false, err
	}
	if any < ceiling && same == 0 {
		return false, nil
	}
	n.State, n.Why = storage.NoticeCarry, "ceiling"
	return true, nil
}

// finish settles a notice without sending it and tells its line.
func (c *Clock) finish(v storage.In, b *book.Book, n storage.Notice) error {
	if n.State != storage.NoticeDue {
		n.SettledAt = storage.At(v.Now())
	}
	if n.State != storage.NoticeSent && n.State != storage.NoticeUnknown {
		n.SentDay = ""
	}
	if _, err := v.SettleNotice(n); err != nil {
		return err
	}
	if heard := c.settled[n.Kind]; heard != nil {
		return heard(v, b, n)
	}
	return nil
}

// send tries the person's OpenIDs until one takes the letter. No transaction is
// open while it waits for the platform.
func (c *Clock) send(ctx context.Context, r *reserved) talk.Outcome {
	outcome := talk.Outcome{Verdict: talk.NoRoom}
	for _, m := range r.members {
		outcome = c.Channel.Send(ctx, talk.Letter{
			Account: m.Account, OpenID: m.OpenID, ID: strconv.FormatInt(r.notice.ID, 10),
			Opening: r.opening, Text: r.notice.Words, Lead: r.notice.Lead, Kind: r.notice.Kind,
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

// settle stores what became of a notice.
func (c *Clock) settle(ctx context.Context, r reserved, o talk.Outcome) error {
	r.notice = after(r.notice, o, c.Wall())
	err := c.Store.Update(ctx, func(tx *storage.Tx) error {
		v := tx.In(r.notice.Village)
		b, err := c.Books.Book(v)
		if err != nil {
			return err
		}
		err = c.finish(v, b, r.notice)
		failpoint.Here("notice-before-settled")
		return err
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
