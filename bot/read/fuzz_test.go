package read

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// FuzzRead: whatever is typed, reading does not panic, every span lies inside
// the text, and what is told exists.
func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, line := range strings.Split(string(raw), "\n") {
			if p := strings.Split(line, "|"); len(p) > 1 {
				f.Add(p[1])
			}
		}
	}
	roster := stage()
	f.Fuzz(func(t *testing.T, text string) {
		for _, s := range []Speaker{volunteer(), secretary(), {}} {
			g := Read(text, Context{Now: tuesday, Roster: roster, Speaker: s})
			checkReading(t, &g, text)
		}
	})
}

type failer interface {
	Fatalf(format string, args ...any)
}

func checkReading(t failer, g *Reading, text string) {
	spans := []Span{g.When.Span}
	for _, m := range g.Mentions {
		if len(m.People) == 0 {
			t.Fatalf("%q: a mention of nobody", text)
		}
		spans = append(spans, m.Span)
	}
	for _, c := range g.Calls {
		for _, x := range c.Findings {
			spans = append(spans, x.Span)
		}
	}
	for _, v := range g.Vitals {
		spans = append(spans, v.Span)
		if v.Kind == Pressure && v.Plausible && v.Value-v.Low < minPulsePressure || v.Value < 0 {
			t.Fatalf("%q: %v", text, v)
		}
	}
	if w := g.When; w.Grain != "" && (w.At.Year() < 1900 || w.At.Year() > 2600) {
		t.Fatalf("%q: %v", text, w)
	}
	for _, p := range g.Phones {
		if len(p) < 7 || strings.Trim(p, "0123456789") != "" {
			t.Fatalf("%q: telephone %q", text, p)
		}
	}
	for _, s := range spans {
		if s.From < 0 || s.To < s.From || s.To > len(text) {
			t.Fatalf("%q: span %v", text, s)
		}
	}
	if (g.Danger.Level == NoDanger) != (len(g.Danger.Words) == 0) || (g.Danger.Level == Strong) != (g.Intent == Emergency) {
		t.Fatalf("%q: danger %v, intent %s", text, g.Danger, g.Intent)
	}
	if g.Minutes < 0 || len(g.Calls) > 0 && g.All {
		t.Fatalf("%q: %d minutes, %v", text, g.Minutes, g.Calls)
	}
	if utf8.ValidString(text) && !utf8.ValidString(g.Rest+g.Name+strings.Join(g.Danger.Words, "")) {
		t.Fatalf("%q: broken characters in what is quoted", text)
	}
}

// TestAnyLine puts the words of the lexicons together at random, which comes
// nearer to the rules than random bytes do.
func TestAnyLine(t *testing.T) {
	words := longWords(t)
	words = append(words, "13", "3组", "25号", "9点半", "40分钟", "一个半钟头", " ", "，", "。", "、", "王桂香", "满爷爷", "忠良", "了", "他", "的", "半", "点", "月", "\n", "不是", "除了", "145/90", "血压", "高压", "血糖6.8", "度", "37", "199 0000 1234", "幺", "到", "初八", "廿三", "腊月", "下3个", "第一个", "12/1", "pm", "赶场那天", "年", "后")
	roster := stage()
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 12).Draw(t, "words"), "")
		role := rapid.SampledFrom([]string{"", "secretary"}).Draw(t, "role")
		report := rapid.Bool().Draw(t, "report")
		g := Read(text, Context{Now: tuesday, Roster: roster, Speaker: Speaker{Role: role}, Report: report, Market: Market{Lunar: []int{2, 7}}})
		checkReading(t, &g, text)
	})
}

// TestEndlessText: a text longer than anybody can send costs no more than the
// part that is read.
func TestEndlessText(t *testing.T) {
	text := "满爷爷喊不应，" + strings.Repeat("满爷爷、摔倒、", 1<<16)
	start := time.Now()
	g := Read(text, Context{Now: tuesday, Roster: stage()})
	checkReading(t, &g, text)
	if took := time.Since(start); took > time.Second || g.Danger.Level != Strong {
		t.Errorf("%v, danger %v", took, g.Danger.Level)
	}
}

// adversarial are pieces that, repeated, make a reader work.
var adversarial = []string{"1", "一", "半", "不", "没", "没有摔倒也", "舒", "王桂香", "1 ", "3组", "看了", "、", "两天", "周", "起不来", "他娘", "满爷爷、", "2点到", "摔倒、", "没胸痛、", "除了", "爹", "145/90 ", "初八", "廿", "五一", "腊月三十", "1.1.", "199 0000 ", "第1个周", "糖 "}

// TestLongLines: 2,048 bytes of the worst that can be typed stay under 1 ms on a
// quiet machine; under the race detector and beside other work, under 40.
func TestLongLines(t *testing.T) {
	roster := NewRoster(village(1232))
	for _, unit := range adversarial {
		text := strings.Repeat(unit, 2048/len(unit))
		best := time.Hour
		for range 5 {
			start := time.Now()
			Read(text, Context{Now: tuesday, Roster: roster, Speaker: volunteer()})
			best = min(best, time.Since(start))
		}
		t.Logf("%q: %v", unit, best)
		if best > 40*time.Millisecond {
			t.Errorf("%q repeated: %v", unit, best)
		}
	}
}
