package read

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

// The files under thesaurus/ sort the words of everyday life into semantic fields: 鹅 and 鸭
// are livestock, 栽 and 绊 are falls. The weights learn of a field what nobody who wrote their
// lines happened to say of each of its words, and a word that is added is known at once.
//
//go:embed thesaurus/*.txt
var thesaurusFiles embed.FS

// longestThesaurusWord is in characters: what is longer is a line that lost its spaces.
const longestThesaurusWord = 15

// A thesaurus finds words, the place of whose sense is the sign of their field.
type thesaurus struct{ words trie }

// roget is the thesaurus of the program, loaded once.
var roget = sync.OnceValue(func() *thesaurus {
	t, err := loadThesaurus(thesaurusFiles)
	if err != nil {
		panic(err)
	}
	return t
})

// loadThesaurus reads every file under thesaurus/. A line is the name of a field and words of
// it; behind # stands a remark. It fails on a word that stands in two places or is longer
// than 15 characters.
func loadThesaurus(files fs.FS) (*thesaurus, error) {
	names, err := fs.Glob(files, "thesaurus/*.txt")
	if err != nil {
		return nil, fmt.Errorf("list the thesaurus: %w", err)
	}
	b := thesaurusBuilder{fields: map[string]*sense{}}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		for line := range strings.Lines(string(text)) {
			line, _, _ = strings.Cut(line, "#")
			if field, words, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
				b.add(field, strings.Fields(words))
			}
		}
	}
	return b.finish()
}

// A thesaurusBuilder collects the words of the fields.
type thesaurusBuilder struct {
	entries []entry
	fields  map[string]*sense
}

func (b *thesaurusBuilder) add(field string, words []string) {
	in := b.fields[field]
	if in == nil {
		in = &sense{place: int(fieldSign(field))}
		b.fields[field] = in
	}
	senses := []*sense{in}
	for _, word := range words {
		b.entries = append(b.entries, entry{[]rune(word), senses})
	}
}

func (b *thesaurusBuilder) finish() (*thesaurus, error) {
	slices.SortFunc(b.entries, func(x, y entry) int { return slices.Compare(x.word, y.word) })
	for i, e := range b.entries {
		switch {
		case len(e.word) > longestThesaurusWord:
			return nil, fmt.Errorf("%s is too long for a word", string(e.word))
		case i > 0 && slices.Equal(e.word, b.entries[i-1].word):
			return nil, fmt.Errorf("%s stands in two places", string(e.word))
		}
	}
	return &thesaurus{newTrie(b.entries)}, nil
}

// fieldSign stands for a word of the field among characters: no character is less than 0.
func fieldSign(field string) rune { return -1 - rune(wordKey(field)>>1) }

func isField(sign rune) bool { return sign < 0 }

// findFields writes the masked line with one sign for each word of a field, the longest that
// begins where the last one ended.
func (l *line) findFields() {
	words := &roget().words
	l.fields = l.fields[:0]
	l.openings = words.openings(l.maskedRunes, l.openings[:0])
	for i := 0; i < len(l.masked); {
		m := l.masked[i]
		n := 1
		if found := words.longestOf(l.maskedRunes[i:], l.openings[i]); found > 0 {
			e := &words.ends[found]
			n = int(e.runes)
			m.sign, m.to = rune(words.sensesOf(e)[0].place), l.masked[i+n-1].to
		}
		l.fields = append(l.fields, m)
		i += n
	}
}
