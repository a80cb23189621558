package read

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"strings"
	"time"
)

// A Village is the roster of `mishu read`: people under the ids of a file, which
// are text, and who of them is an elder.
type Village struct {
	Roster *Roster
	ids    []string // by Someone.ID - 1
	byID   map[string]int64
	listed int // the first so many ids are elders'
	bound  map[int64][]int64
	market Market
	taught *Taught
}

// filedPerson is one person of a roster file. Fields that are not known are
// ignored; all but the id and the name may be missing.
type filedPerson struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Sex       string   `json:"sex"` // M, F, 男, 女
	Age       int      `json:"age"`
	Group     any      `json:"group"` // 一组, 3组, 3
	Aliases   []string `json:"aliases"`
	Household string   `json:"household"`
	Bound     []string `json:"bound_elders"`
}

// ReadVillage reads a roster file: {"elders":[...],"volunteers":[...],
// "families":[...]}, with "market":{"lunar":[2,7],"solar":[]} if the days of 赶场 are
// to be read, "words":{"挈水":"挑水"} and "sounds":"n/l h/f" as a village sets them. Ages count back from now. It fails on what is no such
// JSON and on an id that is missing or given twice.
func ReadVillage(file io.Reader, now time.Time) (*Village, error) {
	var in struct {
		Elders     []filedPerson `json:"elders"`
		Volunteers []filedPerson `json:"volunteers"`
		Families   []filedPerson `json:"families"`
		Market     Market        `json:"market"`

		Words  map[string]string `json:"words"`  // taught: 挈水 -> 挑水
		Sounds *string           `json:"sounds"` // not told apart: "n/l h/f", "无"
	}
	if err := json.NewDecoder(file).Decode(&in); err != nil {
		return nil, errors.New("roster: " + PlainJSON(err, `the roster must be {"elders":[...]}`))
	}
	v := &Village{byID: map[string]int64{}, listed: len(in.Elders), bound: map[int64][]int64{}, market: in.Market, taught: NewTaught(in.Words)}
	var people []Someone
	houses := map[string]int64{}
	for _, part := range [...]struct {
		name           string
		people         []filedPerson
		listed, helper bool
	}{{"elders", in.Elders, true, false}, {"volunteers", in.Volunteers, false, true}, {"families", in.Families, false, false}} {
		for _, p := range part.people {
			if p.ID == "" {
				return nil, fmt.Errorf("the roster's %s: %s has no id", part.name, p.Name)
			}
			if n := v.byID[p.ID]; n != 0 {
				return nil, fmt.Errorf("roster: the id %s is given twice, to %s and %s", p.ID, people[n-1].Name, p.Name)
			}
			v.ids = append(v.ids, p.ID)
			v.byID[p.ID] = int64(len(v.ids))
			s := p.someone(now)
			s.ID, s.Listed, s.Helper = int64(len(v.ids)), part.listed, part.helper
			if p.Household != "" {
				if houses[p.Household] == 0 {
					houses[p.Household] = int64(len(houses) + 1)
				}
				s.Household = houses[p.Household]
			}
			people = append(people, s)
		}
	}
	for _, part := range [...][]filedPerson{in.Volunteers, in.Families} {
		for _, p := range part {
			v.bound[v.byID[p.ID]] = v.numbers(p.Bound)
		}
	}
	v.Roster = NewRoster(people)
	if in.Sounds != nil {
		v.Roster = v.Roster.Mixing(ParseSounds(*in.Sounds))
	}
	return v, nil
}

// IDs are the ids of the Roster by those of the file.
func (v *Village) IDs() map[string]int64 { return maps.Clone(v.byID) }

func (p *filedPerson) someone(now time.Time) Someone {
	s := Someone{Name: p.Name, Aliases: p.Aliases, Group: groupNumber(p.Group)}
	switch strings.ToUpper(p.Sex) {
	case "M", "男":
		s.Sex = "M"
	case "F", "女":
		s.Sex = "F"
	}
	if p.Age > 0 {
		s.Born = now.In(shanghai).Year() - p.Age
	}
	return s
}

// groupNumber reads 一组, 第3组, "3" and 3; 0 is no group.
func groupNumber(group any) int {
	f := Fold(fmt.Sprint(group))
	if nums := readNumbers(f.Runes, nil); len(nums) > 0 {
		n, _ := nums[0].int()
		return n
	}
	return 0
}

// numbers turns ids of the file into those of the Roster; unknown ones are left
// out.
func (v *Village) numbers(ids []string) []int64 {
	var out []int64
	for _, id := range ids {
		if n := v.byID[id]; n != 0 {
			out = append(out, n)
		}
	}
	return out
}

// elderIDs are the ids of the elders among people, each once.
func (v *Village) elderIDs(people []int64, to []string) []string {
	for _, p := range people {
		if p >= 1 && p <= int64(v.listed) && !containsText(to, v.ids[p-1]) {
			to = append(to, v.ids[p-1])
		}
	}
	return to
}

func containsText(all []string, s string) bool {
	for _, a := range all {
		if a == s {
			return true
		}
	}
	return false
}
