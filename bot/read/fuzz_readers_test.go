package read

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// One target a reader: whatever is typed, none panics, every place lies inside the
// text, and what is told can be.

// seeds gives a target the lines of testdata whose text holds one of the words, or
// all with none.
func seeds(f *testing.F, words ...string) {
	f.Helper()
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, line := range strings.Split(string(raw), "\n") {
			p := strings.Split(line, "|")
			if len(p) > 1 && (len(words) == 0 || slices.ContainsFunc(words, func(w string) bool { return strings.Contains(p[1], w) })) {
				f.Add(p[1])
			}
		}
	}
}

// inside fails unless a place lies in the text and holds something.
func inside(t *testing.T, text string, s Span) {
	t.Helper()
	if s.From < 0 || s.From >= s.To || s.To > len(text) {
		t.Fatalf("%q: place %v of %d bytes", text, s, len(text))
	}
}

func FuzzFold(f *testing.F) {
	seeds(f, "１", "①", "門", "👌", "…")
	f.Add("門開⑳⒇ ⒛～—\u200b\u202e👍🏽ＡＢｃ\x00\xff")
	f.Fuzz(func(t *testing.T, text string) {
		g := Fold(text)
		if g.Text != string(g.Runes) || len(g.src) != len(g.Runes)+1 || len(g.pos) != len(g.Runes)+1 {
			t.Fatalf("%q: %d runes, %d sources, %q", text, len(g.Runes), len(g.src), g.Text)
		}
		for i := range g.Runes {
			if g.src[i] > g.src[i+1] || g.part(i, i+1) != string(g.Runes[i]) {
				t.Fatalf("%q: rune %d", text, i)
			}
		}
		if again := Fold(g.Text); again.Text != g.Text {
			t.Fatalf("%q: folded %q, twice %q", text, g.Text, again.Text)
		}
	})
}

func FuzzTimes(f *testing.F) {
	seeds(f, "天", "点", "号", "周", "月", "晚", "早")
	f.Add("腊月三十赶场那天下午三点一刻到闰六月初一")
	f.Add("2099年13月45号25点61分")
	f.Fuzz(func(t *testing.T, text string) {
		for _, now := range []time.Time{tuesday, time.Date(2028, 2, 29, 23, 59, 0, 0, shanghai), time.Date(1900, 1, 1, 0, 0, 0, 0, shanghai)} {
			for _, back := range []bool{false, true} {
				g := Read(text, Context{Now: now, Report: back, Market: Market{Lunar: []int{2, 7}}})
				if g.When.Grain == "" {
					continue
				}
				inside(t, text, g.When.Span)
				at := g.When.At
				if at.Year() < 1850 || at.Year() > 2600 || at.Location() != shanghai || g.When.Grain == Day && (at.Hour() != 0 || at.Minute() != 0) {
					t.Fatalf("%q: %v %s", text, at, g.When.Grain)
				}
			}
		}
	})
}

func FuzzNumbers(f *testing.F) {
	seeds(f, "一", "两", "半", "十", "1", "分钟")
	f.Add("一百五九十五廿三俩两三点幺三八00000000万亿亿亿一刻钟1.5.5..")
	f.Fuzz(func(t *testing.T, text string) {
		g := Fold(head(text))
		end := 0
		for _, n := range readNumbers(g.Runes, nil) {
			if n.from < end || n.to <= n.from || n.to > len(g.Runes) || n.value < 0 || math.IsInf(n.value, 0) || math.IsNaN(n.value) {
				t.Fatalf("%q: number %v after %d", text, n, end)
			}
			end = n.to
		}
		r := Read(text, Context{Now: tuesday})
		for _, p := range r.Phones {
			if len(p) < 7 || len(p) > 15 {
				t.Fatalf("%q: telephone %q", text, p)
			}
		}
		if r.Minutes < 0 || r.Minutes > 60*24*366*10 {
			t.Fatalf("%q: %d minutes", text, r.Minutes)
		}
	})
}

func FuzzNames(f *testing.F) {
	seeds(f, "王桂", "满", "舒", "婶", "爷", "爹", "屋里")
	f.Add("建国他娘跟他屋里的把黄花秀写成黄发秀，老李屋里的2组王貴香")
	roster := stage()
	f.Fuzz(func(t *testing.T, text string) {
		for _, r := range []*Roster{roster, roster.Mixing(NoSounds)} {
			for _, s := range []Speaker{volunteer(), secretary(), son(), {}} {
				for _, m := range Read(text, Context{Now: tuesday, Roster: r, Speaker: s}).Mentions {
					inside(t, text, m.Span)
					for _, id := range m.People {
						if _, there := r.Person(id); !there {
							t.Fatalf("%q: nobody has the id %d", text, id)
						}
					}
					if len(m.People) == 0 || len(m.People) != len(slices.Compact(slices.Sorted(slices.Values(m.People)))) {
						t.Fatalf("%q: people %v", text, m.People)
					}
				}
			}
		}
	})
}

