package read

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestWeightsFit: the embedded file is one of this program's.
func TestWeightsFit(t *testing.T) {
	if weightRows == "" || weightStep <= 0 || math.IsNaN(float64(weightStep)) {
		t.Fatalf("bot/read/weights.bin does not fit (%d bytes): go generate ./bot/read", len(weightsFile))
	}
	for _, wrong := range []string{"", WeightsMark, weightsFile[:len(weightsFile)-1], "M" + weightsFile[1:]} {
		if rowsOf(wrong) != "" {
			t.Errorf("a file of %d bytes is taken for weights", len(wrong))
		}
	}
}

// TestRowsAreAddedRight holds the eight weights at one step to one after another,
// also where the lanes must be emptied on the way.
func TestRowsAreAddedRight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfN(rapid.Uint32(), 0, 700).Draw(t, "keys")
		var j judging
		var want Judged
		features := make([]feature, len(keys))
		for i, k := range keys {
			if features[i].key = k; i%2 == 0 {
				features[i].key = featureKey(1, k%0x5000) // some that were learned
			}
			for c := range want {
				want[c] += float32(int(weightOf(features[i], c)) - noWeight)
			}
		}
		cut := rapid.IntRange(0, len(features)).Draw(t, "cut")
		j.add(features[:cut])
		j.add(features[cut:])
		for c := range want {
			if got := float32(int(j.sums[c]) - noWeight*j.rows); got != want[c] || j.count != len(keys) {
				t.Fatalf("%v of %d for %d, want %v", got, j.count, c, want[c])
			}
		}
	})
}

// TestReadsWithoutWeights: the rules stand alone where there are no weights.
func TestReadsWithoutWeights(t *testing.T) {
	for text, want := range map[string]Intent{"接13": Claim, "满爷爷喊不应": Emergency, "明天要人帮我洗被子": RequestHelp} {
		var g Reading
		rulesAlone(func() { g = Read(text, Context{Now: tuesday, Roster: stage(), Speaker: volunteer()}) })
		if g.Intent != want || g.Likely != "" {
			t.Errorf("%s: %s %s, want %s", text, g.Intent, g.Likely, want)
		}
	}
}

// rulesAlone reads as if there were no weights.
func rulesAlone(do func()) {
	rows := weightRows
	weightRows = ""
	defer func() { weightRows = rows }()
	do()
}

// TestWeightsDecideNothingAlone: what only the weights took for a visit, a work that is
// done, taken or off is asked about; a form of its own they do not touch.
func TestWeightsDecideNothingAlone(t *testing.T) {
	file := corpusLines(t, "develop-14.jsonl")
	v := corpusVillage(t)
	doubts := 0
	for _, m := range file {
		c := v.Context(m.Message, tuesday)
		with := Read(m.Text, c)
		var without Reading
		rulesAlone(func() { without = Read(m.Text, c) })
		if with.Intent == without.Intent || with.Danger.Level != without.Danger.Level {
			continue
		}
		doubts++
		switch with.Intent {
		case Unknown, RequestHelp, Smalltalk:
		default:
			t.Errorf("%s: %s by the weights alone, the rules say %s", m.Text, with.Intent, without.Intent)
		}
	}
	if doubts == 0 {
		t.Error("no line on which they differ: this holds nothing")
	}
}

// TestWhyTellsWeights: --why tells what the weights said and on which words.
func TestWhyTellsWeights(t *testing.T) {
	said, words := false, 0
	for _, r := range Explain("劳烦喊个后生来我屋里把那床棉被翻洗下", Context{Now: tuesday, Speaker: villager()}) {
		said = said || strings.HasPrefix(r.Rule, "weighed: request_help")
		if strings.HasPrefix(r.Rule, "weight: request_help +") && r.To > r.From {
			words++
		}
	}
	if !said || words < 2 {
		t.Errorf("said %t, %d words", said, words)
	}
}
