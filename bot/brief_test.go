package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"mishu/storage"
)

// secretaryToo gives a second person the secretary-general's office.
func (s *stage) secretaryToo(name string) {
	s.t.Helper()
	s.must(s.store.Update(s.t.Context(), func(tx *storage.Tx) error {
		v := tx.In(s.village)
		if err := v.AddRole(storage.Role{Person: s.person(name), Role: storage.Secretary, How: "invite"}); err != nil {
			return err
		}
		return v.Changed()
	}))
}

// Two who hold the office get their briefs at one moment, with the same digits
// for the same things, in the morning and at five.
func TestTwoWhoHoldTheOfficeShareTheDigits(t *testing.T) {
	t.Parallel()
	for _, kind := range stores {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, kind)
			s.secretaryToo("张远志")
			for day := range 3 {
				s.to(fmt.Sprintf("2026-11-%02d 06:20", 25+day))
				for i, who := range []string{"舒德贵", "舒忠良", "夏桂花"} {
					s.say(who, fmt.Sprintf("帮我修一下%d号屋的灯，随便哪天", 10*day+i))
					s.took()
				}
				s.pushed = nil
				s.sameDigits("早，", 7, 6)
				s.say("舒忠良", "[image]")
				s.sameDigits("今天又有", 17, 1)
			}
		})
	}
}

// sameDigits lets an hour come at which briefs go out and compares them.
func (s *stage) sameDigits(opens string, hour, minute int) {
	s.t.Helper()
	now := s.clock.Now().In(storage.Shanghai)
	at := time.Date(now.Year(), now.Month(), now.Day(), hour, minute, 0, 0, storage.Shanghai)
	s.clock.add(at.Add(-10 * time.Minute).Sub(now))
	s.tick()
	s.clock.add(at.Sub(s.clock.Now()))
	s.pushed = nil
	s.tick()
	briefs := map[string]string{}
	for _, p := range s.pushed {
		if name := s.names[p.person]; strings.Contains(p.text, opens) && (name == "向春兰" || name == "张远志") {
			briefs[name] = p.text
		}
	}
	if briefs["向春兰"] == "" || briefs["向春兰"] != briefs["张远志"] {
		s.t.Errorf("%s: the briefs are\n%s\n%s", now, briefs["向春兰"], briefs["张远志"])
	}
}

// redWeeks makes the burden meter red for some weeks before this one: a week of
// 21 things to decide cost her 42 minutes.
func (s *stage) redWeeks(back ...int) {
	s.t.Helper()
	now := s.clock.Now().In(storage.Shanghai)
	monday := now.AddDate(0, 0, -(int(now.Weekday())+6)%7)
	s.must(s.store.Update(s.t.Context(), func(tx *storage.Tx) error {
		for _, b := range back {
			for i := range 21 {
				day := storage.Day(monday.AddDate(0, 0, i%7-7*b))
				err := tx.In(s.village).AddBriefItem(storage.BriefItem{Day: day, Digit: 1 + i/7, Kind: "help", Ref: int64(i)})
				if err != nil {
					return err
				}
			}
		}
		return nil
	}))
}

// owes owes somebody a notice of a weight that opens with its words.
func (s *stage) owes(name string, weight int, kind string) {
	s.t.Helper()
	s.must(s.store.Update(s.t.Context(), func(tx *storage.Tx) error {
		return tx.In(s.village).Owe(storage.Notice{
			Person: s.person(name), Kind: kind, Subject: kind, Period: "1", Weight: weight, Lead: "村里有事，回“看”", Words: "提醒" + kind,
			NotAfter: storage.At(tx.Now().Add(12 * time.Hour)),
		})
	}))
	s.tick()
}

