package wechat

import (
	"strings"
	"unicode"
)

// grammar is what a field of a template may hold: at most so many of the
// characters that it takes. The platform refuses anything else with 47003.
type grammar struct {
	most  int
	takes func(rune) bool // nil: every one that can be printed
	empty string          // stands where nothing is left
}

func among(more string, tables ...*unicode.RangeTable) func(rune) bool {
	return func(r rune) bool { return strings.ContainsRune(more, r) || unicode.In(r, tables...) }
}

func ascii(r rune) bool { return r >= ' ' && r <= '~' }

func latin(r rune) bool { return r <= unicode.MaxASCII && unicode.IsLetter(r) }

func mark(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsSpace(r)
}

// grammars are the kinds of field by the letters that their names begin with
// (wechat-platform 1.10). What is not here is a thing: no field takes more.
var grammars = map[string]grammar{
	"thing":            {most: 20, empty: "无"},
	"number":           {most: 32, takes: among("0123456789.,"), empty: "0"},
	"letter":           {most: 32, takes: latin, empty: "A"},
	"symbol":           {most: 5, takes: mark, empty: "-"},
	"character_string": {most: 32, takes: ascii, empty: "-"},
	"time":             {most: 32, takes: among("0123456789年月日时分: /~.,-")},
	"date":             {most: 32, takes: among("0123456789年月日: /~.,-")},
	"amount":           {most: 20, takes: among("0123456789.,元"), empty: "0元"},
	"phone_number":     {most: 17, takes: among("0123456789+-() "), empty: "0"},
	"car_number":       {most: 8, takes: func(r rune) bool { return !unicode.IsSpace(r) }, empty: "无"},
	"name":             {most: 10, takes: among("", unicode.Han), empty: "无"},
	"phrase":           {most: 5, takes: among("", unicode.Han), empty: "无"},
}

// nameInLatin is a name that has no Chinese character: it may be twice as long.
var nameInLatin = grammar{most: 20, takes: func(r rune) bool { return latin(r) || r == ' ' || r == '.' }, empty: "无"}

// fieldKind is a field's name without its number.
func fieldKind(name string) string { return strings.TrimRight(name, "0123456789") }

// fitField makes text fit a field: one line, no emoji, only what the kind takes,
// not too long, not empty, never cut inside a character. moment stands where a
// time was meant and is none.
func fitField(name, text, moment string) string {
	kind := fieldKind(name)
	text = strings.Join(strings.Fields(strings.Map(printable, clean(text))), " ")
	g, known := grammars[kind]
	switch {
	case !known:
		g = grammars["thing"]
	case kind == "name" && strings.IndexFunc(text, g.takes) < 0:
		g = nameInLatin
	case kind == "time" || kind == "date":
		g.empty = moment
	}
	return g.fit(text)
}

// fit keeps what g takes, and cuts the rest. Where words are cut a mark says so.
func (g grammar) fit(text string) string {
	if g.takes != nil {
		text = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
			if g.takes(r) {
				return r
			}
			return -1
		}, text)), " ")
	}
	if r := []rune(text); len(r) > g.most {
		if text = string(r[:g.most]); g.takes == nil {
			text = string(r[:g.most-1]) + "…"
		}
		text = strings.TrimSpace(text)
	}
	if text == "" {
		return g.empty
	}
	return text
}

// printable drops emoji, which template fields refuse since 2023-05-04, with
// the marks that join and colour them.
func printable(r rune) rune {
	switch {
	case r >= 0x1f000 || r >= 0x2600 && r <= 0x27bf || r == 0x200d || r == 0x20e3 || r >= 0xfe00 && r <= 0xfe0f:
		return -1
	case unicode.IsSpace(r):
		return ' '
	}
	return r
}
