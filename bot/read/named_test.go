package read

import "testing"

func TestNamesOfOthers(t *testing.T) {
	r := NewRoster([]Someone{{ID: 1, Name: "刘满生", Aliases: []string{"满爷爷"}}, {ID: 2, Name: "王桂香"}, {ID: 3, Name: "向明"}})
	for text, want := range map[string]bool{
		"刘满生（3组）：脚肿": true, "急：满爷爷喊不应": true, "10号：助医，2组一位乡亲": false, "向明天讲": true,
		"认得您了，王桂香": false, "": false, "满生": false,
	} {
		if got := r.Names(text, 2); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	if (*Roster)(nil).Names("刘满生", 0) {
		t.Error("nobody has a name")
	}
}
