package config

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Template is one template of an account's console: the kind of notice that it
// serves, "" for all that have none of their own, and what stands in its fields.
// The words of a field may hold {lead}, a notice's first line, and {time}.
type Template struct {
	Kind, ID, URL string
	Long          bool // a subscription notice of the long kind: one consent serves all
	Fields        map[string]string
}

var (
	templateHead  = regexp.MustCompile(`^(?:([a-z_]{1,20}):)?([0-9A-Za-z_-]{4,64})$`)
	templateField = regexp.MustCompile(`^([a-z_]+)[0-9]+$`)
	placeholder   = regexp.MustCompile(`\{[^{}]*\}`)
)

// fieldHolds tells for each kind of field which placeholders it can show; a kind
// that is not here takes none.
var fieldHolds = map[string]string{"thing": "{lead}{time}", "time": "{time}", "date": "{time}", "character_string": "{time}"}

// fieldKinds are those whose words the operator writes.
var fieldKinds = []string{
	"number", "letter", "symbol", "amount", "phone_number", "car_number", "name", "phrase", "const", "enum",
}

// templates reads "[kind:]ID field=words ...", with a semicolon between two.
func (r *reader) templates(name string) []Template {
	var all []Template
	seen := map[string]bool{}
	for text := range strings.SplitSeq(r.text(name), ";") {
		words := strings.Fields(text)
		if len(words) == 0 {
			continue
		}
		t, err := readTemplate(words)
		if err == nil && seen[t.Kind] {
			err = errors.New("two templates serve the same notices: give one of them a kind, kind:ID")
		}
		if err != nil {
			r.wrong("%s is no template: %w", name, err)
			return nil
		}
		seen[t.Kind] = true
		all = append(all, t)
	}
	return all
}

func readTemplate(words []string) (Template, error) {
	head := templateHead.FindStringSubmatch(words[0])
	if head == nil {
		return Template{}, errors.New("write the template's ID first, then its fields as thing1={lead} time2={time}")
	}
	t := Template{Kind: head[1], ID: head[2], Fields: map[string]string{}}
	for _, word := range words[1:] {
		if word == "long" {
			t.Long = true
			continue
		}
		field, text, found := strings.Cut(word, "=")
		if !found || text == "" {
			return Template{}, errors.New("a field is written thing1={lead}, without spaces")
		}
		if err := t.set(field, text); err != nil {
			return Template{}, err
		}
	}
	if len(t.Fields) == 0 {
		return Template{}, errors.New("it has no field: write them after the ID as thing1={lead} time2={time}")
	}
	return t, nil
}

func (t *Template) set(field, text string) error {
	if field == "url" {
		u, err := url.Parse(text)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
			return errors.New("url is no address: write url=https://example.com/page")
		}
		t.URL = text
		return nil
	}
	kind := templateField.FindStringSubmatch(field)
	if kind == nil || !isField(kind[1]) {
		return errors.New("a field is named as in the console, such as thing1 or time2")
	}
	for _, hole := range placeholder.FindAllString(text, -1) {
		if !strings.Contains(fieldHolds[kind[1]], hole) {
			return fmt.Errorf("a field of the kind %s cannot hold what stands in braces: {lead} goes into thing, {time} into thing, time, date and character_string", kind[1])
		}
	}
	t.Fields[field] = text
	return nil
}

func isField(kind string) bool {
	return fieldHolds[kind] != "" || slices.Contains(fieldKinds, kind)
}
