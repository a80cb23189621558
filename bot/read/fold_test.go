package read

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"１３８，ＡＢＣ": "138,abc", "接①③": "接13", "⑩": "10", "⑬": "13", "⒊": "3", "1️⃣": "1", "買藥": "买药", "桂\u200b香": "桂香", "👍🏽": "👍",
		"3－4": "3-4", "3—4": "3-4", "满　爷": "满 爷", "a\tb": "a b", "\ufeff你好": "你好", "": "", "\x00\x01": "", "。": "。", "〇": "〇",
	} {
		if got := Fold(in).Text; got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestFoldPlaces: every span of folded runes lies inside the typed text, at rune
// borders, and folding what it covers gives the same runes again.
func TestFoldPlaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.StringOf(rapid.SampledFrom([]rune("接13号，買藥①⑬ａ 👍🏽\u200b桂香1️⃣\n"))).Draw(t, "typed")
		f := Fold(typed)
		if len(f.Runes) == 0 {
			return
		}
		i := rapid.IntRange(0, len(f.Runes)-1).Draw(t, "i")
		j := rapid.IntRange(i, len(f.Runes)).Draw(t, "j")
		s := f.Span(i, j)
		if s.From < 0 || s.To > len(typed) || s.From > s.To || !utf8.ValidString(typed[s.From:s.To]) {
			t.Fatalf("%q %d..%d: %v", typed, i, j, s)
		}
	})
}

func TestFoldInvalid(t *testing.T) {
	f := Fold("接\xff13")
	if s := f.Span(len(f.Runes)-2, len(f.Runes)); s.From != 4 || s.To != 6 {
		t.Errorf("span %v of %q", s, f.Text)
	}
}
