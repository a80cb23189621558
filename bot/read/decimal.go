package read

import (
	"math"
	"strconv"
	"strings"
)

// amount reads a bare number as an office writes or speaks it, which no line of
// chat does: with a sign, 点 and decimals, commas, spaces, 5万4千6百, 二分之一,
// 一半. false: the text begins with none.
func amount(text string) (float64, bool) {
	runes := []rune(strings.ReplaceAll(text, " ", ""))
	sign := 1.0
	for len(runes) > 0 && quantity(runes) == 0 {
		if runes[0] == '负' || runes[0] == '-' {
			sign = -1
		} else {
			sign = 1
		}
		runes = runes[1:]
	}
	if len(runes) == 0 {
		return 0, false
	}
	v, used := mixed(runes)
	v, used = fraction(runes, v, used)
	return sign * v, used > 0
}

// quantity is how many runes of a number, at least, stand at the beginning.
func quantity(runes []rune) int {
	r := runes[0]
	next := rune(0)
	if len(runes) > 1 {
		next = runes[1]
	}
	switch {
	case isDigit(r), digitOf(r) >= 0, unitOf(r) > 0 && unitOf(r) < 100:
		return 1
	case r == '.' && isDigit(next), unitOf(r) >= 100 && digitOf(next) > 0: // .5; 百三
		return 1
	case r == '半' && (next == '个' || next == '百'):
		return 1
	}
	return 0
}

// mixed adds up digits of either kind with their units, and what stands behind
// the point.
func mixed(runes []rune) (v float64, used int) {
	s := sum{digit: -1}
	i := 0
	for i < len(runes) {
		switch r := runes[i]; {
		case isDigit(r):
			s.digit, i = grouped(runes, i)
			if s.digit >= 10 { // 3万4000: as typed, not 一万四
				s.last = 0
			}
			continue
		case r == '.' && i+1 < len(runes) && isDigit(runes[i+1]):
			rest, to := decimals(runes, i+1)
			s.digit, i = max(s.digit, 0)+rest, to // 2.3万
			continue
		case r == '点' && i+1 < len(runes) && digitAt(runes, i+1) >= 0:
			rest, to := decimals(runes, i+1)
			return s.value() + rest, to
		case spelled(runes[i:digitsEnd(runes, i)]):
			n := spell(runes, i, digitsEnd(runes, i))
			return n.value, n.to
		case digitOf(r) >= 0 || unitOf(r) > 0:
			to := s.read(runes, i, i+1)
			if to == i {
				return s.value(), i
			}
			i = to
			continue
		}
		break
	}
	return s.value(), i
}

func digitsEnd(runes []rune, i int) int {
	for i < len(runes) && digitOf(runes[i]) >= 0 {
		i++
	}
	return i
}

func digitAt(runes []rune, i int) int {
	if isDigit(runes[i]) {
		return int(runes[i] - '0')
	}
	return digitOf(runes[i])
}

// grouped reads Arabic digits, with commas where they part thousands.
func grouped(runes []rune, i int) (v float64, to int) {
	for from := i; i < len(runes); i++ {
		r := runes[i]
		if r == ',' && i-from <= 3 && threeDigits(runes[i+1:]) {
			from = i + 1
			continue
		}
		if !isDigit(r) {
			break
		}
		v = v*10 + float64(r-'0')
	}
	return v, i
}

func threeDigits(runes []rune) bool {
	for k := range 4 {
		if digit := k < len(runes) && isDigit(runes[k]); digit != (k < 3) {
			return false
		}
	}
	return true
}

// decimals reads the digits behind a point as the text says them, so that they
// come out as exactly as they were said.
func decimals(runes []rune, i int) (v float64, to int) {
	digits := []byte("0.")
	for ; i < len(runes) && digitAt(runes, i) >= 0; i++ {
		digits = append(digits, byte('0'+digitAt(runes, i)))
	}
	v, _ = strconv.ParseFloat(string(digits), 64) // digits alone cannot fail
	return v, i
}

// fraction reads 三分之二, 一半, 半个, 半百 and what else makes a part of a number.
func fraction(runes []rune, v float64, used int) (float64, int) {
	rest := string(runes[used:])
	switch {
	case used == 0 && strings.HasPrefix(rest, "半百"):
		return 50, 2
	case used == 0 && strings.HasPrefix(rest, "半"):
		return 0.5, 1
	case v == 1 && rest == "半":
		return 0.5, used + 1
	case strings.HasPrefix(rest, "分之") && v > 0:
		over, n := mixed(runes[used+2:])
		return over / v, used + 2 + n
	}
	if v != math.Trunc(v) { // 1 and .1 and .01 are not exact together
		v = math.Round(v*1e12) / 1e12
	}
	return v, used
}
