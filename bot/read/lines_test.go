package read

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what is read now into testdata; look at every changed line")

// TestLines reads every line of testdata/lines-*.txt: who says it, the line, and
// all that must be understood of it and nothing else.
func TestLines(t *testing.T) {
	files, err := filepath.Glob("testdata/lines-*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no lines to read: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) { readFile(t, file) })
	}
}

func readFile(t *testing.T, file string) {
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(raw), "\n")
	roster := stage()
	for i, line := range lines {
		f := strings.Split(line, "|")
		if strings.HasPrefix(line, "#") || len(f) < 2 {
			continue
		}
		g := Read(f[1], Context{Now: tuesday, Roster: roster, Speaker: speaker(t, f[0])})
		got := describe(&g)
		lines[i] = f[0] + "|" + f[1] + "|" + got
		if !*update && (len(f) < 3 || f[2] != got) {
			t.Errorf("%d: %s\n got %s\nwant %s", i+1, f[1], got, strings.Join(f[2:], "|"))
		}
	}
	if *update {
		if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func speaker(t *testing.T, role string) Speaker {
	switch role {
	case "volunteer":
		return volunteer()
	case "secretary":
		return secretary()
	case "villager":
		return villager()
	case "neighbour":
		return Speaker{Person: 99, Household: 59, Group: 5}
	case "son":
		return son()
	case "stranger":
		return stranger()
	}
	t.Fatalf("no speaker %q on the stage", role)
	return Speaker{}
}
