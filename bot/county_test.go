package bot_test

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"time"

	"mishu/storage"
)

// Danger from somebody of whom nobody knows the village is answered first, and
// whoever has the county's duty is told (settled.md 4).
func TestDangerWithoutVillageGoesToTheCounty(t *testing.T) {
	t.Parallel()
	for _, kind := range stores {
		t.Run(kind.name, func(t *testing.T) {
			s := newStage(t, kind)
			var office int64
			s.must(s.store.Update(context.Background(), func(tx *storage.Tx) error {
				other := storage.Village{Name: "石桥村", Township: "石桥镇", County: "溪江县"}
				county := storage.Village{Name: "溪江县", County: "溪江县", Code: storage.CountyOffice}
				for _, v := range []*storage.Village{&other, &county} {
					if err := tx.AddVillage(v); err != nil {
						return err
					}
				}
				office = county.ID
				v := tx.In(county.ID)
				p := storage.Person{Name: "石建平", Phone: "19900000090", Status: storage.Home}
				if err := v.AddKnown(&p, v.LegalDuty); err != nil {
					return err
				}
				s.ids["石建平"], s.names[p.ID] = p.ID, "石建平"
				m := storage.Member{Account: account, OpenID: s.openID(p.ID), Person: p.ID, State: storage.Active, Followed: true}
				if err := v.AddMember(&m); err != nil {
					return err
				}
				return v.AddRole(storage.Role{Person: p.ID, Role: storage.CountyDuty, How: "invite"})
			}))
			s.say("陌生人", "我爸喊不应了")
			if !strings.Contains(s.reply, "120") || !strings.HasSuffix(s.reply, "您是哪个镇哪个村的？") {
				t.Errorf("reply %s", s.reply)
			}
			s.expectPush("石建平", "【急事，哪个村还不晓得】（哪一家看原话）：“我爸喊不应了”。没登记的人讲的。已请他讲村名。晓得是哪里的，请马上打电话给那个村。动身回“我去了”，看到回“收到”，去不成回“去不了”。")
			s.again()
			s.pass(5 * time.Minute)
			s.expectPush("石建平", "【急事，哪个村还不晓得】…")
			s.expectPush("陌生人", "还没人回话，又在发给县里值班的。")
			s.say("石建平", "收到")
			s.expectReply("多谢。…")
			s.took()
			s.say("陌生人", "石桥村的")
			if !strings.Contains(s.reply, "120") || !strings.Contains(s.reply, "石桥镇石桥村") {
				t.Errorf("placed by its name he is told %s", s.reply)
			}
			s.expectPush("石建平", "又讲了（哪一家看原话）：“石桥村的”")
			var words string
			s.must(s.store.DB().QueryRow("SELECT words FROM alert WHERE village <> ?", office).Scan(&words))
			if !strings.HasPrefix(words, "我爸喊不应了") {
				t.Errorf("the village's alert says %s", words)
			}
			s.took()
			s.say("石建平", "平安")
			s.took()
			if n := s.number("SELECT COUNT(*) FROM alert WHERE state = 'closed' AND village = " + strconv.FormatInt(office, 10)); n != 1 {
				t.Errorf("the county has closed %d alerts; it said %s", n, s.reply)
			}
		})
	}
}

// office founds the county's office and enters somebody with a role there.
func (s *stage) office(name, role string) {
	s.t.Helper()
	s.must(s.store.Update(context.Background(), func(tx *storage.Tx) error {
		county := storage.Village{Name: "溪江县", County: "溪江县", Code: storage.CountyOffice}
		if err := tx.AddVillage(&county); err != nil {
			return err
		}
		v := tx.In(county.ID)
		p := storage.Person{Name: name, Phone: "19900000091", Status: storage.Home}
		if err := v.AddKnown(&p, v.LegalDuty); err != nil {
			return err
		}
		s.ids[name], s.names[p.ID] = p.ID, name
		m := storage.Member{Account: account, OpenID: s.openID(p.ID), Person: p.ID, State: storage.Active, Followed: true}
		if err := v.AddMember(&m); err != nil {
			return err
		}
		return v.AddRole(storage.Role{Person: p.ID, Role: role, How: "invite"})
	}))
}

// A child in danger is told to whoever protects children in the county's office,
// under seal: there it is reminded of until the police have given a number, and
// nobody of the village hears of it in place of somebody who is named.
func TestChildGoesToTheCountysProtection(t *testing.T) {
	t.Parallel()
	for words, named := range map[string]bool{"隔壁细伢子天天挨打，身上青一块紫一块": false, "会长关起来打他屋里细伢子 身上都是伤": true} {
		s := newStage(t, stores[0])
		s.office("覃立秋", storage.Protection)
		s.say("夏桂花", words)
		s.expectReply("孩子有危险打110！您讲的会保密。正在转给专管的人。孩子现在安全吗？")
		s.expectPush("覃立秋", "【孩子的事，要保密】（哪一家看原话）：“竹溪口镇青坪村：…（3组夏桂花讲的，没留电话。）”。莫转给别人，原话留好，马上打110报告。报了把号发来：“接警号”加号码。")
		s.nothingLeft() // nobody of the village: the county has it
		s.say("夏桂花", "不安全")
		s.expectReply("记下了，会保密。有危险马上打110，莫等。")
		s.expectPush("覃立秋", "又讲了…问了现在安不安全，回的是：“不安全”…")
		s.pass(31 * time.Minute)
		s.expectPush("覃立秋", "【孩子的事，要保密】…")
		s.say("覃立秋", "接警号20261124001")
		s.expectReply("好，接警号20261124001记下了…")
		s.pass(3 * time.Hour)
		for _, p := range s.took() {
			t.Errorf("%s (somebody of the village is named: %t): %s was told %s", words, named, s.names[p.person], p.text)
		}
	}
}
