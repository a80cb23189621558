package bot_test

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"time"

	"mishu/storage"
)

// took gives the pushes so far and forgets them.
func (s *stage) took() []push {
	p := s.pushed
	s.pushed = nil
	return p
}

// got wants exactly these pushes, "name 15:04 words", in any order.
func (s *stage) got(want ...string) {
	s.t.Helper()
	have := s.took()
	for _, w := range want {
		f := strings.SplitN(w, " ", 3)
		found := false
		for i, p := range have {
			if p.person == s.person(f[0]) && p.at.Format("15:04") == f[1] && strings.Contains(p.text, f[2]) {
				have = append(have[:i:i], have[i+1:]...)
				found = true
				break
			}
		}
		if !found {
			s.t.Errorf("%s: no push %q", s.at, w)
		}
	}
	for _, p := range have {
		s.t.Errorf("%s: %s was told at %s: %s", s.at, s.names[p.person], p.at.Format("15:04"), p.text)
	}
}

// to lets time go by to a moment, with a stop at each half hour and wherever a
// rule falls, and names the moment in what is reported.
func (s *stage) to(moment string) {
	s.t.Helper()
	s.at = moment
	at, err := time.ParseInLocation("2006-01-02 15:04", moment, storage.Shanghai)
	s.must(err)
	for now := s.clock.Now(); now.Before(at); now = s.clock.Now() {
		stop := nextStop(now)
		if stop.After(at) {
			stop = at
		}
		s.clock.add(stop.Sub(now))
		s.must(s.timer.Tick(context.Background()))
	}
	s.must(s.timer.Tick(context.Background()))
}

// nextStop is the half hour, 07:05 or 07:10 that comes next; the night has one
// stop every three hours.
func nextStop(now time.Time) time.Time {
	if h := now.Hour(); h < 6 || h >= 21 {
		return now.Truncate(time.Hour).Add(time.Duration(3-h%3) * time.Hour)
	}
	next := now.Truncate(30 * time.Minute).Add(30 * time.Minute)
	for _, m := range []int{5, 10} {
		at := time.Date(now.Year(), now.Month(), now.Day(), 7, m, 0, 0, storage.Shanghai)
		if at.After(now) && at.Before(next) {
			return at
		}
	}
	return next
}

// The secretary-general's month: a brief at 07:05 when there is something to
// decide, a second one only for what is new, the heartbeat on Monday, nothing
// on a quiet day; the lists of the 1st, the 15th and the 25th, those of
// the week, what the calendar says.
func TestRemindersOfAMonth(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	s.to("2026-11-25 06:00")
	s.got() // a quiet Tuesday
	s.to("2026-11-25 20:00")
	s.got("向春兰 07:10 25号了，这个月还没看的5位", "舒立新 07:10 还没看的3位", "邓友生 07:10 还没看的1位")
	s.to("2026-11-26 10:00")
	s.got() // nothing to decide: no brief
	s.say("舒忠良", "[image]")
	s.to("2026-11-26 16:55")
	s.got()
	s.to("2026-11-26 20:00")
	s.got("向春兰 17:00 1 ")
	s.to("2026-11-27 20:00")
	s.got("向春兰 07:05 早，向老师。系统正常，要您定的1件", // and no second one for the same
		"夏满妹 17:00 这周还没看：3组刘满生", "向春兰 17:00 这周还没看的1位：3组刘满生")
	s.say("向春兰", "1看了")
	s.to("2026-11-29 20:00")
	s.took() // what the sender of the picture is told
	s.to("2026-11-30 20:00")
	s.got("向春兰 07:05 早，向老师。系统正常，要您定的0件", "夏满妹 08:00 这周请看：3组刘满生", "张远志 17:00 月底了，这个月还没看的5位")
	s.to("2026-12-01 07:30")
	s.say("舒红梅", "看了2组王桂香 20分钟")
	s.to("2026-12-01 20:00")
	s.got("夏满妹 08:00 这个月请看", "邓小军 08:00 这个月请看：5组王桂香") // hers is done before it goes out
	s.say("邓小军", "看了5组王桂香 20分钟")
	s.to("2026-12-15 20:00")
	s.got(
		"向春兰 07:05 志愿者日还有3天（12月5日）", "向春兰 07:05 志愿者日过了", "向春兰 07:05 下半年体检还有14天（12月20日）",
		"向春兰 07:05 要您定的0件", "夏满妹 08:00 这周请看", "向春兰 07:05 要您定的0件", "夏满妹 08:00 这周请看", // two Mondays
		"夏满妹 17:00 这周还没看", "向春兰 17:00 这周还没看的1位", "向春兰 17:00 这周还没看的1位", // and two Fridays; in the first week she had two
		"夏满妹 08:00 这个月还没看",
	)
	s.say("夏满妹", "都看了")
	s.say("夏满妹", "对")
	s.to("2026-12-25 20:00")
	s.got( // nobody is left to be listed on the 25th
		"向春兰 07:05 下半年体检还有3天（12月20日）：和卫生院定日子，喊人。\n年度评选还有14天（12月31日）", "向春兰 07:05 下半年体检还有1天",
		"向春兰 07:05 要您定的0件", "夏满妹 08:00 这周请看", "夏满妹 17:00 这周还没看", "向春兰 17:00 这周还没看的1位",
	)
}

