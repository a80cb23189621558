package read

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestRuneSet(t *testing.T) {
	some := rapid.SampledFrom([]rune("\x00a? 09~。〇①一丁龥\u9fff\u3fff😀\ufffd"))
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.SliceOf(some).Draw(t, "in")
		set := runesOf(string(in))
		r := some.Draw(t, "r")
		want := false
		for _, x := range in {
			want = want || x == r
		}
		if set.has(r) != want {
			t.Fatalf("%q in %q: %v", r, string(in), !want)
		}
	})
	for r := rune(0); r < 0x20000; r++ {
		if want := digitOf(r) >= 0 || unitOf(r) > 0; numerals.has(r) != want {
			t.Errorf("numeral %q: %v", r, !want)
		}
	}
}

// TestAmongRunes holds the search of bytes to strings.ContainsRune.
func TestAmongRunes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := rapid.StringOfN(rapid.RuneFrom([]rune("没冇不a0。😀é")), 0, 8, -1).Draw(t, "set")
		r := rapid.RuneFrom([]rune("没冇不沢b0。😀é\x00")).Draw(t, "rune")
		if got, want := amongRunes(set, r), strings.ContainsRune(set, r); got != want {
			t.Fatalf("%q among %q: %t, want %t", r, set, got, want)
		}
	})
}
