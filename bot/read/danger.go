package read

import (
	"fmt"
	"strconv"
	"strings"
)

// maxSets is how many sets of signs there may be.
const maxSets = 128

// A signSet holds sets of signs, one bit each.
type signSet [maxSets / 64]uint64

func (s signSet) with(o signSet) signSet {
	for i := range s {
		s[i] |= o[i]
	}
	return s
}

// meets tells whether the two have a set in common.
func (s signSet) meets(o signSet) bool {
	for i := range s {
		if s[i]&o[i] != 0 {
			return true
		}
	}
	return false
}

// holds tells whether all of o is in s.
func (s signSet) holds(o signSet) bool {
	for i := range s {
		if s[i]&o[i] != o[i] {
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
	need  []signSet
	all   signSet // all of need
	near  int     // how far apart, in runes, its signs may lie
}

// near is how far apart the signs of a rule may lie that does not say so: in a
// line about several people the fall of one and the weakness of another are
// not one emergency.
const near = 24

// parseRules reads "strong life fall + down".
func parseRules(lines []string, sets map[string]signSet) ([]rule, error) {
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
		for _, name := range f[2:] {
			if n, err := strconv.Atoi(name); err == nil {
				r.near = n
				continue
			}
			if name == "+" {
				continue
			}
			if sets[name] == (signSet{}) {
				return nil, fmt.Errorf("rule %q: no section [sign %s]", line, name)
			}
			r.need = append(r.need, sets[name])
			r.all = r.all.with(sets[name])
		}
		rules = append(rules, r)
	}
	return rules, nil
}

// danger weighs the signs of the line.
func (l *line) danger(text string) Danger {
	live := l.liveSigns()
	var sets signSet
	for _, h := range live {
		sets = sets.with(h.set)
	}
	for _, r := range lex().rules {
		if !sets.holds(r.all) {
			continue
		}
		if words, ok := l.ruleHolds(&r, live); ok {
			return l.verdict(text, r, words)
		}
	}
	return Danger{Level: NoDanger}
}

// verdict names the words of a rule that held. What is over by now (刚才晕倒，现在
// 好了) is asked about; somebody who wants to die is not well by saying so.
func (l *line) verdict(text string, r rule, words []hit) Danger {
	d := Danger{Level: r.level, Class: r.class}
	for i, h := range words {
		if i > 0 && words[i-1].to == h.from { // 喝了农药 is one thing that was said
			d.Words[len(d.Words)-1] += l.typed(text, h.from, h.to)
			continue
		}
		d.Words = append(d.Words, l.typed(text, h.from, h.to))
	}
	if !l.wellAfter(words[len(words)-1].to, r.class) {
		return d
	}
	switch {
	case r.level == Strong && r.class != SelfHarm && r.class != Child:
		d.Level = Ask
	case r.level == Ask && (r.class == Life || r.class == Missing):
		return Danger{Level: NoDanger}
	}
	return d
}

// wellAfter tells whether the line goes on to say that it is over. That somebody
// came home ends a search, no faint.
func (l *line) wellAfter(i int, c Class) bool {
	for _, h := range l.offs {
		if h.value == "home" && h.from >= i && (c == Missing || c == Gone) {
			return !l.negatedAt(h.from)
		}
		if h.value == "well" && h.from >= i {
			return !l.negatedAt(h.from)
		}
	}
	return false
}

// ruleHolds finds one live sign for each set of the rule, near one another.
func (l *line) ruleHolds(r *rule, live []hit) ([]hit, bool) {
	for k, first := range live {
		if !first.set.meets(r.need[0]) {
			continue
		}
		if words, ok := gather(r, live, k); ok {
			return words, true
		}
	}
	return nil, false
}

// gather collects the other signs of a rule around the k-th live one. The signs
// are in order, so that only those near it are looked at.
func gather(r *rule, live []hit, k int) ([]hit, bool) {
	first := live[k]
	from := k
	for from > 0 && live[from-1].from+maxSign+r.near > first.from {
		from--
	}
	words := []hit{first}
	for _, set := range r.need[1:] {
		for _, h := range live[from:] {
			if h.from >= first.to+r.near {
				break
			}
			if h.set.meets(set) && first.from < h.to+r.near {
				words = append(words, h)
				break
			}
		}
	}
	return words, len(words) == len(r.need)
}

// maxSign is longer, in runes, than any sign.
const maxSign = 14

// liveSigns are the signs that nothing turns off.
func (l *line) liveSigns() []hit {
	var live []hit
	for _, h := range l.signs {
		if !l.off(h) {
			live = append(live, h)
		}
	}
	return live
}
