package read_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// This file holds the corpus of testdata/corpus to its form. It does not read
// a message: what the reader makes of the corpus is measured elsewhere.

// corpusLabels are the labels of a message, each with the form of its value.
var corpusLabels = map[string]*regexp.Regexp{
	"intent":          regexp.MustCompile(`^"(request_help|report_visit|claim|complete|cancel|query|emergency|register|secretary_query|smalltalk|unknown)"$`),
	"service":         regexp.MustCompile(`^\[("(yi|hu|lao|chu|xi|fu|xue)"(, ?|\]$))*\]?$`),
	"elder":           regexp.MustCompile(`^(null|\[("E\d\d"(, ?|\]))+)$`),
	"elder_ambiguous": regexp.MustCompile(`^(true|false)$`),
	"when":            regexp.MustCompile(`^(null|"202\d-\d\d-\d\dT\d\d:\d\d:00\+08:00")$`),
	"when_grain":      regexp.MustCompile(`^(null|"(minute|hour|part|day)")$`),
	"duration_min":    regexp.MustCompile(`^(null|[1-9]\d{0,2})$`),
	"bp":              regexp.MustCompile(`^(null|"\d{2,3}/\d{2,3}")$`),
	"bp_by_elder":     regexp.MustCompile(`^(null|\{("E\d\d": ?"\d{2,3}/\d{2,3}"(, ?|\}))+)$`),
	"phone":           regexp.MustCompile(`^(null|"1990000\d{4}")$`),
	"ticket":          regexp.MustCompile(`^(null|[1-9]\d?)$`),
	"danger":          regexp.MustCompile(`^\{`),
}

// corpusFloors are the fewest lines that each intent needs in each part: below
// twelve, one line is more than 8 % of its intent and the score says little.
var corpusFloors = map[string]int{
	"request_help": 60, "report_visit": 45, "claim": 12, "complete": 12, "cancel": 12, "query": 12,
	"emergency": 12, "register": 12, "secretary_query": 12, "smalltalk": 12, "unknown": 12,
}

func TestCorpusForm(t *testing.T) {
	known := corpusElders(t)
	seen := map[string]bool{}
	for _, file := range corpusNames(t) {
		for _, line := range corpusLines(t, file) {
			if seen[line.ID] {
				t.Errorf("%s: the id %s is there twice", file, line.ID)
			}
			seen[line.ID] = true
			checkInput(t, line, known)
			checkDanger(t, line)
			if !strings.HasPrefix(file, "danger") {
				checkLabels(t, line, known)
			}
		}
	}
}

// corpusNames are the files of the corpus, without their ending.
func corpusNames(t *testing.T) (names []string) {
	t.Helper()
	paths, err := filepath.Glob("testdata/corpus/*.jsonl")
	if err != nil || len(paths) < 4 {
		t.Fatalf("%d files in the corpus: %v", len(paths), err)
	}
	for _, path := range paths {
		names = append(names, strings.TrimSuffix(filepath.Base(path), ".jsonl"))
	}
	return names
}

func TestCorpusCounts(t *testing.T) {
	for _, file := range []string{"develop", "held-out"} {
		lines, counts := corpusLines(t, file), map[string]int{}
		for _, line := range lines {
			counts[strings.Trim(string(line.Want["intent"]), `"`)]++
		}
		if len(lines) < 220 {
			t.Errorf("%s: %d messages, fewer than 220", file, len(lines))
		}
		for intent, floor := range corpusFloors {
			if counts[intent] < floor {
				t.Errorf("%s: %d of %s, fewer than %d", file, counts[intent], intent, floor)
			}
		}
	}
	checkDangerCounts(t, "danger-develop", 20, 40)
	checkDangerCounts(t, "danger-held-out", 60, 120)
}

// checkDangerCounts holds a file to its numbers of real signs, those that need
// one question among them, and of harmless lines.
func checkDangerCounts(t *testing.T, file string, real, harmless int) {
	t.Helper()
	counts := map[string]int{}
	for _, line := range corpusLines(t, file) {
		counts[line.Kind]++
	}
	if got := counts["real"] + counts["one_question"]; got != real || counts["harmless"] != harmless {
		t.Errorf("%s: %d real and %d harmless, not %d and %d", file, got, counts["harmless"], real, harmless)
	}
}

