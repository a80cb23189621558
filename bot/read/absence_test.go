package read

import "testing"

func TestAway(t *testing.T) {
	for _, c := range []struct {
		text    string
		days    int
		self    bool
		title   string
		instead []int64
		away    []int64
	}{
		{"我去县里两天，找向会计", 2, true, "会计", []int64{14, 15, 10}, nil},
		{"我出门三天 有事找建国", 3, true, "", []int64{10}, nil},
		{"我要去长沙住院一个星期，请满妹", 7, true, "", []int64{11}, nil},
		{"我不在村里，有事找建国", 0, true, "", []int64{10}, nil},
		{"满妹替两天", 2, true, "", []int64{11}, nil},
		{"满妹替我3天", 3, true, "", []int64{11}, nil},
		{"红梅病了 这5天找满妹", 5, false, "", []int64{11}, []int64{9}},
	} {
		a, ok := Away(Read(c.text, Context{Now: tuesday, Roster: stage(), Speaker: secretary()}))
		if !ok || a.Days != c.days || a.Self != c.self || a.Title != c.title || !sameIDs(a.Instead.People, c.instead) || !sameIDs(a.Away.People, c.away) {
			t.Errorf("%s: %v %+v", c.text, ok, a)
		}
	}
	for _, text := range []string{"满爷爷不在屋", "找建国", "我去县里两天", "建国不在，忠良看了", "我想去镇上找建国他娘", "满妹替桂花婶洗了两天被子", "满妹代课"} {
		if a, ok := Away(Read(text, Context{Now: tuesday, Roster: stage(), Speaker: secretary()})); ok {
			t.Errorf("%s was read as an absence: %+v", text, a)
		}
	}
}

func sameIDs(a, b []int64) bool {
	if len(a) != len(b) {
		return false
	}
	for _, x := range a {
		found := false
		for _, y := range b {
			found = found || x == y
		}
		if !found {
			return false
		}
	}
	return true
}

func TestDays(t *testing.T) {
	for text, want := range map[string]int{"停3天": 3, "去县里两天": 2, "一个礼拜": 7, "3点": 0, "13号": 0, "三组": 0, "停两周": 14} {
		if got := Days(text); got != want {
			t.Errorf("%s: %d days, want %d", text, got, want)
		}
	}
}
