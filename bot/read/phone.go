package read

import (
	"slices"
	"strings"
)

// A telephone is a number that can be rung: a mobile, a landline with its area
// code, or, beside the word for it, one without.
type telephone struct {
	from, to int
	country  string // 86 or 0086 if it was said
	digits   string // the number as it is rung inside the country
}

// phones finds the telephone numbers of a line and takes their runes.
func (l *line) phones() []string {
	var out []string
	for _, p := range l.telephones() {
		l.take(p.from, p.to)
		if !slices.Contains(out, p.digits) {
			out = append(out, p.digits)
		}
	}
	return out
}

// telephones reads them typed or spoken (幺三八…), whole or in groups with a
// single space or mark between them.
func (l *line) telephones() []telephone {
	var out []telephone
	for i := 0; i < len(l.Runes); i++ {
		if !phoneRunes.has(l.Runes[i]) || i > 0 && phoneDigit(l.Runes[i-1]) >= 0 {
			continue
		}
		if p, ok := l.telephone(i); ok {
			out = append(out, p)
			i = p.to - 1
		}
	}
	return out
}

// phoneRunes are the digits of telephone numbers, typed or spoken.
var phoneRunes = func() *runeSet {
	s := runesOf("0123456789〇")
	for r := rune(firstHan); isHan(r); r++ {
		if phoneDigit(r) >= 0 {
			s.add(r)
		}
	}
	return s
}()

// telephone reads the one that begins at i. No number begins behind a letter, a
// sharp, or a point with digits before it.
func (l *line) telephone(i int) (telephone, bool) {
	switch r := l.at(i - 1); {
	case r >= 'a' && r <= 'z', r == '#', r == '.' && isDigit(l.at(i-2)):
		return telephone{}, false
	}
	if phoneDigit(l.Runes[i]) == 1 && l.secondDigit(i) < 3 {
		return telephone{}, false // what begins with 1 is a mobile number; a list of ones is told here
	}
	run := l.digitGroups(i)
	country := run.country()
	if country > 0 {
		if p, ok := run.match(country); ok {
			p.from, p.country = i, run.text(0, country)
			return p, true
		}
	}
	return run.match(0)
}

// secondDigit is the digit behind the one at i, over one mark; -1 if none is there.
func (l *line) secondDigit(i int) int {
	if i++; phoneMark(l.at(i)) {
		i++
	}
	return phoneDigit(l.at(i))
}

// maxGroups is eleven digits spoken one by one, with a country before them and
// an extension behind.
const maxGroups = 16

// A digitRun is a row of groups of digits with one mark between each two.
type digitRun struct {
	*line
	from, to [maxGroups]int
	n        int
}

func (l *line) digitGroups(i int) digitRun {
	run := digitRun{line: l}
	for run.n < maxGroups {
		k := i
		for k < len(l.Runes) && k-i <= 20 && phoneRunes.has(l.Runes[k]) {
			k++
		}
		if k == i {
			break
		}
		run.from[run.n], run.to[run.n] = i, k
		run.n++
		if i = k + 1; k >= len(l.Runes) || !phoneMark(l.Runes[k]) {
			break
		}
	}
	return run
}

func phoneMark(r rune) bool {
	return r == '-' || r == ' ' || r == '.' || r == ',' || r == '、' || r == '·'
}

func phoneDigit(r rune) int {
	switch {
	case isDigit(r):
		return int(r - '0')
	case r == '幺':
		return 1
	case r == '两' || r == '俩' || !numerals.has(r):
		return -1
	}
	return digitOf(r)
}

// text is the digits of the groups i up to j.
func (g *digitRun) text(i, j int) string {
	var out []byte
	for ; i < j; i++ {
		for k := g.from[i]; k < g.to[i]; k++ {
			out = append(out, byte('0'+phoneDigit(g.Runes[k])))
		}
	}
	return string(out)
}

// country is how many groups say 86 or 0086.
func (g *digitRun) country() int {
	if g.n < 2 || g.to[0]-g.from[0] > 4 {
		return 0
	}
	if t := g.text(0, 1); t == "86" || t == "0086" {
		return 1
	}
	return 0
}

// match reads the shortest telephone that begins with the group k and ends with
// a group.
func (g *digitRun) match(k int) (telephone, bool) {
	digits := 0
	for end := k; end < g.n && digits <= 15; end++ {
		digits += g.to[end] - g.from[end]
		if !possible(phoneDigit(g.Runes[g.from[k]]), digits) || !g.evenly(k, end+1) {
			continue
		}
		if r := g.at(g.to[end]); r >= 'a' && r <= 'z' {
			break
		}
		t := g.text(k, end+1)
		if c := joined86(t); c > 0 && end == k {
			return telephone{from: g.from[k], to: g.to[end], country: t[:c], digits: t[c:]}, true
		}
		if isMobile(t) || isLandline(t) || isLocal(t) && g.called(g.from[k]) {
			return g.extended(k, end, t), true
		}
	}
	return telephone{}, false
}

// possible tells whether a telephone may begin with a digit and have so many.
func possible(first, digits int) bool {
	switch first {
	case 0:
		return digits == 11 || digits == 12 || digits == 15
	case 1:
		return digits == 11
	case 9:
		return false
	}
	return digits == 7 || digits == 8 || digits == 13
}

// evenly tells a number in groups from a list of numbers: the groups are of
// three digits and more, or the digits are said one by one.
func (g *digitRun) evenly(i, j int) bool {
	single := true
	for k := i; k < j; k++ {
		single = single && g.to[k]-g.from[k] == 1
	}
	for k := i; k < j && !single; k++ {
		if g.to[k]-g.from[k] < 3 {
			return false
		}
	}
	return true
}

// extended adds the extension behind a landline: 010-65980408-8001.
func (g *digitRun) extended(k, end int, t string) telephone {
	if next := end + 1; next < g.n && t[0] == '0' && g.Runes[g.to[end]] == '-' && g.to[next]-g.from[next] <= 5 {
		end = next
	}
	return telephone{from: g.from[k], to: g.to[end], digits: g.text(k, end+1)}
}

// joined86 is how many digits of a mobile number name the country: 8619900001234.
func joined86(t string) int {
	for _, c := range [...]string{"86", "0086"} {
		if rest, ok := strings.CutPrefix(t, c); ok && isMobile(rest) {
			return len(c)
		}
	}
	return 0
}

func isMobile(t string) bool { return len(t) == 11 && t[0] == '1' && t[1] >= '3' }

// isLandline holds for an area code of three or four digits and a number.
func isLandline(t string) bool { return t[0] == '0' && t[1] != '0' && (len(t) == 11 || len(t) == 12) }

// isLocal holds for what may be a landline inside the county.
func isLocal(t string) bool { return t[0] >= '2' && t[0] <= '8' && (len(t) == 7 || len(t) == 8) }

// called tells whether the word for a telephone stands right before i.
func (l *line) called(i int) bool {
	for _, w := range [...]string{"电话", "座机", "电话号码", "电话是", "座机是", "号码是"} {
		if n := len([]rune(w)); l.is(i-n, w) || l.is(i-n-1, w) && phoneMarkOrColon(l.at(i-1)) {
			return true
		}
	}
	return false
}

func phoneMarkOrColon(r rune) bool { return r == ':' || phoneMark(r) }
