package simulator

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestJournalBringsEverythingBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chats.jsonl")
	keep := func(o *Options) { o.Journal = path }
	b := start(t, echo, keep)
	b.say("p1", "帮我看下灶屋灯")
	b.act(act{Person: "p2", Kind: "follow"})
	b.act(act{Person: "p3", Kind: "unfollow"})
	b.act(act{Person: "p1", Kind: "consent", Template: "T1", Accept: true})
	stranger, _ := b.newStranger()
	b.call("/cgi-bin/menu/create", oneMenu)
	b.call("/cgi-bin/message/custom/send", text(villagers[0].OpenID, "修灯的人下午来"))
	before := phones(t, b)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	file, _ := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	_, _ = file.WriteString(`{"bubble":{"id":99,"text":"` + strings.Repeat("长", 4000)) // a crash in the middle of a long line
	_ = file.Close()
	again := start(t, echo, keep)
	if d := cmp.Diff(before, phones(t, again)); d != "" {
		t.Errorf("after the second start (-before +after):\n%s", d)
	}
	if !strings.Contains(before, stranger) || !strings.Contains(before, "我要帮忙") {
		t.Errorf("state lacks the stranger or the menu: %s", before)
	}
	again.say("p1", "还在吗") // what is written after the torn line must be readable too
	_ = again.Close()
	if third := start(t, echo, keep); len(third.chat("p1")) != 6 {
		t.Errorf("third start: %q", third.chat("p1"))
	}
}

// phones is the state that a page would get, without what counts from the start.
func phones(t *testing.T, b *bench) string {
	t.Helper()
	views, menu := b.book.views()
	out, err := json.MarshalIndent(map[string]any{"phones": views, "menu": menu}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestJournalIsRewrittenWhenLarge(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chats.jsonl")
	keep := func(o *Options) { o.Journal = path }
	b := start(t, echo, keep)
	for range keepBubbles {
		b.say("p1", "好")
	}
	before := phones(t, b)
	if err := b.book.keep.rewrite(b.book.dump()); err != nil {
		t.Fatal(err)
	}
	b.say("p3", "接13") // the rewritten file is the one written to
	_ = b.Close()
	again := start(t, echo, keep)
	if len(again.chat("p3")) != 2 || len(again.chat("p1")) != keepBubbles {
		t.Errorf("%d and %d bubbles", len(again.chat("p3")), len(again.chat("p1")))
	}
	if !strings.Contains(before, "好") {
		t.Error("nothing was said")
	}
}

func TestBrokenJournalIsAnError(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chats.jsonl")
	if err := os.WriteFile(path, []byte("{\"phone\":{}}\nnonsense\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := New(Options{Webhook: "http://127.0.0.1:1", Wire: keys, Secret: "s", Journal: path, Now: time.Now})
	if err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("err = %v", err)
	}
}
