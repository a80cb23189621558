package who

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/roster"
	"mishu/bot/talk"
	"mishu/storage"
)

// typed gives typed words to one handler.
func (c *village) typed(who, words string, h line.Handler) string {
	c.t.Helper()
	return c.hears(talk.Message{OpenID: who, Kind: talk.Text, Text: words}, h)
}

func reading(text string) read.Reading { return read.Read(text, read.Context{}) }

func (c *village) invites(person, role string) string {
	c.t.Helper()
	var code string
	c.in(func(v storage.In, _ *book.Book) (err error) {
		code, err = Invite(v, c.person[person], role)
		return err
	})
	return code
}

func TestInvitation(t *testing.T) {
	c := newVillage(t)
	code := c.invites("李小军", storage.Helper)
	if len(code) != 8 || strings.Trim(code, "0123456789") != "" {
		t.Fatalf("code %q", code)
	}
	want(t, c.says("a", "  "+code[:4]+code[4:]+" "), "认得您了", "李小军", storage.Helper)
	if m := c.members("a"); len(m) != 1 || m[0].State != storage.Active || m[0].Person != c.person["李小军"] {
		t.Errorf("%+v", m)
	}
	if len(c.touched) != 1 {
		t.Errorf("touched %v", c.touched)
	}
	c.in(func(v storage.In, b *book.Book) error {
		if !b.Has(c.person["李小军"], storage.Helper) {
			t.Error("no role")
		}
		all, err := v.Volunteers()
		if len(all) != 1 {
			t.Errorf("volunteers %+v", all)
		}
		return err
	})
	want(t, c.says("b", code), "不对", "几组的哪位") // once
}

func TestInvitationOfAPendingSender(t *testing.T) {
	c := newVillage(t)
	c.says("a", "我是3组张大山")
	want(t, c.says("a", "码："+c.invites("舒大全", storage.Leader)), "认得您了")
	if m := c.members("a"); len(m) != 1 || m[0].State != storage.Active || m[0].Person != c.person["舒大全"] {
		t.Errorf("%+v", m)
	}
	if n := c.notices(noteVouch); n[0].State != storage.NoticeCleared {
		t.Errorf("%+v", n)
	}
	c.in(func(_ storage.In, b *book.Book) error {
		if got := b.Holders(storage.Leader, 3); len(got) != 1 {
			t.Errorf("leaders of group 3: %v", got)
		}
		return nil
	})
}

func TestInvitationExpires(t *testing.T) {
	c := newVillage(t)
	code := c.invites("李小军", "")
	c.now = c.now.Add(inviteFor)
	want(t, c.says("a", code), "过期")
	if m := c.members("a"); len(m) != 0 {
		t.Errorf("%+v", m)
	}
}

func TestNumbersThatAreNoCode(t *testing.T) {
	c := newVillage(t)
	for _, words := range []string{"19900001234", "我电话19900001234", "屋里电表12345678坏了"} {
		never(t, c.says("a", words), "这个码")
	}
}

func TestCodes(t *testing.T) {
	seen := map[string]bool{}
	for range 200 {
		seen[NewCode()] = true
	}
	if len(seen) < 199 {
		t.Errorf("%d different codes of 200", len(seen))
	}
	if HashCode("abcd1234") != HashCode("ABCD1234") || len(HashCode("1")) != 64 {
		t.Error("hash")
	}
}

func (c *village) follows(openid, event string) {
	c.t.Helper()
	c.update(func(tx *storage.Tx) error {
		return Follow(tx, talk.Message{Account: "gh", OpenID: openid, Kind: talk.Event, Event: event})
	})
}

