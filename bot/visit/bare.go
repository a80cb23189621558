package visit

import (
	"strings"

	"mishu/bot/line"
	"mishu/bot/say"
	"mishu/storage"
)

// Bare hears 看了 or 没见到 without a name: about the only door it can be, else
// the speaker's list is shown. From others than visitors it is no report.
func Bare(t *line.Turn) (line.Answer, error) {
	if !t.Is(visitors...) {
		return line.Answer{}, nil
	}
	return withoutName(t, report{Key: t.Source(), Day: storage.Day(t.Now()), Minutes: t.Read.Minutes, Words: t.Read.Text})
}

// otherwise hears what no sentence of a lexicon is: words at a door that
// somebody was sent to, then a doctor's word about a finding.
func otherwise(t *line.Turn) (line.Answer, error) {
	for _, hear := range []line.Handler{atTheDoor, answerFinding, seenBesides, howIsHe} {
		if a, err := hear(t); err != nil || a.Handled() {
			return a, err
		}
	}
	return line.Answer{}, nil
}

// atTheDoor hears "还是冇人 电视响" from somebody who was asked to go again.
func atTheDoor(t *line.Turn) (line.Answer, error) {
	closed := nobodyThere(t.Read.Text) || signOf(t.Read.Text) != ""
	if !closed || !t.Is(visitors...) || len(t.Read.Mentions) > 0 {
		return line.Answer{}, nil
	}
	id, err := standingBefore(t)
	if err != nil || id == 0 {
		return line.Answer{}, err
	}
	r := report{Key: t.Source(), Day: storage.Day(t.Now()), Words: t.Read.Text}
	r.Calls = []call{{People: []int64{id}, Reason: say.Clip(t.Read.Text, 30), Sign: signOf(t.Read.Text)}}
	return proceed(t, r)
}

func nobodyThere(text string) bool {
	for _, w := range []string{"没人", "冇人", "没见", "冇见", "没应", "冇应", "不在"} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}
