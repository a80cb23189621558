package read

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestPhrases holds them to a search for each word.
func TestPhrases(t *testing.T) {
	p := newPhrases("要不要", "要", "?", "不要")
	rapid.Check(t, func(t *rapid.T) {
		f := Fold(rapid.StringOf(rapid.SampledFrom([]rune("要不?好"))).Draw(t, "text"))
		l := newLine(&f, &Context{Now: tuesday})
		want := strings.Contains(f.Text, "要") || strings.Contains(f.Text, "?")
		if got := l.says(p); got != want {
			t.Fatalf("%q: %v", f.Text, got)
		}
		for i := range f.Runes {
			first := ""
			for _, w := range p.words {
				if first == "" && strings.HasPrefix(string(f.Runes[i:]), w) {
					first = w
				}
			}
			if got := l.phraseAt(i, p); got != first {
				t.Fatalf("%q at %d: %q, want %q", f.Text, i, got, first)
			}
		}
	})
}
