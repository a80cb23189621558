// Package ladder asks one ring of people after another until somebody takes a
// request: volunteers near by, two more, the group's leader, the
// secretary-general, whoever stands in for her, the chair. Who stands on which
// rung is fixed when a round begins. A ring counts as asked only when a channel
// took the question; a ring with nobody is passed at once (settled.md 15). After
// five rounds it rests, as a red line in each brief, until a person decides.
package ladder

import (
	"fmt"
	"time"

	"mishu/bot/book"
	"mishu/storage"
)

// The rings, in order.
const (
	near       = 1 // three volunteers, nearest groups first
	further    = 2 // two more
	leader     = 3
	secretary  = 4
	substitute = 5
	chair      = 6
	top        = chair
)

// Office is the step from which on an office has the request before it.
const Office = secretary

// The waking time a ring has; settled.md 15 for ordinary requests, village
// practice C (30 minutes) for 加急, by night from the morning on (settled.md 7).
const (
	patience       = 2 * time.Hour
	urgentPatience = 30 * time.Minute
)

// roundsBound is how often a ladder is climbed from its foot (care-features 4.2).
const roundsBound = 5

// climb is one look at one locked request.
type climb struct {
	v     storage.In
	b     *book.Book
	h     *storage.Help
	rings rings
	asks  []storage.Ask
	reach map[int64]bool
	round int    // which climb from the foot this is, from 1
	why   string // for what reason this round began
}

// Advance moves a locked request to the next ring that has somebody who can be
// reached, asks him, and sets when to look again. The caller saves the request.
func Advance(v storage.In, b *book.Book, h *storage.Help) error {
	c, err := begin(v, b, h)
	if err != nil {
		return err
	}
	if h.Step >= top {
		return c.again()
	}
	return c.up()
}

// begin reads how a request's ladder stands, and fixes it if it has not begun.
func begin(v storage.In, b *book.Book, h *storage.Help) (*climb, error) {
	c := &climb{v: v, b: b, h: h}
	var err error
	if c.reach, err = reachable(v); err != nil {
		return nil, err
	}
	if c.asks, err = v.Asks(h.ID); err != nil {
		return nil, err
	}
	begun, err := v.LaddersBegun(h.ID, storage.RoundAgain)
	if err != nil {
		return nil, err
	}
	c.round = int(begun) + 1
	l, found, err := v.LadderOf(h.ID, h.Round)
	if err != nil {
		return nil, err
	}
	if found {
		c.rings, c.why = parse(l.Rings), l.Why
		return c, nil
	}
	return c, c.fix(why(*h))
}

// why is the reason for which a round without a ladder begins.
func why(h storage.Help) string {
	switch {
	case h.Step > 0:
		return storage.RoundBegins
	case h.Round > 0:
		return storage.RoundBack
	}
	return storage.RoundFirst
}

// up climbs to the next ring that has somebody.
func (c *climb) up() error {
	for c.h.Step < top {
		c.h.Step++
		until, err := c.ring()
		if err != nil {
			return err
		}
		if !until.IsZero() {
			c.h.NextAt = storage.At(until)
			return nil
		}
		if err := c.passed(); err != nil {
			return err
		}
	}
	return c.ended()
}

// passed notes a ring in which nobody could be asked. If it is one below the
// office, the secretary-general gets at once what she can do about it.
func (c *climb) passed() error {
	if c.round > 1 && c.h.Step >= Office {
		return nil // the offices have it before them since the first round
	}
	if err := c.v.LogHelp(c.h.ID, 0, LogNobody, names[c.h.Step]+"没有人问得到"); err != nil {
		return err
	}
	if c.round > 1 || c.h.Step >= Office {
		return nil
	}
	_, err := c.tell(storage.Secretary, c.desk())
	return err
}

// ended waits at the top of the ladder, after the rings had nobody: for an
// urgent request as long as a ring has, else until the next brief has been read.
func (c *climb) ended() error {
	c.h.NextAt = storage.At(c.afterBrief())
	return c.tellAsker()
}

// again begins the next round, or rests after the last.
func (c *climb) again() error {
	if err := c.tellAsker(); err != nil {
		return err
	}
	if c.round >= roundsBound {
		c.h.NextAt = 0 // it stays in each brief until a person decides
		return c.v.LogHelp(c.h.ID, 0, LogRests, fmt.Sprintf("问了%d轮没人接", roundsBound))
	}
	c.h.Round++
	c.h.Step = 0
	c.round++
	if err := c.fix(storage.RoundAgain); err != nil {
		return err
	}
	return c.up()
}

// Rests reports whether a ladder has been climbed as often as it may: only a
// person moves the request on.
func Rests(h storage.Help) bool {
	return h.State == storage.Open && h.Step >= top && h.NextAt == 0
}

// Back gives a request back to the foot of its ladder, in a new round that is
// fixed when somebody is next asked.
func Back(h *storage.Help) {
	h.Step = 0
	h.Round++
}

// wait is until when a ring has time to answer.
func (c *climb) wait() time.Time {
	if c.h.Urgent {
		from := c.v.Now()
		if night, ends := c.b.Night(from); night {
			from = ends
		}
		return from.Add(urgentPatience)
	}
	return c.b.Waking(c.v.Now(), patience)
}

// afterBrief is when the brief that comes next has been read.
func (c *climb) afterBrief() time.Time {
	if c.h.Urgent {
		return c.wait()
	}
	now := c.v.Now().In(storage.Shanghai)
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, storage.Shanghai)
	brief := midnight.Add(c.b.Clock(book.BriefAt, "07:05"))
	if !brief.After(now) {
		brief = brief.AddDate(0, 0, 1)
	}
	return c.b.Waking(brief, patience)
}

// reachable are the people who have a following, active member.
func reachable(v storage.In) (map[int64]bool, error) {
	members, err := v.BoundPeople()
	if err != nil {
		return nil, err
	}
	at := make(map[int64]bool, len(members))
	for _, m := range members {
		at[m.Person] = true
	}
	return at, nil
}
