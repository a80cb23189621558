package read

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDanger holds the verdicts over real dangers and over everything in
// village speech that only sounds like one.
func TestDanger(t *testing.T) {
	raw, err := os.ReadFile("testdata/danger.txt")
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	roster := stage()
	for _, line := range strings.Split(string(raw), "\n") {
		want, text, ok := strings.Cut(line, "|")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		g := Read(text, Context{Now: tuesday, Roster: roster, Speaker: villager()})
		got := strings.TrimSpace(string(g.Danger.Level) + " " + string(g.Danger.Class))
		if got != want {
			t.Errorf("%s: %s %v, want %s", text, got, g.Danger.Words, want)
		}
		if (g.Danger.Level == Strong) != (g.Intent == Emergency) {
			t.Errorf("%s: intent %s with danger %s", text, g.Intent, g.Danger.Level)
		}
		count[strings.Fields(want)[0]]++
	}
	if count["strong"] < 60 || count["none"] < 120 {
		t.Errorf("only %v lines", count)
	}
}

// TestDangerInEveryState: a danger is read whoever speaks, with no roster, and
// in the middle of anything.
func TestDangerInEveryState(t *testing.T) {
	for _, before := range []string{"", "1 ", "接13 ", "多谢 ", "明天洗被子 ", "看了桂花婶，"} {
		for _, s := range []Speaker{{}, villager(), volunteer(), secretary(), son()} {
			for _, r := range []*Roster{nil, stage()} {
				g := Read(before+"满爷爷喊不应", Context{Now: tuesday, Roster: r, Speaker: s})
				if g.Danger.Level != Strong || g.Intent != Emergency {
					t.Errorf("%q as %q: %v %s", g.Text, s.Role, g.Danger, g.Intent)
				}
			}
		}
	}
}

func TestDangerWords(t *testing.T) {
	g := Read("Ｏ 爷爷摔倒了，起不来", Context{Now: tuesday})
	if got := strings.Join(g.Danger.Words, "+"); got != "摔倒+起不来" {
		t.Errorf("words %q", got)
	}
}

// TestDangerFamilies holds one way to say it for each family of signs, and for each
// family of lines that only sound like one: "strong" acts, "ask" puts a question,
// "serious" is not missed, "calm" wakes nobody.
func TestDangerFamilies(t *testing.T) {
	files, err := filepath.Glob("testdata/families-*.txt")
	if err != nil || len(files) < 6 {
		t.Fatalf("only %d files: %v", len(files), err)
	}
	v := corpusVillage(t)
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(raw), "\n") {
			want, text, ok := strings.Cut(line, "|")
			if !ok || strings.HasPrefix(line, "#") {
				continue
			}
			got := v.Read(Message{Text: text, Sender: Sender{Role: "family"}}, tuesday, false).Danger.Level
			right, known := map[string]bool{"strong": got == Strong, "ask": got == Ask, "serious": got != NoDanger, "calm": got != Strong, "none": got == NoDanger}[want]
			if !right || !known {
				t.Errorf("%s: %s: %s, want %s", filepath.Base(file), text, got, want)
			}
		}
	}
}

// TestSpacedOut: what is typed one character at a time is read joined as well.
func TestSpacedOut(t *testing.T) {
	for text, want := range map[string]Level{
		"喊 不 应 了\n快 来": Strong, "娘 摔 了 起 不 来": Strong,
		"明 天 来 洗 被 子": NoDanger, "好 的 明天来": NoDanger,
	} {
		g := Read(text, Context{Now: tuesday, Roster: stage(), Speaker: villager()})
		if g.Danger.Level != want || (g.Intent == Emergency) != (want == Strong) || g.Text != text {
			t.Errorf("%q: %v %s", text, g.Danger, g.Intent)
		}
	}
}
