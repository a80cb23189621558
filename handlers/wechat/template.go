package wechat

import (
	"strings"
	"time"
	"unicode"
)

// Templates are the message templates of an account by kind of notice; that of
// the kind "" serves all kinds that have none of their own.
type Templates map[string]Template

// A Template is one template of the console. The words of a field may hold
// {lead}, the notice's first line, and {time}, the moment of sending; all
// else stands as it is.
type Template struct {
	ID     string
	URL    string // opened by a tap; "" opens nothing
	Fields map[string]string
}

func (t Templates) pick(kind string) (Template, bool) {
	if own, found := t[kind]; found {
		return own, own.ID != ""
	}
	common := t[""]
	return common, common.ID != ""
}

type fieldValue struct {
	Value string `json:"value"`
}

// filled is the template's data for one notice, each field fitted to what its
// name allows.
func (t Template) filled(lead string, now time.Time) map[string]fieldValue {
	words := strings.NewReplacer("{lead}", lead, "{time}", now.In(shanghai).Format("2006-01-02 15:04"))
	data := make(map[string]fieldValue, len(t.Fields))
	for name, text := range t.Fields {
		data[name] = fieldValue{fitField(name, words.Replace(text))}
	}
	return data
}

// fieldLimits is how many characters a field may have, by the letters its name
// begins with. The platform refuses a longer one with 47003.
var fieldLimits = map[string]int{
	"thing": 20, "name": 10, "phrase": 5, "symbol": 5, "number": 32, "letter": 32,
	"character_string": 32, "phone_number": 17, "car_number": 8,
}

// fitField makes text fit a field: one line, no emoji, not too long, not empty.
func fitField(name, text string) string {
	text = strings.Join(strings.Fields(strings.Map(printable, clean(text))), " ")
	kind := strings.TrimRight(name, "0123456789")
	if most, limited := fieldLimits[kind]; limited {
		if r := []rune(text); len(r) > most {
			text = string(r[:most-1]) + "…"
		}
	}
	if text == "" {
		return "无"
	}
	return text
}

// printable drops emoji, which template fields refuse since 2023-05-04, with
// the marks that join and colour them.
func printable(r rune) rune {
	switch {
	case r >= 0x1f000 || r >= 0x2600 && r <= 0x27bf || r == 0x200d || r >= 0xfe00 && r <= 0xfe0f:
		return -1
	case unicode.IsSpace(r):
		return ' '
	}
	return r
}
