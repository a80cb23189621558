package bot_test

import (
	"context"
	"strings"
	"testing"

	"mishu/bot/talk"
	"mishu/storage"
)

// scan lets somebody scan a code of any number.
func (s *stage) scan(name, event, scene string) string {
	s.t.Helper()
	m := s.letter(name, "")
	m.Kind, m.Event, m.EventKey = talk.Event, event, scene
	text, err := insist(s.bot, m)
	s.must(err)
	return text
}

// In a county a stranger is placed by the code that he scanned (settled.md 4),
// and what he says next stays in that village; no name is told to him.
func TestScanPlacesAStranger(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	other := storage.Village{Name: "白石村", Township: "竹溪口镇", County: "溪江县"}
	s.must(s.store.Update(context.Background(), func(tx *storage.Tx) error { return tx.AddVillage(&other) }))
	if got := s.heardText("路人", "你好"); !strings.Contains(got, "哪个镇哪个村") {
		t.Fatalf("with two villages a stranger is told %q", got)
	}
	for _, event := range []string{talk.Subscribe, talk.Scan} {
		got := s.scan("路人", event, s.scene("刘满生"))
		if !strings.Contains(got, "青坪村") || strings.Contains(got, "刘满生") || strings.Contains(got, "满爷爷") {
			t.Errorf("%s: he is told %q", event, got)
		}
	}
	if got := s.heardText("路人", "我是3组舒德贵"); !strings.Contains(got, "3组舒德贵") || strings.Contains(got, "哪个镇") {
		t.Errorf("then he says who he is and is told %q", got)
	}
}

// A number that nobody has, one of another village, and no number at all: an
// answer, no name, no error.
func TestCodesOfNobody(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	scene := s.scene("刘满生")
	s.must(s.store.Update(context.Background(), func(tx *storage.Tx) error {
		doors, err := tx.In(s.village).Doors()
		if err != nil {
			return err
		}
		return tx.In(s.village).FreeDoor(doors[0].Scene)
	}))
	for _, code := range []string{scene, "99999", "100001", "0", "-1", "last_trade_no_1", "", "一"} {
		if got := s.scan("夏满妹", talk.Scan, code); !strings.Contains(got, "没人用了") || strings.Contains(got, "刘满生") {
			t.Errorf("%q: a volunteer is told %q", code, got)
		}
		if got := s.scan("陌生人", talk.Subscribe, code); !strings.Contains(got, "青坪村计生协服务号") {
			t.Errorf("%q: a stranger is told %q", code, got)
		}
	}
}

// A scan leaves an open question open.
func TestScanKeepsTheQuestion(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	s.heardText("舒忠良", "帮我家屋漏水找个人")
	s.scan("舒忠良", talk.Scan, s.scene("夏桂花"))
	s.heardText("舒忠良", "冇事")
	if got := s.heardText("舒忠良", "继续"); !strings.Contains(got, "哪天") {
		t.Errorf("after the scan 继续 says %q", got)
	}
}
