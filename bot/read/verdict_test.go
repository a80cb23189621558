package read

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestOddsAreOdds: whatever the judgements are, also those of a word typed a thousand times,
// the odds of the embedded verdict are some of one certainty, and stronger words never make
// them no number.
func TestOddsAreOdds(t *testing.T) {
	if weightVerdict == (Verdict{}) {
		t.Fatal("no verdict in bot/read/weights.bin: go generate ./bot/read")
	}
	rapid.Check(t, func(t *rapid.T) {
		var j Judged
		for k := range j {
			j[k] = rapid.Float32Range(-2e4, 2e4).Draw(t, "judged")
		}
		class := rapid.SampledFrom(LearnedClasses[:]).Draw(t, "class")
		rules := OutputDanger{Level: rapid.SampledFrom(LearnedLevels[:]).Draw(t, "level"), Class: &class}
		e := EvidenceOf(&j, rules, rapid.IntRange(0, 9000).Draw(t, "shown"), rapid.Bool().Draw(t, "besides"))
		o := weightVerdict.Odds(&e)
		if sum := o.None + o.Ask + o.Strong; !(math.Abs(sum-1) < 1e-9) || o.None < 0 || o.Ask < 0 || o.Strong < 0 {
			t.Fatalf("%+v", o)
		}
		if level := o.Level(&j, rules, false); rules.Level == Strong && level == NoDanger {
			t.Fatalf("an alarm of the rules became nothing: %+v", o)
		}
	})
}

// TestVerdictWeighsAllEvidence: what the file says of each part of the evidence is what is
// weighed, in the same order.
func TestVerdictWeighsAllEvidence(t *testing.T) {
	var v Verdict
	for k := range v {
		for n := range v[k] {
			v[k][n] = float32(k*evidenceLen+n) / 100
		}
	}
	class := Missing
	var j Judged
	j[JudgedStrong] = judgedScale
	e := EvidenceOf(&j, OutputDanger{Level: Ask, Class: &class}, 0, true)
	seen := map[int]bool{int(JudgedStrong): true, ofRuleLevel + 1: true, ofRuleClass + 6: true, ofBesides: true, always: true}
	for n, x := range e {
		if (x != 0) != seen[n] {
			t.Errorf("evidence %d: %f", n, x)
		}
	}
	per := math.Exp(5 * float64(evidenceLen) / 100) // five parts say one more hundredth of evidenceLen for each level
	if o := v.Odds(&e); math.Abs(o.Ask/o.None-per) > 1e-3*per || math.Abs(o.Strong/o.Ask-per) > 1e-3*per {
		t.Errorf("%+v, want each %f times the one before", o, per)
	}
}

// TestGoneStaysAQuestion: however sure the weights are of an alarm, 老人走了 is asked about.
func TestGoneStaysAQuestion(t *testing.T) {
	gone := Gone
	var j Judged
	sure := Odds{Strong: 1}
	if got := sure.Level(&j, OutputDanger{Level: Ask, Class: &gone}, false); got != Ask {
		t.Errorf("found by a rule: %s", got)
	}
	j[int(JudgedClasses)+len(LearnedClasses)-1] = 9
	if got := sure.Level(&j, OutputDanger{Level: NoDanger}, false); got != Ask {
		t.Errorf("found by the weights: %s", got)
	}
}

// TestNobodyIsAskedAboutAHen: a question of the rules is not put where the weights hold it
// impossible, but for those of whom they know too little; an alarm stays a question at least.
func TestNobodyIsAskedAboutAHen(t *testing.T) {
	var j Judged
	none := Odds{None: 1}
	for _, c := range []struct {
		rules Level
		class Class
		want  Level
	}{
		{Ask, Gone, NoDanger},
		{Ask, Life, NoDanger},
		{Ask, Child, Ask},
		{Ask, Missing, Ask},
		{Ask, SelfHarm, Ask},
		{Strong, Life, Ask},
		{Strong, SelfHarm, Ask},
		{Strong, Child, Ask},
		{Strong, Missing, Ask},
		{Strong, Fraud, Strong},
	} {
		if got := none.Level(&j, OutputDanger{Level: c.rules, Class: &c.class}, false); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.rules, c.class, got, c.want)
		}
	}
	if d := Read("鸡被狗咬死了", Context{Now: tuesday, Speaker: villager()}).Danger; d.Level != NoDanger {
		t.Errorf("a hen: %s %s %v", d.Level, d.Class, d.Words)
	}
}

// TestHelpBesidesDangerOutweighsNothing: the everyday words of a line that asks for help
// besides turn no alarm into a question that would be one by itself.
func TestHelpBesidesDangerOutweighsNothing(t *testing.T) {
	life := Life
	var j Judged
	unlikely := Odds{None: 0.6, Ask: 0.1, Strong: 0.3}
	for besides, want := range map[bool]Level{false: Ask, true: Strong} {
		if got := unlikely.Level(&j, OutputDanger{Level: Strong, Class: &life}, besides); got != want {
			t.Errorf("help besides %t: %s, want %s", besides, got, want)
		}
	}
}
