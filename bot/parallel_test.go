package bot_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"mishu/bot"
	"mishu/bot/roster"
	"mishu/bot/talk"
	"mishu/config"
	"mishu/storage"
	"mishu/storage/private"
	"mishu/storage/session"
)

// crowdSize is the fifty of the promise "one holder under fifty claims".
const crowdSize = 50

// nth names the people of a crowd after the sixty years of the old calendar, so
// that no two are alike.
func nth(i int) string {
	stems, branches := []rune("甲乙丙丁戊己庚辛壬癸"), []rune("子丑寅卯辰巳午未申酉戌亥")
	return "向" + string(stems[i%len(stems)]) + string(branches[i%len(branches)])
}

// crowd is the cast with fifty people more.
func crowd(roles ...string) []roster.Row {
	rows := people()
	for i := range crowdSize {
		rows = append(rows, roster.Row{Name: nth(i), Sex: "M", Group: 1 + i%7, Born: "1980", Roles: roles})
	}
	return rows
}

// twoReplicas is a stage on one MariaDB and one Redis with two bots, each with
// connections and memory of its own.
func twoReplicas(t *testing.T, cast []roster.Row) (*stage, []*bot.Bot) {
	t.Helper()
	database, redis := private.MariaDB(t), private.Redis(t)
	d, err := config.ParseDatabase(database)
	if err != nil {
		t.Fatal(err)
	}
	open := func(t *testing.T, clocks storage.Clocks) (*storage.Store, session.Store) {
		client, err := session.Dial(redis)
		if err != nil {
			t.Fatal(err)
		}
		sessions := session.NewRedis(client, session.Options{Now: clocks.Wall})
		t.Cleanup(func() { sessions.Close() })
		return connect(t, d, clocks), sessions
	}
	s := newStageOf(t, storeKind{"mariadb", open}, cast)
	second, _ := s.replica(open(t, storage.Clocks{Wall: s.clock.Now, Village: s.clock.Now}))
	return s, []*bot.Bot{s.bot, second}
}

// letter is a message that nobody has heard yet.
func (s *stage) letter(name, words string) talk.Message {
	s.t.Helper()
	s.count++
	return talk.Message{
		Account: account, OpenID: s.openID(s.person(name)), Key: fmt.Sprintf("%08x%024x", s.count, 0), Kind: talk.Text, Text: words, At: s.clock.Now(),
	}
}

// insist delivers a message as the platform does: up to three times, until it is
// answered.
func insist(b *bot.Bot, m talk.Message) (string, error) {
	var err error
	for range 3 {
		var r talk.Reply
		if r, err = b.Hear(context.Background(), m); err == nil {
			return r.Text, nil
		}
	}
	return "", err
}

// atOnce delivers all messages at the same moment, dealt to the replicas in
// turn, and returns the replies in the order of the messages.
func atOnce(t *testing.T, bots []*bot.Bot, messages []talk.Message) []string {
	t.Helper()
	replies, errs := make([]string, len(messages)), make([]error, len(messages))
	var ready sync.WaitGroup
	gate := make(chan struct{})
	for i, m := range messages {
		ready.Go(func() {
			<-gate
			replies[i], errs[i] = insist(bots[i%len(bots)], m)
		})
	}
	close(gate)
	ready.Wait()
	for i, err := range errs {
		if err != nil {
			t.Fatalf("message %d was never answered: %v", i, err)
		}
	}
	return replies
}

func TestInvariant06FiftyClaimsOneHolder(t *testing.T) {
	t.Parallel()
	s, bots := twoReplicas(t, crowd(storage.Helper))
	s.say("2组王桂香", "明天早上想去镇上卫生院看腰 冇得人陪")
	s.say("2组王桂香", "对")
	var claims []talk.Message
	for i := range crowdSize {
		claims = append(claims, s.letter(nth(i), "接10"))
	}
	replies := atOnce(t, bots, claims)
	row := s.helpRow(10)
	if row["state"] != storage.Taken {
		t.Fatalf("after fifty claims: %v", row)
	}
	for i, r := range replies {
		want := "10号" + row["holder"] + "已经接了"
		if nth(i) == row["holder"] {
			want = "10号归您了"
		}
		if !strings.HasPrefix(r, want) {
			t.Errorf("%s was told %q, want %q", nth(i), r, want)
		}
	}
}