// told owes somebody notices that are not worth a push.
func (s *stage) owesShort(name string, n int) {
	s.t.Helper()
	s.must(s.store.Update(context.Background(), func(tx *storage.Tx) error {
		for i := range n {
			err := tx.In(s.village).Owe(storage.Notice{
				Person: s.person(name), Kind: "short", Subject: name + strconv.Itoa(i), Period: "1", Weight: storage.Unasked, Words: "短信" + strconv.Itoa(i) + "。",
			})
			if err != nil {
				return err
			}
		}
		return nil
	}))
	s.tick()
}

// What found no channel rides on the next replies, two at a time, each once, and
// a second delivery of the message brings the same; never on a question and
// never on an alert.
func TestCarriedAtMostTwoAndOnce(t *testing.T) {
	t.Parallel()
	for _, kind := range stores {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, kind)
			s.owesShort("舒忠良", 5)
			if len(s.pushed) != 0 {
				t.Fatalf("pushed: %s", s.pushes())
			}
			s.say("舒忠良", "要人帮我煮饭")
			if strings.Contains(s.reply, "短信") || !strings.Contains(s.reply, "哪天") {
				t.Errorf("on a question: %q", s.reply)
			}
			s.say("舒忠良", fell)
			if strings.Contains(s.reply, "短信") {
				t.Errorf("on an alert: %q", s.reply)
			}
			seen := map[string]int{}
			for _, words := range []string{"取消", "你好", "你好", "你好"} {
				s.say("舒忠良", words)
				s.again()
				if n := strings.Count(s.reply, "短信"); n > 2 {
					t.Errorf("%d on one reply: %q", n, s.reply)
				}
				for _, line := range strings.Split(s.reply, "\n") {
					if words, ok := strings.CutPrefix(line, "捎一句："); ok {
						seen[words]++
					}
				}
			}
			if len(seen) != 5 {
				t.Fatalf("carried %v", seen)
			}
			for words, n := range seen {
				if n != 1 {
					t.Errorf("%s was told %d times", words, n)
				}
			}
		})
	}
}

// A week in which no push reaches a volunteer: everything she was owed waits,
// comes once when she writes, and what is stale by then does not come at all.
func TestWeekWithoutPushes(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	s.to("2026-11-30 12:00")
	s.pushed = nil
	s.mute[s.person("夏满妹")] = true
	s.to("2026-12-02 09:00") // the list of the 1st finds her cut off
	s.owesShort("夏满妹", 3)
	s.to("2026-12-08 09:00")
	s.pushed = nil
	s.mute[s.person("夏满妹")] = false
	s.tick()
	if len(s.pushed) != 0 {
		t.Errorf("what waited for her message is pushed: %s", s.pushes())
	}
	all := ""
	for range 4 {
		s.say("夏满妹", "你好")
		all += s.reply + "\n"
		s.say("夏满妹", "看")
		all += s.reply + "\n"
	}
	for i := range 3 {
		if n := strings.Count(all, "短信"+strconv.Itoa(i)+"。"); n != 1 {
			t.Errorf("短信%d came %d times in\n%s", i, n, all)
		}
	}
	if strings.Contains(all, "这个月请看") {
		t.Errorf("a list that was good for two days came after seven:\n%s", all)
	}
}
