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
			if n := s.number("SELECT COUNT(*) FROM alert WHERE words LIKE '我爸喊不应了，石桥村%'"); n != 1 {
				t.Errorf("the village has %d alerts", n)
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
