package clock

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"mishu/bot/book"
	"mishu/bot/talk"
	"mishu/storage"
	"mishu/storage/failpoint"
	"mishu/storage/session"
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

// reserved is a letter that this replica may send now, and how: one notice, or
// a bundle of them.
type reserved struct {
	notice  storage.Notice
	riders  []storage.Notice // go in the same letter
	members []storage.Member
	sms     talk.SMS // goes to a telephone as well, or where no chat takes it; no Phone: not at all
	called  string   // whose it is
	others  bool     // use the telephone as well
	opening string   // what a lock screen shows first, where the words would show a name
	media   *talk.Media
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
// in one transaction, then does the same for what goes in the same letter.
// false: there is nothing to send.
func (c *Clock) reserve(ctx context.Context, d storage.DueNotice) (reserved, bool, error) {
	var r reserved
	mine := false
	err := c.Store.Update(ctx, func(tx *storage.Tx) error {
		mine, r = false, reserved{}
		v := tx.In(d.Village)
		n, claimed, err := c.claim(v, d.ID)
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
		r.called = b.Name(n.Person)
		if r.others, err = shared(tx, b, r); err != nil {
			return err
		}
		if mine, err = c.take(v, b, &r, &r.notice); err != nil || !mine {
			return err
		}
		if !r.others {
			err = c.bundle(v, b, &r)
		}
		if err != nil {
			return err
		}
		if r.media, err = c.attached(v, b, r); err != nil {
			return err
		}
		r.opening = opening(b, r.ordered()[0])
		failpoint.Here("notice-before-reserved")
		return err
	})
	return r, mine, err
}

// attached is the voice or picture that goes with a letter: of a bundle the first.
func (c *Clock) attached(v storage.In, b *book.Book, r reserved) (*talk.Media, error) {
	for _, n := range r.ordered() {
		if attach := c.attach[n.Kind]; attach != nil {
			if m, err := attach(v, b, n); err != nil || m != nil {
				return m, err
			}
		}
	}
	return nil, nil
}

func (c *Clock) claim(v storage.In, id int64) (storage.Notice, bool, error) {
	return v.ClaimNotice(id, storage.NoticeDue, c.owner, storage.At(v.Tx().Wall().Add(leaseFor)))
}

// take decides about a claimed notice: false settles it without sending, or
// puts it back; true counts it toward the day's ceiling from now on.
func (c *Clock) take(v storage.In, b *book.Book, r *reserved, n *storage.Notice) (bool, error) {
	stop, err := c.holdBack(v, b, r, n)
	if err != nil {
		return false, err
	}
	if stop {
		return false, c.finish(v, b, *n)
	}
	n.SentDay = storage.Day(v.Now())
	_, err = v.SettleNotice(*n)
	return true, err
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
func (c *Clock) holdBack(v storage.In, b *book.Book, r *reserved, n *storage.Notice) (bool, error) {
	if tooLate(v, n) {
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
	sms, err := c.sms(v, b, *n)
	if err != nil {
		return false, err
	}
	if r.sms.Phone == "" { // of a bundle the first that has one
		r.sms = sms
	}
	switch {
	case b.Person(n.Person).Status == storage.Dead:
		n.State, n.Why = storage.NoticeCleared, fmt.Sprintf("person:%d is dead", n.Person)
		return true, nil
	case n.Weight == storage.Unasked && b.Mourned(n.Person) != 0:
		n.State, n.Why = storage.NoticeCleared, fmt.Sprintf("person:%d has died", b.Mourned(n.Person))
		return true, nil
	case n.Lead == "":
		n.State, n.Why = storage.NoticeCarry, "not worth a push"
		return true, nil
	case len(r.members) == 0 && sms.Phone == "":
		n.State, n.Why = storage.NoticeCarry, "no channel"
		if n.Person == 0 && n.OpenID == "" { // to a telephone alone: there is no next message to ride on
			n.State = storage.NoticeRefused
		}
		return true, nil
	}
	return c.quietOrFull(v, b, n)
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
