package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mishu/storage"
)

// plays runs a conversation of bot's through the webhook.
func (th *theatre) plays(name string) {
	th.t.Helper()
	found, err := filepath.Glob("../../bot/testdata/transcripts/" + name + "-*.txt")
	if err != nil || len(found) != 1 {
		th.t.Fatalf("transcript %s: %v %v", name, found, err)
	}
	f, err := os.Open(found[0])
	th.must(err)
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		if text := strings.TrimSpace(lines.Text()); text != "" && text[0] != '#' {
			th.at = fmt.Sprintf("%s:%d", name, n)
			th.step(text)
		}
	}
	th.nothingLeft()
}

func (th *theatre) step(text string) {
	th.t.Helper()
	verb, rest, _ := strings.Cut(text, " ")
	who, words, _ := strings.Cut(text, ": ")
	switch {
	case verb == "账":
		th.books(strings.Fields(rest))
	case verb == "时":
		th.nothingLeft()
		th.moveTo(rest)
	case verb == "重发": // every message is
	case who == "号":
		th.expectReply(words)
	case strings.HasPrefix(who, "号→"):
		th.expectPush(strings.TrimPrefix(who, "号→"), words)
	default:
		th.nothingLeft()
		th.types(th.person(who), words)
	}
}

func (th *theatre) person(name string) int64 {
	th.t.Helper()
	id, ok := th.ids[name]
	if !ok {
		th.t.Fatalf("%s: nobody is named %s", th.at, name)
	}
	return id
}

// types lets somebody write a line. The platform brings it three times, the
// third time to another replica: it is heard once and answered alike.
func (th *theatre) types(person int64, words string) {
	th.t.Helper()
	th.said = append(th.said, words)
	message := official.Text(openID(person), words, ids(), time.Now())
	here := len(th.said) % 2
	th.reply, th.open = th.deliver(here, message), true
	for _, again := range []int{here, 1 - here} {
		if got := th.deliver(again, message); got != th.reply {
			th.t.Fatalf("%s: delivered again it is answered\n%s\nnot\n%s", th.at, got, th.reply)
		}
	}
	for _, r := range th.stage { // people type slower than what goes on behind a reply
		th.must(r.app.bot.Close(th.t.Context()))
	}
	th.tick()
}

func (th *theatre) deliver(to int, message []byte) string {
	th.t.Helper()
	reply, status, err := post(th.t, th.stage[to].url, message)
	if err != nil || status != 200 {
		th.t.Fatalf("%s: status %d, %v", th.at, status, err)
	}
	return reply
}

func (th *theatre) expectReply(want string) {
	th.t.Helper()
	if !th.open || !fits(th.reply, want) {
		th.t.Fatalf("%s: reply\n got  %s\n want %s", th.at, th.reply, want)
	}
	th.open = false
}

func (th *theatre) expectPush(name, want string) {
	th.t.Helper()
	to := openID(th.person(name))
	if !th.office.take(func(l letter) bool { return l.to == to && fits(l.text, want) }) {
		th.t.Fatalf("%s: no such push to %s\n want %s\n have %v", th.at, name, want, th.office.left())
	}
}

func (th *theatre) nothingLeft() {
	th.t.Helper()
	if left := th.office.left(); len(left) > 0 || th.open && th.reply != "" {
		th.t.Fatalf("%s: unexpected pushes %v, reply %q", th.at, left, th.reply)
	}
	th.open = false
}

// moveTo moves the village's clock on, in steps as the demo's page does.
func (th *theatre) moveTo(text string) {
	th.t.Helper()
	to, err := time.ParseInLocation("2006-01-02 15:04", text, storage.Shanghai)
	th.must(err)
	for to.After(th.clock.now()) {
		th.must(th.clock.advance(min(to.Sub(th.clock.now()), 30*time.Minute)))
		th.tick()
	}
}

// fits compares words; … stands for any.
func fits(got, want string) bool {
	got = strings.ReplaceAll(got, "\n", " / ")
	parts := strings.Split(strings.TrimSpace(want), "…")
	for i, part := range parts {
		at := strings.Index(got, part)
		if at < 0 || i == 0 && at > 0 {
			return false
		}
		if i > 0 && i == len(parts)-1 {
			return strings.HasSuffix(got, part)
		}
		got = got[at+len(part):]
	}
	return got == ""
}

// books compares what the records say of a request or of the visits.
func (th *theatre) books(fields []string) {
	th.t.Helper()
	queries := map[string]string{
		"看望": "SELECT COUNT(*) FROM visit WHERE met = 1 AND state = '" + storage.Stands + "'",
		"未见": "SELECT COUNT(*) FROM visit WHERE met = 0 AND state = '" + storage.Stands + "'",
		"分钟": "SELECT COALESCE(SUM(minutes), 0) FROM service_record WHERE state = '" + storage.Stands + "'",
		"求助": "SELECT COUNT(*) FROM help WHERE state NOT IN ('cancelled', 'closed')",
	}
	if number, ok := strings.CutPrefix(fields[0], "求助"); ok {
		for _, column := range []string{"state", "service", "judged", "minutes"} {
			queries[column] = "SELECT " + column + " FROM help WHERE number = " + number
		}
	}
	for _, f := range fields[1:] {
		name, want, _ := strings.Cut(f, "=")
		query, known := queries[name]
		if !known {
			continue // bot's own tests look at it
		}
		var got string
		th.must(th.stage[0].app.store.DB().Get(&got, query))
		if got != want {
			th.t.Fatalf("%s: %s is %q, want %q", th.at, name, got, want)
		}
	}
}

// Conversations travel as they will: signed and encrypted POSTs to the webhook,
// encrypted replies, pushes through the platform's API. Each message comes three
// times; what is said is the same as when the bot is asked directly.
func TestConversationsThroughTheWebhook(t *testing.T) {
	onBoth(t, func(t *testing.T, fresh func(t *testing.T) []string) {
		for _, name := range []string{"05", "14", "15"} {
			t.Run(name, func(t *testing.T) {
				th := newTheatre(t, fresh(t))
				th.plays(name)
			})
		}
	})
}
