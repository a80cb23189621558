package read

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A labelled line of testdata/corpus: a message and what is right about it. A
// label that is absent is not measured.
type labelled struct {
	Message
	Kind string                     `json:"kind"` // danger files: real, one_question, serious, harmless
	Want map[string]json.RawMessage `json:"want"`
}

// slots are the labels that are measured beside the intent, in the order of the
// report.
var slots = []string{"service", "elder", "when", "duration_min", "bp", "bp_by_elder", "phone", "ticket", "danger"}

// A tally counts what was labelled and what of it was read right.
type tally struct {
	right, all map[string]int
	confused   map[string]int // by what was wanted and what was read
}

func newTally() *tally { return &tally{map[string]int{}, map[string]int{}, map[string]int{}} }

func (t *tally) count(what string, ok bool) bool {
	t.all[what]++
	if ok {
		t.right[what]++
	}
	return ok
}

func (t *tally) percent(what string) float64 {
	if t.all[what] == 0 {
		return 100
	}
	return 100 * float64(t.right[what]) / float64(t.all[what])
}

func (t *tally) report(log func(string, ...any)) {
	for _, what := range slices.Sorted(maps.Keys(t.all)) {
		log("%-28s %4d of %4d  %5.1f %%", what, t.right[what], t.all[what], t.percent(what))
	}
	for _, what := range slices.Sorted(maps.Keys(t.confused)) {
		log("  %3d %s", t.confused[what], what)
	}
}

// score reads a file of the corpus. shown decides whether what is missed may be
// printed: never for the held-out files, or the number is worth nothing.
func score(t *testing.T, file string, shown bool) *tally {
	v := corpusVillage(t)
	sum := newTally()
	for _, c := range corpusLines(t, file) {
		got := v.Read(c.Message, tuesday, false)
		wrong := c.compare(&got, sum)
		if len(wrong) > 0 && shown {
			t.Logf("%s %s %q: %s", c.ID, c.Sender.Role, c.Text, strings.Join(wrong, "; "))
		}
	}
	return sum
}

// compare tallies one line and tells what is wrong with it.
func (c *labelled) compare(got *Output, sum *tally) (wrong []string) {
	var intent Intent
	if raw, ok := c.Want["intent"]; ok {
		_ = json.Unmarshal(raw, &intent)
		right := sum.count("intent", got.Intent == intent)
		sum.count("intent "+string(intent), right)
		if !right {
			sum.confused[string(intent)+" read as "+string(got.Intent)]++
		}
		if !right {
			wrong = append(wrong, fmt.Sprintf("intent %s, want %s", got.Intent, intent))
		}
	}
	whole := true
	for _, slot := range slots {
		raw, ok := c.Want[slot]
		if !ok {
			continue
		}
		have, right := c.slot(slot, raw, got)
		whole = sum.count(slot, right) && whole
		sum.count("all slots", right)
		if present(raw) {
			sum.count(slot+" where said", right)
		}
		if !right {
			wrong = append(wrong, fmt.Sprintf("%s %s, want %s", slot, have, raw))
		}
	}
	sum.count("lines with every slot right", whole)
	return wrong
}

func present(raw json.RawMessage) bool {
	return string(raw) != "null" && string(raw) != "[]" && string(raw) != "{}"
}

// slot compares one label; have is what was read.
func (c *labelled) slot(slot string, raw json.RawMessage, got *Output) (have string, right bool) {
	switch slot {
	case "elder":
		want := decoded[[]string](raw)
		ambiguous := decoded[bool](c.Want["elder_ambiguous"])
		return fmt.Sprint(got.Elder, got.Ambiguous), sameSet(got.Elder, want) && got.Ambiguous == ambiguous
	case "service":
		var have []string
		for _, s := range got.Service {
			have = append(have, string(s))
		}
		return fmt.Sprint(have), sameSet(have, decoded[[]string](raw))
	case "when":
		grain := decoded[string](c.Want["when_grain"])
		return whenText(got), whenRight(decoded[string](raw), grain, got)
	case "danger":
		return fmt.Sprint(got.Danger.Level), dangerRight(raw, got)
	}
	all, _ := json.Marshal(got)
	read := decoded[map[string]json.RawMessage](all)[slot]
	return string(read), equalJSON(read, raw)
}

func decoded[T any](raw json.RawMessage) (v T) {
	_ = json.Unmarshal(raw, &v) // the form of the files is held by corpus_test.go
	return v
}

func equalJSON(a, b json.RawMessage) bool {
	if !present(a) || !present(b) {
		return !present(a) && !present(b)
	}
	return fmt.Sprint(decoded[any](a)) == fmt.Sprint(decoded[any](b))
}

func sameSet(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b)
}

func whenText(got *Output) string {
	if got.When == nil {
		return "null"
	}
	return *got.When + " " + string(*got.Grain)
}

// whenRight compares at the grain that is wanted: a day by its date, an hour by
// date and hour.
func whenRight(want, grain string, got *Output) bool {
	if want == "" || got.When == nil {
		return want == "" && got.When == nil
	}
	n := map[string]int{"day": 10, "part": 13, "hour": 13, "minute": 16}[grain]
	return string(*got.Grain) == grain && len(*got.When) >= n && (*got.When)[:n] == want[:n]
}

func dangerRight(raw json.RawMessage, got *Output) bool {
	want := decoded[struct {
		Level Level
		Class *Class
	}](raw)
	if got.Danger.Level != want.Level {
		return false
	}
	return want.Class == nil || got.Danger.Class != nil && *got.Danger.Class == *want.Class
}

