package read

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// TestThesaurusFiles: every word is written as it is compared, or it would never be found,
// and whoever opens a file finds out what it is for.
func TestThesaurusFiles(t *testing.T) {
	names, _ := fs.Glob(thesaurusFiles, "thesaurus/*.txt")
	words, fields := 0, map[string]int{}
	for _, name := range names {
		raw, err := fs.ReadFile(thesaurusFiles, name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(raw), "#") {
			t.Errorf("%s begins without a word about itself", name)
		}
		for line := range strings.Lines(string(raw)) {
			line, _, _ = strings.Cut(line, "#")
			for i, w := range strings.Fields(line) {
				if i == 0 {
					fields[w]++
					continue
				}
				words++
				if got := Fold(w).Text; got != w {
					t.Errorf("%s: %q is compared as %q", name, w, got)
				}
			}
		}
	}
	signs := map[rune]string{}
	for field := range fields {
		s := fieldSign(field)
		if signs[s] != "" || !isField(s) {
			t.Errorf("%s and %s have the same sign %d", field, signs[s], s)
		}
		signs[s] = field
	}
	if words < 10000 || len(fields) < 100 {
		t.Errorf("%d words of %d fields", words, len(fields))
	}
}

func TestBadThesaurusFiles(t *testing.T) {
	for text, want := range map[string]string{
		"pet 狗 猫\nlivestock 狗":              "two places",
		"pet " + strings.Repeat("喵", 16):    "too long",
		"pet 狗 # a dog\npet 猫 狗":            "two places",
		"drink 茶\nanimal 茶 # not the drink": "two places",
	} {
		_, err := loadThesaurus(fstest.MapFS{"thesaurus/x.txt": {Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// TestFindFields: the longest word counts, names and numbers belong to none, and what is in
// no field stays as it is.
func TestFindFields(t *testing.T) {
	names := map[rune]string{nameSign: "NAME", numberSign: "NUMBER", beginSign: "<", endSign: ">"}
	for _, field := range []string{"livestock", "pet", "wild", "tool", "machine"} {
		names[fieldSign(field)] = field
	}
	for text, want := range map[string]string{
		"猪":      "< livestock >",
		"拖拉机":    "< machine >",
		"锄头3把":   "< tool NUMBER %s >",
		"王桂香屋的鸡": "< NAME %s %s livestock >",
	} {
		var w workspace
		w.context = Context{Now: tuesday, Roster: stage(), Speaker: volunteer()}
		f := Fold(text)
		w.readFolded(text, &f)
		var got []string
		for _, m := range w.line.fields {
			name, known := names[m.sign]
			if !known {
				name = "%s"
			}
			got = append(got, name)
			if m.from > m.to || int(m.to) > len(f.Runes) {
				t.Errorf("%s: %s stands at %d..%d", text, name, m.from, m.to)
			}
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %s, want %s", text, s, want)
		}
	}
}