// Settled 9: an office holder who goes is told to the chair at once, and only
// once however often the platform says so.
func TestUnfollow(t *testing.T) {
	c := newVillage(t)
	for range 2 {
		c.follows("刘志明", talk.Unsubscribe)
		c.follows("夏满妹", talk.Unsubscribe)
		c.follows("nobody", talk.Unsubscribe)
	}
	n := c.notices(noteLeft)
	if len(n) != 1 || n[0].Person != c.person["石建平"] || n[0].Weight != storage.Urgent {
		t.Fatalf("%+v", n)
	}
	want(t, n[0].Words, "村医刘志明", "打电话")
	never(t, n[0].Lead, "刘志明")
	if c.members("刘志明")[0].Followed {
		t.Error("still follows")
	}
	c.follows("刘志明", talk.Subscribe)
	if m := c.members("刘志明")[0]; !m.Followed || m.State != storage.Active {
		t.Errorf("%+v", m)
	}
	c.follows("石建平", talk.Unsubscribe) // no office of danger
	c.follows("向丽", talk.Unsubscribe)
	if n := c.notices(noteLeft); len(n) != 2 || n[0].Person != c.person["石建平"] {
		t.Errorf("%+v", n)
	}
}

func rows() []roster.Row {
	return []roster.Row{
		{
			Line: 2, Name: "刘满生", Group: 3, Consent: roster.Basic, Age: 83, Household: "8", Head: true, Aliases: []string{"满爷爷", "满爷爷"}, Kinds: []string{"独居"}, Listed: true, Visitor: "夏满妹", Backup: "向建国",
			Kin: []roster.Kin{{Name: "刘海波", Relation: "儿子", Phone: "19900001234"}}, Watch: []roster.Kin{{Name: "舒某"}},
		},
		{Line: 3, Name: "刘海波", Group: 3, Household: "8", Status: roster.Away, Town: "东莞"},
		{Line: 4, Name: "夏满妹", Group: 3, Roles: []string{storage.Helper}, Skills: []string{"理发", "修车"}},
		{Line: 5, Name: "夏满妹", Group: 5},
		{Line: 6, Name: "向建国", Group: 2, Roles: []string{storage.Helper, storage.Leader}, Skills: []string{"驾车"}},
		{Line: 7, Name: "向建国", Group: 6, Roles: []string{storage.Helper}},
		{Line: 8, Name: "王桂香", Group: 2, Household: "8", Kinds: []string{"空巢"}, Listed: true},
		{Line: 9, Name: "石长庚", Group: 5, Kinds: []string{"空巢"}, Listed: true, Visitor: "夏满妹"}, // the helper, not the nearer namesake
	}
}

func TestEnter(t *testing.T) {
	c := empty(t)
	c.in(func(v storage.In, _ *book.Book) error {
		before, err := v.Version()
		if err != nil {
			return err
		}
		problems, err := Enter(v, rows())
		if len(problems) > 0 || err != nil {
			t.Fatalf("%v %v", problems, err)
		}
		if after, err := v.Version(); after != before+1 || err != nil {
			t.Errorf("version %d after %d, %v", after, before, err)
		}
		return nil
	})
	c.in(func(v storage.In, b *book.Book) error {
		man, woman := b.Roster.Find("满爷爷", 0)[0], b.Roster.Find("王桂香", 0)[0]
		p, _ := b.Plan(man)
		if b.Person(p.Visitor).Name != "夏满妹" || b.Person(p.Visitor).Group != 3 || b.Person(p.Backup).Group != 2 || p.Tier != roster.High {
			t.Errorf("plan %+v", p)
		}
		if q, _ := b.Plan(woman); q.Tier != roster.Middle || q.Visitor != 0 {
			t.Errorf("plan %+v", q)
		}
		if q, _ := b.Plan(b.Roster.Find("石长庚", 0)[0]); b.Person(q.Visitor).Group != 3 {
			t.Errorf("plan %+v", q)
		}
		if b.Person(man).Born != "1943" || b.Person(man).Status != storage.Home {
			t.Errorf("%+v", b.Person(man))
		}
		if b.Household(man).ID == b.Household(woman).ID || b.Household(man).ID != b.Household(b.Roster.Find("刘海波", 3)[0]).ID {
			t.Error("households 8 of two groups are one, or one is two")
		}
		contacts, err := v.Contacts(man)
		if len(contacts) != 2 || contacts[0].Kind != storage.Kin || contacts[1].Kind != storage.Watch {
			t.Errorf("contacts %+v", contacts)
		}
		all, _ := v.Volunteers()
		cars := 0
		for _, r := range all {
			if r.Car {
				cars++
			}
		}
		if len(all) != 3 || cars != 1 {
			t.Errorf("volunteers %+v", all)
		}
		if got := b.Holders(storage.Leader, 2); len(got) != 1 {
			t.Errorf("leaders %v", got)
		}
		return err
	})
}

