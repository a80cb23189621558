package help

import (
	"regexp"
	"strconv"
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
)

// first hears the sentences of a fixed form that name a request by its number.
func first(t *line.Turn) (line.Answer, error) {
	text := read.Fold(t.Read.Text).Text
	for _, f := range forms {
		m := f.form.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		number, _ := strconv.Atoi(m[f.number]) // the form has only digits there
		if a, err := f.hear(t, number, strings.TrimSpace(m[f.word])); err != nil || a.Handled() {
			return a, err
		}
	}
	for _, hear := range []line.Handler{moved, chain, notice, why, bareLater, taking} {
		if a, err := hear(t); err != nil || a.Handled() {
			return a, err
		}
	}
	return line.Answer{}, nil
}

// fixed is a sentence of a fixed form, with the places of its number and its word.
type fixed struct {
	form         *regexp.Regexp
	number, word int
	hear         func(t *line.Turn, number int, word string) (line.Answer, error)
}

const outcomes = `(是|不是|没人接|冇人接|没接|没打通|冇打通|打不通|错号|空号|号不对)`

var forms = []fixed{
	{regexp.MustCompile(`^` + outcomes + ` ?([1-9]\d{1,3})号?[。.!]?$`), 2, 1, called},
	{regexp.MustCompile(`^([1-9]\d{1,3})号? ?` + outcomes + `[。.!]?$`), 1, 2, called},
	{regexp.MustCompile(`^([1-9]\d{1,3})号? ?` + putOff + `(?:[ ，,].*)?[。.!]?$`), 1, 2, later},
	{regexp.MustCompile(`^(重排|重新排) ?([1-9]\d{1,3})号?[。.!]?$`), 2, 1, renew},
	{regexp.MustCompile(`^(转群|广播|喇叭|打印|纸) ?([1-9]\d{1,3})号?[。.!]?$`), 2, 1, crowd},
	{regexp.MustCompile(`^([1-9]\d{1,3})号? ?(转群|广播|喇叭|打印)[。.!]?$`), 1, 2, crowd},
}
