package read

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"
)

//go:embed words/*.txt
var wordFiles embed.FS

// A sense is what the words of a section mean: its head, "[service chu]", split into its
// kind and its value. All words of the section share it, so that few are looked at often.
type sense struct {
	kind  kind
	value string
	key   uint32 // of both, for the weights
	near  bool   // kind sign: a plain word, danger near others only
	place int    // kind sign: the number of its set of signs
}

// An entry is a word with all its senses, compared rune by rune.
type entry struct {
	word   []rune
	senses []*sense
}

// lexicon is everything under words/, ready to be looked up. It never changes
// after it was loaded.
type lexicon struct {
	simple  [hans]uint16 // traditional -> simplified + 1, both less 0x4e00
	words   trie
	whole   map[string]string   // global words: what a line says as a whole -> canonical word
	answers map[string]Answer   // lines that answer yes or no
	said    trie                // the words of whole and answers, where several make a line
	mild    trie                // what a mere complaint consists of
	heads   marks               // words looked for only beside something else, by first rune
	tails   marks               // the same by last rune
	days    map[string]festival // by section
	rules   []rule              // danger
	rarest  [maxSets][]int32    // by set, the rules of which it is in the fewest others
	sets    int                 // how many sets of signs there are
	danger  [][]rune            // its signs that are words for danger
	tools   map[string]Service  // things, by the help that is asked for when they break
}

// lex loads the lexicons once; they are compiled into the program, so an error
// in them is an error of the program and panics at the first use.
var lex = sync.OnceValue(func() *lexicon {
	go roget() // they take as long, and are needed next
	l, err := loadLexicon(wordFiles)
	if err != nil {
		panic(err)
	}
	return l
})

// nearFiles hold danger that no single word tells.
const nearFiles = "words/danger_near"

// loadLexicon reads every file under words/. It fails on a section whose kind
// it does not know and on a danger rule over a set that no section fills.
func loadLexicon(files fs.FS) (*lexicon, error) {
	b, err := readWords(files)
	if err != nil {
		return nil, err
	}
	return b.finish()
}

func readWords(files fs.FS) (*builder, error) {
	b := newBuilder()
	names, err := fs.Glob(files, "words/*.txt")
	if err != nil {
		return nil, fmt.Errorf("list the word files: %w", err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		b.plain = strings.HasPrefix(name, nearFiles)
		if err := b.file(string(text)); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return b, nil
}
