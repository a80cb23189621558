package bot

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"time"

	"mishu/bot/book"
	"mishu/bot/door"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/talk"
	"mishu/storage"
	"mishu/storage/session"
)

// scene is everything around one message before the records are opened.
type scene struct {
	msg     talk.Message
	state   *line.State
	facts   facts
	village int64      // 0: not known
	me      int64      // 0: nobody has vouched for the OpenID
	book    *book.Book // as kept in memory; the records say whether it is the newest
	reading read.Reading
	alone   bool   // the session store is away: nothing can be held
	shared  bool   // several people of this village use the telephone
	asks    string // who speaks, or where: nothing else is said before that is known
	now     time.Time
	kept    func(village int64) *book.Book
}

// scene finds out who speaks, in which village, and reads the words.
func (b *Bot) scene(ctx context.Context, m talk.Message, st *line.State, f facts, alone bool) (*scene, error) {
	s := &scene{msg: m, state: st, facts: f, now: b.now(), kept: b.books.Kept, alone: alone}
	behind, err := b.scanned(ctx, m)
	if err != nil {
		return nil, err
	}
	if behind != 0 {
		st.Village = behind
	}
	member, asks, err := b.pick(ctx, s)
	if err != nil || asks != "" {
		s.asks = asks
		return s, err
	}
	switch {
	case member.Person != 0:
		s.village, s.me = member.Village, member.Person
	case f.pendingVillage() != 0:
		s.village = f.pendingVillage()
	case st.Village != 0: // a code that he scanned, or words of his, said which
		s.village = st.Village
	default:
		if err := b.onlyVillage(ctx, s); err != nil {
			return nil, err
		}
	}
	if s.village != 0 {
		bk, err := b.books.Read(ctx, s.village)
		if err != nil {
			return nil, err
		}
		s.book = bk
		st.Village = s.village
	}
	s.reading = b.understand(s)
	return s, nil
}

// sign is the scene of the code on a village's own notices, which places whoever
// scans it: v12 is village 12.
var sign = regexp.MustCompile(`^v(\d{1,18})$`)

// scanned is the village whose code, or the code of whose door, a message comes
// from, else 0. A code may be old or made up.
func (b *Bot) scanned(ctx context.Context, m talk.Message) (village int64, err error) {
	scene, code := door.Scene(m), sign.FindStringSubmatch(m.EventKey)
	if scene == 0 && (code == nil || m.Kind != talk.Event) {
		return 0, nil
	}
	err = b.store.View(ctx, func(tx *storage.Tx) error {
		if scene == 0 {
			id, err := strconv.ParseInt(code[1], 10, 64)
			if err != nil {
				return err
			}
			versions, err := tx.Versions([]int64{id})
			if _, there := versions[id]; there {
				village = id
			}
			return err
		}
		d, found, err := tx.Door(scene)
		if found {
			village = d.Village
		}
		return err
	})
	return village, err
}

// onlyVillage places a stranger where there is just one village; a county asks
// him (settled.md 4).
func (b *Bot) onlyVillage(ctx context.Context, s *scene) error {
	return b.store.View(ctx, func(tx *storage.Tx) error {
		villages, err := tx.Villages(0, 3)
		villages = slices.DeleteFunc(villages, storage.Village.Office)
		if err == nil && len(villages) == 1 {
			s.village = villages[0].ID
		}
		return err
	})
}

// understand reads the words, together with a bubble that waits for more.
func (b *Bot) understand(s *scene) read.Reading {
	text := s.msg.Text
	if s.msg.Kind == talk.Event && s.msg.Event == talk.Click {
		text = s.msg.EventKey
	}
	alone := b.atDoor(s, text, b.read(s, text))
	if s.state.Fragment == nil || text == "" {
		return alone
	}
	joined := b.read(s, s.state.Fragment.Text+"，"+text)
	whole := alone.Word != "" && alone.Rest == "" || complete(alone) // 求助, 接23: no part of what was typed before
	if alone.Danger.Level == read.Strong && joined.Danger.Level == read.Strong && len(alone.Mentions) == 0 {
		return joined // 满爷爷屋里 / 喊不应: the first bubble says who it is about
	}
	other := alone.Intent != read.Unknown && joined.Intent != alone.Intent && joined.Intent != read.Emergency // 盐还是要 / 我血压150/90: two matters
	if alone.Danger.Level == read.Strong || whole || other {
		return alone
	}
	return joined
}

// complete reports whether a line says all that its intent needs: nothing typed
// before can belong to it.
func complete(r read.Reading) bool {
	if r.Word == read.TeachWord || r.Word == read.ForgetWord {
		return true
	}
	switch r.Intent {
	case read.Claim, read.Decline, read.Complete, read.Order:
		return len(r.Tickets)+len(r.Orders) > 0
	}
	return false
}

func (b *Bot) read(s *scene, text string) read.Reading {
	c := read.Context{Now: b.village().In(storage.Shanghai)}
	if s.book != nil {
		c = s.book.Reading(c.Now)
		if s.me != 0 { // to a stranger nothing of the roster is shown; it only helps to read him
			c.Speaker = speaker(s.book, s.me)
		}
	}
	return read.Read(text, c)
}

// speaker tells the reader who speaks.
func speaker(bk *book.Book, me int64) read.Speaker {
	p := bk.Person(me)
	sp := read.Speaker{Person: me, Household: p.Household, Group: p.Group, Cares: bk.Cares(me)}
	for _, proxy := range bk.Proxies(me) {
		sp.Proxies = append(sp.Proxies, proxy.Elder)
	}
	switch {
	case bk.Has(me, storage.Secretary):
		sp.Role = "secretary"
	case bk.Has(me, storage.Doctor):
		sp.Role = "doctor"
	case bk.Has(me, storage.Helper, storage.Leader):
		sp.Role = "volunteer"
	case listed(bk, me):
		sp.Role = "elder"
	default:
		sp.Role = "family" // a neighbour is one without anybody to speak for
	}
	return sp
}

func listed(bk *book.Book, person int64) bool {
	_, on := bk.Plan(person)
	return on
}

// known is what is in memory about somebody when nothing can be asked.
type known struct {
	book   *book.Book
	person int64
}

// remembered looks only into memory.
func (b *Bot) remembered(who session.Who) known {
	f, ok := b.facts.Peek(who)
	if !ok {
		return known{}
	}
	m, bound := f.speaker(0)
	if !bound {
		return known{}
	}
	return known{book: b.books.Kept(m.Village), person: m.Person}
}

// quick answers what needs no record: 帮助 and a greeting. Nothing is looked up
// on this path, so it is as fast as the platform's own echo.
func (b *Bot) quick(s *scene) (string, bool) {
	if s.book == nil || s.me == 0 || s.facts.carries || s.msg.Kind != talk.Text && s.msg.Event != talk.Click {
		return "", false
	}
	switch {
	case (s.reading.Word == "帮助" || s.reading.Word == "菜单") && s.state.Open == nil:
		s.state.Fails, s.state.Fragment = 0, nil
		offerMenu(s)
		return s.named(menuText(s.book, s.me, b.now())), true
	case s.reading.Intent == read.Greeting && s.state.Open == nil && s.state.Fragment == nil:
		s.state.Fails = 0
		offerMenu(s)
		return s.named(greeting(s.book, s.me, b.now())), true
	}
	return "", false
}

func (b *Bot) now() time.Time { return b.village().In(storage.Shanghai) }

func offerMenu(s *scene) {
	s.state.Digits = nil
	for _, word := range digitsOf(s.book, s.me) {
		s.state.Digits = append(s.state.Digits, line.Choice{Line: "menu", Name: word})
	}
}
