package read

import (
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
