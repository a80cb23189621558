package help

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// apart gives each of several services of one sentence its own words and its own
// time: 明天上午陪我看病 下午帮我洗被子.
func apart(t *line.Turn, d draft) []draft {
	parts := make([]draft, len(d.Services))
	for i, s := range d.Services {
		parts[i] = d
		if len(d.Services) < 2 {
			continue
		}
		words, ok := clause(t, s)
		if !ok {
			continue
		}
		r := read.Read(words, nameless(t))
		parts[i].Detail, parts[i].Wishes = detail(r), r.Wishes
		if at, grain := ownWhen(r, words, d, t.Now()); grain != "" {
			parts[i].WishAt, parts[i].Grain = at.UnixMilli(), grain
		}
	}
	return parts
}

// nameless reads a part of a line whose people are known.
func nameless(t *line.Turn) read.Context {
	c := t.Book.Reading(t.Now())
	c.Roster = nil
	return c
}

// clause is the part of a line that names a service and no other.
func clause(t *line.Turn, service string) (string, bool) {
	for _, words := range strings.FieldsFunc(t.Read.Text, func(r rune) bool { return strings.ContainsRune(" ，,。；;、\n", r) }) {
		r := read.Read(words, nameless(t))
		if len(r.Services) == 1 && string(r.Services[0]) == service {
			return words, true
		}
	}
	return "", false
}

// ownWhen is the time a clause says for itself. A part of the day alone is that
// of the day the whole line names.
func ownWhen(r read.Reading, words string, d draft, now time.Time) (time.Time, string) {
	if r.When.Grain == "" {
		return time.Time{}, ""
	}
	bare := r.When.Grain != read.Day && storage.Day(r.When.At) == storage.Day(now) && !strings.Contains(words, "今")
	if !bare || d.WishAt == 0 {
		return r.When.At, string(r.When.Grain)
	}
	day, at := storage.Moment(d.WishAt).Time().In(storage.Shanghai), r.When.At.In(storage.Shanghai)
	return time.Date(day.Year(), day.Month(), day.Day(), at.Hour(), at.Minute(), 0, 0, storage.Shanghai), string(r.When.Grain)
}

// timesDiffer reports whether the requests of one sentence have times of their own.
func timesDiffer(helps []storage.Help) bool {
	return slices.ContainsFunc(helps, func(h storage.Help) bool { return h.WishAt != helps[0].WishAt })
}

// each reads several requests back, every one with its time: 10号助医明天上午.
func each(t *line.Turn, helps []storage.Help) string {
	parts := make([]string, len(helps))
	for i, h := range helps {
		when := date.ReplaceAllString(say.Time(h.WishAt.Time(), h.WishGrain, t.Now()), "")
		parts[i] = fmt.Sprintf("%d号%s%s", h.Number, say.Services[h.Service], when)
	}
	return say.List(parts)
}

// date is what say.Day sets in brackets beside 明天.
var date = regexp.MustCompile(`（[^）]*）`)

// joinWithin is how long a second bubble still belongs to the first.
const joinWithin = time.Minute

// purpose hears in a second bubble what somebody goes to town for: 我想去镇上,
// then 拿药. It is the same request, and the kind that the second bubble says.
func purpose(t *line.Turn) (line.Answer, error) {
	q := t.State.Open
	if q == nil || q.Line != name || q.Name != askWhen || len(t.Read.Services) != 1 || t.Read.When.Grain != "" || t.Read.Urgent {
		return line.Answer{}, nil
	}
	h, found, err := t.In.LockHelp(q.Ref)
	if err != nil || !found || h.Service != string(read.Fu) || h.State != storage.Unclear || t.Now().Sub(h.CreatedAt.Time()) > joinWithin || another(t) {
		return line.Answer{}, err
	}
	h.Service, h.Detail = string(t.Read.Services[0]), clip(h.Detail+"，"+t.Read.Text, 200)
	if err := t.In.SaveHelp(h); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.LogHelp(h.ID, t.Me, "corrected", t.Read.Text); err != nil {
		return line.Answer{}, err
	}
	t.Question(line.Question{Line: name, Name: askWhen, Ref: h.ID, Refs: q.Refs, Text: fmt.Sprintf("%d号哪天方便？", h.Number)})
	return line.Ask(fmt.Sprintf("好，%d号%s。哪天方便？", h.Number, whole(t.Book, h, t.Now()))), nil
}

// another reports whether a bubble adds a matter of its own.
func another(t *line.Turn) bool {
	return len(t.Read.Mentions) > 0 || slices.ContainsFunc([]string{"还", "也", "再", "另"}, func(w string) bool { return strings.Contains(t.Read.Text, w) })
}

// reportDays is how long a doctor's words still answer what was found.
const reportDays = 3 * 24 * time.Hour

// forPeople are the words in which somebody is asked for.
var forPeople = []string{"找人", "找个人", "要人", "派人", "派个人", "请人", "请个人", "帮"}

// toReporter reports whether a doctor speaks of what a volunteer found, and asks
// for nobody: the line of visits takes that.
func toReporter(t *line.Turn) (bool, error) {
	if !t.Is(storage.Doctor) || slices.ContainsFunc(forPeople, func(w string) bool { return strings.Contains(t.Read.Text, w) }) {
		return false, nil
	}
	open, err := t.In.OpenFindings()
	if err != nil {
		return false, err
	}
	since := storage.At(t.Now().Add(-reportDays))
	return slices.ContainsFunc(open, func(f storage.Finding) bool { return f.CreatedAt >= since && fitsPerson(t.Read.Mentions, f.Elder) }), nil
}
