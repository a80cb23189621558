package read

import "strings"

// saidPressures reads blood pressures that are spelled as they are spoken, which the
// numerals alone run together or tear apart: 一三二 八四, 一百三十六七十八, 1 5 6，9 2.
// They count where the line speaks of measuring, or behind a person.
func (l *line) saidPressures(spoken bool, names []found) (out []Vital) {
	if !spoken && len(names) == 0 && l.head[kindKin] == 0 {
		return nil
	}
	for i := 0; i < len(l.Runes); i++ {
		if !isNumeral(l.Runes[i]) || isNumeral(l.at(i-1)) || l.at(i-1) == ' ' && isNumeral(l.at(i-2)) || !l.free(i, i+1) {
			continue
		}
		high, k := l.saidUpper(i)
		if k == 0 {
			continue
		}
		low, to := l.saidLower(k)
		if to == 0 || !l.free(i, to) || isNumeral(l.at(to)) || !plausiblePressure(high, low) || !spoken && !l.afterName(i, names) && !l.afterKin(i) && !(l.helper() && len(names) == 1 && l.at(i+1) == '百') || l.at(to) == '多' {
			continue
		}
		l.take(i, to)
		out = append(out, l.pressure(i, to, high, low, true))
		i = to
	}
	return out
}

// afterKin holds for 我爸早上 before i.
func (l *line) afterKin(i int) bool {
	for _, h := range l.hitsIn(i-4-l.lex.words.depth, i) {
		if h.kind == kindKin && h.to <= i && h.to+4 >= i && l.ownKin(h) {
			return true
		}
	}
	return false
}

// saidUpper reads 一百三十六, 一百三, 一三六 and 1 3 6 at i; to is 0 where none is.
func (l *line) saidUpper(i int) (v float64, to int) {
	if d := l.digit(i); l.at(i+1) == '百' && d >= 1 && d <= 2 {
		v = float64(100 * l.digit(i))
		i += 2
		if l.at(i) == '零' {
			i++
		}
		if d := l.digit(i); d > 0 && l.at(i+1) == '十' {
			v, i = v+float64(10*d), i+2
			if e := l.digit(i); e > 0 && l.at(i+1) != '十' {
				return v + float64(e), i + 1
			}
			return v, i
		} else if e := l.digit(i + 1); d > 0 && e >= 0 && l.at(i+2) == '十' { // 一百三八十二: 130 82
			return v + float64(10*d), i + 1
		} else if d > 0 && e >= 0 && (!isNumeral(l.at(i+2)) || l.at(i+3) == '十') { // 一百三八, 一百三八八十二
			return v + float64(10*d+e), i + 2
		} else if d > 0 && !isNumeral(l.at(i+1)) {
			return v + float64(10*d), i + 1
		}
		return 0, 0
	}
	return l.saidDigits(i, 3)
}

// saidLower reads 七十八, 七八 and 7 8 behind the upper value, over one mark.
func (l *line) saidLower(i int) (v float64, to int) {
	for k := 0; k < 3 && strings.ContainsRune(" ,、/比到跟和整", l.at(i)) && l.at(i) != 0; k++ {
		i++
	}
	i += l.mark(i, markDiastolic)
	if d := l.digit(i); d > 0 && l.at(i+1) == '十' {
		v, i = float64(10*d), i+2
		if e := l.digit(i); e > 0 {
			return v + float64(e), i + 1
		}
		return v, i
	}
	return l.saidDigits(i, 2)
}

// saidDigits reads n digits said one by one, with or without a space between each.
func (l *line) saidDigits(i, n int) (v float64, to int) {
	for k := range n {
		d := l.digit(i)
		if d < 0 || k == 0 && d == 0 {
			return 0, 0
		}
		v, i = v*10+float64(d), i+1
		if k+1 < n && l.at(i) == ' ' {
			i++
		}
	}
	return v, i
}

// digit is the digit at i, typed or said, -1 if none stands there.
func (l *line) digit(i int) int {
	if i >= len(l.Runes) {
		return -1
	}
	return digitAt(l.Runes, i)
}
