package roster

import (
	"regexp"
	"strings"
)

var (
	mobiles   = regexp.MustCompile(`^(?:1[3-9]\d{9})+$`)
	landline  = regexp.MustCompile(`^(0\d{2,3})?([2-9]\d{6,7})$`)
	exponent  = regexp.MustCompile(`^(\d)\.?(\d*)E\+?(\d{1,2})$`)
	phoneRuns = regexp.MustCompile(`\+?\d[\d -]{5,}\d`)
)

// mobileLen is the length of a mobile number.
const mobileLen = 11

// readPhones reads the telephone numbers in a cell, the first one first. The
// reason shows no digit of them.
func readPhones(s string) (list []string, reason string) {
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return isSeparator(r) || r == '或' }) {
		found, why := readPhone(p)
		if why != "" {
			return nil, why
		}
		list = append(list, found...)
	}
	return list, ""
}

// readPhone reads one part of a cell: a number, or several with only space
// between them.
func readPhone(s string) (list []string, reason string) {
	digits := strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", "'", "").Replace(s)
	digits = strings.TrimSuffix(strings.TrimPrefix(digits, "+86"), ".0")
	if strings.ContainsAny(digits, "Ee") {
		n, ok := wholeNumber(strings.ToUpper(digits))
		if !ok {
			return nil, "号码被表格缩成了带E的数，请把这一列设成“文本”再填"
		}
		digits = n
	}
	if mobiles.MatchString(digits) {
		for ; digits != ""; digits = digits[mobileLen:] {
			list = append(list, digits[:mobileLen])
		}
		return list, ""
	}
	if m := landline.FindStringSubmatch(digits); m != nil {
		return []string{strings.TrimPrefix(m[1]+"-"+m[2], "-")}, ""
	}
	return nil, "电话位数不对，请核对（手机11位，座机带区号）"
}

// wholeNumber writes out a number that a program stored as 1.9900001234E10.
// 1.99E+10 is what Excel shows when the column is narrow: most of the number is
// lost, and no sheet means it.
func wholeNumber(s string) (string, bool) {
	m := exponent.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	places := 0
	for _, c := range m[3] {
		places = places*10 + int(c-'0')
	}
	const shown = 6 // Excel shows at most this many places behind the point
	if len(m[2]) < shown || len(m[2]) > places {
		return "", false
	}
	return m[1] + m[2] + strings.Repeat("0", places-len(m[2])), true
}
