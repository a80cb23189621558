package read

import (
	"runtime"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestFind(t *testing.T) {
	r := stage()
	for _, c := range []struct {
		name  string
		group int
		want  []int64
	}{
		{"王桂香", 0, []int64{guixiang2, guixiang5}},
		{"王桂香", 5, []int64{guixiang5}},
		{"王桂香", 9, nil},
		{"满爷爷", 0, []int64{mansheng}},
		{"王貴香", 0, nil}, // another character, though it sounds the same
		{"劉滿生", 3, []int64{mansheng}},
		{" 刘满生 ", 3, []int64{mansheng}},
		{"满生", 0, nil},
		{"", 0, nil},
	} {
		if diff := cmp.Diff(c.want, r.Find(c.name, c.group)); diff != "" {
			t.Errorf("%s of %d: %s", c.name, c.group, diff)
		}
	}
}

func TestPerson(t *testing.T) {
	r := stage()
	if p, ok := r.Person(mansheng); !ok || p.Name != "刘满生" {
		t.Errorf("%v %v", p, ok)
	}
	if _, ok := r.Person(999); ok {
		t.Error("a person nobody knows")
	}
	var none *Roster
	if _, ok := none.Person(1); ok || none.Find("王桂香", 0) != nil || none.Household(38) != nil {
		t.Error("a nil roster knows somebody")
	}
	if diff := cmp.Diff([]int64{mansheng, haibo, haiyan, xiaohan}, r.Household(38)); diff != "" {
		t.Error(diff)
	}
}

// TestNames tells for every level by whom it is beaten, and what a tie gives.
func TestNames(t *testing.T) {
	near := Speaker{Person: 90, Group: 5}
	son := Speaker{Person: haibo, Household: 38, Group: 3, Proxies: []int64{mansheng}}
	for _, c := range []struct {
		text    string
		speaker Speaker
		want    []int64
		exact   bool
	}{
		{"王桂香", Speaker{}, []int64{guixiang2, guixiang5}, true},
		{"隔壁王桂香", near, []int64{guixiang5, guixiang2}, true}, // her group first, still asked
		{"5组王桂香", Speaker{}, []int64{guixiang5}, true},
		{"王桂香5组的", Speaker{}, []int64{guixiang5}, true},
		{"王桂香", Speaker{Cares: []int64{guixiang2}}, []int64{guixiang2}, true},
		{"王桂芳", Speaker{}, []int64{guifang}, true},
		{"黄花秀", Speaker{}, []int64{fahua}, true},
		{"黄发秀", Speaker{}, []int64{faxiu}, true},
		{"黄华秀", Speaker{}, []int64{fahua}, false}, // same sound beats the mixed one
		{"黄法秀", Speaker{}, []int64{faxiu}, false},
		{"王贵香", Speaker{}, []int64{guixiang2, guixiang5}, false},
		{"張桂蘭", Speaker{}, []int64{guilan}, true},
		{"张贵兰", Speaker{}, []int64{guilan}, false},
		{"满爷爷", Speaker{}, []int64{mansheng}, true},
		{"忠良爹", Speaker{}, []int64{zhongliang}, true},
		{"舒老头", Speaker{}, []int64{zhongliang, degui}, true},
		{"满生爹", Speaker{}, []int64{mansheng}, true},
		{"建国他娘", Speaker{}, []int64{guilian}, true},
		{"建国的娘", Speaker{}, []int64{guilian}, true},
		{"建国娘", Speaker{}, []int64{guilian}, true},
		{"海波他爸", Speaker{}, []int64{mansheng}, true},
		{"老李屋里的", Speaker{}, []int64{lijiaWife}, true},
		{"李家顺堂客", Speaker{}, []int64{lijiaWife}, true},
		{"向老师", Speaker{}, []int64{teacherXiang}, true},
		{"刘医生", Speaker{}, []int64{doctorLiu}, true},
		{"吴爹", Speaker{}, []int64{changsheng}, true},
		{"桂花", Speaker{}, []int64{guihua}, true},
		{"桂华婶", Speaker{}, []int64{guihua}, false},
		{"李小军", Speaker{}, nil, false}, // 邓小军 is somebody else
		{"刘桂花", Speaker{}, nil, false},
		{"李桂花婶", Speaker{}, nil, false},
		{"我娘", son, nil, false},
		{"明天", Speaker{}, nil, false},
		{"国庆节", Speaker{}, nil, false},
		{"牛满生", Speaker{}, []int64{mansheng}, true}, // 牛 is no surname here: 刘 and 牛 do not sound alike
		{"桂花树", Speaker{}, nil, false},
	} {
		g := Read("帮下"+c.text+"，", Context{Now: tuesday, Roster: stage(), Speaker: c.speaker})
		var got []int64
		exact := false
		for _, m := range g.Mentions {
			got, exact = append(got, m.People...), m.Exact
		}
		if diff := cmp.Diff(c.want, got); diff != "" || exact != c.exact {
			t.Errorf("%s: exact %t %s", c.text, exact, diff)
		}
	}
}

// TestSharedCharacters: of two people with one sound the one that shares more
// characters with the misspelt name wins; shared alike, both are told.
func TestSharedCharacters(t *testing.T) {
	r := NewRoster([]Someone{{ID: 1, Name: "王桂香"}, {ID: 2, Name: "王贵乡"}, {ID: 3, Name: "汪贵香"}})
	for text, want := range map[string][]int64{"王贵湘": {2}, "王桂乡": {1, 2}, "汪桂湘": {1, 3}} {
		g := Read("帮下"+text+"，", Context{Now: tuesday, Roster: r})
		if len(g.Mentions) != 1 {
			t.Fatalf("%s: %v", text, g.Mentions)
		}
		if diff := cmp.Diff(want, g.Mentions[0].People); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

// TestOtherGroup: a group that does not fit the name is told, not obeyed.
func TestOtherGroup(t *testing.T) {
	g := Read("看了2组满爷爷", Context{Now: tuesday, Roster: stage()})
	if len(g.Mentions) != 1 || !g.Mentions[0].OtherGroup || g.Mentions[0].People[0] != mansheng {
		t.Errorf("%+v", g.Mentions)
	}
}

// TestRosterSize holds the promises of a village of 1,232: built in 20 ms, less
// than 1 MB. The tables of sounds and words are shared by all villages.
func TestRosterSize(t *testing.T) {
	people := village(1232)
	NewRoster(people[:1]) // load the shared tables
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	r := NewRoster(people)
	took := time.Since(start)
	runtime.GC()
	runtime.ReadMemStats(&after)
	if kept := int64(after.HeapAlloc) - int64(before.HeapAlloc); kept > 1<<20 {
		t.Errorf("%d bytes kept", kept)
	}
	if took > 200*time.Millisecond { // ten times the promise: the machine may be busy
		t.Errorf("took %v", took)
	}
	runtime.KeepAlive(r)
}

// village invents n people with the surnames of western Hunan, deterministic.
func village(n int) []Someone {
	surnames := []rune("舒向刘王夏李张邓黄杨周陈谭唐")
	first := []rune("桂满忠德建红小长志春冬海家国美秀玉金")
	second := []rune("香生良贵国梅军兰英花莲华平秀珍明强")
	people := make([]Someone, n)
	for i := range people {
		s, a, b := surnames[i%len(surnames)], first[i/3%len(first)], second[i/7%len(second)]
		people[i] = Someone{
			ID: int64(i + 1), Name: string([]rune{s, a, b}), Sex: []string{"M", "F"}[i%2], Born: 1935 + i%75,
			Group: i%7 + 1, Household: int64(i/4 + 1), Head: i%4 == 0, Listed: i%12 == 0, Helper: i%40 == 0,
		}
		if i%12 == 0 {
			people[i].Aliases = []string{string([]rune{a, b, '婶'})}
		}
	}
	return people
}
