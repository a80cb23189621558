package visit

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"mishu/bot/access"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// first hears the sentences of this line that have a fixed form.
func first(t *line.Turn) (line.Answer, error) {
	for _, hear := range []line.Handler{leaves, resigns, assigns, asksMeasured, asksFindings} {
		if a, err := hear(t); err != nil || a.Handled() {
			return a, err
		}
	}
	return howMany(t)
}

var countForm = regexp.MustCompile(`(看|走|跑|探访|走访)(了|过|哒)?(几|好多|多少|哪几)(家|户|位|个|人|次|回|老人)`)

// howMany hears 满妹这个月看了几家 and 我这个月看了几家: what a visitor reported. It is
// for herself and for those who look after the village.
func howMany(t *line.Turn) (line.Answer, error) {
	if !countForm.MatchString(t.Read.Text) {
		return line.Answer{}, nil
	}
	visitor := t.Me
	if len(t.Read.Mentions) > 0 {
		people := slices.DeleteFunc(slices.Clone(t.Read.Mentions[0].People), func(id int64) bool { return !t.Book.Has(id, visitors...) })
		if len(people) != 1 {
			return line.Answer{}, nil
		}
		visitor = people[0]
	} else if !t.Is(storage.Helper) {
		return ofVillage(t)
	}
	if !access.May(t.Book, t.Me, access.Minutes, visitor) {
		return t.Aside(access.Refusal), nil
	}
	from, to, called := spanAsked(t)
	c, err := t.In.CountVisitsBy(visitor, from, to)
	if err != nil {
		return line.Answer{}, err
	}
	return t.Aside(t.Book.Name(visitor) + called + counted(c)), nil
}

// ofVillage hears 这个月看了多少次 from somebody with an office who may see what
// volunteers did.
func ofVillage(t *line.Turn) (line.Answer, error) {
	if !t.Is(storage.Secretary, storage.Chair) || t.Read.Kin != "" {
		return line.Answer{}, nil
	}
	from, to, called := spanAsked(t)
	c, err := t.In.CountVisits(from, to)
	if err != nil {
		return line.Answer{}, err
	}
	return t.Aside("全村" + called + counted(c) + "没看的回“还没看”。"), nil
}

func counted(c storage.VisitCount) string {
	text := fmt.Sprintf("看了%d位老人，上门%d次", c.Elders, c.Visits)
	if c.Attempts > 0 {
		text += fmt.Sprintf("，没见到%d次", c.Attempts)
	}
	return text + "。"
}

// spanAsked is the day, or the month, that a line asks about: from its first day
// to its last.
func spanAsked(t *line.Turn) (from, to, called string) {
	now := t.Now()
	if w := t.Read.When; w.Grain == read.Day && !w.At.After(now) {
		return storage.Day(w.At), storage.Day(w.At), say.Day(w.At, now)
	}
	first, called := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, storage.Shanghai), "这个月"
	if strings.Contains(t.Read.Text, "上个月") || strings.Contains(t.Read.Text, "上月") {
		first, called = first.AddDate(0, -1, 0), "上个月"
	}
	return storage.Day(first), storage.Day(first.AddDate(0, 1, -1)), called
}