func TestInvariant01OneReportDeliveredThreeTimesAtOnce(t *testing.T) {
	t.Parallel()
	s, bots := twoReplicas(t, people())
	for round := range 5 {
		m := s.letter("夏满妹", []string{"看了桂花婶 40分钟", "满爷爷家看了 20分钟", "看了忠良 半个小时", "看了桂花婶 10分钟", "又去看了满爷爷 15分钟"}[round])
		replies := atOnce(t, bots, []talk.Message{m, m, m})
		if replies[0] == "" || replies[1] != replies[0] || replies[2] != replies[0] {
			t.Errorf("three deliveries got %q", replies)
		}
		var rows int64
		s.view(func(v storage.In) error {
			c, err := v.CountVisits("2026-11-01", "2026-11-30")
			rows = c.Elders
			return err
		})
		if want := int64(min(round+1, 3)); rows != want {
			t.Errorf("after report %d: %d elders seen, want %d", round, rows, want)
		}
	}
	if visits := s.visitCounts()["看望"]; visits != "3" {
		t.Errorf("visits counted: %s, want one for each elder and day", visits)
	}
}

func TestFiftyRequestsFiftyNumbers(t *testing.T) {
	t.Parallel()
	s, bots := twoReplicas(t, crowd())
	var asks []talk.Message
	for i := range crowdSize {
		asks = append(asks, s.letter(nth(i), "我明天中午要人煮饭"))
	}
	for i, r := range atOnce(t, bots, asks) {
		if !strings.HasPrefix(r, "记下了") {
			t.Errorf("%s was told %q", nth(i), r)
		}
	}
	numbers := map[int]bool{}
	s.view(func(v storage.In) error {
		helps, err := v.RunningHelps()
		for _, h := range helps {
			if numbers[h.Number] || h.Number < 10 {
				t.Errorf("number %d is given twice, or too small", h.Number)
			}
			numbers[h.Number] = true
		}
		return err
	})
	if len(numbers) != crowdSize {
		t.Errorf("%d numbers for %d requests", len(numbers), crowdSize)
	}
}

// Two who both may know of it ask for one elder in the same moment: there is one
// request, and the other is asked whether that is the one he means. A second
// one exists only once he has said that it is not.
func TestTwoAskForOneElderAtOnce(t *testing.T) {
	t.Parallel()
	s, bots := twoReplicas(t, people())
	first, second := "舒立新", "向春兰"
	rounds := 0
	for _, what := range []string{"明天中午要人煮饭", "明天要人到镇上拿药", "明天要人洗被子"} {
		for _, elder := range []string{"刘满生", "舒忠良", "夏桂花"} {
			rounds++
			replies := atOnce(t, bots, []talk.Message{s.letter(first, elder+what), s.letter(second, elder+what)})
			same := slices.IndexFunc(replies, func(r string) bool { return strings.Contains(r, "是这件吗") })
			if same < 0 || !strings.HasPrefix(replies[1-same], "记下了") {
				t.Fatalf("%s%s: replies %q", elder, what, replies)
			}
			for i, who := range []string{first, second} {
				s.say(who, []string{"对", "是的"}[(i+same+1)%2])
			}
			if n := s.counts()["求助"]; n != strconv.Itoa(rounds) {
				t.Fatalf("%s%s: %s requests, want %d", elder, what, n, rounds)
			}
		}
	}
	s.say(first, "刘满生明天中午要人煮饭")
	s.say(first, "不是")
	if n := s.counts()["求助"]; n != strconv.Itoa(rounds+1) {
		t.Errorf("after 不是 %s requests, want %d (told %q)", n, rounds+1, s.reply)
	}
}
