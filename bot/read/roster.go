package read

import (
	"slices"
	"strings"
)

// Roster is the names of one village, built once and never changed: any number
// of goroutines may read it. A nil Roster knows nobody.
type Roster struct {
	people     []Someone
	byID       map[int64]int32
	names      map[string][]int32 // folded full names
	aliases    map[string][]int32 // folded aliases
	given      map[string][]int32 // folded given names of two characters and more
	starts     *runeSet           // first characters of names, aliases and given names
	surnames   map[string][]int32
	households map[int64][]int32
	endings    map[rune][]int32 // by the first and the last character of the given name
	folded     [][]rune         // the folded full names
	sounds     soundIndex
	mixed      Sounds
	longest    int // runes of the longest name or alias
}

// NewRoster builds the Roster of the given people. Someone without a name is
// known by id and by aliases only.
func NewRoster(people []Someone) *Roster {
	r := &Roster{
		people:     slices.Clone(people),
		byID:       make(map[int64]int32, len(people)),
		names:      make(map[string][]int32, len(people)),
		aliases:    map[string][]int32{},
		given:      make(map[string][]int32, len(people)),
		starts:     new(runeSet),
		surnames:   map[string][]int32{},
		households: map[int64][]int32{},
		endings:    map[rune][]int32{},
		folded:     make([][]rune, len(people)),
		mixed:      AllSounds,
	}
	for i := range r.people {
		r.index(int32(i))
	}
	r.sounds = newSoundIndex(r.folded)
	return r
}

// Mixing returns the same roster for a village that mixes these sounds only.
func (r *Roster) Mixing(s Sounds) *Roster {
	out := *r
	out.mixed = s & AllSounds
	return &out
}

func (r *Roster) index(i int32) {
	p := &r.people[i]
	r.byID[p.ID] = i
	if p.Household != 0 {
		r.households[p.Household] = append(r.households[p.Household], i)
	}
	r.key(r.names, p.Name, i)
	for _, a := range p.Aliases {
		r.key(r.aliases, a, i)
	}
	r.folded[i] = Fold(strings.TrimSpace(p.Name)).Runes
	surname, given := splitName(r.folded[i])
	if len(given) > 0 {
		r.surnames[string(surname)] = append(r.surnames[string(surname)], i)
		r.ending(given[0], i)
		if last := given[len(given)-1]; last != given[0] {
			r.ending(last, i)
		}
	}
	if len(given) > 1 {
		r.key(r.given, string(given), i)
	}
}

func (r *Roster) ending(c rune, i int32) { r.endings[c] = append(r.endings[c], i) }

func (r *Roster) key(m map[string][]int32, name string, i int32) {
	f := Fold(strings.TrimSpace(name))
	if len(f.Runes) == 0 {
		return
	}
	if !slices.Contains(m[f.Text], i) {
		m[f.Text] = append(m[f.Text], i)
	}
	r.starts.add(f.Runes[0])
	r.longest = max(r.longest, len(f.Runes))
}

// Person returns the person with the id.
func (r *Roster) Person(id int64) (Someone, bool) {
	if r == nil {
		return Someone{}, false
	}
	i, ok := r.byID[id]
	if !ok {
		return Someone{}, false
	}
	return r.people[i], true
}

// Find returns the ids of all whose full name or alias is exactly name, in the
// group, or in any group if group is 0. Full names come before aliases.
func (r *Roster) Find(name string, group int) []int64 {
	if r == nil {
		return nil
	}
	f := Fold(strings.TrimSpace(name))
	var ids []int64
	for _, m := range []map[string][]int32{r.names, r.aliases} {
		for _, i := range m[f.Text] {
			p := &r.people[i]
			if (group == 0 || p.Group == group) && !slices.Contains(ids, p.ID) {
				ids = append(ids, p.ID)
			}
		}
	}
	return ids
}

// Household returns the ids of the people of a household, in roster order.
func (r *Roster) Household(id int64) []int64 {
	if r == nil || id == 0 {
		return nil
	}
	return r.ids(r.households[id])
}

// ids turns places in r.people into ids.
func (r *Roster) ids(at []int32) []int64 {
	if len(at) == 0 {
		return nil
	}
	ids := make([]int64, len(at))
	for k, i := range at {
		ids[k] = r.people[i].ID
	}
	return ids
}

// compound holds the surnames of two characters that are found in Hunan.
var compound = map[string]bool{"欧阳": true, "司马": true, "诸葛": true, "上官": true, "皇甫": true, "司徒": true, "夏侯": true, "尉迟": true}

// splitName splits a folded full name into surname and given name. A name of
// one character has no given name.
func splitName(name []rune) (surname, given []rune) {
	if len(name) > 2 && compound[string(name[:2])] {
		return name[:2], name[2:]
	}
	if len(name) < 2 {
		return name, nil
	}
	return name[:1], name[1:]
}
