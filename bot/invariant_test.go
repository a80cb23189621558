package bot_test

import (
	"testing"
	"time"

	"mishu/storage"
)

// The invariants are tests named after their numbers, TestInvariant01 to 19.
// Those of the conversation that have no better place stand here.

// Only a person's words close anything: a month goes by over a request nobody
// took, one that somebody took and never spoke of again, a closed door and an
// alarm, and none of them is closed.
func TestInvariant03OnlyWordsClose(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	s.say("2组王桂香", "明天上午想去卫生院看腰")
	s.say("2组王桂香", "对")
	s.say("舒红梅", "接10")
	s.say("夏桂花", "明天下午要人修下屋顶")
	s.say("夏桂花", "对")
	s.say("夏满妹", "忠良爹门锁着没见到人")
	s.say("舒德贵", "[image]")
	s.say("舒忠良", fell)
	open := s.counts()
	if open["求助"] != "2" || open["警情"] != "1" {
		t.Fatalf("the story began otherwise: %v", open)
	}
	for range 30 * 4 {
		s.clock.add(6 * time.Hour)
		s.must(s.timer.Tick(t.Context()))
		s.took()
	}
	later := s.counts()
	for _, what := range []string{"求助", "警情", "留言"} {
		if later[what] < open[what] {
			t.Errorf("%s: %s are open after a month, %s were", what, later[what], open[what])
		}
	}
	if n := s.helpRow(10)["state"]; n == storage.Closed || n == storage.Done {
		t.Errorf("request 10 is %s by time", n)
	}
	if n := s.visitCounts()["看望"]; n != "0" {
		t.Errorf("%s visits without anybody's word", n)
	}
}

// Whatever is taken back or put right, the older row stays, and what is counted
// is what a recount of the rows gives.
func TestInvariant14RowsStay(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	before := int64(0)
	for _, said := range [][2]string{
		{"夏满妹", "看了桂花婶 30分钟"},
		{"夏满妹", "错了，是忠良爹"},
		{"夏满妹", "撤销"},
		{"夏满妹", "看了桂花婶 20分钟"},
		{"舒红梅", "看了2组王桂香 40分钟"},
		{"舒红梅", "撤销"},
		{"夏满妹", "满爷爷门锁着没见到人"},
	} {
		s.say(said[0], said[1])
		s.took()
		all := s.number("SELECT COUNT(*) FROM visit")
		if all < before {
			t.Errorf("after %q %d rows are left of %d", said[1], all, before)
		}
		before = all
		recount := s.number("SELECT COUNT(*) FROM (SELECT DISTINCT elder, on_day FROM visit WHERE met = 1 AND state = 'stands') d")
		var counted storage.VisitCount
		s.view(func(v storage.In) (err error) {
			counted, err = v.CountVisits("2026-11-01", "2026-11-30")
			return err
		})
		if counted.Visits != recount {
			t.Errorf("after %q %d visits are counted, the rows say %d", said[1], counted.Visits, recount)
		}
	}
	if before < 4 {
		t.Errorf("%d rows of all that was said", before)
	}
}

// A ladder that runs keeps its rings, whoever comes to the roster meanwhile.
func TestInvariant15LaddersAreFixed(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	s.say("2组王桂香", "明天上午想去卫生院看腰")
	s.say("2组王桂香", "对")
	rings := func() (rings string) {
		s.view(func(v storage.In) error {
			h, _, err := v.HelpNumbered(10)
			if err != nil {
				return err
			}
			l, found, err := v.LadderOf(h.ID, h.Round)
			if !found {
				t.Fatal("no ladder runs")
			}
			rings = l.Rings
			return err
		})
		return rings
	}
	began := rings()
	s.must(s.store.Update(t.Context(), func(tx *storage.Tx) error {
		v := tx.In(s.village)
		if err := v.AddRole(storage.Role{Person: s.person("舒德贵"), Role: storage.Helper, How: "invite"}); err != nil {
			return err
		}
		if err := v.EndRole(s.person("邓小军"), storage.Helper); err != nil {
			return err
		}
		return v.Changed()
	}))
	s.pass(3 * time.Hour)
	s.took()
	if now := rings(); now != began {
		t.Errorf("the rings were %s and are %s", began, now)
	}
}

func (s *stage) number(query string) (n int64) {
	s.t.Helper()
	s.must(s.store.DB().QueryRow(query).Scan(&n))
	return n
}
