package clock

import (
	"context"
	"errors"
	"slices"

	"mishu/storage"
)

// expireAtOnce bounds what one transaction settles.
const expireAtOnce = 100

// inTime splits what is due into what may still be of use and, by village, what
// is not: after an outage that is most of it.
func (c *Clock) inTime(due []storage.DueNotice) (rest []storage.DueNotice, late map[int64][]int64) {
	now := storage.At(c.Village())
	late = map[int64][]int64{}
	rest = slices.DeleteFunc(due, func(d storage.DueNotice) bool {
		if d.NotAfter == 0 || d.NotAfter >= now {
			return false
		}
		late[d.Village] = append(late[d.Village], d.ID)
		return true
	})
	return rest, late
}

// expire settles what is of no use any more, many in one transaction: none of it
// needs a look at channels, hours or ceilings.
func (c *Clock) expire(ctx context.Context, late map[int64][]int64) error {
	var failed error
	for village, ids := range late {
		for some := range slices.Chunk(ids, expireAtOnce) {
			if err := ctx.Err(); err != nil {
				return errors.Join(failed, err)
			}
			failed = errors.Join(failed, c.Store.Update(ctx, func(tx *storage.Tx) error { return c.expireIn(tx.In(village), some) }))
		}
	}
	return failed
}

func (c *Clock) expireIn(v storage.In, ids []int64) error {
	b, err := c.Books.Book(v)
	if err != nil {
		return err
	}
	for _, id := range ids {
		n, claimed, err := c.claim(v, id)
		if err != nil {
			return err
		}
		if !claimed {
			continue
		}
		if !tooLate(v, &n) { // its time was moved meanwhile
			n.State = storage.NoticeDue
		}
		if err := c.finish(v, b, n); err != nil {
			return err
		}
	}
	return nil
}

// tooLate marks a notice whose time has passed.
func tooLate(v storage.In, n *storage.Notice) bool {
	if n.NotAfter == 0 || n.NotAfter >= storage.At(v.Now()) {
		return false
	}
	n.State, n.Why = storage.NoticeStale, "its time passed"
	return true
}
