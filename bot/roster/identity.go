package roster

import (
	"regexp"
	"strings"
)

var (
	newIdentity = regexp.MustCompile(`^\d{17}[\dXx]$`)
	oldIdentity = regexp.MustCompile(`^\d{15}$`)
)

const identityHint = "身份证号看不懂，请核对，或者只写出生日期"

// readIdentity takes birth date and sex out of an identity number. The number
// goes no further than this function: no part of it is in the reason.
func readIdentity(s string) (born, sex, reason string) {
	s = strings.ToUpper(strings.TrimPrefix(packed(fold(s)), "'"))
	if strings.Contains(s, "E") {
		s, _ = wholeNumber(s)
	}
	var date, order string
	switch {
	case newIdentity.MatchString(s):
		date, order = s[6:14], s[16:17]
	case oldIdentity.MatchString(s):
		date, order = "19"+s[6:12], s[14:15]
	default:
		return "", "", identityHint
	}
	b, wrong := readDigits(date, false)
	if wrong != "" || len(b.born) != len("2006-01-02") {
		return "", "", identityHint
	}
	switch {
	case len(s) == 15 || checked(s):
		return b.born, sexOf(order), ""
	case strings.HasSuffix(s, "000"):
		// Excel keeps 15 digits of a number and makes the rest zero: the date
		// survives, the digit for the sex does not.
		return b.born, "", ""
	}
	return "", "", identityHint
}

func sexOf(order string) string {
	if strings.ContainsAny(order, "13579") {
		return "M"
	}
	return "F"
}

// checked verifies the last place of an 18-digit number (GB 11643: weights are
// powers of two modulo 11).
func checked(s string) bool {
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(s[i]-'0') * w
	}
	return s[17] == "10X98765432"[sum%11]
}
