package bot_test

import (
	"strings"
	"testing"
	"time"

	"mishu/storage"
)

// Two bubbles that only together are a request are read together: silence to
// the first, one reply to the second, and nothing after that.
func TestTwoBubblesAreReadTogether(t *testing.T) {
	t.Parallel()
	for _, bubbles := range [][2]string{{"满爷爷那边", "明天中午要人煮饭"}, {"满爷爷屋里那个", "水管坏了要人修一下"}} {
		t.Run(bubbles[0], func(t *testing.T) {
			t.Parallel()
			s := newStage(t, stores[0])
			s.say("舒立新", bubbles[0])
			if s.reply != "" {
				t.Fatalf("the first bubble was told %q", s.reply)
			}
			s.say("舒立新", bubbles[1])
			if !strings.HasPrefix(s.reply, "记下了") || !strings.Contains(s.reply, "刘满生") {
				t.Fatalf("the second bubble was told %q", s.reply)
			}
			if row := s.helpRow(10); row["elder"] != "刘满生" || s.counts()["求助"] != "1" {
				t.Errorf("in the records: %v, %v", row, s.counts())
			}
			s.clock.add(30 * time.Second)
			s.tick()
			if len(s.pushed) != 0 {
				t.Errorf("and then: %s", s.pushes())
			}
		})
	}
}

// Danger that two bubbles make together is answered like any other.
func TestDangerOverTwoBubbles(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	s.say("夏桂花", "满爷爷那边")
	s.say("夏桂花", "滚到茅厕里头了喊不应")
	if !strings.Contains(s.reply, "120") || !strings.Contains(s.reply, "刘满生") {
		t.Errorf("told %q", s.reply)
	}
}

// A bubble that says nothing and stays alone is answered after 20 s by one push;
// the second time a person is named and the words are kept.
func TestLoneBubbleIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	said := []string{"呜哩哇啦", "叽里咕噜"}
	wants := []string{"没听明白", "原话留给向老师"}
	for i, words := range said {
		s.say("舒忠良", words)
		if s.reply != "" || len(s.pushed) != 0 {
			t.Fatalf("%s was answered at once: %q %s", words, s.reply, s.pushes())
		}
		s.clock.add(10 * time.Second)
		s.tick()
		if len(s.pushed) != 0 {
			t.Fatalf("%s was answered before its 20 s", words)
		}
		s.clock.add(10 * time.Second)
		for range 3 {
			s.tick()
		}
		if len(s.pushed) != 1 || !strings.Contains(s.pushed[0].text, wants[i]) {
			t.Fatalf("%s: %s, want one with %q", words, s.pushes(), wants[i])
		}
		s.pushed = nil
	}
	s.view(func(v storage.In) error {
		slips, err := v.OpenSlips()
		if err == nil && (len(slips) != 1 || slips[0].Words != said[1]) {
			t.Errorf("kept for the secretary-general: %+v", slips)
		}
		return err
	})
}
