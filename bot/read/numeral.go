package read

import "strings"

// chinese reads a numeral such as 十三, 廿三, 一百五, 两千零四, 二〇二六.
func chinese(runes []rune, i int) (number, bool) {
	j := i
	for j < len(runes) && (digitOf(runes[j]) >= 0 || unitOf(runes[j]) > 0) {
		j++
	}
	if j == i || unitOf(runes[i]) >= 100 {
		return number{}, false
	}
	if spelled(runes[i:j]) {
		return spell(runes, i, j), true
	}
	s := sum{digit: -1}
	used := s.read(runes, i, j)
	return number{from: i, to: used, value: s.value(), about: s.about, chinese: true}, true
}

// spelled holds for what is read out digit by digit: 二〇二六, 一三八…, 五零.
func spelled(runes []rune) bool {
	return len(runes) > 1 && allDigits(runes) && (len(runes) > 2 || digitOf(runes[1]) == 0)
}

func spell(runes []rune, i, j int) number {
	n := number{from: i, to: j, chinese: true, digits: j - i}
	for k := i; k < min(j, i+12); k++ {
		n.value = n.value*10 + float64(digitOf(runes[k]))
	}
	return n
}

// A sum is a Chinese numeral while it is added up.
type sum struct {
	high, total, section float64 // closed by 亿; closed by 万; what stands behind them
	digit                float64 // waits for its unit, -1 none
	last                 float64 // the unit just before digit, 0 if 零 came between
	about                int
}

// read takes the runes from i on, at most up to j, and tells where the numeral
// ends: 一百五九十五 is 一百五 and 九十五, for no unit stands between two digits.
func (s *sum) read(runes []rune, i, j int) int {
	for ; i < j; i++ {
		d := digitOf(runes[i])
		switch {
		case d < 0:
			s.unit(float64(unitOf(runes[i])))
		case s.digit > 0 && !s.pair(runes, i):
			return i
		case s.digit > 0:
			// the second of 两三: said for the first
		case d == 0 && s.digit < 0 && s.high+s.total+s.section > 0:
			s.last = 0
		default:
			s.digit = float64(d)
		}
	}
	return i
}

// pair holds where the digit at i and the one before it give two neighbours
// for one number that is not known exactly: 两三天, 七八点, 二三十个, 三五天. The
// first counts: nobody is credited with more than was said.
func (s *sum) pair(runes []rune, i int) bool {
	a, b := int(s.digit), digitOf(runes[i])
	if s.about > 0 || i+1 >= len(runes) || b != a+1 && (a != 3 || b != 5) || !strings.ContainsRune("十百千万天点个分小钟刻斤块岁里次年月", runes[i+1]) {
		return false
	}
	s.about = b
	return true
}

// unit closes what waits for it: 十三 and 零十二 have a 十 without a digit.
func (s *sum) unit(u float64) {
	switch {
	case u == 1e8:
		s.high += max(s.total+s.section+max(s.digit, 0), 1) * u
		s.total, s.section = 0, 0
	case u == 10000:
		s.total += max(s.section+max(s.digit, 0), 1) * u
		s.section = 0
	case u > 10 && u < 100: // 廿
		s.section += u
	case s.digit > 0:
		s.section += s.digit * u
	default:
		s.section += u
	}
	s.digit, s.last = -1, u
}

// value closes the numeral: the digit behind a unit from 百 on is of the next
// smaller unit, 一百五 is 150, unless 零 stands between.
func (s *sum) value() float64 {
	rest := max(s.digit, 0)
	if s.last >= 100 {
		rest *= s.last / 10
	}
	return s.high + s.total + s.section + rest
}

func allDigits(runes []rune) bool {
	for _, r := range runes {
		if digitOf(r) < 0 {
			return false
		}
	}
	return true
}