// scoreDanger holds the verdicts by the kind of line: a real one is strong, a
// question is asked, a serious one is not missed, a harmless one is not strong.
func scoreDanger(t *testing.T, file string, shown bool) *tally {
	v := corpusVillage(t)
	sum := newTally()
	for _, c := range corpusLines(t, file) {
		got := v.Read(c.Message, tuesday, false).Danger
		level, class := got.Level, Class("")
		if got.Class != nil {
			class = *got.Class
		}
		right := map[string]bool{"real": level == Strong, "one_question": level == Ask, "serious": level != NoDanger, "harmless": level != Strong}[c.Kind]
		if !sum.count(c.Kind, right) {
			want := decoded[struct{ Class string }](c.Want["danger"])
			sum.confused[c.Kind+" "+want.Class+" read as "+string(level)+" "+string(class)]++
			if shown {
				t.Logf("%s %s %q: %s", c.ID, c.Kind, c.Text, level)
			}
		}
		if c.Kind == "harmless" {
			sum.count("harmless without a question", level == NoDanger)
		}
	}
	return sum
}

func corpusVillage(t testing.TB) *Village {
	file, err := os.Open("testdata/corpus/roster.json")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	v, err := ReadVillage(file, tuesday)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func corpusLines(t testing.TB, file string) (out []labelled) {
	raw, err := os.ReadFile("testdata/corpus/" + file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(raw))
	for lines.Buffer(nil, 1<<20); lines.Scan(); {
		var c labelled
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

// TestScoreDevelop measures on the lines that rules are written for: the first
// part, and the batches that came later, each measured unseen before it was
// opened (docs/reading.md keeps those scores).
func TestScoreDevelop(t *testing.T) {
	for _, file := range corpusFiles(t, "develop*.jsonl") {
		t.Run(file, func(t *testing.T) {
			sum := score(t, file, true)
			sum.report(t.Logf)
			if file == "develop.jsonl" {
				hold(t, sum, map[string]float64{"intent": 98, "lines with every slot right": 97})
			} else {
				hold(t, sum, map[string]float64{"intent": 91, "lines with every slot right": 82})
			}
		})
	}
	for _, file := range corpusFiles(t, "danger-develop*.jsonl") {
		t.Run(file, func(t *testing.T) {
			danger := scoreDanger(t, file, true)
			danger.report(t.Logf)
			if file == "danger-develop.jsonl" {
				hold(t, danger, map[string]float64{"real": 100, "one_question": 100, "serious": 100, "harmless": 100})
			} else {
				hold(t, danger, map[string]float64{"real": 97, "one_question": 87, "serious": 90, "harmless": 97})
			}
		})
	}
}

// corpusFiles are the names of the files of the corpus that match.
func corpusFiles(t *testing.T, pattern string) (names []string) {
	paths, err := filepath.Glob("testdata/corpus/" + pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no file %s: %v", pattern, err)
	}
	for _, path := range paths {
		names = append(names, filepath.Base(path))
	}
	return names
}

// halves are the held-out ones, with what each has reached in per cent. The second was
// written when the rules were done and no weights learned, every later one when the counts
// of the one before had been seen; from the third on their everyday lines tell only what a
// line is for and which help is asked for.
var halves = []struct {
	file              string
	everyday, dangers map[string]float64
}{
	{
		"held-out.jsonl",
		map[string]float64{"intent": 97, "all slots": 98, "lines with every slot right": 89, "service where said": 89, "when where said": 97, "duration_min where said": 94.4, "bp where said": 100, "bp_by_elder": 100, "phone": 100},
		map[string]float64{"real": 98, "one_question": 100, "serious": 100, "harmless": 97},
	},
	{
		"second-held-out.jsonl",
		map[string]float64{"intent": 97, "all slots": 98, "lines with every slot right": 87, "service where said": 85},
		map[string]float64{"real": 100, "one_question": 100, "serious": 100, "harmless": 98},
	},
	{
		"third-held-out.jsonl",
		map[string]float64{"intent": 98, "service where said": 87},
		map[string]float64{"real": 100, "one_question": 66, "serious": 100, "harmless": 98},
	},
	{
		"fourth-held-out.jsonl",
		map[string]float64{"intent": 98, "service where said": 88},
		map[string]float64{"real": 100, "one_question": 57, "serious": 100, "harmless": 98},
	},
	{
		"fifth-held-out.jsonl",
		map[string]float64{"intent": 98, "service where said": 90},
		map[string]float64{"real": 100, "one_question": 100, "serious": 100, "harmless": 98},
	},
	{
		"sixth-held-out.jsonl",
		map[string]float64{"intent": 99, "service where said": 95},
		map[string]float64{"real": 100, "one_question": 50, "serious": 100, "harmless": 97},
	},
	{
		"seventh-held-out.jsonl",
		map[string]float64{"intent": 99, "service where said": 95},
		map[string]float64{"real": 100, "one_question": 87, "serious": 100, "harmless": 98},
	},
}

// TestScoreHeldOut measures on lines at which nobody who writes rules has looked;
// docs/reading.md keeps the scores. It prints counts alone.
func TestScoreHeldOut(t *testing.T) {
	for _, h := range halves {
		t.Run(h.file, func(t *testing.T) {
			sum, danger := score(t, h.file, false), scoreDanger(t, "danger-"+h.file, false)
			sum.report(t.Logf)
			danger.report(t.Logf)
			hold(t, sum, h.everyday)
			hold(t, danger, h.dangers)
		})
	}
}

// hold keeps what was reached, in per cent, from being lost again. What is wanted
// and not reached yet stands in docs/reading.md.
func hold(t *testing.T, sum *tally, floors map[string]float64) {
	for what, floor := range floors {
		if sum.percent(what) < floor {
			t.Errorf("%s: %.1f %%, want %.1f", what, sum.percent(what), floor)
		}
	}
}
