package help

import (
	"fmt"
	"slices"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// relays is how the story of a request says that whoever asked passes the news
// on, notRelayed that he does not.
const (
	relays     = "relays"
	notRelayed = "not relayed"
)

// throughSpeaker reports whether an elder can be told only by the one who asks:
// no telephone, and nobody of his reads the account (settled.md 13).
func throughSpeaker(t *line.Turn, elder int64) (bool, error) {
	if elder == t.Me || elder == 0 || t.Book.Person(elder).Phone != "" {
		return false, nil
	}
	members, err := t.In.MembersOf(elder)
	return len(members) == 0, err
}

// askRelayed adds the question to an answer: 回信讲给您转告，要得不？
func askRelayed(t *line.Turn, ids []int64, a line.Answer) (line.Answer, error) {
	h, found, err := t.In.Help(ids[0])
	if err != nil || !found || t.State.Open != nil {
		return a, err
	}
	through, err := throughSpeaker(t, h.Elder)
	if err != nil || !through {
		return a, err
	}
	text := fmt.Sprintf("%s没有电话，回信讲给您转告，要得不？", t.Book.Name(h.Elder))
	t.Question(line.Question{Line: name, Name: askRelay, Ref: ids[0], Refs: ids, Text: text})
	return line.Ask(a.Text + text), nil
}

// answerRelay hears whether the speaker passes the news on. If not, whoever
// comes tells the elder at the door.
func answerRelay(t *line.Turn, q line.Question) (line.Answer, error) {
	what, text := relays, "好，有信了先讲给您，麻烦您转告。"
	switch t.Read.Answer {
	case read.Yes, read.Ack:
	case read.No:
		what, text = notRelayed, "好，那请去的人当面跟"+t.Book.They(elderOf(t, q.Ref))+"讲。"
	default:
		return line.Answer{}, nil
	}
	t.Close()
	for _, id := range q.Refs {
		if err := t.In.LogHelp(id, t.Me, what, t.Read.Text); err != nil {
			return line.Answer{}, err
		}
	}
	return line.Say(text), nil
}

func elderOf(t *line.Turn, id int64) int64 {
	h, _, err := t.In.Help(id)
	if err != nil {
		return 0
	}
	return h.Elder
}

// passesOn reports whether the asker may be asked to pass news on.
func passesOn(v storage.In, id int64) (bool, error) {
	logs, err := v.HelpLogs(id)
	return !slices.ContainsFunc(logs, func(l storage.HelpLog) bool { return l.What == notRelayed }), err
}
