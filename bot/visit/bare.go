package visit

import (
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// Bare hears 看了 or 没见到 without a name: about the only door it can be, else
// the speaker's list is shown. From others than visitors it is no report.
func Bare(t *line.Turn) (line.Answer, error) {
	if !t.Is(visitors...) {
		return line.Answer{}, nil
	}
	if a, err := hasRead(t); err != nil || a.Handled() {
		return a, err
	}
	return withoutName(t, report{Key: t.Source(), Day: storage.Day(t.Now()), Minutes: t.Read.Minutes, Words: t.Read.Text})
}

// otherwise hears what no sentence of a lexicon is: words at a door that
// somebody was sent to, then a doctor's word about a finding.
func otherwise(t *line.Turn) (line.Answer, error) {
	for _, hear := range []line.Handler{warned, atTheDoor, answerFinding, seenBesides, howIsHe} {
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

// lookIn is the request to look in on an elder that the speaker has taken, if it
// is the only one.
func lookIn(t *line.Turn) (storage.Help, bool, error) {
	held, err := t.In.HelpsHeldBy(t.Me)
	if err != nil || len(held) != 1 || held[0].Service != string(read.Comfort) {
		return storage.Help{}, false, err
	}
	return held[0], true, nil
}

// whose asks at which door it was: by the speaker's list, else by a name.
func whose(t *line.Turn, r report) (line.Answer, error) {
	mine, err := remaining(t.In, t.Book, t.Me)
	if err != nil || len(mine) > 0 {
		if err != nil {
			return line.Answer{}, err
		}
		a, err := List(t)
		if t.State.Open != nil && r.Late {
			t.State.Open.Data = r.Day // 昨天的补一下: the names come next
		}
		return a, err
	}
	if t.Read.Word == "没见到" {
		return line.Ask("哪家没见到人？连名字讲，比如“桂花婶没见到”。"), nil
	}
	return line.Ask("看了哪家？连名字讲，比如“看了桂花婶 40分钟”。"), nil
}
