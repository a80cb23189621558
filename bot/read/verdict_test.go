package read

import "testing"

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
	unlikely := Odds{None: 0.7, Ask: 0.1, Strong: 0.2}
	for besides, want := range map[bool]Level{false: Ask, true: Strong} {
		if got := unlikely.Level(&j, OutputDanger{Level: Strong, Class: &life}, besides); got != want {
			t.Errorf("help besides %t: %s, want %s", besides, got, want)
		}
	}
}
