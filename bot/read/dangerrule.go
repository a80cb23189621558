package read

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// maxSets is how many sets of signs there may be.
const maxSets = 640

// A signSet holds sets of signs, one bit each.
type signSet [maxSets / 64]uint64

// add puts the set of the number into s.
func (s *signSet) add(place int) { s[place/64] |= 1 << (place % 64) }

// holds tells whether the set of the number is in s.
func (s *signSet) holds(place int) bool { return s[place/64]&(1<<(place%64)) != 0 }

// holdsAll tells whether the sets of the numbers are in s.
func (s *signSet) holdsAll(places []int) bool {
	for _, place := range places {
		if !s.holds(place) {
			return false
		}
	}
	return true
}

// A rule turns signs that were found into a verdict: when every set of need
// has a live sign in the line, the level and class hold.
type rule struct {
	level Level
	class Class
	need  []int  // its sets, by their number
	near  int    // how far apart, in runes, its signs may lie
	after []bool // by need: it stands behind the one before it
}

// byRarest puts each rule by that of its sets which the fewest rules need, so that a line
// with a common sign asks few.
func byRarest(rules []rule) (out [maxSets][]int32) {
	var needs [maxSets]int
	for _, r := range rules {
		for _, place := range r.need {
			needs[place]++
		}
	}
	for i, r := range rules {
		place := slices.MinFunc(r.need, func(a, b int) int { return needs[a] - needs[b] })
		out[place] = append(out[place], int32(i))
	}
	return out
}

// near is how far apart the signs of a rule may lie that does not say so: in a
// line about several people the fall of one and the weakness of another are
// not one emergency.
const near = 24

// parseRules reads "strong life fall + down" and "strong life mouth > crooked 6",
// where the second stands behind the first.
func parseRules(lines []string, sets map[string]int) ([]rule, error) {
	var rules []rule
	for _, line := range lines {
		f := strings.Fields(line)
		if len(f) < 3 {
			return nil, fmt.Errorf("rule %q: level, class and sets are needed", line)
		}
		if Level(f[0]) != Strong && Level(f[0]) != Ask {
			return nil, fmt.Errorf("rule %q: the level is strong or ask", line)
		}
		r := rule{level: Level(f[0]), class: Class(f[1]), near: near}
		behind := false
		for _, name := range f[2:] {
			if n, err := strconv.Atoi(name); err == nil {
				r.near = n
				continue
			}
			if name == "+" || name == ">" {
				behind = name == ">"
				continue
			}
			place, ok := sets[name]
			if !ok {
				return nil, fmt.Errorf("rule %q: no section [sign %s]", line, name)
			}
			r.need = append(r.need, place)
			r.after = append(r.after, behind)
		}
		rules = append(rules, r)
	}
	return rules, nil
}
