package read

import (
	"slices"
	"testing"
)

// Each sound that a village tells apart takes away what only that sound had found.
func TestMixing(t *testing.T) {
	for _, x := range []struct {
		mix         Sounds
		name, typed string
	}{
		{MixNL, "张桂南", "张桂兰"},
		{MixHF, "黄花秀", "黄发秀"},
		{MixZH, "张志明", "张自明"},
		{MixIN, "周林生", "周灵生"},
		{MixEN, "陈有田", "程有田"},
	} {
		r := NewRoster([]Someone{{ID: 1, Name: x.name, Group: 1, Listed: true}})
		found := func(mixed Sounds) bool {
			g := Read("看了"+x.typed+"，蛮好", Context{Now: tuesday, Roster: r.Mixing(mixed)})
			return len(g.Mentions) == 1 && slices.Equal(g.Mentions[0].People, []int64{1}) && !g.Mentions[0].Exact
		}
		if !found(AllSounds) || !found(x.mix) {
			t.Errorf("%s for %s is not found where %s is mixed", x.typed, x.name, x.mix)
		}
		if found(NoSounds) || found(AllSounds&^x.mix) {
			t.Errorf("%s for %s is found where %s is told apart", x.typed, x.name, x.mix)
		}
	}
}

// However a village speaks, exact characters win, the same sound needs no setting,
// and a tie stays a tie.
func TestMixingChangesNoTie(t *testing.T) {
	for _, mixed := range []Sounds{AllSounds, NoSounds, MixNL, MixHF | MixEN} {
		c := Context{Now: tuesday, Roster: stage().Mixing(mixed)}
		for text, want := range map[string][]int64{
			"看了王桂香": {guixiang2, guixiang5},
			"看了王贵香": {guixiang2, guixiang5},
			"看了黄发秀": {faxiu},
			"看了黄花秀": {fahua},
			"看了张桂南": {guinan},
			"看了刘满声": {mansheng},
		} {
			g := Read(text, c)
			if len(g.Mentions) != 1 || !slices.Equal(g.Mentions[0].People, want) {
				t.Errorf("%s where %s is mixed: %v, want %v", text, mixed, g.Mentions, want)
			}
		}
	}
}

func TestAccentWords(t *testing.T) {
	for said, want := range map[string]Sounds{
		"n和l分得清": AllSounds &^ MixNL, "n l 分": AllSounds &^ MixNL, "nl不分": AllSounds, "h/f分得开": AllSounds &^ MixHF,
		"平翘舌分": AllSounds &^ MixZH, "前后鼻音分得清": AllSounds &^ (MixIN | MixEN), "全分": NoSounds, "全不分": AllSounds, "EN和ENG 分": AllSounds &^ MixEN,
	} {
		got, ok := AllSounds.Change(said)
		if !ok || got != want {
			t.Errorf("%s: %s %v, want %s", said, got, ok, want)
		}
		if back := ParseSounds(got.String()); back != want {
			t.Errorf("%s is read back as %s", got, back)
		}
	}
	for _, said := range []string{"", "分", "好听", "x和y不分"} {
		if _, ok := AllSounds.Change(said); ok {
			t.Errorf("%q says something", said)
		}
	}
	if ParseSounds("") != AllSounds {
		t.Error("a village that has set nothing")
	}
}
