package bot_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"mishu/storage"
)

// What a proxy hears runs out after a year: whoever visits the elder is told to
// ask again, the proxy until when he hears, and the elder's yes gives one more
// year (village practice A).
func TestProxyIsRenewed(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	son, father := s.ids["刘海波"], s.ids["刘满生"]
	s.must(s.store.Update(context.Background(), func(tx *storage.Tx) error {
		v := tx.In(s.village)
		if err := v.AddProxy(storage.Proxy{Person: son, Elder: father, Relation: "儿子", Until: "2026-12-20", How: "当面"}); err != nil {
			return err
		}
		return v.Agree(storage.Consent{Person: father, Kind: storage.ToProxy, About: son, Answer: storage.Given, Way: storage.AtDoor})
	}))
	for s.clock.Now().Before(time.Date(2026, 12, 2, 10, 0, 0, 0, storage.Shanghai)) {
		s.clock.add(3 * time.Hour)
		s.tick()
	}
	told := func(person, words string) bool {
		for _, p := range s.pushed {
			if p.person == s.ids[person] && strings.Contains(p.text, words) {
				return true
			}
		}
		return false
	}
	if !told("夏满妹", "一年问一回：刘满生（儿子刘海波）。") {
		t.Errorf("the visitor is not told to ask: %s", s.pushes())
	}
	if !told("刘海波", "您听到2026年12月20日为止") {
		t.Errorf("the proxy is not told: %s", s.pushes())
	}
	s.pushed = nil
	s.say("夏满妹", "看了满爷爷 20分钟")
	if !strings.Contains(s.reply, "刘满生的儿子刘海波还想听看望的日子，老人肯不肯？") {
		t.Errorf("at the door: %q", s.reply)
	}
	s.say("夏满妹", "点头")
	s.view(func(v storage.In) error {
		all, err := v.Proxies()
		if len(all) != 1 || !all[0].MayHear || all[0].Until != "2027-12-02" {
			t.Errorf("renewed: %+v", all)
		}
		return err
	})
	s.pushed = nil
	s.say("夏满妹", "看了满爷爷 20分钟")
	if strings.Contains(s.reply, "还想听") {
		t.Errorf("asked again at the next door: %q", s.reply)
	}
}