func FuzzVitals(f *testing.F) {
	seeds(f, "血压", "血糖", "度", "心跳")
	for _, text := range []string{"血压16892", "高压145低压90", "一百五九十五", "餐后2小时血糖9.8", "体温三十七度二", "满爷爷145/90，忠良150 92", "上压1720000000000000000000下压98"} {
		f.Add(text)
	}
	roster := stage()
	f.Fuzz(func(t *testing.T, text string) {
		end := map[VitalKind]int{}
		for _, v := range Read(text, Context{Now: tuesday, Roster: roster, Speaker: Speaker{Role: "doctor"}}).Vitals {
			inside(t, text, v.Span)
			if v.Plausible && !v.Believable() || v.Value < v.Low || math.IsNaN(v.Value) {
				t.Fatalf("%q: %v", text, v)
			}
			if v.Kind == Pressure && v.Span.From < end[v.Kind] {
				t.Fatalf("%q: two readings of one number", text)
			}
			end[v.Kind] = v.Span.To
		}
	})
}

func FuzzServices(f *testing.F) {
	seeds(f)
	roster := stage()
	village := &Village{Roster: roster, byID: map[string]int64{}}
	intents := []Intent{RequestHelp, ReportVisit, Claim, Complete, Cancel, Query, Emergency, Register, secretaryQuery, Smalltalk, Unknown}
	services := []Service{Yi, Hu, Lao, Chu, Xi, Fu, Xue}
	f.Fuzz(func(t *testing.T, text string) {
		for _, role := range []string{"elder", "volunteer", "secretary", "doctor", "stranger"} {
			out := village.Read(Message{Text: text, Sender: Sender{Role: role}}, tuesday, false)
			if !slices.Contains(intents, out.Intent) || (out.Intent == Emergency) != (out.Danger.Level == Strong) {
				t.Fatalf("%q of a %s: %s, danger %s", text, role, out.Intent, out.Danger.Level)
			}
			for i, s := range out.Service {
				if !slices.Contains(services, s) || slices.Contains(out.Service[:i], s) {
					t.Fatalf("%q: services %v", text, out.Service)
				}
			}
			if out.Service == nil || out.Intent == Emergency && len(out.Service) > 0 || out.Minutes != nil && *out.Minutes <= 0 || out.Ticket != nil && *out.Ticket <= 0 {
				t.Fatalf("%q of a %s: %+v", text, role, out)
			}
		}
	})
}

func FuzzDanger(f *testing.F) {
	seeds(f, "不", "死", "倒", "血", "药", "火")
	f.Fuzz(func(t *testing.T, text string) {
		d := Read(text, Context{Now: tuesday}).Danger
		if (d.Level == NoDanger) != (len(d.Words) == 0) || d.Level == NoDanger && d.Class != "" {
			t.Fatalf("%q: %v", text, d)
		}
		for _, w := range d.Words {
			if w == "" || !strings.Contains(text, w) {
				t.Fatalf("%q: %q does not stand in it", text, w)
			}
		}
	})
}

// Two bubbles are read alone and joined.
func FuzzFragments(f *testing.F) {
	for _, p := range [][2]string{{"满爷爷屋里", "喊不应"}, {"帮我", "洗下被子"}, {"明天", "13"}, {"看了", "桂花婶 40分钟"}} {
		f.Add(p[0], p[1])
	}
	roster := stage()
	f.Fuzz(func(t *testing.T, first, second string) {
		for _, text := range []string{first, second, first + "，" + second} {
			g := Read(text, Context{Now: tuesday, Roster: roster, Speaker: villager()})
			checkReading(t, &g, text)
		}
	})
}

// A village's own words may be anything.
func FuzzTaught(f *testing.F) {
	f.Add("帮我挈水咯", "挈水", "挑水")
	f.Add("满爷爷滚到茅厕里头了喊不应", "喊不", "没有")
	roster := stage()
	f.Fuzz(func(t *testing.T, text, word, meaning string) {
		c := Context{Now: tuesday, Roster: roster}
		before := Read(text, c).Danger.Level
		c.Taught = NewTaught(map[string]string{word: meaning})
		g := Read(text, c)
		checkReading(t, &g, text)
		if before != g.Danger.Level && !graver(g.Danger.Level, before) {
			t.Fatalf("%q with %q=%q: danger %s, without %s", text, word, meaning, g.Danger.Level, before)
		}
		CheckTaught(word, meaning, c)
		TaughtPairs(text)
		if !utf8.ValidString(g.Word) {
			t.Fatalf("%q: %q", text, g.Word)
		}
	})
}
