package bot_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"mishu/bot/talk"
	"mishu/storage"
	"mishu/storage/session"
)

// A transcript is a conversation as a text file:
//
//	时 2026-11-24 08:10      the village's clock; it only goes forward
//	等 2h                    time passes, the timed jobs run
//	2组王桂香: words          somebody types; namesakes carry their group
//	向春兰: 一⏎二             a bubble of two lines
//	邓小军: [扫 刘满生]         somebody scans the code in a household; [关注 刘满生] follows by it
//	重发                      the platform delivers the last message again
//	号: words                 the reply; "…" stands for any words, "（无）" for none
//	号→舒红梅: words           a push; pushes nobody expects fail the test
//	断 舒红梅 / 通 舒红梅       no channel reaches somebody, or one does again
//	合用 夏桂花 舒德贵          he uses her telephone too
//	又一村 溪口村              a second village on the account; the doctor is the same
//	路人: [关注 溪口村]          somebody follows by the code on a village's own notices
//	没微信 舒忠良              he uses no account
//	没问过 夏桂花              nobody has asked her what may be kept
//	账 求助10 state=taken …    what the records say
//	账 探访 看望=2 未见=1 分钟=90
//	账 读数:刘满生 bp=168/92
//
// Every transcript runs on each store.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/transcripts/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		for _, kind := range stores {
			t.Run(name+"/"+kind.name, func(t *testing.T) {
				t.Parallel()
				play(t, newStage(t, kind), file)
			})
		}
	}
}

// play runs one transcript on a stage.
func play(t *testing.T, s *stage, file string) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimSpace(lines.Text())
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		s.at = fmt.Sprintf("%s:%d", filepath.Base(file), n)
		s.step(text)
	}
	s.nothingLeft()
	s.clearedByRecords()
}

// step plays one line.
func (s *stage) step(text string) {
	s.t.Helper()
	verb, rest, _ := strings.Cut(text, " ")
	switch verb {
	case "时":
		s.nothingLeft()
		s.setClock(rest)
		return
	case "等":
		s.nothingLeft()
		d, err := time.ParseDuration(rest)
		s.must(err)
		s.pass(d)
		return
	case "重发":
		s.again()
		return
	case "断", "通":
		s.mute[s.person(rest)] = verb == "断"
		return
	case "合用":
		s.shares(rest)
		return
	case "又一村":
		s.another(rest)
		return
	case "没微信":
		s.without(rest)
		return
	case "没问过":
		s.notAsked(rest)
		return
	case "账":
		s.books(rest)
		return
	}
	who, words, found := strings.Cut(text, ": ")
	if !found {
		who, words, found = strings.Cut(text, ":")
	}
	switch {
	case !found:
		s.fail("no such line: %s", text)
	case who == "号":
		s.expectReply(words)
	case strings.HasPrefix(who, "号→"):
		s.expectPush(strings.TrimPrefix(who, "号→"), words)
	default:
		s.nothingLeft()
		s.say(who, words)
	}
}

func (s *stage) fail(format string, args ...any) {
	s.t.Helper()
	s.t.Fatalf("%s: %s", s.at, fmt.Sprintf(format, args...))
}

func (s *stage) must(err error) {
	s.t.Helper()
	if err != nil {
		s.fail("%v", err)
	}
}

// like reports whether words are as expected; … stands for any words.
func like(got, want string) bool {
	got, want = strings.ReplaceAll(got, "\n", " / "), strings.TrimSpace(want)
	parts := strings.Split(want, "…")
	if !strings.HasPrefix(got, parts[0]) {
		return false
	}
	got = got[len(parts[0]):]
	for i, p := range parts[1:] {
		if i == len(parts)-2 {
			return strings.HasSuffix(got, p)
		}
		at := strings.Index(got, p)
		if at < 0 {
			return false
		}
		got = got[at+len(p):]
	}
	return got == ""
}

func (s *stage) expectReply(want string) {
	s.t.Helper()
	if s.replied {
		s.fail("one reply only")
	}
	s.replied = true
	if want == "（无）" {
		want = ""
	}
	if !like(s.reply, want) {
		s.fail("reply\n got  %s\n want %s", s.reply, want)
	}
}

// expectPush takes one push off the person's phone; pushes of one moment may
// come in any order.
func (s *stage) expectPush(name, want string) {
	s.t.Helper()
	id := s.person(name)
	for i, p := range s.pushed {
		if p.person == id && like(p.text, want) {
			s.pushed = append(s.pushed[:i], s.pushed[i+1:]...)
			return
		}
	}
	s.fail("no such push to %s\n want %s\n got %s", name, want, s.pushes())
}

