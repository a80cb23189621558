package bot_test

import (
	"context"
	"strings"
	"testing"

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
				return v.AddRole(storage.Role{Person: p.ID, Role: storage.CountyDuty, How: "invite"})
			}))
			s.say("陌生人", "我爸喊不应了")
			if !strings.Contains(s.reply, "120") || !strings.HasSuffix(s.reply, "您是哪个镇哪个村的？") {
				t.Errorf("reply %s", s.reply)
			}
			s.again()
			s.must(s.store.View(context.Background(), func(tx *storage.Tx) error {
				owed, err := tx.In(office).NoticesAbout("county.danger", s.last.Key)
				if len(owed) != 1 || !strings.Contains(owed[0].Words, "我爸喊不应了") || owed[0].Weight != storage.Danger {
					t.Errorf("the county is owed %+v", owed)
				}
				return err
			}))
			s.say("陌生人", "石桥村的")
			if strings.Contains(s.reply, "哪个镇哪个村") {
				t.Errorf("placed by its name he is asked again: %s", s.reply)
			}
		})
	}
}
