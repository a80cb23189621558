package read

import "testing"

// TestHunan holds which syllables are mixed and which stay apart.
func TestHunan(t *testing.T) {
	for _, p := range [][2]string{
		{"hua", "fa"}, {"hui", "fei"}, {"hu", "fu"}, {"huang", "fang"}, {"nan", "lan"}, {"zhang", "zang"}, {"chen", "cheng"}, {"shu", "su"}, {"xin", "xing"}, {"nei", "lei"},
	} {
		if AllSounds.fold(p[0]) != AllSounds.fold(p[1]) {
			t.Errorf("%s and %s stay apart", p[0], p[1])
		}
	}
	for _, p := range [][2]string{{"liu", "niu"}, {"li", "ni"}, {"huo", "fo"}, {"he", "fe"}, {"lan", "lang"}, {"feng", "hong"}} {
		if AllSounds.fold(p[0]) == AllSounds.fold(p[1]) {
			t.Errorf("%s and %s are mixed", p[0], p[1])
		}
	}
}

// TestAllReadings: names are said by their rarer readings too.
func TestAllReadings(t *testing.T) {
	for _, p := range []string{"曾增", "覃秦", "单善", "仇求", "长掌", "长常"} {
		r := []rune(p)
		if sounds().alike(r[0], r[1], NoSounds) != 1 {
			t.Errorf("%s do not sound alike", p)
		}
	}
	if sounds().alike('a', 'b', AllSounds) != 3 {
		t.Error("letters have no sound")
	}
}
