package lifeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mishu/bot/talk"
	"mishu/config"
	"mishu/storage"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, storage.Shanghai)

// gateway takes everything.
type gateway struct{ sent []talk.SMS }

func (g *gateway) Text(_ context.Context, m talk.SMS) talk.Outcome {
	g.sent = append(g.sent, m)
	return talk.Outcome{Verdict: talk.Sent}
}

func (g *gateway) phones() string {
	var all []string
	for _, m := range g.sent {
		all = append(all, m.Phone)
	}
	g.sent = nil
	return strings.Join(all, " ")
}

// records are two villages with a duty list each and one county officer.
func records(t *testing.T, clock func() time.Time, villages int) *storage.Store {
	t.Helper()
	d := config.SQLiteFile(filepath.Join(t.TempDir(), "mishu.db"))
	store, err := storage.Connect(d.Driver, d.DSN.Reveal(), storage.Clocks{Wall: clock, Village: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i := 1; i <= villages; i++ {
		if err := store.Update(t.Context(), func(tx *storage.Tx) error { return found(tx, i) }); err != nil {
			t.Fatal(err)
		}
	}
	return store
}

func found(tx *storage.Tx, i int) error {
	row := storage.Village{Name: fmt.Sprintf("%d号村", i)}
	if err := tx.AddVillage(&row); err != nil {
		return err
	}
	v := tx.In(row.ID)
	for n, role := range []string{storage.Secretary, storage.Chair, storage.County, storage.Helper} {
		p := storage.Person{Name: "向春兰", Phone: fmt.Sprintf("1990000%d00%d", i, n)}
		if role == storage.County {
			p.Phone = "19900009999"
		}
		if err := v.AddKnown(&p, v.LegalDuty); err != nil {
			return err
		}
		if err := v.AddRole(storage.Role{Person: p.ID, Role: role}); err != nil {
			return err
		}
		m := storage.Member{Account: "gh", OpenID: fmt.Sprintf("o%d-%d", i, n), Person: p.ID, State: storage.Active, Followed: true}
		if err := v.AddMember(&m); err != nil {
			return err
		}
	}
	if err := v.AddDuty(storage.Duty{Name: "向丽", Phone: fmt.Sprintf("1990000%d100", i), From: 8 * 60, To: 20 * 60}); err != nil {
		return err
	}
	return v.AddDuty(storage.Duty{Name: "石建平", Phone: fmt.Sprintf("1990000%d200", i), From: 20 * 60, To: 8 * 60})
}

// A process that starts while the records are away knows from the file of the
// one before it whom to text.
func TestCopyOutlivesTheProcess(t *testing.T) {
	now := noon
	clock := func() time.Time { return now }
	path := filepath.Join(t.TempDir(), "duty.json")
	g := &gateway{}
	before, err := New(g, path, "token", clock)
	if err != nil {
		t.Fatal(err)
	}
	if err := before.Refresh(t.Context(), records(t, clock, 2)); err != nil {
		t.Fatal(err)
	}
	l, err := New(g, path, "token", clock)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		openid string
		at     time.Duration
		want   string
	}{
		{"o2-3", 0, "19900002100 19900002001 19900002000"},
		{"o1-3", 9 * time.Hour, "19900001200 19900001001 19900001000"},
		{"stranger", 0, "19900009999"},
	} {
		now = noon.Add(c.at)
		if n := l.Call(t.Context(), "gh", c.openid); n != len(strings.Fields(c.want)) {
			t.Errorf("%s: %d taken", c.openid, n)
		}
		if got := g.phones(); got != c.want {
			t.Errorf("%s: texted %s, want %s", c.openid, got, c.want)
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	raw, _ := os.ReadFile(path)
	for _, private := range []string{"向春兰", "向丽", "o2-3"} {
		if strings.Contains(string(raw), private) {
			t.Errorf("the file names %s", private)
		}
	}
}

// One danger is texted once, however often the platform delivers it; another
// person's at the same moment is his own.
func TestOneDangerOneSMS(t *testing.T) {
	now := noon
	clock := func() time.Time { return now }
	g := &gateway{}
	l, err := New(g, "", "token", clock)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Refresh(t.Context(), records(t, clock, 1)); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		l.Call(t.Context(), "gh", "o1-3")
	}
	l.Call(t.Context(), "gh", "stranger") // there is one village: it is his
	now = now.Add(quietFor)
	l.Call(t.Context(), "gh", "o1-3")
	if got := strings.Count(g.phones(), "19900001100"); got != 3 {
		t.Errorf("the duty telephone was texted %d times, want 3", got)
	}
	if text := words("青坪村"); len([]rune(text)) > 70 {
		t.Errorf("%d characters are two SMS", len([]rune(text)))
	}
}

// A broken file is told, not taken for an empty duty list.
func TestBrokenFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "duty.json")
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := New(&gateway{}, path, "token", time.Now); err == nil {
		t.Error("no error")
	}
}
