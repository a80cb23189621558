package office

import (
	"strings"

	"mishu/bot/book"
	"mishu/bot/read"
	"mishu/storage"
)

// measured are the kinds of what is measured, by the words for them.
var measured = []struct {
	word    string
	kind    read.VitalKind
	example string
}{
	{"血压", read.Pressure, "180/110"},
	{"血糖", read.Glucose, "3.9-16.7"},
	{"心率", read.Pulse, "45-150"},
	{"心跳", read.Pulse, "45-150"},
	{"脉搏", read.Pulse, "45-150"},
	{"体温", read.Temperature, "0-39"},
}

// mark sets from which values on the doctor must see something: 红线 血压 180/110.
func mark(v storage.In, e Entry, colour book.Colour, word, rest string) (string, error) {
	for _, m := range measured {
		value, found := strings.CutPrefix(rest, m.word)
		if !found {
			continue
		}
		value = strings.Trim(read.Fold(value).Text, " :,")
		if _, _, err := book.ParseMark(string(m.kind), value); err != nil {
			return "", refusal("讲“设 " + word + " " + m.word + " " + m.example + "”这样。")
		}
		err := v.Set(storage.Setting{
			Name: book.MarkPrefix + string(colour) + "." + string(m.kind), Value: value, Owner: e.Owner, Source: e.Source, CheckedOn: storage.Day(v.Now()),
		})
		return "设好了：" + word + m.word + value + "。", err
	}
	return "", refusal("讲“设 " + word + " 血压 180/110”这样；能设的：血压、血糖、心率、体温。")
}
