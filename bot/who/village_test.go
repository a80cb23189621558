package who

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/talk"
	"mishu/storage"
)

// village is 青坪村 with a few people, on a real store, with a clock that a test
// moves.
type village struct {
	t       *testing.T
	store   *storage.Store
	now     time.Time
	id      int64
	person  map[string]int64
	states  map[string]*line.State
	touched [][2]string // of the last message
	sent    int
	heed    func(*line.Turn, line.Fact) error // what other lines hear
}

const dutyPhone, officePhone = "19900000001", "19900000002"

// empty is a store with one village and nobody in it.
func empty(t *testing.T) *village {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "village.db"), made(t).empty)
}

// newVillage is a store with a village and people in it.
func newVillage(t *testing.T) *village {
	t.Helper()
	c := open(t, filepath.Join(t.TempDir(), "village.db"), made(t).settled)
	c.in(func(v storage.In, b *book.Book) error {
		for _, s := range people {
			if c.person[s.name] == 0 {
				c.person[s.name] = b.Roster.Find(s.name, s.group)[0]
			}
		}
		return nil
	})
	return c
}

// open opens a copy of a database file at path, or a new one.
func open(t *testing.T, path string, file []byte) *village {
	t.Helper()
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	c := &village{t: t, id: 1, now: time.Date(2026, 11, 24, 10, 0, 0, 0, storage.Shanghai), person: map[string]int64{}, states: map[string]*line.State{}}
	clock := func() time.Time { return c.now }
	dsn := "file:" + path + "?_pragma=busy_timeout(5000)&_pragma=synchronous(OFF)&_txlock=immediate"
	store, err := storage.Connect(storage.SQLite, dsn, storage.Clocks{Wall: clock, Village: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	c.store = store
	return c
}

// templates are database files that are migrated once for all tests.
type templates struct {
	once           sync.Once
	empty, settled []byte
}

var shared templates

func made(t *testing.T) *templates {
	t.Helper()
	shared.once.Do(func() {
		path := filepath.Join(t.TempDir(), "template.db")
		c := open(t, path, nil)
		if err := c.store.Migrate(context.Background()); err != nil {
			t.Fatal(err)
		}
		c.update(func(tx *storage.Tx) error {
			return tx.AddVillage(&storage.Village{Name: "青坪村", Township: "青坪镇", County: "清江县"})
		})
		shared.empty = contents(t, path)
		c.in(func(v storage.In, _ *book.Book) error { return c.everybody(v) })
		shared.settled = contents(t, path)
	})
	return &shared
}

func contents(t *testing.T, path string) []byte {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

type someone struct {
	name  string
	group int
	role  string
}

var people = []someone{
	{"向丽", 1, storage.Secretary},
	{"石建平", 1, storage.Chair},
	{"刘志明", 1, storage.Doctor},
	{"舒大全", 3, storage.Leader},
	{"夏满妹", 3, storage.Helper},
	{"刘满生", 3, ""},
	{"刘海波", 3, ""},
	{"李小军", 3, ""},
	{"王桂香", 2, ""},
	{"王桂香", 5, ""},
	{"舒桂莲", 4, ""},
	{"舒桂莲", 4, ""},
}

func (c *village) everybody(v storage.In) error {
	for _, s := range people {
		if err := c.settle(v, s); err != nil {
			return err
		}
	}
	if err := v.AddDuty(storage.Duty{Name: "石建平", Phone: dutyPhone, From: 8 * 60, To: 20 * 60}); err != nil {
		return err
	}
	if err := v.Set(storage.Setting{Name: book.OfficePhone, Value: officePhone}); err != nil {
		return err
	}
	return v.Set(storage.Setting{Name: book.CalledSecretary, Value: "向老师"})
}

// settle adds a person; who holds a role is bound under his name.
func (c *village) settle(v storage.In, s someone) error {
	p := storage.Person{Name: s.name, Group: s.group, Status: storage.Home, Phone: "19900001000"}
	if err := v.AddKnown(&p, v.LegalDuty); err != nil {
		return err
	}
	if s.role == "" {
		return nil
	}
	r := storage.Role{Person: p.ID, Role: s.role}
	if s.role == storage.Leader {
		r.Group = s.group
	}
	if err := v.AddRole(r); err != nil {
		return err
	}
	return v.AddMember(&storage.Member{Account: "gh", OpenID: s.name, Person: p.ID, State: storage.Active, Followed: true})
}

func (c *village) update(f func(*storage.Tx) error) {
	c.t.Helper()
	if err := c.store.Update(context.Background(), f); err != nil {
		c.t.Fatal(err)
	}
}

func (c *village) in(f func(v storage.In, b *book.Book) error) {
	c.t.Helper()
	c.update(func(tx *storage.Tx) error {
		b, err := book.Load(tx.In(c.id))
		if err != nil {
			return err
		}
		return f(tx.In(c.id), b)
	})
}

// hears gives a message to a handler as the conversation core would: who is
// bound speaks for his person, anybody else is a stranger.
func (c *village) hears(m talk.Message, h line.Handler) string {
	c.t.Helper()
	c.sent++
	m.Account, m.Key, m.At = "gh", fmt.Sprintf("%032x", c.sent), c.now
	if c.states[m.OpenID] == nil {
		c.states[m.OpenID] = &line.State{}
	}
	var text string
	c.in(func(v storage.In, b *book.Book) error {
		members, err := v.Tx().Members("gh", m.OpenID)
		if err != nil {
			return err
		}
		var me int64
		for _, x := range members {
			if x.State == storage.Active {
				me = x.Person
			}
		}
		speaker := read.Speaker{Person: me, Group: b.Person(me).Group}
		if b.Has(me, storage.Secretary) {
			speaker.Role = "secretary"
		}
		t := &line.Turn{
			Msg: m, Read: read.Read(m.Text, read.Context{Now: c.now, Roster: b.Roster, Speaker: speaker}),
			Book: b, Me: me, In: v, State: c.states[m.OpenID], Heed: c.heed,
		}
		a, err := h(t)
		text, c.touched = a.Text, t.Touched
		return err
	})
	return text
}

// says lets somebody type; a line's open question has the first look.
func (c *village) says(who, words string) string {
	c.t.Helper()
	return c.hears(talk.Message{OpenID: who, Kind: talk.Text, Text: words}, func(t *line.Turn) (line.Answer, error) {
		if t.Me == 0 {
			return Stranger(t)
		}
		l := Line()
		if q := t.State.Open; q != nil {
			if a, err := l.Questions[q.Name](t, *q); err != nil || a.Handled() {
				return a, err
			}
		}
		for _, h := range []line.Handler{l.Words[t.Read.Word], l.Intents[t.Read.Intent], l.Else} {
			if h == nil {
				continue
			}
			if a, err := h(t); err != nil || a.Handled() {
				return a, err
			}
		}
		return line.Answer{}, nil
	})
}

// notices are those of a kind in the order in which they were made:
// "to: words".
func (c *village) notices(kind string) []storage.Notice {
	var all []storage.Notice
	c.in(func(v storage.In, _ *book.Book) error {
		for _, about := range []string{"member:", "slip:"} {
			for id := int64(1); id < 20; id++ {
				found, err := v.NoticesAbout(kind, fmt.Sprintf("%s%d", about, id))
				if err != nil {
					return err
				}
				all = append(all, found...)
			}
		}
		return nil
	})
	return all
}

func (c *village) members(openid string) []storage.Member {
	var rows []storage.Member
	c.in(func(v storage.In, _ *book.Book) (err error) {
		rows, err = v.Tx().Members("gh", openid)
		return err
	})
	return rows
}

func (c *village) slips() []storage.Slip {
	var rows []storage.Slip
	c.in(func(v storage.In, _ *book.Book) (err error) {
		rows, err = v.OpenSlips()
		return err
	})
	return rows
}

func want(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q lacks %q", text, p)
		}
	}
}

func never(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if strings.Contains(text, p) {
			t.Errorf("%q holds %q", text, p)
		}
	}
}
