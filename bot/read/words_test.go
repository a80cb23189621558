package read

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

// TestWordFiles: every word is written as it is compared, or it would never be
// found; no word has a space or a control character in it.
func TestWordFiles(t *testing.T) {
	l := lex()
	check := func(word string) {
		if got := Fold(word).Text; got != word {
			t.Errorf("%q is compared as %q", word, got)
		}
	}
	for w := range l.whole {
		check(w)
	}
	for w := range l.answers {
		check(w)
	}
	for w := range allWords(t) {
		check(w)
	}
	if len(l.rules) < 20 {
		t.Errorf("only %d rules of danger", len(l.rules))
	}
}

// TestWordFilesSayWhy: whoever opens a file finds out what it is for.
func TestWordFilesSayWhy(t *testing.T) {
	names, _ := fs.Glob(wordFiles, "words/*.txt")
	for _, name := range names {
		raw, err := fs.ReadFile(wordFiles, name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(raw), "#") {
			t.Errorf("%s begins without a word about itself", name)
		}
	}
}

func TestBadWordFiles(t *testing.T) {
	for text, want := range map[string]string{
		"孤单":                               "before the first section",
		"[nothing]\n好":                     "not known",
		"[traditional]\n門":                 "not a pair",
		"[rule strong life]\nno-such-set":  "no section",
		"[sign a]\n甲\n[rule strong]\na":    "level, class and sets",
		"[part morning]\n早上":               "hour",
		"[sign a]\n甲\n[sign b]\n乙\na":      "a [rule] is missing",
		"[rule loud life]\na\n[sign a]\n甲": "level",
	} {
		_, err := loadLexicon(fstest.MapFS{"words/x.txt": {Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// longWords are the words of the lexicons of two runes and more.
func longWords(t testing.TB) (words []string) {
	t.Helper()
	for w := range allWords(t) {
		if utf8.RuneCountInString(w) > 1 {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	return words
}

// allWords are the words of the lexicons by what they are.
func allWords(t testing.TB) map[string]*entry {
	t.Helper()
	b, err := readWords(wordFiles)
	if err != nil {
		t.Fatal(err)
	}
	return b.words
}