// nothingLeft fails if something was said that the transcript does not expect.
func (s *stage) nothingLeft() {
	s.t.Helper()
	if !s.replied && s.reply != "" {
		s.fail("unexpected reply: %s", s.reply)
	}
	if len(s.pushed) > 0 {
		s.fail("unexpected pushes: %s", s.pushes())
	}
}

func (s *stage) pushes() string {
	var b strings.Builder
	for _, p := range s.pushed {
		fmt.Fprintf(&b, "\n  号→%s: %s", s.names[p.person], strings.ReplaceAll(p.text, "\n", " / "))
	}
	return b.String()
}

// say lets somebody type a line, and gives the clock a moment.
func (s *stage) say(name, words string) {
	s.t.Helper()
	s.count++
	words = strings.ReplaceAll(words, "⏎", "\n")
	s.last = talk.Message{
		Account: account, OpenID: s.openID(s.person(name)), Key: fmt.Sprintf("%08x%024x", s.count, 0), Kind: talk.Text, Text: words, At: s.clock.Now(),
	}
	if kind, ok := strings.CutPrefix(words, "["); ok {
		s.beyondWords(strings.TrimSuffix(kind, "]"))
	}
	s.hear()
	s.tick()
}

// beyondWords makes the last message one of another kind, or an event.
func (s *stage) beyondWords(kind string) {
	s.t.Helper()
	s.last.Kind, s.last.Text = talk.Kind(kind), ""
	act, whose, isEvent := strings.Cut(kind, " ")
	if !isEvent {
		s.last.MediaID = "media-" + strconv.Itoa(s.count)
		return
	}
	s.last.Kind, s.last.EventKey = talk.Event, s.scene(whose)
	s.last.Event = map[string]string{"扫": talk.Scan, "关注": talk.Subscribe, "不关注": talk.Unsubscribe}[act]
}

// scene is the number of the code that hangs at somebody's, "" for nobody's.
func (s *stage) scene(whose string) string {
	s.t.Helper()
	if whose == "-" {
		return ""
	}
	if code := s.sign(whose); code != "" {
		return code
	}
	var d storage.Door
	s.must(s.store.Update(context.Background(), func(tx *storage.Tx) error {
		v := tx.In(s.village)
		p, _, err := v.Person(s.person(whose))
		if err != nil {
			return err
		}
		d, err = v.GiveDoor(p.Household, "wx")
		return err
	}))
	return strconv.Itoa(d.Scene)
}

func (s *stage) hear() {
	s.t.Helper()
	r, err := s.bot.Hear(context.Background(), s.last)
	s.must(err)
	s.must(s.bot.Close(context.Background())) // on a busy machine an alert may follow its text
	s.proper(r.Text)
	s.reply, s.replied = r.Text, false
}

// again delivers the last message once more: the same words must come back and
// nothing else may happen.
func (s *stage) again() {
	s.t.Helper()
	before := s.reply
	s.hear()
	if s.reply != before {
		s.fail("second delivery\n got  %s\n want %s", s.reply, before)
	}
	s.replied = true
	s.tick()
}

// tick runs the timed jobs twice, as the seconds after a message do: what the
// first run finds out may be due in the second.
func (s *stage) tick() {
	s.t.Helper()
	for range 2 {
		s.must(s.timer.Tick(context.Background()))
		s.clock.add(2 * time.Second)
	}
}

// pass lets time go by in steps of ten minutes.
func (s *stage) pass(d time.Duration) {
	for d > 0 {
		step := min(d, 10*time.Minute)
		s.clock.add(step)
		d -= step
		s.tick()
	}
}

func (s *stage) setClock(text string) {
	s.t.Helper()
	to, err := time.ParseInLocation("2006-01-02 15:04", text, storage.Shanghai)
	s.must(err)
	s.pass(to.Sub(s.clock.Now()))
}

// books compares what the records say.
func (s *stage) books(text string) {
	s.t.Helper()
	fields := strings.Fields(text)
	var have map[string]string
	switch {
	case strings.HasPrefix(fields[0], "求助"):
		n, err := strconv.Atoi(strings.TrimPrefix(fields[0], "求助"))
		s.must(err)
		have = s.helpRow(n)
	case strings.HasPrefix(fields[0], "同意:"):
		have = s.agreed(strings.TrimPrefix(fields[0], "同意:"))
	case strings.HasPrefix(fields[0], "读数:"):
		have = s.measured(strings.TrimPrefix(fields[0], "读数:"))
	case fields[0] == "探访":
		have = s.visitCounts()
	case fields[0] == "件数":
		have = s.counts()
	default:
		s.fail("no such book: %s", text)
	}
	for _, f := range fields[1:] {
		k, v, _ := strings.Cut(f, "=")
		if have[k] != v {
			s.fail("%s %s is %q, want %q (all: %v)", fields[0], k, have[k], v, have)
		}
	}
}

