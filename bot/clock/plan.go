package clock

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/storage"
	"mishu/storage/failpoint"
)

// villagesAtOnce is how many villages are read at a time: memory stays bounded
// however many there are.
const villagesAtOnce = 200

// ahead is how far planning looks for the next time at which anything falls due
// in a village. Until then it is not looked at again, unless its office changes
// something.
const ahead = 26 * time.Hour

// next is when a village has to be planned again, up to when this process has
// seen it planned, and for which version of it that holds. It is only a saving: a
// process that begins looks at every village from its watermarks on.
type next struct {
	version int64
	at      time.Time
	looked  time.Time
}

// Plan plans all villages once, for measurements.
func (c *Clock) Plan(ctx context.Context) error { return c.plan(ctx) }

// plan owes the notices of every rule that came due since its watermark, a page
// of villages after another.
func (c *Clock) plan(ctx context.Context) error {
	after := int64(0)
	for {
		var page []storage.Village
		err := c.Store.View(ctx, func(tx *storage.Tx) (err error) {
			page, err = tx.Villages(after, villagesAtOnce)
			return err
		})
		if err != nil || len(page) == 0 {
			return err
		}
		after = page[len(page)-1].ID
		now := c.Village()
		due := slices.DeleteFunc(page, func(v storage.Village) bool { return c.waits(v, now) })
		if err := c.planPage(ctx, due); err != nil {
			return err
		}
	}
}

func (c *Clock) waits(v storage.Village, now time.Time) bool {
	n, known := c.nexts[v.ID]
	return known && n.version == v.Version && now.Before(n.at)
}

// planPage plans some villages. One that fails is planned at the next tick; the
// others do not wait for it.
func (c *Clock) planPage(ctx context.Context, page []storage.Village) error {
	if len(page) == 0 {
		return nil
	}
	var settings map[int64]book.Settings
	var marks map[int64]map[string]storage.Moment
	ids := make([]int64, len(page))
	for i, v := range page {
		ids[i] = v.ID
	}
	err := c.Store.View(ctx, func(tx *storage.Tx) (err error) {
		if settings, err = book.SettingsOf(tx, page); err != nil {
			return err
		}
		marks, err = tx.Watermarks(ids)
		return err
	})
	if err != nil {
		return err
	}
	var failed error
	for _, v := range page {
		if err := ctx.Err(); err != nil {
			return errors.Join(failed, err)
		}
		failed = errors.Join(failed, c.planVillage(ctx, v, settings[v.ID], marks[v.ID]))
	}
	return failed
}

// planVillage plans what fell due in one village, in one transaction. Where that
// fails each rule gets its own, so that a rule that cannot be planned keeps no
// other from it.
func (c *Clock) planVillage(ctx context.Context, v storage.Village, s book.Settings, marks map[string]storage.Moment) error {
	now := c.Village().In(storage.Shanghai)
	looked := time.Time{}
	if n := c.nexts[v.ID]; n.version == v.Version {
		looked = n.looked
	}
	fresh, steps := c.stepsOf(s, marks, looked, now)
	if len(fresh) > 0 {
		if err := c.begin(ctx, v.ID, fresh, now); err != nil {
			return err
		}
	}
	err := c.planSteps(ctx, v.ID, steps, now)
	if err != nil && len(steps) > 1 {
		err = nil
		for _, one := range steps {
			err = errors.Join(err, c.planSteps(ctx, v.ID, []step{one}, now))
		}
	}
	if err == nil {
		c.nexts[v.ID] = next{version: v.Version, at: c.nextFall(s, now), looked: now}
	}
	return err
}

// step is one rule of one village with the times at which it fell due since its
// watermark.
type step struct {
	rule  line.Rule
	from  storage.Moment
	falls []line.Fall
}

// lookBack bounds how far a rule is planned after an outage: what is older is
// of no use to anybody.
const lookBack = 45 * 24 * time.Hour

// stepsOf are the rules that have something to plan, and the names of those that
// were never planned here: a new rule starts now and never fills in the past.
// What fell due before looked is planned: a rule that falls once a year keeps an
// old watermark, and its days need not be gone through again.
func (c *Clock) stepsOf(s book.Settings, marks map[string]storage.Moment, looked, now time.Time) (fresh []string, steps []step) {
	for _, r := range c.rules {
		from, known := marks[r.Name]
		if !known {
			fresh = append(fresh, r.Name)
			continue
		}
		since := from.Time()
		if now.Sub(since) > lookBack {
			since = now.Add(-lookBack)
		}
		if looked.After(since) {
			since = looked
		}
		if falls := r.Falls(s, since, now); len(falls) > 0 {
			steps = append(steps, step{rule: r, from: from, falls: falls})
		}
	}
	return fresh, steps
}

func (c *Clock) begin(ctx context.Context, village int64, rules []string, now time.Time) error {
	return c.Store.Update(ctx, func(tx *storage.Tx) error {
		_, err := tx.In(village).BeginWatermarks(rules, storage.At(now))
		return err
	})
}

// planSteps owes what some rules of one village owe and moves their watermarks,
// in one transaction.
func (c *Clock) planSteps(ctx context.Context, village int64, steps []step, now time.Time) error {
	if len(steps) == 0 {
		return nil
	}
	err := c.Store.Update(ctx, func(tx *storage.Tx) error {
		v := tx.In(village)
		var owed []storage.Notice
		for _, s := range steps {
			moved, err := v.MoveWatermark(s.rule.Name, s.from, storage.At(now))
			if err != nil {
				return err
			}
			if !moved {
				return errElse
			}
			notices, err := s.owed(v)
			if err != nil {
				return fmt.Errorf("rule %s: %w", s.rule.Name, err)
			}
			owed = append(owed, notices...)
		}
		failpoint.Here("plan-before-watermark")
		return v.OweAll(owed)
	})
	failpoint.Here("plan-after-commit")
	if errors.Is(err, errElse) {
		return nil
	}
	return err
}

func (s step) owed(v storage.In) ([]storage.Notice, error) {
	people, err := s.rule.Whom(v)
	if err != nil {
		return nil, err
	}
	var notices []storage.Notice
	for _, f := range s.falls {
		for _, p := range people {
			notices = append(notices, s.rule.Notice(f, p))
		}
	}
	return notices, nil
}

// nextFall is when the first rule of a village falls due after now, or when to
// look again.
func (c *Clock) nextFall(s book.Settings, now time.Time) time.Time {
	first := now.Add(ahead)
	for _, r := range c.rules {
		for _, f := range r.Falls(s, now, first) {
			if f.At.Before(first) {
				first = f.At
			}
		}
	}
	return first
}

// errElse means that another replica was first.
var errElse = errors.New("planned by somebody else")
