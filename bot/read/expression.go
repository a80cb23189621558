package read

import (
	"strconv"
	"time"
)

// An Expression is one bare expression that `mishu read --expressions` takes: its
// type is the kind of value that is looked for.
type Expression struct {
	ID   string `json:"id"`
	Type string `json:"type"` // date instant time duration instantrange timerange number phone none none_phone
	Text string `json:"text"`
	Ref  string `json:"ref"` // wall clock, RFC 3339; an offset is ignored
}

// Read reads the expression: a date is YYYY-MM-DD, an instant goes on with
// THH:MM:SS, a duration is in seconds, a range is start/end. false: there is
// none in the text. now stands in for a missing Ref.
func (e Expression) Read(now time.Time) (string, bool) {
	f := Fold(squeezed(head(e.Text)))
	c := Context{Now: e.now(now)}
	l := newLine(&f, &c)
	switch e.Type {
	case "phone", "none_phone":
		return l.phoneExpression()
	case "number":
		return l.numberExpression()
	case "duration":
		return l.durationExpression()
	case "date":
		return l.whenExpression(time.DateOnly)
	case "instant":
		return l.whenExpression("2006-01-02T15:04:05")
	case "time":
		return l.whenExpression("15:04:05")
	case "instantrange":
		return l.rangeExpression("2006-01-02T15:04:05")
	case "timerange":
		return l.rangeExpression("15:04:05")
	case "none":
		return l.anyTime()
	}
	return "", false
}

// now is the wall clock of Ref, whatever zone it names.
func (e Expression) now(otherwise time.Time) time.Time {
	if len(e.Ref) >= 19 {
		if t, err := time.ParseInLocation("2006-01-02T15:04:05", e.Ref[:19], shanghai); err == nil {
			return t
		}
	}
	return otherwise
}

// phoneExpression keeps the country that was said, which a message does not.
func (l *line) phoneExpression() (string, bool) {
	all := l.telephones()
	if len(all) == 0 {
		return "", false
	}
	return all[0].country + all[0].digits, true
}

func (l *line) numberExpression() (string, bool) {
	v, ok := amount(l.Text)
	if !ok {
		return "", false
	}
	return strconv.FormatFloat(v, 'f', -1, 64), true
}

func (l *line) durationExpression() (string, bool) {
	seconds, ok := l.length()
	if !ok {
		return "", false
	}
	return strconv.Itoa(seconds), true
}

func (l *line) whenExpression(form string) (string, bool) {
	l.lengths = l.durations(l.lengths)
	w := l.when()
	if w.Grain == "" {
		return "", false
	}
	return w.At.Format(form), true
}

func (l *line) rangeExpression(form string) (string, bool) {
	s, ok := l.stretch()
	if !ok {
		return "", false
	}
	return s.from.Format(form) + "/" + s.to.Format(form), true
}

// anyTime reads whatever time the text speaks of.
func (l *line) anyTime() (string, bool) {
	if v, ok := l.whenExpression("2006-01-02T15:04:05"); ok {
		return v, true
	}
	return l.durationExpression()
}
