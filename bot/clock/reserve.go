package clock

import (
	"context"
	"fmt"

	"mishu/bot/book"
	"mishu/bot/talk"
	"mishu/storage"
	"mishu/storage/failpoint"
)

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
