package tags

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mishu/bot/book"
	"mishu/config"
	"mishu/storage"
)

// platform keeps tags as the real one does, and can be made to fail.
type platform struct {
	tags  map[string]int
	on    map[string]string
	calls int
	fail  bool
	left  string // an OpenID that follows no more
}

func (p *platform) TagIDs(_ context.Context, names []string) (map[string]int, error) {
	for _, n := range names {
		if p.tags[n] == 0 {
			p.tags[n] = 100 + len(p.tags)
		}
	}
	return p.tags, nil
}

func (p *platform) Tag(_ context.Context, id int, on bool, openIDs []string) error {
	p.calls++
	if p.fail {
		return errors.New("busy")
	}
	if slices.Contains(openIDs, p.left) {
		return fmt.Errorf("call: %w", ErrRefused)
	}
	for _, o := range openIDs {
		for name, tag := range p.tags {
			if tag == id && on {
				p.on[o] = name
			} else if tag == id && p.on[o] == name {
				delete(p.on, o)
			}
		}
	}
	return nil
}

func TestTagsFollowTheRoles(t *testing.T) {
	clock := func() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, storage.Shanghai) }
	d := config.SQLiteFile(filepath.Join(t.TempDir(), "mishu.db"))
	store, err := storage.Connect(d.Driver, d.DSN.Reveal(), storage.Clocks{Wall: clock, Village: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	in := func(f func(storage.In) error) {
		t.Helper()
		if err := store.Update(t.Context(), func(tx *storage.Tx) error { return f(tx.In(1)) }); err != nil {
			t.Fatal(err)
		}
	}
	in(func(v storage.In) error { return v.Tx().AddVillage(&storage.Village{Name: "青坪村"}) })
	const many = 1200 // more than one run looks at
	in(func(v storage.In) error {
		for i := range many {
			p := storage.Person{Name: "向春兰", Group: 1}
			if err := v.AddPerson(&p); err != nil {
				return err
			}
			m := storage.Member{Account: "gh", OpenID: fmt.Sprintf("o%05d", i), Person: p.ID, State: storage.Active, Followed: true}
			if err := v.AddMember(&m); err != nil {
				return err
			}
		}
		for person, role := range map[int64]string{1: storage.Secretary, 700: storage.Helper, 1200: storage.Leader} {
			if err := v.AddRole(storage.Role{Person: person, Role: role}); err != nil {
				return err
			}
		}
		return v.Changed()
	})
	p := &platform{tags: map[string]int{}, on: map[string]string{}, fail: true}
	newSync := func() *Sync { return &Sync{Store: store, Books: book.NewShelf(store), Account: "gh", Platform: p} }
	if err := newSync().Run(t.Context()); err == nil {
		t.Fatal("the platform fails, and no error is told")
	}
	p.fail = false
	s := newSync()
	round := func() {
		t.Helper()
		for range 3 {
			if err := s.Books.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := s.Run(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	round()
	if got := fmt.Sprint(p.on); got != "map[o00000:村部 o00699:志愿者 o01199:志愿者]" {
		t.Errorf("tagged: %s", got)
	}
	calls := p.calls
	round()
	s = newSync() // another process knows from the records
	round()
	if p.calls != calls {
		t.Errorf("nothing changed, and the platform was called %d times", p.calls-calls)
	}
	in(func(v storage.In) error {
		if err := v.AddRole(storage.Role{Person: 700, Role: storage.Chair}); err != nil {
			return err
		}
		return v.Changed()
	})
	round()
	if got := fmt.Sprint(p.on); !strings.Contains(got, "o00699:村部") || len(p.on) != 3 {
		t.Errorf("after a new role: %s", got)
	}
	p.left = "o00002"
	in(func(v storage.In) error {
		for person, role := range map[int64]string{3: storage.Helper, 4: storage.Helper} {
			if err := v.AddRole(storage.Role{Person: person, Role: role}); err != nil {
				return err
			}
		}
		return v.Changed()
	})
	round()
	if p.on["o00003"] != Helper || p.on["o00002"] != "" {
		t.Errorf("beside somebody who has left: %v", p.on)
	}
	calls = p.calls
	round()
	if p.calls != calls {
		t.Errorf("who has left is tried again %d times", p.calls-calls)
	}
}
