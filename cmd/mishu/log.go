package main

import (
	"io"
	"log/slog"
	"regexp"
)

// newLog writes a line for each event to w, and names nobody.
func newLog(w io.Writer, level slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: discreet}))
}

// discreet takes out of a value what may tell who somebody is or what he said.
// Our own lines hold nothing of the kind, but databases and the platform quote
// in their errors what they were given.
func discreet(_ []string, a slog.Attr) slog.Attr {
	switch a.Value.Kind() {
	case slog.KindString:
		a.Value = slog.StringValue(personal.ReplaceAllString(a.Value.String(), "***"))
	case slog.KindAny:
		if err, ok := a.Value.Any().(error); ok {
			a.Value = slog.StringValue(personal.ReplaceAllString(err.Error(), "***"))
		}
	}
	return a
}

// personal matches Chinese, which villagers write and logs do not, OpenIDs,
// which begin with o and have 28 characters, and mobile telephone numbers.
var personal = regexp.MustCompile(`\p{Han}+|\bo[\w-]{27}|\b1[0-9]{10}\b`)
