package clock_test

import (
	"strings"
	"testing"
	"time"

	"mishu/bot/book"
	"mishu/bot/clock"
	"mishu/bot/line"
	"mishu/bot/talk"
	"mishu/storage"
)

// Each fate of a notice is told from its row, and so is the rule behind it.
func TestExplain(t *testing.T) {
	t.Parallel()
	rule := daily()
	rule.What, rule.Dies = "每天的事", "没有事"
	l := line.Line{Rules: []line.Rule{rule}, Notices: map[string]line.Fresh{
		"daily": dated,
		"dead":  func(storage.In, *book.Book, *storage.Notice) (string, error) { return "visit:17", nil },
	}}
	s := newStage(t, 2, l)
	s.answer = func(l talk.Letter) talk.Outcome {
		switch l.Kind {
		case "unsure":
			return talk.Outcome{Verdict: talk.Unsure, Channel: "custom"}
		case "refused":
			return talk.Outcome{Verdict: talk.Refused, Channel: "custom", Code: 43004}
		case "full":
			return talk.Outcome{Verdict: talk.NoRoom, Channel: "custom"}
		case "later":
			return talk.Outcome{Verdict: talk.Later, Channel: "custom"}
		}
		return accept(l)
	}
	want := map[string]string{
		"sent": "sent 2026-11-24 08:00 by custom", "dead": "cleared 2026-11-24 08:00 by visit:17", "unsure": "it is not sent again blindly",
		"refused": "the channel refused it", "full": "waits for the person's next message because of no room", "later": "1 tries failed",
		"tomorrow": "it is for 2026-11-25 08:00",
	}
	for kind := range want {
		n := storage.Notice{Person: s.people[0], Kind: kind, Subject: "x", Weight: storage.Direct}
		if kind == "tomorrow" {
			n.NotBefore = storage.At(dawn.AddDate(0, 0, 1))
		}
		s.owe(n)
	}
	s.tick()
	told := s.explained(func(v storage.In, b *book.Book) ([]string, error) {
		return clock.ExplainPerson(v, b, []line.Line{l}, s.people[0])
	})
	for kind, words := range want {
		if !strings.Contains(told, " "+kind+"/x/1 ") || !strings.Contains(told, words) {
			t.Errorf("%s: %q is not told:\n%s", kind, words, told)
		}
	}
	if next := "Rule daily (每天的事): next 2026-11-25 08:00 for 2026-11-25"; !strings.Contains(told, next) {
		t.Errorf("%q is not told:\n%s", next, told)
	}
	s.until(dawn.Add(26*time.Hour), time.Hour)
	byKey := func(key string) string {
		return s.explained(func(v storage.In, b *book.Book) ([]string, error) { return clock.ExplainKey(v, b, []line.Line{l}, key) })
	}
	if told := byKey("daily/day/2026-11-25"); !strings.Contains(told, "sent 2026-11-25 08:00") || !strings.Contains(told, "向0") {
		t.Errorf("by its key: %s", told)
	}
	if told := byKey("nothing/of/the kind"); !strings.Contains(told, "never owed") {
		t.Errorf("of no key: %s", told)
	}
}

func (s *stage) explained(f func(storage.In, *book.Book) ([]string, error)) string {
	s.t.Helper()
	var told []string
	s.must(s.store.View(s.t.Context(), func(tx *storage.Tx) error {
		v := tx.In(s.village)
		b, err := book.Load(v)
		if err != nil {
			return err
		}
		told, err = f(v, b)
		return err
	}))
	return strings.Join(told, "\n")
}