// Red for two weeks running, the meter acts: what nobody asked for waits for
// Monday's brief, which names one line of work to switch off; danger, answers and
// the list of the 25th do not wait, nor does anybody else (settled.md 22).
func TestBurdenMeterActs(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	s.redWeeks(0, 1, 2)
	for _, who := range []string{"向春兰", "张远志"} {
		s.owes(who, storage.Unasked, "平常")
		s.owes(who, storage.Danger, "急事")
		s.owes(who, storage.Direct, "回话")
	}
	s.got("向春兰 08:00 提醒急事", "向春兰 08:00 提醒回话", "张远志 08:00 提醒平常", "张远志 08:00 提醒急事", "张远志 08:00 提醒回话")
	s.to("2026-11-25 12:00")
	s.got("向春兰 07:10 25号了", "舒立新 07:10 25号了", "邓友生 07:10 25号了")
	s.to("2026-11-29 22:00")
	for _, p := range s.took() {
		if s.names[p.person] == "向春兰" && strings.Contains(p.text, "提醒平常") {
			t.Errorf("red for two weeks, and she is told at %s: %s", p.at, p.text)
		}
	}
	s.to("2026-11-30 07:10")
	s.got("向春兰 07:05 提醒平常")
	brief := s.brief("2026-11-30")
	_, off, names := strings.Cut(brief, "少一样就回“")
	off, _, _ = strings.Cut(off, "”")
	if !strings.Contains(brief, "占了您半个钟头以上（4") || !names {
		t.Errorf("Monday's brief says neither what it costs nor what to switch off: %s", brief)
	}
	s.say("向春兰", off)
	if !strings.HasPrefix(s.reply, "好，"+strings.TrimPrefix(off, "关")+"的提醒关了") {
		t.Errorf("the line it names cannot be switched off: %s", s.reply)
	}
}

// One red week is no habit: nothing is held.
func TestBurdenMeterWaitsForTheSecondWeek(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	s.redWeeks(1)
	s.owes("向春兰", storage.Unasked, "平常")
	s.got("向春兰 08:00 提醒平常")
}

// What was no longer of use when it could have gone out is counted, and the next
// brief says how many, once (care-features 4.1, rule 3).
func TestBriefCountsWhatWentStale(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	for _, who := range []string{"舒红梅", "邓小军", "夏满妹"} {
		s.must(s.store.Update(t.Context(), func(tx *storage.Tx) error {
			return tx.In(s.village).Owe(storage.Notice{
				Person: s.person(who), Kind: "own", Subject: who, Period: "1", Weight: storage.Direct, Lead: "村里有事，回“看”", Words: "提醒",
				NotBefore: storage.At(tx.Now().Add(time.Hour)), NotAfter: storage.At(tx.Now().Add(2 * time.Hour)),
			})
		}))
	}
	s.clock.add(26 * time.Hour) // an outage
	s.tick()
	s.took()
	s.say("舒忠良", "[image]")
	s.to("2026-11-25 20:00")
	s.took()
	s.to("2026-11-26 07:06") // her brief of the 24th at five went stale as well
	s.got("向春兰 07:05 有4条提醒过了时候，没有发。")
	s.to("2026-11-27 07:06")
	for _, p := range s.took() {
		if strings.Contains(p.text, "过了时候") {
			t.Errorf("said twice: %s", p.text)
		}
	}
}

// On Mondays the brief says who looks after others and hears nothing from the
// account, whether or not there is anything to decide (settled.md 18).
func TestMondayNamesWhoHasNoChannel(t *testing.T) {
	t.Parallel()
	s := newStage(t, stores[0])
	s.last = s.event("夏满妹", "unsubscribe", "")
	s.hear()
	s.to("2026-11-29 22:00")
	for _, p := range s.took() {
		if strings.Contains(p.text, "收不到消息的") {
			t.Errorf("said before Monday: %s", p.text)
		}
	}
	s.to("2026-11-30 07:06")
	s.got("向春兰 07:05 收不到消息的：夏满妹，有事打电话。")
}

// brief is what a morning's brief said.
func (s *stage) brief(day string) (words string) {
	s.t.Helper()
	s.must(s.store.DB().QueryRow("SELECT words FROM notice WHERE kind = 'brief' AND period = ? AND state = 'sent'", day).Scan(&words))
	return words
}