// TestCorpusPartsApart: a sentence of one part must not be learnt from the
// other. Half of the pairs of neighbouring characters in common is a near-copy.
func TestCorpusPartsApart(t *testing.T) {
	develop := slices.Concat(corpusLines(t, "develop"), corpusLines(t, "danger-develop"))
	held := slices.Concat(corpusLines(t, "held-out"), corpusLines(t, "danger-held-out"))
	pairs := make([]map[string]bool, len(held))
	for i, line := range held {
		pairs[i] = neighbours(line.Text)
	}
	for _, line := range develop {
		own := neighbours(line.Text)
		for i, other := range pairs {
			if likeness(own, other) >= 0.6 {
				t.Errorf("%s %q is nearly %s %q", line.ID, line.Text, held[i].ID, held[i].Text)
			}
		}
	}
}

func checkInput(t *testing.T, line corpusLine, known map[string]bool) {
	t.Helper()
	if line.Text == "" || line.Sender.ID == "" {
		t.Errorf("%s: no text or no sender", line.ID)
	}
	roles := []string{"", "family", "elder", "volunteer", "secretary", "doctor", "stranger"}
	if !slices.Contains(roles, line.Sender.Role) {
		t.Errorf("%s: role %q", line.ID, line.Sender.Role)
	}
	if line.Sender.Role == "elder" && !known[line.Sender.ID] {
		t.Errorf("%s: the elder %s is not on the roster", line.ID, line.Sender.ID)
	}
	for _, id := range line.Sender.BoundElders {
		if !known[id] {
			t.Errorf("%s: bound to %s, who is not on the roster", line.ID, id)
		}
	}
	checkTime(t, line.ID, line.ReferenceTime)
}

func checkTime(t *testing.T, id, text string) {
	t.Helper()
	if _, err := time.Parse(time.RFC3339, text); err != nil || !strings.HasSuffix(text, "+08:00") {
		t.Errorf("%s: time %q: %v", id, text, err)
	}
}

func checkLabels(t *testing.T, line corpusLine, known map[string]bool) {
	t.Helper()
	for name, value := range line.Want {
		form := corpusLabels[name]
		if form == nil || !form.Match(value) {
			t.Errorf("%s: label %s is %s", line.ID, name, value)
		}
	}
	if line.Want["intent"] == nil {
		t.Errorf("%s: no intent", line.ID)
	}
	for _, id := range regexp.MustCompile(`E\d\d`).FindAllString(string(line.Want["elder"])+string(line.Want["bp_by_elder"]), -1) {
		if !known[id] {
			t.Errorf("%s: %s is not on the roster", line.ID, id)
		}
	}
	when, grain := string(line.Want["when"]), string(line.Want["when_grain"])
	if (when == "" || when == "null") != (grain == "" || grain == "null") {
		t.Errorf("%s: when %s with grain %s", line.ID, when, grain)
	}
	if when != "" && when != "null" {
		checkTime(t, line.ID, strings.Trim(when, `"`))
	}
}

// checkDanger: a class goes with a level, and an emergency is a strong danger.
func checkDanger(t *testing.T, line corpusLine) {
	t.Helper()
	raw := line.Want["danger"]
	if raw == nil {
		return
	}
	var danger corpusDanger
	strict(t, raw, &danger)
	kinds := map[string]string{"real": "strong", "one_question": "ask", "serious": "ask", "harmless": "none"}
	if level := kinds[line.Kind]; level != "" && level != danger.Level {
		t.Errorf("%s: %s with level %s", line.ID, line.Kind, danger.Level)
	}
	classes := []string{"life", "poison", "fire", "selfharm", "child", "violence", "missing", "fraud", "gone"}
	if danger.Class != nil && (danger.Level == "none" || !slices.Contains(classes, *danger.Class)) {
		t.Errorf("%s: class %s with level %s", line.ID, *danger.Class, danger.Level)
	}
	if intent := line.Want["intent"]; intent != nil && (string(intent) == `"emergency"`) != (danger.Level == "strong") {
		t.Errorf("%s: intent %s with level %s", line.ID, intent, danger.Level)
	}
}
