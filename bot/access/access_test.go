package access_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"mishu/bot/access"
	"mishu/bot/book"
	"mishu/bot/roster"
	"mishu/bot/who"
	"mishu/config"
	"mishu/storage"
)

// village is two groups with one elder each, and somebody of every role.
func village() []roster.Row {
	at := func(group int, name string, roles ...string) roster.Row {
		return roster.Row{Name: name, Group: group, Sex: "F", Born: "1970", Roles: roles}
	}
	elder := func(group int, name, visitor string) roster.Row {
		return roster.Row{Name: name, Group: group, Sex: "F", Born: "1940", Listed: true, Visitor: visitor, Kinds: []string{"独居"}}
	}
	return []roster.Row{
		elder(2, "老人甲", "志愿甲"), elder(3, "老人乙", "志愿乙"),
		at(2, "志愿甲", storage.Helper), at(3, "志愿乙", storage.Helper), at(2, "组长甲", storage.Leader), at(3, "组长乙", storage.Leader),
		at(1, "秘书", storage.Secretary), at(1, "村医", storage.Doctor), at(1, "会长", storage.Chair), at(1, "厨师", storage.Cook), at(1, "监事", storage.Supervisor),
		at(1, "儿童主任", storage.ChildCare), at(2, "邻居"), at(4, "听得的崽"), at(4, "听不得的崽"),
	}
}

func open(t *testing.T) (*book.Book, map[string]int64) {
	t.Helper()
	clock := func() time.Time { return time.Date(2026, 11, 24, 8, 0, 0, 0, storage.Shanghai) }
	d := config.SQLiteFile(filepath.Join(t.TempDir(), "mishu.db"))
	store, err := storage.Connect(d.Driver, d.DSN.Reveal(), storage.Clocks{Wall: clock, Village: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	if err := store.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	var b *book.Book
	ids := map[string]int64{}
	err = store.Update(context.Background(), func(tx *storage.Tx) error {
		row := storage.Village{Name: "青坪村"}
		if err := tx.AddVillage(&row); err != nil {
			return err
		}
		v := tx.In(row.ID)
		if problems, err := who.Enter(v, village()); err != nil || len(problems) > 0 {
			t.Fatalf("enter: %v %v", problems, err)
		}
		people, err := v.People()
		if err != nil {
			return err
		}
		for _, p := range people {
			ids[p.Name] = p.ID
		}
		for name, hears := range map[string]bool{"听得的崽": true, "听不得的崽": false} {
			err := v.AddProxy(storage.Proxy{Person: ids[name], Elder: ids["老人甲"], Relation: "儿子", Until: "2027-12-31", How: "当面"})
			if err != nil {
				return err
			}
			if hears {
				err = v.Agree(storage.Consent{Person: ids["老人甲"], Kind: storage.ToProxy, About: ids[name], Answer: storage.Given, Way: storage.AtDoor})
			}
			if err != nil {
				return err
			}
		}
		b, err = book.Load(v)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b, ids
}

// Who may know what of 老人甲, of group 2, whom 志愿甲 visits. Everybody who is
// not named may know nothing.
func TestInvariant09WhoMayKnowWhat(t *testing.T) {
	t.Parallel()
	b, ids := open(t)
	all := []access.Kind{access.Door, access.Visited, access.Seen, access.Wants}
	may := map[string][]access.Kind{
		"老人甲":  all,
		"秘书":   all,
		"村医":   {access.Door, access.Visited, access.Seen},
		"会长":   {access.Visited},
		"组长甲":  {access.Door, access.Visited, access.Wants},
		"志愿甲":  {access.Door, access.Visited, access.Seen},
		"听得的崽": {access.Visited, access.Wants},
	}
	for name, id := range ids {
		for _, kind := range all {
			want := false
			for _, k := range may[name] {
				want = want || k == kind
			}
			if got := access.May(b, id, kind, ids["老人甲"]); got != want {
				t.Errorf("%s knows %s: %v, want %v", name, kind, got, want)
			}
		}
	}
}

// Nobody, and nothing about nobody.
func TestNobodyKnowsNothing(t *testing.T) {
	t.Parallel()
	b, ids := open(t)
	for _, kind := range []access.Kind{access.Door, access.Visited, access.Seen, access.Wants, "no such kind"} {
		if access.May(b, 0, kind, ids["老人甲"]) || access.May(b, ids["秘书"], kind, 0) || access.May(b, 0, kind, 0) {
			t.Errorf("%s is told to nobody, or about nobody", kind)
		}
	}
	if access.May(b, ids["秘书"], "no such kind", ids["老人甲"]) {
		t.Error("a kind that nobody has ruled on is told")
	}
	if access.MayAskFor(b, 0, ids["老人甲"]) || access.MayAskFor(b, ids["邻居"], 999) || !access.MayAskFor(b, ids["邻居"], ids["老人甲"]) {
		t.Error("anybody bound may ask for anybody of the village, and nobody else")
	}
}

// The private side of a request is for who asked, who took it, and who may know
// what the elder wants; a volunteer before his claim is none of them.
func TestPrivateSideOfRequest(t *testing.T) {
	t.Parallel()
	b, ids := open(t)
	h := storage.Help{Elder: ids["老人甲"], Asker: ids["邻居"], Holder: ids["志愿乙"]}
	for name, want := range map[string]bool{
		"老人甲": true, "邻居": true, "志愿乙": true, "秘书": true, "组长甲": true, "志愿甲": false, "组长乙": false, "村医": false, "会长": false, "老人乙": false,
	} {
		if got := access.HolderOf(b, ids[name], h); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	if access.HolderOf(b, 0, storage.Help{Elder: ids["老人甲"]}) {
		t.Error("a request that nobody holds is nobody's")
	}
}
