package read

import "testing"

// TestComplaints: pain, a sprain or weakness is no alarm whatever cannot be done, until one
// thing is told that makes it grave.
func TestComplaints(t *testing.T) {
	c := Context{Now: tuesday, Roster: stage(), Speaker: villager()}
	for _, mild := range []string{
		"感冒了 全身没力 起不来", "腰痛得起不来床", "我娘脚崴到了 走不得", "王桂香膝盖肿了 2天走不得", "头痛发烧 下不得床", "一身酸痛 动不得",
	} {
		if d := Read(mild, c).Danger; d.Level == Strong {
			t.Errorf("%s: %s %s %v", mild, d.Level, d.Class, d.Words)
		}
	}
	for _, grave := range []string{
		"半边身子没力 起不来", "跌了一跤 腰痛得起不来", "我娘在地上起不来", "胸口痛 一身冷汗 动不得", "起不来 嘴巴歪了", "一只手没力", "一边脚没力 走不得",
	} {
		if d := Read(grave, c).Danger; d.Level != Strong {
			t.Errorf("%s: %s", grave, d.Level)
		}
	}
}

// TestComplainsOnly: a word that is not of the list may be what makes it grave.
func TestComplainsOnly(t *testing.T) {
	for text, want := range map[string]bool{
		"腰痛起不来": true, "我娘腰痛起不来": true, "王桂香腰痛，起不来！": true, "起不来": false, "腰痛起不来 在塘边": false, "": false, "痛": true, "软了起不来": false, "一只手没力": false, "手没得了 痛": false, "腰痛 tu xue": false, "病死了": false, "痛死了": true,
	} {
		w := workspace{context: Context{Now: tuesday, Roster: stage(), Speaker: villager()}}
		f := Fold(text)
		w.readFolded(text, &f)
		if len(f.Runes) == 0 {
			w.line.begin(&f, &w.context)
		}
		if got := w.line.Folded != nil && w.line.complains(); got != want {
			t.Errorf("%s: %t, want %t", text, got, want)
		}
	}
}
