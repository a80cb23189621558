package read

import "strings"

// feared tells whether a word of fear or of "if" stands before the sign with
// no mark and no space between. 怕是 and 怕有 mean "probably" and fear nothing.
func (l *line) feared(h hit) bool {
	if h.value == "threat" {
		return false // a threat says "if"
	}
	for _, g := range l.offsIn(h.from-maxSign-12, h.to) {
		if g.value == "fear" && (g.to <= h.from || g.from < h.from && g.to <= h.to) && h.from-g.to <= 12 &&
			l.clause[g.from] == l.clause[h.from] && !strings.ContainsRune("是莫", l.at(g.to)) && !l.is(g.from, "怕有") {
			return true
		}
	}
	return false
}
