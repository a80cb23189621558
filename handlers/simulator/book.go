package simulator

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"
)

// errNoPhone: nobody with this ID has a phone open.
var errNoPhone = errors.New("no such phone")

// book holds every chat, the account's menu and its tags. Whatever changes is
// an entry: applied here, written to the journal and told to the pages, in one
// order.
type book struct {
	mu        sync.Mutex
	now       func() time.Time
	keep      *journal
	hub       *hub
	chats     map[string]*chat  // by person ID
	owner     map[string]string // OpenID -> person ID
	order     []string          // person IDs as the phones came into being
	menu      json.RawMessage   // nil: none published
	roleMenus []roleMenu        // as they were set
	menuID    int64             // the last one given to a conditional menu
	tags      map[int]string
	tagged    map[string][]int // by person ID, also of those whose phone was never opened
	lastID    int64
	msgID     int64
}

func openBook(path string, h *hub, now func() time.Time) (*book, error) {
	b := &book{
		now: now, hub: h, chats: map[string]*chat{}, owner: map[string]string{}, tags: map[int]string{}, tagged: map[string][]int{},
		// The platform's message ids rise over all accounts and starts; the
		// time in microseconds does the same.
		msgID: now().UnixMicro() * 1000,
	}
	var err error
	if b.keep, err = openJournal(path, b.apply); err != nil {
		return nil, err
	}
	if b.keep.large() {
		if err := b.keep.rewrite(b.dump()); err != nil {
			return nil, errors.Join(err, b.keep.close())
		}
	}
	return b, nil
}

func (b *book) close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.keep.close()
}

// change runs fn alone and makes the entries that it returns true: on disk
// first, then here, then on the pages. Bubbles without an ID get one.
func (b *book) change(fn func() ([]entry, error)) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	entries, err := fn()
	if err != nil {
		return err
	}
	b.number(entries)
	if err := b.keep.write(entries); err != nil {
		return err
	}
	for _, e := range entries {
		if err := b.apply(e); err != nil {
			return err
		}
		b.publish(e)
	}
	return nil
}

// number gives fresh bubbles their IDs, and their traces the same.
func (b *book) number(entries []entry) {
	next := b.lastID
	for i := range entries {
		bub := entries[i].Bubble
		if bub == nil || bub.ID != 0 {
			continue
		}
		next++
		bub.ID = next
		if entries[i].Trace != nil {
			entries[i].Trace.Bubble = next
		}
	}
}

// apply makes one entry true in memory.
func (b *book) apply(e entry) error {
	if e.Phone != nil {
		b.addPhone(*e.Phone)
	}
	if e.Menu != nil {
		b.applyMenu(e.Menu)
	}
	if e.RoleMenu != nil {
		b.applyRoleMenu(*e.RoleMenu)
	}
	if e.Tag != nil {
		b.applyTag(*e.Tag)
	}
	return b.applyChat(e)
}

func (b *book) applyChat(e entry) error {
	switch {
	case e.Bubble != nil:
		c, ok := b.chats[e.Bubble.Person]
		if !ok {
			return errNoPhone
		}
		b.lastID = max(b.lastID, e.Bubble.ID)
		c.add(*e.Bubble, e.Trace)
	case e.Trace != nil:
		b.applyTrace(e.Trace)
	}
	if e.Follow != nil {
		c, ok := b.chats[e.Follow.Person]
		if !ok {
			return errNoPhone
		}
		c.follow(e.Follow.On, e.Follow.At)
		if !e.Follow.On {
			delete(b.tagged, e.Follow.Person)
		}
	}
	if e.Consent != nil {
		c, ok := b.chats[e.Consent.Person]
		if !ok {
			return errNoPhone
		}
		c.consent(e.Consent.Template, e.Consent.Add)
	}
	return nil
}

// applyTrace replaces the trace of a bubble that is still kept.
func (b *book) applyTrace(t *trace) {
	for _, c := range b.chats {
		if _, ok := c.traces[t.Bubble]; ok {
			c.traces[t.Bubble] = t
		}
	}
}

func (b *book) addPhone(p Person) {
	if c, ok := b.chats[p.ID]; ok {
		delete(b.owner, c.person.OpenID)
		c.person = p
	} else {
		b.chats[p.ID] = newChat(p)
		b.order = append(b.order, p.ID)
	}
	b.owner[p.OpenID] = p.ID
}

// publish tells the pages what an entry changed.
func (b *book) publish(e entry) {
	if e.Bubble != nil {
		b.hub.send("bubble", e.Bubble)
	}
	for _, id := range b.concerned(e) {
		b.hub.send("phone", b.view(b.chats[id], false))
	}
}

// view is a phone as the page draws it, with the menu that its owner sees.
func (b *book) view(c *chat, bubbles bool) phoneView {
	v := c.view(b.now(), bubbles)
	v.Menu = b.menuOf(b.tagged[c.person.ID])
	return v
}

// concerned lists whose phone must be drawn anew.
func (b *book) concerned(e entry) []string {
	switch {
	case e.Menu != nil, e.RoleMenu != nil:
		return b.order
	case e.Tag != nil:
		return slices.DeleteFunc(slices.Clone(e.Tag.Persons), func(id string) bool { return b.chats[id] == nil })
	case e.Phone != nil:
		return []string{e.Phone.ID}
	case e.Follow != nil:
		return []string{e.Follow.Person}
	case e.Consent != nil:
		return []string{e.Consent.Person}
	case e.Bubble != nil && (e.Bubble.Opens != "" || e.Bubble.Spends):
		return []string{e.Bubble.Person}
	}
	return nil
}

// dump is everything still kept, as entries.
func (b *book) dump() []entry {
	var out []entry
	for _, id := range b.order {
		c := b.chats[id]
		p := c.person
		out = append(out, entry{Phone: &p}, entry{Follow: &followChange{id, c.following, c.since}})
		for _, template := range slices.Sorted(maps.Keys(c.consents)) {
			out = append(out, entry{Consent: &consentChange{id, template, c.consents[template]}})
		}
	}
	for _, bub := range b.allBubbles() {
		out = append(out, entry{Bubble: &bub, Trace: b.chats[bub.Person].traces[bub.ID]})
	}
	if b.menu != nil {
		out = append(out, entry{Menu: b.menu})
	}
	for _, m := range b.roleMenus {
		out = append(out, entry{RoleMenu: &m})
	}
	return append(out, b.dumpTags()...)
}

func (b *book) allBubbles() []bubble {
	var all []bubble
	for _, c := range b.chats {
		all = append(all, c.bubbles...)
	}
	slices.SortFunc(all, func(x, y bubble) int { return int(x.ID - y.ID) })
	return all
}

func (b *book) size() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.chats)
}

// nextMsgID is the platform's number for one message, never used again.
func (b *book) nextMsgID() int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.msgID++
	return b.msgID
}

// look runs fn on the person's chat, alone.
func (b *book) look(person string, fn func(c *chat)) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	c, ok := b.chats[person]
	if !ok {
		return errNoPhone
	}
	fn(c)
	return nil
}

// ownerOf finds whose phone has this OpenID.
func (b *book) ownerOf(openID string) (string, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	id, ok := b.owner[openID]
	return id, ok
}