// A sheet that does not fit together leaves nothing behind, and each problem
// names its row.
func TestEnterRefuses(t *testing.T) {
	for name, change := range map[string]func([]roster.Row) []roster.Row{
		"第2行 探访人：表里没有叫“石某”的人": func(r []roster.Row) []roster.Row { r[0].Visitor = "石某"; return r },
		"第2行 替补：叫“向建国”的有2个人":  func(r []roster.Row) []roster.Row { r[5].Group = 4; return r },
		"第2行 探访人：表里没有叫“刘满生”":  func(r []roster.Row) []roster.Row { r[0].Visitor = "刘满生"; return r },
	} {
		t.Run(name, func(t *testing.T) {
			c := empty(t)
			c.in(func(v storage.In, _ *book.Book) error {
				problems, err := Enter(v, change(rows()))
				if err != nil || len(problems) != 1 || !strings.HasPrefix(problems[0].String(), name) {
					t.Errorf("%v %v", problems, err)
				}
				people, err := v.People()
				if len(people) != 0 {
					t.Errorf("%d people", len(people))
				}
				return err
			})
		})
	}
}

// The same sheet a second time doubles nobody.
func TestEnterTwice(t *testing.T) {
	c := empty(t)
	for i := range 2 {
		c.in(func(v storage.In, _ *book.Book) error {
			problems, err := Enter(v, rows())
			if len(problems) != i {
				t.Errorf("time %d: %v", i, problems)
			}
			return err
		})
	}
}

// A village of the pilot's size is entered in seconds.
func TestEnterAVillage(t *testing.T) {
	var all []roster.Row
	for i := range 1232 {
		all = append(all, roster.Row{Line: i + 2, Name: fmt.Sprintf("%c%c%c", '一'+i%50, '丁'+i/50, '三'), Group: i%7 + 1, Household: fmt.Sprint(i / 4), Listed: i%11 == 0})
	}
	c := empty(t)
	begun := time.Now()
	c.in(func(v storage.In, _ *book.Book) error {
		_, err := Enter(v, all)
		return err
	})
	t.Logf("1,232 people in %v", time.Since(begun))
}

// A code from a telephone that is bound gives its owner one more role; for
// somebody else it binds a second person to the telephone.
func TestInvitationOfWhoeverIsBound(t *testing.T) {
	c := newVillage(t)
	want(t, c.typed("夏满妹", c.invites("夏满妹", storage.Cook), first), "认得您了", "夏满妹", storage.Cook)
	if m := c.members("夏满妹"); len(m) != 1 {
		t.Errorf("%+v", m)
	}
	c.in(func(_ storage.In, b *book.Book) error {
		if !b.Has(c.person["夏满妹"], storage.Cook) || !b.Has(c.person["夏满妹"], storage.Helper) {
			t.Errorf("roles %+v", b.Roles(c.person["夏满妹"]))
		}
		return nil
	})
	want(t, c.typed("夏满妹", c.invites("刘满生", ""), first), "认得您了", "刘满生")
	if m := c.members("夏满妹"); len(m) != 2 {
		t.Errorf("%+v", m)
	}
	if got := c.typed("夏满妹", "12345678", first); got != "" {
		t.Errorf("a number that is no code: %q", got)
	}
}
