package read_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// This file reads the files of testdata/corpus and compares their texts.

// corpusLine is one line of a corpus file. Want stays raw because a label that
// the rules of labelling do not decide is left out, which is not null.
type corpusLine struct {
	ID            string                     `json:"id"`
	Kind          string                     `json:"kind"`
	Text          string                     `json:"text"`
	ReferenceTime string                     `json:"reference_time"`
	Sender        corpusSender               `json:"sender"`
	Want          map[string]json.RawMessage `json:"want"`
}

type corpusSender struct {
	ID          string   `json:"id"`
	Role        string   `json:"role"`
	BoundElders []string `json:"bound_elders"`
}

type corpusDanger struct {
	Level string  `json:"level"`
	Class *string `json:"class"`
}

func corpusLines(t *testing.T, file string) []corpusLine {
	t.Helper()
	content := corpusFile(t, file+".jsonl")
	var lines []corpusLine
	for row := range bytes.Lines(content) {
		var line corpusLine
		strict(t, row, &line)
		lines = append(lines, line)
	}
	return lines
}

// corpusElders are the ids of the elders of the corpus's village.
func corpusElders(t *testing.T) map[string]bool {
	t.Helper()
	var roster struct {
		Elders []struct {
			ID, Name, Sex, Group string
			Age                  int
			Aliases              []string
		}
		Volunteers []struct{ ID, Name, Sex, Group string }
		Families   []struct {
			ID, Name    string
			BoundElders []string `json:"bound_elders"`
		}
	}
	strict(t, corpusFile(t, "roster.json"), &roster)
	known := map[string]bool{}
	for _, elder := range roster.Elders {
		known[elder.ID] = true
	}
	if len(known) != len(roster.Elders) || len(known) < 60 {
		t.Errorf("%d ids for %d elders", len(known), len(roster.Elders))
	}
	return known
}

func corpusFile(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "corpus", name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func strict(t *testing.T, content []byte, into any) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		t.Fatalf("%s: %v", content, err)
	}
}

// neighbours are the pairs of neighbouring characters of a text; a text of one
// character is itself.
func neighbours(text string) map[string]bool {
	signs, pairs := []rune(text), map[string]bool{}
	for i := range len(signs) - 1 {
		pairs[string(signs[i:i+2])] = true
	}
	if len(pairs) == 0 {
		pairs[text] = true
	}
	return pairs
}

// likeness is Dice's coefficient, 0 to 1.
func likeness(a, b map[string]bool) float64 {
	common := 0
	for pair := range a {
		if b[pair] {
			common++
		}
	}
	return 2 * float64(common) / float64(len(a)+len(b))
}
