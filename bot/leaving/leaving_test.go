package leaving

import (
	"path/filepath"
	"testing"
	"time"

	"mishu/config"
	"mishu/storage"
	"mishu/storage/session"
)

// Who left is gone after a week, also when the job runs twice; who came back
// stays, also when nobody heard of it.
func TestRemovedAfterAWeek(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, storage.Shanghai)
	clock := func() time.Time { return now }
	d := config.SQLiteFile(filepath.Join(t.TempDir(), "mishu.db"))
	store, err := storage.Connect(d.Driver, d.DSN.Reveal(), storage.Clocks{Wall: clock, Village: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	sessions, err := session.NewSQL(store.DB(), session.Options{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	in := func(f func(*storage.Tx) error) {
		t.Helper()
		if err := store.Update(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	in(func(tx *storage.Tx) error {
		for i, m := range []storage.Member{{OpenID: "oGone"}, {OpenID: "oBack", Followed: true}} {
			m.Account, m.Person, m.State = "gh", int64(i+1), storage.Active
			if err := tx.In(1).AddMember(&m); err != nil {
				return err
			}
			if err := tx.Leave("gh", m.OpenID, storage.At(now.Add(After))); err != nil {
				return err
			}
		}
		return nil
	})
	r := &Remover{Store: store, Sessions: sessions}
	members := func(openid string) (n int) {
		in(func(tx *storage.Tx) error {
			all, err := tx.Members("gh", openid)
			n = len(all)
			return err
		})
		return n
	}
	for _, step := range []struct {
		after time.Duration
		gone  int
	}{{0, 1}, {After - time.Second, 1}, {time.Second, 0}, {time.Hour, 0}} {
		now = now.Add(step.after)
		if err := r.RemoveDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := members("oGone"); got != step.gone || members("oBack") != 1 {
			t.Errorf("after %s: %d left of who is gone, %d of who is back", step.after, got, members("oBack"))
		}
	}
}
