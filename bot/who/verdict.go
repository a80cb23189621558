package who

import (
	"regexp"
	"strconv"
	"strings"

	"mishu/bot/read"
	"mishu/storage"
)

// verdict is what was said about one who waits.
type verdict int

const (
	unsaid verdict = iota
	known
	unknown
	replaced // known, and the old telephone is his no more
)

var (
	notKnown = regexp.MustCompile(`不认识|不认得|认不得|认不到|冇见过|没见过|不是我们(组|村)的`)
	newPhone = regexp.MustCompile(`换号|换了号|换手机|换了手机|新手机`)
	isKnown  = regexp.MustCompile(`换号|换了号|换手机|换了手机|新手机|认识|认得|是(我们|本)(组|村)的`)
)

// aboutFaces reports whether a line says of somebody that one knows him, or not.
// Long lines tell something else.
func aboutFaces(text string) bool {
	const longest = 80
	return len([]rune(text)) <= longest && (isKnown.MatchString(text) || notKnown.MatchString(text))
}

// clause ends where a new one about other people begins.
var clause = regexp.MustCompile(`[，,。.;；、\s]+`)

// verdicts reads what a line says of each of those who wait. A clause speaks of
// the digits and names in it; with 都 of all; 除了 turns the last word of all
// around; with neither, of the only one there is.
func verdicts(text string, waiting []storage.Member) []verdict {
	said := make([]verdict, len(waiting))
	whole, last, excepted := false, unsaid, false
	var held []int // named in a clause that has no verdict of its own: "小军、海波 认识"
	for _, c := range clause.Split(read.Fold(text).Text, -1) {
		if c == "" {
			continue
		}
		rest, except := strings.CutPrefix(strings.TrimPrefix(c, "就"), "除")
		excepted = excepted || except
		v := verdictOf(c)
		at := append(held, named(rest, waiting)...)
		held = nil
		switch {
		case excepted && whole:
			set(said, at, other(last))
		case v == unsaid && last != unsaid && len(at) > 0:
			set(said, at, last)
		case v == unsaid:
			held = at
		case len(at) > 0:
			set(said, at, v)
			last = v
		case strings.ContainsAny(c, "都全") || len(waiting) == 1:
			whole, last = true, v
			fill(said, v)
		}
	}
	return said
}

func verdictOf(c string) verdict {
	switch {
	case notKnown.MatchString(c):
		return unknown
	case newPhone.MatchString(c):
		return replaced
	case isKnown.MatchString(c):
		return known
	}
	return unsaid
}

func other(v verdict) verdict {
	if v != unknown {
		return unknown
	}
	return known
}

func set(said []verdict, at []int, v verdict) {
	for _, i := range at {
		said[i] = v
	}
}

// fill says it of all of whom nothing was said yet.
func fill(said []verdict, v verdict) {
	for i := range said {
		if said[i] == unsaid {
			said[i] = v
		}
	}
}

var digit = regexp.MustCompile(`[0-9]+组?`)

// named are the places of those whom a clause names, by digit or by name; of a
// name the last two characters are enough.
func named(c string, waiting []storage.Member) []int {
	var at []int
	for _, d := range digit.FindAllString(c, -1) {
		if n, err := strconv.Atoi(d); err == nil && n >= 1 && n <= len(waiting) { // "3组" is no digit of the list
			at = append(at, n-1)
		}
	}
	if len(at) > 0 {
		return at
	}
	for i, m := range waiting {
		name := []rune(read.Fold(m.AskedName).Text)
		if len(name) >= 2 && strings.Contains(c, string(name[len(name)-2:])) {
			at = append(at, i)
		}
	}
	return at
}
