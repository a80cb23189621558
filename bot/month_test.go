package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"mishu/bot/invented"
	"mishu/bot/roster"
	"mishu/storage"
)

// A month of the invented village: its visitors report, somebody asks for help
// each day and somebody takes it, and on some days a door stays shut. Nobody is
// disturbed at night or more than three times a day without having asked, the
// secretary-general has her briefs and no more, and every notice is accounted
// for.
func TestInvariant19MonthOfTheVillage(t *testing.T) {
	t.Parallel()
	place := invented.Village()
	s := newStageOf(t, stores[0], place.People)
	s.must(s.store.Update(t.Context(), func(tx *storage.Tx) error { return tx.In(s.village).Changed() }))
	listed := visited(s, place.People)
	var pushes []push
	for day := range 31 {
		date := time.Date(2026, 11, 25+day, 0, 0, 0, 0, storage.Shanghai)
		s.to(date.Format(time.DateOnly) + " 09:30")
		s.liveOn(day, listed)
		s.to(date.AddDate(0, 0, 1).Format(time.DateOnly) + " 00:00")
		pushes = append(pushes, s.took()...)
	}
	secretary := s.ids[place.People[place.Holder(storage.Secretary)].Name]
	s.briefs(pushes, secretary)
	s.noNights(pushes)
	s.ceilings()
	s.accounted(pushes)
}

// visited are the listed elders whose name is theirs alone, with a visitor whose
// name is.
func visited(s *stage, rows []roster.Row) []roster.Row {
	var list []roster.Row
	for _, r := range rows {
		if r.Listed && s.ids[r.Name] != 0 && s.ids[r.Visitor] != 0 {
			list = append(list, r)
		}
	}
	return list
}

// liveOn is what people say on a day.
func (s *stage) liveOn(day int, listed []roster.Row) {
	s.t.Helper()
	for i := range 3 {
		r := listed[(day*3+i)%len(listed)]
		s.say(r.Visitor, fmt.Sprintf("看了%s 30分钟", r.Name))
		if !strings.HasPrefix(s.reply, "记") && !strings.Contains(s.reply, "报过") {
			s.fail("%s: %q", r.Visitor, s.reply)
		}
	}
	for i := range 3 { // of one group, so that the same volunteers are asked
		asker := listed[(day*7+i)%len(listed)].Name
		s.say(asker, "明天中午要人煮饭")
		s.say(asker, "对")
	}
	for _, p := range s.pushed {
		if number, ok := askedFor(p.text); ok && day%3 != 2 { // on every third day nobody takes it
			s.say(strings.TrimSpace(s.label(p.person)), "接"+number)
			s.say(strings.TrimSpace(s.label(p.person)), "做完了 40分钟")
			break
		}
	}
	if day%5 == 0 {
		r := listed[(day+40)%len(listed)]
		s.say(r.Visitor, r.Name+"家敲门没人应")
	}
}

// askedFor is the number of the request that a push asks about.
func askedFor(text string) (string, bool) {
	_, rest, found := strings.Cut(text, "接回“接")
	if !found {
		return "", false
	}
	number, _, _ := strings.Cut(rest, "”")
	return number, true
}

// label names a person so that the stage finds him.
func (s *stage) label(person int64) string {
	for label, id := range s.ids {
		if id == person {
			return label
		}
	}
	s.fail("nobody is %d", person)
	return ""
}

// briefs: hers come at 07:05 and 17:00, once each, and on Monday there is one.
func (s *stage) briefs(pushes []push, secretary int64) {
	s.t.Helper()
	mornings, days := map[string]int{}, map[string]int{}
	for _, p := range pushes {
		if p.person != secretary || !strings.Contains(p.text, "要您定") {
			continue
		}
		days[p.at.Format("01-02 15:04")]++
		if clock := p.at.Format("15:04"); clock != "07:05" && clock != "17:00" {
			s.t.Errorf("a brief at %s: %s", clock, p.text)
		}
		mornings[p.at.Format("01-02")]++
	}
	for at, n := range days {
		if n > 1 {
			s.t.Errorf("%d briefs at %s", n, at)
		}
	}
	for _, monday := range []string{"11-30", "12-07", "12-14", "12-21"} {
		if mornings[monday] == 0 {
			s.t.Errorf("Monday %s was silent", monday)
		}
	}
}

func (s *stage) noNights(pushes []push) {
	s.t.Helper()
	for _, p := range pushes {
		if h := p.at.Hour(); (h < 7 || h >= 21) && !strings.Contains(p.text, "【") {
			s.t.Errorf("%s was woken at %s: %s", s.names[p.person], p.at.Format("15:04"), p.text)
		}
	}
}

// ceilings reads from the records what everybody got unasked.
func (s *stage) ceilings() {
	s.t.Helper()
	rows, err := s.store.DB().Query(`SELECT person, sent_day, COUNT(*), COUNT(DISTINCT kind) FROM notice
		WHERE weight = 3 AND channel <> 'carry' AND sent_day <> '' GROUP BY person, sent_day`)
	s.must(err)
	defer rows.Close()
	counted := 0
	for rows.Next() {
		var person, all, kinds int64
		var day string
		s.must(rows.Scan(&person, &day, &all, &kinds))
		if all > 3 || all != kinds {
			s.t.Errorf("%s got %d unasked of %d kinds on %s", s.names[person], all, kinds, day)
		}
		counted++
	}
	s.must(rows.Err())
	if counted < 30 {
		s.t.Errorf("only %d people and days were counted", counted)
	}
}

// accounted: one letter for each notice that a channel took, and none in between
// two states.
func (s *stage) accounted(pushes []push) {
	s.t.Helper()
	held := int64(0)
	for _, p := range pushes {
		held += int64(p.holds)
	}
	var sent, between, all int64
	row := s.store.DB().QueryRow(`SELECT COALESCE(SUM(state = 'sent' AND channel = 'custom'), 0), COALESCE(SUM(state = 'sending'), 0), COUNT(*) FROM notice`)
	s.must(row.Scan(&sent, &between, &all))
	if sent != held || between != 0 || all < 100 {
		s.t.Errorf("letters of %d notices, %d notices sent by the channel, %d on the way, %d in all", held, sent, between, all)
	}
}
