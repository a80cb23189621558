package wechat

import (
	"strings"
	"time"
)

// Templates are the message templates of an account by kind of notice; that of
// the kind "" serves all kinds that have none of their own.
type Templates map[string]Template

// A Template is one template of the console. The words of a field may hold
// {lead}, the notice's first line, and {time}, the moment of sending; all
// else stands as it is. Nothing else of a notice ever goes into a template: a
// lock screen shows it.
type Template struct {
	ID     string
	URL    string // opened by a tap; "" opens nothing
	Long   bool   // a subscription notice of the long kind: one consent serves all
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
	moment := now.In(shanghai).Format("2006-01-02 15:04")
	words := strings.NewReplacer("{lead}", lead, "{time}", moment)
	data := make(map[string]fieldValue, len(t.Fields))
	for name, text := range t.Fields {
		data[name] = fieldValue{fitField(name, words.Replace(text), moment)}
	}
	return data
}
