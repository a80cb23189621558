package main

import (
	"bytes"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mishu/bot/read"
)

const readFolder = "../../bot/read"

// TestExamples: the examples are well formed, none stands twice with two meanings, and
// no telephone is a real one.
func TestExamples(t *testing.T) {
	examples, err := ReadExamples(filepath.Join(readFolder, "examples"))
	if err != nil {
		t.Fatal(err)
	}
	meant := map[string]read.Intent{}
	phone := regexp.MustCompile(`1[3-9]\d{9}`)
	for _, e := range examples {
		if p := phone.FindString(e.Text); p != "" && !strings.HasPrefix(p, "1990000") {
			t.Errorf("%s: %q has a telephone that is not invented", e.Author, e.Text)
		}
		said := e.Sender.Role + " " + e.Text
		if before := meant[said]; e.Intent != "" && before != "" && before != e.Intent {
			t.Errorf("%s: %q is %s, and %s elsewhere", e.Author, said, e.Intent, before)
		}
		if e.Intent != "" {
			meant[said] = e.Intent
		}
		if e.Intent == "" && e.Danger == "" && !e.Serious {
			t.Errorf("%s: %q has no label", e.Author, e.Text)
		}
	}
	if len(examples) < 10_000 {
		t.Errorf("only %d examples", len(examples))
	}
}

// TestWrongExamples: a line that is none is refused with its place.
func TestWrongExamples(t *testing.T) {
	for line, want := range map[string]string{
		"request_help\tfamily\txi\t-":                   "4 fields",
		"wish\tfamily\txi\t-\t洗被子":                      "no intent wish",
		"request_help\tfamily\twashing\t-\t洗被子":         "no service washing",
		"-\tfamily\t-\tgrave\t洗被子":                      "no danger grave",
		"-\tfamily\t-\tstrong heart\t洗被子":               "no danger strong heart",
		"-\tfamily\t-\tserious heart\t洗被子":              "no danger serious heart",
		"request_help\tfamily\txi\t-\t":                 "5 fields",
		"request_help\tfamily\txi\tnone\t洗被子\nquery\t一": "examples.txt:2",
	} {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, "examples.txt"), []byte(line), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadExamples(folder); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", line, err, want)
		}
	}
}

// TestWeightsAreOfTheseExamples: whoever changes an example makes the weights anew.
func TestWeightsAreOfTheseExamples(t *testing.T) {
	of, err := digest(filepath.Join(readFolder, "examples"))
	if err != nil {
		t.Fatal(err)
	}
	if read.WeightsOf() != string(of[:]) {
		t.Error("bot/read/weights.bin was made of other examples: go generate ./bot/read")
	}
}