func (s *stage) view(f func(v storage.In) error) {
	s.t.Helper()
	s.must(s.store.View(context.Background(), func(tx *storage.Tx) error { return f(tx.In(s.village)) }))
}

func (s *stage) helpRow(n int) map[string]string {
	s.t.Helper()
	row := map[string]string{}
	s.view(func(v storage.In) error {
		h, found, err := v.HelpNumbered(n)
		if err != nil || !found {
			return err
		}
		row["state"], row["service"], row["holder"] = h.State, h.Service, s.names[h.Holder]
		row["elder"], row["asker"], row["minutes"] = s.names[h.Elder], s.names[h.Asker], strconv.Itoa(h.Minutes)
		row["day"], row["urgent"] = storage.Day(h.WishAt.Time()), strconv.FormatBool(h.Urgent)
		row["judged"], row["reserve"], row["wishes"] = h.Judged, s.names[h.Reserve], h.Wishes
		return nil
	})
	return row
}

func (s *stage) visitCounts() map[string]string {
	s.t.Helper()
	row := map[string]string{}
	s.view(func(v storage.In) error {
		c, err := v.CountVisits("2026-11-01", "2026-11-30")
		if err != nil {
			return err
		}
		row["看望"], row["未见"], row["人"] = strconv.FormatInt(c.Visits, 10), strconv.FormatInt(c.Attempts, 10), strconv.FormatInt(c.Elders, 10)
		minutes := int64(0)
		for id := range s.names {
			m, err := v.MinutesOf(id, "2026-11-01", "2026-11-30")
			if err != nil {
				return err
			}
			minutes += m
		}
		row["分钟"] = strconv.FormatInt(minutes, 10)
		left, err := v.Unvisited("2026-11-01")
		row["没看"] = strconv.Itoa(len(left))
		return err
	})
	return row
}

func (s *stage) counts() map[string]string {
	s.t.Helper()
	row := map[string]string{}
	s.view(func(v storage.In) error {
		helps, err := v.RunningHelps()
		if err != nil {
			return err
		}
		alerts, err := v.OpenAlerts()
		if err != nil {
			return err
		}
		findings, err := v.OpenFindings()
		if err != nil {
			return err
		}
		slips, err := v.OpenSlips()
		row["求助"], row["警情"] = strconv.Itoa(len(helps)), strconv.Itoa(len(alerts))
		row["发现"], row["留言"] = strconv.Itoa(len(findings)), strconv.Itoa(len(slips))
		return err
	})
	return row
}

// notAsked takes away that somebody has agreed to anything.
func (s *stage) notAsked(name string) {
	s.t.Helper()
	id := s.person(name)
	s.store.DB().MustExec("DELETE FROM consent WHERE village = ? AND person = ?", s.village, id)
	s.must(s.store.Update(context.Background(), func(tx *storage.Tx) error { return tx.In(s.village).Forget(id, storage.ToBasic) }))
}

// agreed is what stands of a person's consents, and what is kept of him.
func (s *stage) agreed(name string) map[string]string {
	s.t.Helper()
	row := map[string]string{}
	s.view(func(v storage.In) error {
		id := s.person(name)
		all, err := v.ConsentsOf(id)
		if err != nil {
			return err
		}
		for _, c := range all {
			key := c.Kind
			if c.About != 0 {
				key += s.names[c.About]
			}
			if c.EndedAt == 0 {
				row[key], row[key+"怎么"], row[key+"见证"] = c.Answer, c.Way, c.Witness
			}
		}
		p, _, err := v.Person(id)
		row["电话"], row["住址"] = p.Phone, p.Door
		return err
	})
	return row
}

// measured is the newest that stands of each kind that was measured of a person.
func (s *stage) measured(name string) map[string]string {
	s.t.Helper()
	row := map[string]string{}
	s.view(func(v storage.In) error {
		all, err := v.MeasuresOf(s.person(name))
		for _, m := range slices.Backward(all) {
			row[m.Kind] = fmt.Sprintf("%g", float64(m.Tenths)/10)
			if m.LowTenths > 0 {
				row[m.Kind] += fmt.Sprintf("/%g", float64(m.LowTenths)/10)
			}
		}
		return err
	})
	return row
}

// shares binds a second person to somebody's telephone.
func (s *stage) shares(names string) {
	s.t.Helper()
	owner, other, _ := strings.Cut(names, " ")
	who := session.Who{Account: account, OpenID: s.openID(s.person(owner))}
	s.must(s.session.Touch(context.Background(), who))
	s.must(s.store.Update(context.Background(), func(tx *storage.Tx) error {
		m := storage.Member{Account: account, OpenID: who.OpenID, Person: s.person(other), State: storage.Active, Followed: true}
		return tx.In(s.village).AddMember(&m)
	}))
	s.must(s.session.Settle(context.Background(), who))
}
