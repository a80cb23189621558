package ladder

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/storage"
)

// rings are the people of a ladder, the first ring first.
type rings [top][]int64

// names are the rings in plain words, for the story of a request.
var names = [top + 1]string{near: "近处的志愿者", further: "再远些的志愿者", leader: "组长", secretary: "管事的", substitute: "替她的人", chair: "会长"}

// ringSize is how many volunteers the first two rings ask (settled.md 15).
var ringSize = [...]int{near: 3, further: 2}

// asksBound is how often one person is asked about one request: the same matter
// is put to nobody more than twice (village practice, rule 11).
const asksBound = 2

// parse reads what String wrote; what is no number is nobody.
func parse(text string) rings {
	var r rings
	for i, ring := range strings.SplitN(text, "/", top) {
		for id := range strings.SplitSeq(ring, ",") {
			if n, err := strconv.ParseInt(id, 10, 64); err == nil {
				r[i] = append(r[i], n)
			}
		}
	}
	return r
}

func (r rings) String() string {
	parts := make([]string, top)
	for i, ring := range r {
		ids := make([]string, len(ring))
		for k, id := range ring {
			ids[k] = strconv.FormatInt(id, 10)
		}
		parts[i] = strings.Join(ids, ",")
	}
	return strings.Join(parts, "/")
}

// fix fixes who stands on which rung in this round.
func (c *climb) fix(why string) error {
	c.why = why
	var err error
	if c.rings, err = c.draw(); err != nil {
		return err
	}
	return c.v.AddLadder(storage.Ladder{Help: c.h.ID, Round: c.h.Round, Rings: c.rings.String(), Why: why})
}

// draw finds out who would be asked as the village is now. At most three of a
// kind: a ladder is no broadcast.
func (c *climb) draw() (rings, error) {
	var r rings
	volunteers, err := suitable(c)
	if err != nil {
		return r, err
	}
	first := min(len(volunteers), ringSize[near])
	r[near-1] = volunteers[:first]
	r[further-1] = volunteers[first:min(len(volunteers), first+ringSize[further])]
	if group := c.b.Person(c.h.Elder).Group; group > 0 {
		r[leader-1] = c.without(c.b.Holders(storage.Leader, group), volunteers[:first])
	}
	office := c.b.Holders(storage.Secretary, 0)
	stands := func(id int64) bool { return c.b.StandsIn(id, storage.Secretary) }
	r[secretary-1] = few(slices.DeleteFunc(slices.Clone(office), stands))
	r[substitute-1] = few(slices.DeleteFunc(slices.Clone(office), func(id int64) bool { return !stands(id) }))
	r[chair-1] = few(c.b.Holders(storage.Chair, 0))
	return r, nil
}

func few(people []int64) []int64 { return people[:min(len(people), 3)] }

// without leaves out who needs the help, who asked for it, and who is asked
// before.
func (c *climb) without(people, before []int64) []int64 {
	return few(slices.DeleteFunc(slices.Clone(people), func(id int64) bool {
		return id == c.h.Elder || id == c.h.Asker || slices.Contains(before, id) || c.enough(id)
	}))
}

// enough reports whether somebody has said no, or was asked as often as he may
// be.
func (c *climb) enough(person int64) bool {
	times := 0
	for _, a := range c.asks {
		if a.Person != person || a.Round == c.h.Round && a.State != storage.AskDeclined {
			continue
		}
		if a.State == storage.AskDeclined {
			return true
		}
		times++
	}
	if c.why != storage.RoundAgain {
		return times > 0 // the question of an earlier round still stands
	}
	return times >= asksBound
}

// there are those of the present ring who can be asked now: whoever has left
// the account, the village or this life since the round began is passed, and
// whoever stands in for one who is away is asked for him.
func (c *climb) there() []int64 {
	ring := slices.Clone(c.rings[c.h.Step-1])
	for i, id := range ring {
		if s, away := c.b.Substitute(id, storage.Secretary); away {
			ring[i] = s.StandIn
		}
	}
	return slices.DeleteFunc(ring, func(id int64) bool {
		return c.b.Person(id).Status == storage.Dead || c.h.Step == chair && c.b.StandsIn(id, storage.Secretary) || c.h.Step <= leader && (c.enough(id) || !c.b.Has(id, storage.Helper, storage.Leader))
	})
}

// ring asks the people of the present step, and returns until when it waits
// for them; the zero time if there is nobody.
func (c *climb) ring() (time.Time, error) {
	switch c.h.Step {
	case near, further, leader:
		return c.ask()
	case secretary:
		if c.round > 1 && !c.h.Urgent {
			return c.afterBrief(), nil // the brief says it: nobody is pushed the same thing every day
		}
		return c.office(storage.Secretary)
	case substitute:
		return c.office(storage.Secretary)
	}
	return c.office(storage.Chair)
}

// ask puts the question to each of the present ring who can be reached.
func (c *climb) ask() (time.Time, error) {
	asked := false
	for _, p := range c.there() {
		put, err := c.put(p)
		if err != nil {
			return time.Time{}, err
		}
		asked = asked || put
	}
	if !asked {
		return time.Time{}, nil
	}
	return c.wait(), nil
}

// office tells an office of the ladder that nobody took the request: in the
// first round, and the chair once more in the last. An urgent one is told in
// each.
func (c *climb) office(role string) (time.Time, error) {
	last := c.h.Step == chair && c.round == roundsBound
	if c.round > 1 && !last && !c.h.Urgent {
		return time.Time{}, nil
	}
	n, err := c.tell(role, c.there())
	if err != nil || n == 0 {
		return time.Time{}, err
	}
	return c.wait(), nil
}

// Renew fixes the ladder of a locked request anew, as the village is now: the
// one act that touches a ladder that runs. Who was asked stays asked.
func Renew(v storage.In, b *book.Book, h *storage.Help) error {
	c, err := begin(v, b, h)
	if err != nil {
		return err
	}
	if c.rings, err = c.draw(); err != nil {
		return err
	}
	if err := v.RefixLadder(storage.Ladder{Help: h.ID, Round: h.Round, Rings: c.rings.String(), Why: storage.RoundRenew}); err != nil {
		return err
	}
	h.Step = 0
	return c.up()
}