// TestExamplesApartFromHeldOut: nothing is learned of a line that is measured by.
func TestExamplesApartFromHeldOut(t *testing.T) {
	examples, err := ReadExamples(filepath.Join(readFolder, "examples"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(readFolder, "testdata/corpus/*held-out.jsonl"))
	if err != nil || len(files) != 14 {
		t.Fatalf("held-out files %v: %v", files, err)
	}
	held, err := ReadCorpus(files)
	if err != nil {
		t.Fatal(err)
	}
	var texts []map[string]bool
	with := map[string][]int{} // the held-out lines that have a pair of characters
	for i, e := range held {
		texts = append(texts, pairs(e.Text))
		for p := range texts[i] {
			with[p] = append(with[p], i)
		}
	}
	for _, e := range examples {
		own, common := pairs(e.Text), map[int]int{}
		for p := range own {
			for _, i := range with[p] {
				common[i]++
			}
		}
		for i, n := range common {
			if 2*float64(n)/float64(len(own)+len(texts[i])) >= 0.6 {
				t.Errorf("%s: %q is nearly %s", e.Author, e.Text, held[i].ID)
			}
		}
	}
}

// pairs are the neighbouring characters of a text.
func pairs(text string) map[string]bool {
	signs, out := []rune(text), map[string]bool{}
	for i := range len(signs) - 1 {
		out[string(signs[i:i+2])] = true
	}
	if len(out) == 0 {
		out[text] = true
	}
	return out
}

// some are every nth of the labelled lines.
func some(t *testing.T, n int) []Line {
	t.Helper()
	lines, err := shown(readFolder, n)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// TestWeightsReadNewAuthors: of lines of authors left out, rules and weights together
// read more right than the rules alone, and find more of the dangers; the same lines
// give the same weights.
func TestWeightsReadNewAuthors(t *testing.T) {
	lines := some(t, 24)
	all := Each(lines, 2, io.Discard)
	if all.Lines < 400 || all.Weights <= all.Rules {
		t.Errorf("intents of %d lines: rules %d, with weights %d", all.Lines, all.Rules, all.Weights)
	}
	if all.Real < 200 || all.Strong <= all.RuleStrong {
		t.Errorf("of %d dangers rules %d, with weights %d", all.Real, all.RuleStrong, all.Strong)
	}
	few := lines[:400]
	if a, b := made(few), made(few); !bytes.Equal(a, b) {
		t.Error("the same lines gave other weights")
	}
}

// made is the file that is learned from the lines.
func made(lines []Line) []byte {
	return Train(ShownOf(lines)).File([32]byte{}, LearnVerdict(lines, Cross(lines, 2), func(*Line) bool { return true }))
}

// TestLearned: weights learn what they are shown and are written so that read takes them.
func TestLearned(t *testing.T) {
	lines := some(t, 40)
	w := Train(ShownOf(lines))
	right, all := 0, 0
	for i := range lines {
		if l := &lines[i]; l.Shown.Intent != "" && l.Shown.Intent != read.Emergency && len(l.Keys) > 0 {
			j := w.Judge(&l.Shown)
			intent, p := j.Intent()
			if all++; intent == l.Shown.Intent {
				right++
			}
			if p <= 0 || p > 1 {
				t.Errorf("%s: probability %f", l.Text, p)
			}
		}
	}
	if right < all*95/100 {
		t.Errorf("%d of %d lines that were learned", right, all)
	}
	if got, want := len(w.File([32]byte{}, new(read.Verdict))), read.WeightsHead+2*read.RowBytes<<read.LineBits; got != want {
		t.Errorf("a file of %d bytes, want %d", got, want)
	}
}

// TestVerdictIsLearnedFromOthers: the verdict of lines whose alarm is worth nothing, unless
// they read like small talk, turns with it; nothing is learned of what is only serious.
func TestVerdictIsLearnedFromOthers(t *testing.T) {
	lines, crossed := make([]Line, 300), make([]Crossed, 300)
	for i := range lines {
		l, c := &lines[i], &crossed[i]
		l.Keys, l.Shown.Danger, l.Rule.Danger.Level = []uint32{1}, read.Strong, read.NoDanger
		c.Early[read.JudgedStrong] = 1
		switch i % 3 {
		case 0:
			l.Shown.Danger, c.Early[smalltalk] = read.NoDanger, 4
		case 1:
			l.Shown.Serious, c.Early[smalltalk] = true, 4
		}
	}
	v := LearnVerdict(lines, crossed, func(*Line) bool { return true })
	for i, want := range []bool{false, false, true} {
		e := lines[i].evidence(&crossed[i].Early)
		if o := v.Odds(&e); o.Strong > o.None != want {
			t.Errorf("line %d: %+v, alarm %t", i, o, want)
		}
	}
}

const smalltalk = int(read.JudgedIntents) + 9

// TestSerious: of what is serious a question is learned, and nothing of an alarm.
func TestSerious(t *testing.T) {
	e, err := exampleOf("-\tfamily\t-\tserious missing\t我娘不见了", 0)
	if err != nil || !e.Serious || e.Danger != "" || e.Class != read.Missing {
		t.Fatalf("%+v: %v", e, err)
	}
	off := e.off(read.Judged{})
	if off[read.JudgedDanger] >= 0 || off[read.JudgedStrong] != 0 {
		t.Errorf("towards danger %v, towards alarm %v", off[read.JudgedDanger], off[read.JudgedStrong])
	}
}

// TestRowsGoToWhatIsShownMost: of three features that have room for two those are
// learned that stand in more lines; the third is taken for neither.
func TestRowsGoToWhatIsShownMost(t *testing.T) {
	const one, two, three = 1<<read.LineBits + 5, 2<<read.LineBits + 5, 3<<read.LineBits + 5
	w := Train([]Shown{{Keys: []uint32{one, two, three}}, {Keys: []uint32{one, three}}, {Keys: []uint32{one, two, three}}, {Keys: []uint32{7}}})
	for k, want := range map[uint32]bool{one: true, two: false, three: true, 7: false} {
		if n, ok := w.find(k); ok != want || ok && w.owner[n] != k {
			t.Errorf("%x: row %d of %x, %t", k, n, w.owner[n], ok)
		}
	}
}

// TestHiddenPartStaysApart: what does not depend on the rules is still told from what does
// when a part of both is hidden.
func TestHiddenPartStaysApart(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	l, some := lesson{rows: []int32{1, 1, 1, 1, 1, 2, 2, 2, 2}, unruled: 5}, lesson{}
	hid := 0
	for range 200 {
		l.hide(chance, &some)
		hid += len(l.rows) - len(some.rows)
		for i, n := range some.rows {
			if (n == 1) != (i < some.unruled) {
				t.Fatalf("%v, %d of them without the rules", some.rows, some.unruled)
			}
		}
	}
	if all := 200 * len(l.rows); hid < all/8 || hid > all/3 {
		t.Errorf("%d of %d hidden", hid, all)
	}
}
