package roster

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// idNumber finds an identity number inside other words, in the forms with 18
// and with 15 places. They are taken out of every cell: no number is kept.
var idNumber = regexp.MustCompile(`\d{6}[ -]?(?:19|20)\d{2}[01]\d[0-3]\d[ -]?\d{3}[\dXx]|\d{15,18}[Xx]?`)

// longDigits finds what could be a telephone or a number of a document.
var longDigits = regexp.MustCompile(`\d[\d.+E-]{5,}[\dXx]`)

// clean makes a cell comparable: full-width signs become plain, invisible ones
// and identity numbers go, and what only says "nothing" becomes "".
func clean(s string) string {
	s = idNumber.ReplaceAllString(fold(s), "")
	if isNothing(s) {
		return ""
	}
	return s
}

// fold makes full-width signs plain and takes out what cannot be seen. Space
// stays inside, one at a time.
func fold(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\ufeff' || r == utf8.RuneError:
			return -1
		case r == '—' || r == '–' || r == '−' || r == '‐':
			return '-'
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, width.Fold.String(s))
	return strings.Join(strings.Fields(s), " ")
}

// isNothing tells the marks that people put into a cell to say that there is
// nothing to write.
func isNothing(s string) bool {
	switch s {
	case "", "/", "//", "\\", "-", "--", ".", "0", "无", "没有", "暂无", "不详", "不清楚", "空", "×", "x", "X",
		"N/A", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!":
		return true
	}
	return false
}

// packed is s without any space.
func packed(s string) string { return strings.ReplaceAll(s, " ", "") }

// quote shows a cell in a Problem: shortened, and without what could be a
// telephone or a number of a document.
func quote(s string) string {
	s = longDigits.ReplaceAllString(idNumber.ReplaceAllString(fold(s), "…"), "…")
	if r := []rune(s); len(r) > 12 {
		s = string(r[:12]) + "…"
	}
	return "“" + s + "”"
}

// parts splits a list as people write it in one cell.
func parts(s string) []string {
	var list []string
	for _, p := range strings.FieldsFunc(s, isSeparator) {
		if p = strings.TrimSpace(p); p != "" {
			list = append(list, p)
		}
	}
	return list
}

func isSeparator(r rune) bool { return strings.ContainsRune("、,;/|", r) }

// words splits at spaces too; used where no item of the list holds a space.
func words(s string) []string {
	return parts(strings.ReplaceAll(s, " ", "、"))
}
