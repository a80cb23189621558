package read

import (
	"fmt"
	"strconv"
	"strings"
)

// A rule turns signs that were found into a verdict: when every set of need
// has a live sign in the line, the level and class hold.
type rule struct {
	level Level
	class Class
	need  []uint64
	all   uint64 // all of need
	near  int    // how far apart, in runes, its signs may lie
}

// near is how far apart the signs of a rule may lie that does not say so: in a
// line about several people the fall of one and the weakness of another are
// not one emergency.
const near = 24

// parseRules reads "strong life fall + down".
func parseRules(lines []string, sets map[string]uint64) ([]rule, error) {
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
			if sets[name] == 0 {
				return nil, fmt.Errorf("rule %q: no section [sign %s]", line, name)
			}
			r.need = append(r.need, sets[name])
			r.all |= sets[name]
		}
		rules = append(rules, r)
	}
	return rules, nil
}

// danger weighs the signs of the line.
func (l *line) danger(text string) Danger {
	live := l.liveSigns()
	var sets uint64
	for _, h := range live {
		sets |= h.set
	}
	for _, r := range lex().rules {
		if sets&r.all != r.all {
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
	for _, h := range words {
		d.Words = append(d.Words, l.typed(text, h.from, h.to))
	}
	if !l.wellAfter(words[len(words)-1].to) {
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

func (l *line) wellAfter(i int) bool {
	for _, h := range l.offs {
		if h.value == "well" && h.from >= i {
			return !l.negatedAt(h.from)
		}
	}
	return false
}

// ruleHolds finds one live sign for each set of the rule, near one another.
func (l *line) ruleHolds(r *rule, live []hit) ([]hit, bool) {
	for _, first := range live {
		if first.set&r.need[0] == 0 {
			continue
		}
		words := []hit{first}
		for _, set := range r.need[1:] {
			for _, h := range live {
				if h.set&set != 0 && h.from < first.to+r.near && first.from < h.to+r.near {
					words = append(words, h)
					break
				}
			}
		}
		if len(words) == len(r.need) {
			return words, true
		}
	}
	return nil, false
}

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
