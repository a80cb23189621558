package invented

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"mishu/bot/roster"
)

// golden is the village's fingerprint. Whoever changes the village on purpose
// writes the new one here; anything else that changes it is a mistake.
const golden = "77b748c6d69ce9ff"

func TestVillageIsAlwaysTheSame(t *testing.T) {
	p := Village()
	raw, err := json.Marshal([]any{p, p.History(time.Date(2026, 11, 24, 0, 0, 0, 0, shanghai))})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintf("%x", sha256.Sum256(raw))[:16]; got != golden {
		t.Errorf("fingerprint %s, want %s", got, golden)
	}
	if diff := cmp.Diff(p, Village()); diff != "" {
		t.Error(diff)
	}
}

func TestSizeOfThePilot(t *testing.T) {
	p := Village()
	got := map[string]int{"people": len(p.People)}
	doors, groups := map[string]bool{}, map[int]bool{}
	for _, r := range p.People {
		doors[r.Household], groups[r.Group] = true, true
		if r.Listed {
			got["elders"]++
		}
		if r.LeftBehind() {
			got["children"]++
		}
		for _, role := range r.Roles {
			got[role]++
		}
	}
	got["households"], got["groups"] = len(doors), len(groups)
	want := map[string]int{
		"people": 1232, "households": 339, "groups": 7, "elders": 107, "children": 75, "志愿者": 30, "组长": 7, "村医": 1, "秘书长": 1, "会长": 1, "会计": 1,
		"监督": 1, "儿童主任": 1, "炊事员": 1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if p.Groups != 7 || p.Officer.Name == "" || p.ByName(p.Officer.Name) >= 0 {
		t.Errorf("groups %d, officer %+v", p.Groups, p.Officer)
	}
}

func TestCast(t *testing.T) {
	p := Village()
	for _, c := range []struct {
		name  string
		group int
		age   int
		alias string
		is    func(roster.Row) bool
	}{
		{"向春兰", 1, 49, "向老师", func(r roster.Row) bool { return r.Has("秘书长") }},
		{"向丽", 4, 36, "", func(r roster.Row) bool { return r.Has("会计") }},
		{"刘承志", 1, 55, "刘医生", func(r roster.Row) bool { return r.Has("村医") }},
		{"舒红梅", 2, 48, "", func(r roster.Row) bool { return r.Has("志愿者") }},
		{"向建国", 3, 50, "", func(r roster.Row) bool { return r.Has("志愿者") && slices.Contains(r.Skills, "驾车") }},
		{"夏满妹", 3, 50, "", func(r roster.Row) bool { return r.Has("志愿者") }},
		{"邓小军", 5, 41, "", func(r roster.Row) bool { return r.Has("志愿者") }},
		{"王桂香", 2, 76, "", func(r roster.Row) bool { return r.Listed && r.Visitor == "舒红梅" }},
		{"王桂香", 5, 81, "", func(r roster.Row) bool { return r.Listed && r.Tier == roster.Middle && r.Visitor == "邓小军" }},
		{"刘满生", 3, 83, "满爷爷", func(r roster.Row) bool { return r.Tier == roster.High && r.Kinds[0] == "独居" }},
		{"舒忠良", 3, 79, "忠良爹", func(r roster.Row) bool { return r.Listed && r.Visitor == "夏满妹" }},
		{"夏桂花", 3, 74, "桂花婶", func(r roster.Row) bool { return r.Listed && r.Visitor == "夏满妹" }},
		{"舒德贵", 3, 77, "德贵爹", func(r roster.Row) bool { return r.Listed }},
		{"吴长生", 5, 84, "吴爹", func(r roster.Row) bool { return r.Tier == roster.High && r.Visitor == "邓小军" }},
		{"刘海波", 3, 55, "", func(r roster.Row) bool { return r.Town == "东莞" && r.Phone == "19900001234" }},
		{"刘海燕", 3, 52, "", func(r roster.Row) bool { return r.Town == "长沙" }},
		{"向语涵", 3, 10, "小涵", roster.Row.LeftBehind},
		{"舒桂莲", 3, 75, "建国他娘", func(r roster.Row) bool { return !r.Listed }},
	} {
		i := p.Find(c.name, c.group)
		if i < 0 {
			t.Errorf("%s of group %d is missing", c.name, c.group)
			continue
		}
		r := p.People[i]
		if ageOf(r) != c.age || c.alias != "" && !slices.Contains(r.Aliases, c.alias) || !c.is(r) {
			t.Errorf("%s: %+v", c.name, r)
		}
	}
}

// Names that the examples use short must point to one person.
func TestCastIsNotBlurred(t *testing.T) {
	p := Village()
	count := func(fits func(roster.Row) bool) (n int) {
		for _, r := range p.People {
			if fits(r) {
				n++
			}
		}
		return n
	}
	for _, given := range castGiven {
		want := 1
		if given == "桂香" {
			want = 2
		}
		if n := count(func(r roster.Row) bool { return string([]rune(r.Name)[1:]) == given }); n != want {
			t.Errorf("%d people are called %s", n, given)
		}
	}
	old := func(surname, sex string, group int) int {
		return count(func(r roster.Row) bool {
			return r.Group == group && strings.HasPrefix(r.Name, surname) && r.Sex == sex && r.Listed
		})
	}
	if a, b, c, d := old("舒", "M", 3), old("吴", "M", 5), old("石", "M", 2), old("向", "F", 2); a != 2 || b != 1 || c != 1 || d != 1 {
		t.Errorf("舒老头 %d, 吴爹 %d, 石爹 %d, 向娘 %d", a, b, c, d)
	}
	if n := count(func(r roster.Row) bool { return r.Name == "李秀英" }); n != 3 {
		t.Errorf("李秀英 %d times", n)
	}
}

func TestEverybodyIsLookedAfter(t *testing.T) {
	p := Village()
	load := map[string]int{}
	for _, r := range p.People {
		if !r.Listed && !r.LeftBehind() {
			continue
		}
		v := p.ByName(r.Visitor)
		if v < 0 || !p.People[v].Has("志愿者") || abs(p.People[v].Group-r.Group) > 1 {
			t.Errorf("%s has visitor %q", r.Name, r.Visitor)
		}
		if !r.Listed {
			continue
		}
		load[r.Visitor]++
		if b := p.ByName(r.Backup); b < 0 || b == v || !p.People[b].Has("志愿者") {
			t.Errorf("%s has backup %q", r.Name, r.Backup)
		}
		if r.Tier == "" || len(r.Kinds) == 0 || len(r.Watch) != 2 || ageOf(r) < 60 {
			t.Errorf("elder %+v", r)
		}
	}
	for name, n := range load {
		if n > 8 {
			t.Errorf("%s has %d elders", name, n)
		}
	}
}

func abs(n int) int { return max(n, -n) }

func TestHouseholdsHangTogether(t *testing.T) {
	p := Village()
	heads, doors, phones, helpers := map[string]int{}, map[string][]roster.Row{}, map[string]string{}, map[string]int{}
	for _, r := range p.People {
		doors[r.Household] = append(doors[r.Household], r)
		if r.Head {
			heads[r.Household]++
		}
		if len(r.Roles) > 0 {
			helpers[r.Name]++
		}
		if r.Phone != "" && (phones[r.Phone] != "" || !strings.HasPrefix(r.Phone, "1990000") || len(r.Phone) != 11) {
			t.Errorf("telephone %s of %s and %s", r.Phone, r.Name, phones[r.Phone])
		}
		phones[r.Phone] = r.Name
		if _, err := time.Parse(time.DateOnly, r.Born); err != nil || r.Line < 3 {
			t.Errorf("%s born %s line %d", r.Name, r.Born, r.Line)
		}
		if (r.Status == roster.Away) != (r.Town != "") {
			t.Errorf("%s is %s in %q", r.Name, r.Status, r.Town)
		}
		if r.LeftBehind() && ageOf(r) > 15 {
			t.Errorf("child %s is %d", r.Name, ageOf(r))
		}
	}
	for name, n := range helpers {
		if n != 1 || len(p.namesakes(name)) != 1 {
			t.Errorf("%s holds a task and shares the name", name)
		}
	}
	for door, rows := range doors {
		if heads[door] != 1 || !rows[0].Head {
			t.Errorf("%s has %d heads", door, heads[door])
		}
		checkAges(t, rows)
	}
}

func (p Place) namesakes(name string) (list []int) {
	for i, r := range p.People {
		if r.Name == name {
			list = append(list, i)
		}
	}
	return list
}

// checkAges wants 18 years between the generations of a household.
func checkAges(t *testing.T, rows []roster.Row) {
	t.Helper()
	head := ageOf(rows[0])
	for _, r := range rows[1:] {
		gap := head - ageOf(r)
		ok := true
		switch r.Relation {
		case "儿子", "女儿":
			ok = gap >= 18 && gap <= 45
		case "儿媳", "女婿":
			ok = gap >= 15
		case "孙子", "孙女":
			ok = gap >= 36
		case "母亲":
			ok = gap <= -18
		case "妻", "夫":
			ok = gap >= -8 && gap <= 8
		}
		if !ok {
			t.Errorf("%s, %d, has %s %s, %d", rows[0].Name, head, r.Relation, r.Name, ageOf(r))
		}
	}
}

func TestBoundAndProxies(t *testing.T) {
	p := Village()
	if !slices.IsSorted(p.Bound) || len(slices.Compact(slices.Clone(p.Bound))) != len(p.Bound) {
		t.Error("Bound is not rising")
	}
	tasks := 0
	for i, r := range p.People {
		if len(r.Roles) > 0 {
			tasks++
			if !slices.Contains(p.Bound, i) {
				t.Errorf("%s is not bound", r.Name)
			}
		}
	}
	if others := len(p.Bound) - tasks; others < 55 || others > 70 {
		t.Errorf("%d others are bound", others)
	}
	hears := map[bool]int{}
	for _, x := range p.Proxies {
		hears[x.Hears]++
		if !slices.Contains(p.Bound, x.Person) || !p.People[x.For].Listed || p.People[x.Person].Household != p.People[x.For].Household {
			t.Errorf("proxy %+v", x)
		}
	}
	if hears[true] < 10 || hears[false] < 3 {
		t.Errorf("proxies who hear %d, who do not %d", hears[true], hears[false])
	}
	for _, d := range p.Duty {
		if d.Person < 0 || d.Phone == "" {
			t.Errorf("duty %+v", d)
		}
	}
}

func TestWorkbookRoundTrip(t *testing.T) {
	p := Village()
	data, err := p.Workbook()
	if err != nil {
		t.Fatal(err)
	}
	s, problems, err := roster.Read(bytes.NewReader(data))
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v %v", err, problems)
	}
	if diff := cmp.Diff(p.People, s.Rows, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff[:min(len(diff), 3000)])
	}
}
