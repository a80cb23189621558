package read

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestIntents reads testdata/intents*.txt: what a line is for, and which help it
// names.
func TestIntents(t *testing.T) {
	files, err := filepath.Glob("testdata/intents*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no lines to read: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) { readIntents(t, file) })
	}
}

func readIntents(t *testing.T, file string) {
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	senders := map[string]Sender{
		"elder": {ID: "E06", Role: "elder"}, "family": {ID: "F03", Role: "family", Bound: []string{"E01"}},
		"volunteer": {ID: "V01", Role: "volunteer"}, "doctor": {ID: "D01", Role: "doctor"}, "secretary": {ID: "S01", Role: "secretary"},
		"stranger": {ID: "X01", Role: "stranger"},
	}
	v := corpusVillage(t)
	for n, line := range strings.Split(string(raw), "\n") {
		f := strings.Split(line, "|")
		if strings.HasPrefix(line, "#") || len(f) != 4 {
			continue
		}
		g := v.Read(Message{Text: f[3], Sender: senders[f[0]]}, tuesday, false)
		var want []string
		if f[2] != "" {
			want = strings.Split(f[2], ",")
		}
		var got []string
		for _, s := range g.Service {
			got = append(got, string(s))
		}
		if string(g.Intent) != f[1] || !sameSet(got, want) {
			t.Errorf("%d: %s %s: %s %v, want %s %v", n+1, f[0], f[3], g.Intent, got, f[1], want)
		}
	}
}
