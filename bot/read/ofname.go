package read

import "strings"

// ofName tells whether a thing or a beast of one character is part of somebody's
// name whom the roster does not have: 3组夏玉田过世. 张家牛 is a beast.
func (l *line) ofName(g hit) bool {
	if g.to-g.from != 1 {
		return false
	}
	for s := max(0, g.from-2); s < g.from; s++ {
		if l.surname[s] && (l.begins(s) || l.at(s-1) == '组') && !strings.ContainsRune("家屋的", l.Runes[g.from-1]) {
			return true
		}
	}
	return false
}
