package alert

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

// village is 青坪村 with ten people, on a real store, with a clock that a test
// moves.
type village struct {
	t      *testing.T
	store  *storage.Store
	now    time.Time
	id     int64
	person map[string]int64
	states map[string]*line.State
	sent   int
	facts  []line.Fact // what was told to the other lines
}

const dutyPhone, firstAidPhone = "19900000001", "19900000120"

func newVillage(t *testing.T) *village {
	t.Helper()
	c := open(t, filepath.Join(t.TempDir(), "village.db"), template(t))
	c.in(func(v storage.In, b *book.Book) error {
		for _, s := range people {
			c.person[s.name] = b.Roster.Find(s.name, s.group)[0]
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

var made struct {
	once sync.Once
	file []byte
}

// template is the village's database, migrated and settled once for all tests.
func template(t *testing.T) []byte {
	t.Helper()
	made.once.Do(func() {
		path := filepath.Join(t.TempDir(), "template.db")
		c := open(t, path, nil)
		if err := c.store.Migrate(context.Background()); err != nil {
			t.Fatal(err)
		}
		c.update(func(tx *storage.Tx) error {
			v := storage.Village{Name: "青坪村", Township: "青坪镇", County: "清江县"}
			if err := tx.AddVillage(&v); err != nil {
				return err
			}
			return c.settle(tx.In(v.ID))
		})
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		made.file = file
	})
	return made.file
}

// someone is a person of the village of these tests.
type someone struct {
	name, sex, born, status string
	group                   int
	roles                   []string
	listed, bound           bool
}

var people = []someone{
	{name: "向丽", group: 1, roles: []string{storage.Secretary}, bound: true},
	{name: "刘志明", group: 1, roles: []string{storage.Doctor}, bound: true},
	{name: "石建平", group: 1, roles: []string{storage.Chair}, bound: true},
	{name: "舒大全", group: 3, roles: []string{storage.Leader}, bound: true},
	{name: "夏满妹", group: 3, roles: []string{storage.Helper}, bound: true},
	{name: "向建国", group: 2, roles: []string{storage.Helper}, bound: true},
	{name: "邓小军", group: 7, roles: []string{storage.Helper}, bound: true},
	{name: "石桂兰", group: 4, roles: []string{storage.ChildCare}, bound: true},
	{name: "刘满生", sex: "M", born: "1943", group: 3, listed: true},
	{name: "王桂香", sex: "F", born: "1950", group: 2, listed: true},
	{name: "夏桂花", sex: "F", born: "1952", group: 3, bound: true},
	{name: "刘海波", sex: "M", born: "1980", group: 3, status: storage.Away, bound: true},
}

func (c *village) settle(v storage.In) error {
	for i, s := range people {
		if s.status == "" {
			s.status = storage.Home
		}
		p := storage.Person{Name: s.name, Sex: s.sex, Born: s.born, Group: s.group, Status: s.status, Phone: fmt.Sprintf("1990000%04d", 1000+i)}
		if err := v.AddKnown(&p, v.LegalDuty); err != nil {
			return err
		}
		c.person[s.name] = p.ID
		if err := c.office(v, s, p.ID); err != nil {
			return err
		}
	}
	for _, err := range []error{
		v.AddAlias(c.person["刘满生"], "满爷爷"),
		v.AddContact(storage.Contact{Person: c.person["刘满生"], Kind: storage.Kin, Name: "刘海波", Relation: "儿子", Phone: "19900001011"}, v.LegalDuty(c.person["刘满生"])),
		v.AddProxy(storage.Proxy{Person: c.person["刘海波"], Elder: c.person["刘满生"], Relation: "儿子"}),
		v.AddDuty(storage.Duty{Name: "舒大全", Phone: dutyPhone, From: 8 * 60, To: 20 * 60}),
		v.Set(storage.Setting{Name: book.CalledSecretary, Value: "向老师"}),
		v.Set(storage.Setting{Name: book.FirstAidPhone, Value: firstAidPhone}),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *village) office(v storage.In, s someone, id int64) error {
	for _, role := range s.roles {
		group := 0
		if role == storage.Leader {
			group = s.group
		}
		if err := v.AddRole(storage.Role{Person: id, Role: role, Group: group}); err != nil {
			return err
		}
		if role == storage.Helper {
			if err := v.AddVolunteer(storage.Volunteer{Person: id, State: storage.Serving}); err != nil {
				return err
			}
		}
	}
	if s.listed {
		if err := v.AddPlan(storage.Plan{Person: id}); err != nil {
			return err
		}
	}
	if !s.bound {
		return nil
	}
	return v.AddMember(&storage.Member{Account: "gh", OpenID: s.name, Person: id, State: storage.Active, Followed: true})
}

func (c *village) update(f func(*storage.Tx) error) {
	c.t.Helper()
	if err := c.store.Update(context.Background(), f); err != nil {
		c.t.Fatal(err)
	}
}

// in runs f on the village's records and its book.
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

// danger is what the reader makes of words; the tests of the reader are its own.
func danger(level read.Level, class read.Class, signs ...string) read.Danger {
	return read.Danger{Level: level, Class: class, Words: signs}
}

// says lets somebody say words to a handler; who is nobody of the village is a
// stranger. d replaces what the reader found.
func (c *village) says(who, words string, d read.Danger, h line.Handler) string {
	c.t.Helper()
	var text string
	c.sent++
	key := fmt.Sprintf("%032x", c.sent)
	c.in(func(v storage.In, b *book.Book) error {
		me := c.person[who]
		r := read.Read(words, read.Context{Now: c.now, Roster: b.Roster, Speaker: read.Speaker{Person: me, Group: b.Person(me).Group}})
		r.Danger = d
		t := &line.Turn{
			Msg: talk.Message{Account: "gh", OpenID: who, Key: key, Kind: talk.Text, Text: words, At: c.now}, Read: r, Book: b, Me: me, In: v, State: c.state(who),
			Heed: func(_ *line.Turn, f line.Fact) error { c.facts = append(c.facts, f); return nil },
		}
		a, err := h(t)
		text = a.Text
		return err
	})
	return text
}

func (c *village) state(who string) *line.State {
	if c.states[who] == nil {
		c.states[who] = &line.State{}
	}
	return c.states[who]
}

// raises lets somebody report a danger to life about 满爷爷.
func (c *village) raises(who string) string {
	c.t.Helper()
	return c.says(who, "满爷爷滚到茅厕里头了喊不应", danger(read.Strong, read.Life, "喊不应"), Raise)
}

// answers lets somebody answer as the conversation core would ask this line.
func (c *village) answers(who, words string) string {
	c.t.Helper()
	return c.says(who, words, read.Danger{Level: read.NoDanger}, Early)
}

// told are the names of those to whom a notice of a kind is owed about the
// first alert, in order, for one period or all ("").
func (c *village) told(kind, period string) string {
	var names []string
	c.in(func(v storage.In, b *book.Book) error {
		notices, err := v.NoticesAbout(kind, subject(1))
		for _, n := range notices {
			if period == "" || n.Period == period {
				names = append(names, b.Name(n.Person))
			}
		}
		return err
	})
	return strings.Join(names, " ")
}

func (c *village) alert(id int64) storage.Alert {
	var a storage.Alert
	c.in(func(v storage.In, _ *book.Book) (err error) {
		a, _, err = v.Alert(id)
		return err
	})
	return a
}

// channel settles every waiting notice of a kind as a channel would.
func (c *village) channel(kind, state string) {
	c.t.Helper()
	c.in(func(v storage.In, b *book.Book) error {
		notices, err := v.NoticesAbout(kind, subject(1))
		if err != nil {
			return err
		}
		for _, n := range notices {
			got, claimed, err := v.ClaimNotice(n.ID, storage.NoticeDue, "test", storage.At(c.now))
			if err != nil {
				return err
			}
			if !claimed {
				continue
			}
			got.State = state
			if _, err := v.SettleNotice(got); err != nil {
				return err
			}
			if err := settledAlert(v, b, got); err != nil {
				return err
			}
		}
		return nil
	})
}

// tick moves the clock and lets it look at the alerts that are due.
func (c *village) tick(d time.Duration) {
	c.t.Helper()
	c.now = c.now.Add(d)
	c.in(func(v storage.In, b *book.Book) error {
		items, err := due(v.Tx(), 100)
		for _, i := range items {
			if err := escalate(v, b, i.ID); err != nil {
				return err
			}
		}
		return err
	})
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
