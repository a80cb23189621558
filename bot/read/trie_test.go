package read

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestScanFindsEveryWord holds scan to a search for each word at each place.
func TestScanFindsEveryWord(t *testing.T) {
	words := []string{"水", "水管", "水管漏", "管", "漏水", "漏水了", "a水", "👍", "水👍水"}
	sections := "[surname]\n" + strings.Join(words, " ")
	b := newBuilder()
	if err := b.file(sections); err != nil {
		t.Fatal(err)
	}
	l, err := b.finish()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		runes := rapid.SliceOfN(rapid.SampledFrom([]rune("水管漏了a👍好")), 0, 12).Draw(t, "runes")
		var want []string
		for i := range runes {
			for n := 4; n > 0; n-- {
				if i+n <= len(runes) && slices.Contains(words, string(runes[i:i+n])) {
					want = append(want, string(runes[i:i+n]))
				}
			}
		}
		var got []string
		for _, h := range l.scan(runes) {
			got = append(got, string(runes[h.from:h.to]))
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%q: %q, want %q", string(runes), got, want)
		}
	})
}

// TestSensesFit: an end says in 16 bits where its senses begin.
func TestSensesFit(t *testing.T) {
	for name, words := range map[string]*trie{"words": &lex().words, "thesaurus": &roget().words, "mild": &lex().mild} {
		if n := len(words.senses); n == 0 || n >= 1<<16 {
			t.Errorf("%s: %d senses", name, n)
		}
	}
}

// TestTrieIsSmall: the cells stay about as many as there are beginnings of words.
func TestTrieIsSmall(t *testing.T) {
	used, words := 0, 0
	cells := lex().words.cells
	for _, c := range cells {
		if c.from != 0 || c.base != 0 {
			used++
		}
	}
	for _, e := range lex().words.ends {
		words += min(int(e.runes), 1)
	}
	t.Logf("%d words, %d beginnings, %d cells", words, used, len(cells))
	if used*3 < len(cells)*2 {
		t.Errorf("%d of %d cells are used", used, len(cells))
	}
}
