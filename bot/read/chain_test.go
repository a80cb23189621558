package read

import (
	"slices"
	"testing"
)

func TestChained(t *testing.T) {
	for _, c := range []struct {
		text, title string
		help        int
		names       []string
	}{
		{"#接龙\n13号助医，2组一位乡亲\n1. 红梅\n2. 建国 下午去", "13号助医，2组一位乡亲", 13, []string{"红梅", "建国 下午去"}},
		{"#接龙 明天食堂吃饭\n1、舒德贵\n2、王桂香\n\n3、满爷爷", "明天食堂吃饭", 0, []string{"舒德贵", "王桂香", "满爷爷"}},
		{"接龙：得空的给公众号回接10\n1 舒红梅", "得空的给公众号回接10", 10, []string{"舒红梅"}},
	} {
		got, ok := Chained(c.text)
		if !ok || got.Help != c.help || !slices.Equal(got.Names, c.names) {
			t.Errorf("%q: %v %+v", c.text, ok, got)
		}
	}
	for _, text := range []string{"", "1 3 4看了 2没人", "#接龙", "接龙了没", "13号助医\n1. 红梅"} {
		if got, ok := Chained(text); ok {
			t.Errorf("%q is no chain: %+v", text, got)
		}
	}
}

// Whatever is pasted, reading it ends, and every name of it was typed.
func FuzzChained(f *testing.F) {
	f.Add("#接龙\n13号\n1. 红梅\n2. 建国")
	f.Add("#接龙 \x00\n99999999999999999999 甲")
	f.Fuzz(func(t *testing.T, text string) {
		c, ok := Chained(text)
		if ok != (len(c.Names) > 0) || len(c.Names) > chainBound || c.Help < 0 {
			t.Fatalf("%q: %v %+v", text, ok, c)
		}
	})
}
