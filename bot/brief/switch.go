package brief

import (
	"slices"
	"strings"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/storage"
)

// switches are the lines of work that an office may turn on and off, in the
// order of the lines.
func (d desk) switches() []string {
	var names []string
	for _, r := range d.rules() {
		if r.Switch != "" && !slices.Contains(names, r.Switch) {
			names = append(names, r.Switch)
		}
	}
	return names
}

// turn hears 关日历 and 开农历生日 from the secretary-general or the chair.
func (d desk) turn(t *line.Turn) (line.Answer, error) {
	text := strings.Trim(t.Read.Text, " 。！!")
	value, name := "", ""
	for _, v := range []string{book.LineOn, book.LineOff} {
		if rest, ok := strings.CutPrefix(text, v); ok {
			value, name = v, strings.TrimSpace(rest)
		}
	}
	if !slices.Contains(d.switches(), name) || !t.Is(storage.Secretary, storage.Chair) {
		return line.Answer{}, nil
	}
	err := t.In.Set(storage.Setting{
		Name: book.LinePrefix + name, Value: value, Owner: t.Book.Name(t.Me), Source: "在号里讲的", CheckedOn: storage.Day(t.Now()),
	})
	if err != nil {
		return line.Answer{}, err
	}
	if value == book.LineOff {
		return line.Say("好，" + name + "的提醒关了。要开回“开" + name + "”。"), nil
	}
	return line.Say("好，" + name + "的提醒开了。要关回“关" + name + "”。"), nil
}
