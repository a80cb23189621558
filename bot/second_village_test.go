package bot_test

import (
	"context"
	"fmt"
	"strconv"

	"mishu/bot/book"
	"mishu/bot/roster"
	"mishu/bot/who"
	"mishu/storage"
	"mishu/storage/session"
)

// another founds a second village on the same account: its secretary-general
// 覃秋莲 (覃老师), the elder 粟玉莲, and 刘承志, who is the doctor of both and has one
// telephone.
func (s *stage) another(name string) {
	s.t.Helper()
	doctor := session.Who{Account: account, OpenID: s.openID(s.person("刘承志"))}
	s.must(s.session.Touch(context.Background(), doctor))
	s.must(s.store.Update(context.Background(), func(tx *storage.Tx) error {
		row := storage.Village{Name: name, Township: "竹溪口镇", County: "溪江县"}
		if err := tx.AddVillage(&row); err != nil {
			return err
		}
		s.villages[name] = row.ID
		v := tx.In(row.ID)
		problems, err := who.Enter(v, []roster.Row{
			{Name: "覃秋莲", Sex: "F", Group: 1, Born: "1980", Roles: []string{storage.Secretary}, Consent: roster.Health},
			{Name: "刘承志", Sex: "M", Group: 1, Born: "1970", Roles: []string{storage.Doctor}, Consent: roster.Health},
			{Name: "粟玉莲", Sex: "F", Group: 1, Born: "1944", Listed: true, Kinds: []string{"独居"}, Tier: roster.Normal, Visitor: "刘承志", Consent: roster.Health},
		})
		if err != nil || len(problems) > 0 {
			return fmt.Errorf("enter: %w %v", err, problems)
		}
		if err := v.Set(storage.Setting{Name: book.CalledSecretary, Value: "覃老师"}); err != nil {
			return err
		}
		if err := v.AddDuty(storage.Duty{Name: "覃秋莲", Phone: "19900000012", From: 0, To: 24 * 60}); err != nil {
			return err
		}
		people, err := v.People()
		if err != nil {
			return err
		}
		for _, p := range people {
			openid := doctor.OpenID
			if p.Name != "刘承志" {
				openid, s.ids[p.Name], s.names[p.ID] = s.openID(p.ID), p.ID, p.Name
			}
			if err := v.AddMember(&storage.Member{Account: account, OpenID: openid, Person: p.ID, State: storage.Active, Followed: true}); err != nil {
				return err
			}
		}
		return nil
	}))
	s.must(s.session.Settle(context.Background(), doctor))
	s.tick() // its rules begin now
}

// sign is the scene of a village's own code, "" if there is no such village.
func (s *stage) sign(village string) string {
	id, ok := s.villages[village]
	if !ok {
		return ""
	}
	return "v" + strconv.FormatInt(id, 10)
}

// without takes somebody's account from him: he has no telephone that reads.
func (s *stage) without(name string) {
	s.t.Helper()
	id := s.person(name)
	whom := session.Who{Account: account, OpenID: s.openID(id)}
	s.must(s.session.Touch(context.Background(), whom))
	s.store.DB().MustExec("DELETE FROM member WHERE village = ? AND person = ?", s.village, id)
	s.must(s.session.Settle(context.Background(), whom))
}
