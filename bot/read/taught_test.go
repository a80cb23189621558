package read

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A taught word is read as what it means, and quoted as it was typed.
func TestTaught(t *testing.T) {
	taught := NewTaught(map[string]string{"挈水": "挑水", "挈水桶": "水桶", "冇得卵事": "没事", "满老倌": "满爷爷", "扯猪婆": "喊不应", "大后": "后天"})
	c := Context{Now: tuesday, Roster: stage(), Speaker: villager()}
	var plain Reading
	rulesAlone(func() { plain = Read("帮我挈水咯", c) }) // the weights may guess it
	if len(plain.Services) != 0 {
		t.Fatalf("挈水 is known already: %v", plain.Services)
	}
	c.Taught = taught
	g := Read("帮我挈水咯", c)
	if g.Intent != RequestHelp || !slices.Equal(g.Services, []Service{Lao}) || g.Text != "帮我挈水咯" {
		t.Errorf("挈水: %s %v %q", g.Intent, g.Services, g.Text)
	}
	if g := Read("冇得卵事", c); g.Word != "没事" {
		t.Errorf("a whole line: %q", g.Word)
	}
	g = Read("大后帮我挈水", c)
	if g.When.At.Format("01-02") != "11-26" || g.Text[g.When.Span.From:g.When.Span.To] != "大后" {
		t.Errorf("a day: %v %q", g.When, g.Text[g.When.Span.From:g.When.Span.To])
	}
	g = Read("满老倌扯猪婆了", c)
	if g.Danger.Level != Strong || strings.Join(g.Danger.Words, " ") != "扯猪婆" || len(g.Mentions) != 1 || g.Text[g.Mentions[0].Span.From:g.Mentions[0].Span.To] != "满老倌" {
		t.Errorf("danger: %v %v", g.Danger, g.Mentions)
	}
	if g := Read("他挈水桶来", c); slices.Contains(g.Services, Lao) {
		t.Errorf("the longer word hides the shorter: %v", g.Services)
	}
	found := false
	for _, r := range Explain("帮我挈水", c) {
		found = found || r.Rule == "taught: as 挑水" && r.Text == "挈水"
	}
	if !found {
		t.Errorf("--why does not tell what was taught: %v", Explain("帮我挈水", c))
	}
}

// Whatever a village has taught, a line of danger stays what it is.
func TestNoDangerUnlearned(t *testing.T) {
	words := longWords(t)
	lines := corpusLines(t, "danger-develop.jsonl")
	off := []string{"没有", "怕", "上个月", "演练", "现在好了", "手机", "笑死"}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom(lines).Draw(t, "line").Text
		taught := map[string]string{}
		runes := []rune(text)
		for range rapid.IntRange(1, 4).Draw(t, "n") {
			i := rapid.IntRange(0, len(runes)-1).Draw(t, "from")
			j := rapid.IntRange(i+1, min(len(runes), i+4)).Draw(t, "to")
			taught[string(runes[i:j])] = rapid.OneOf(rapid.SampledFrom(words), rapid.SampledFrom(off)).Draw(t, "meaning")
		}
		c := Context{Now: tuesday, Roster: stage()}
		before := Read(text, c).Danger
		c.Taught = NewTaught(taught)
		g := Read(text, c)
		if before.Level != g.Danger.Level && !graver(g.Danger.Level, before.Level) {
			t.Fatalf("%q with %v: %v, without %v", text, taught, g.Danger, before)
		}
		if before.Level == Strong && before.Class != g.Danger.Class {
			t.Fatalf("%q with %v: class %s, without %s", text, taught, g.Danger.Class, before.Class)
		}
		checkReading(t, &g, text)
	})
}

func TestCheckTaught(t *testing.T) {
	c := Context{Now: tuesday, Roster: stage()}
	for _, x := range []struct {
		word, meaning string
		want          Unteachable
	}{
		{"作寒", "发冷", Teachable},
		{"挈水", "挑水", Teachable},
		{"满老倌", "满爷爷", Teachable},
		{"喊不应", "做客", IsDanger},
		{"喊不", "做客", IsDanger},
		{"他喊不应", "做客", IsDanger},
		{"不想活了", "累了", IsDanger},
		{"那阵子哦", "没有", TurnsOff},
		{"打比", "演练", TurnsOff},
		{"看了", "没见到", IsCommand},
		{"要得", "做客", IsCommand},
		{"明天", "后天", IsCommand},
		{"挈", "挑", WrongForm},
		{"1号", "今天", WrongForm},
		{"挈 水", "挑水", WrongForm},
		{"挈水挈水挈水挈水挈", "挑水", WrongForm},
		{"挈水", "", WrongForm},
		{"挈水", "挈水", SameWord},
		{"挈水", "噻噻噻", NotMeaning},
	} {
		if got := CheckTaught(x.word, x.meaning, c); got != x.want {
			t.Errorf("%s=%s: %q, want %q", x.word, x.meaning, got, x.want)
		}
	}
}

// A line that teaches is no report of danger; one that only begins so is.
func TestTeachingLine(t *testing.T) {
	for text, want := range map[string][2]string{
		"学词 作寒=发冷":         {"学词", "作寒=发冷"},
		"学词：挈水＝挑水，搭信就是打电话": {"学词", "挈水=挑水,搭信就是打电话"},
		"学词":         {"学词", ""},
		"忘词 作寒":      {"忘词", "作寒"},
		"学词 扯猪婆=喊不应": {"学词", "扯猪婆=喊不应"},
		"学习写字":       {"", ""},
	} {
		g := Read(text, Context{Now: tuesday})
		if g.Word != want[0] || want[0] != "" && g.Rest != want[1] || g.Danger.Level != NoDanger {
			t.Errorf("%q: word %q rest %q danger %s", text, g.Word, g.Rest, g.Danger.Level)
		}
	}
	for _, text := range []string{"学词 满爷爷喊不应", "忘词的满爷爷滚到茅厕里喊不应了", "学词" + strings.Repeat("，满爷爷=喊不应", 20)} {
		if g := Read(text, Context{Now: tuesday}); g.Danger.Level != Strong {
			t.Errorf("%q: %s", text, g.Danger.Level)
		}
	}
	pairs := TaughtPairs("挈水=挑水，搭信就是打电话;作寒等于发冷")
	if fmt.Sprint(pairs) != "[[挈水 挑水] [搭信 打电话] [作寒 发冷]]" {
		t.Errorf("pairs %v", pairs)
	}
}

// BenchmarkTaught reads the develop corpus in a village that has taught 100 words.
func BenchmarkTaught(b *testing.B) {
	words := map[string]string{}
	for i := range 100 {
		words[string([]rune{rune(0x4e00 + i*7), rune(0x5e00 + i)})] = "挑水"
	}
	lines := corpusLines(b, "develop.jsonl")
	for name, taught := range map[string]*Taught{"none": nil, "100": NewTaught(words)} {
		c := Context{Now: tuesday, Roster: NewRoster(village(1232)), Speaker: volunteer(), Taught: taught}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				Read(lines[i%len(lines)].Text, c)
			}
		})
	}
}
