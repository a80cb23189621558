package visit

import (
	"encoding/json"
	"fmt"
	"slices"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// everyone is what "都看了，除了3号" says, waiting to be read back.
type everyone struct {
	Met, Out []int64
	Minutes  int
	Words    string
}

// AllSeen hears 都看了 with or without exceptions. It is read back by name
// before it counts (settled.md 34).
func AllSeen(t *line.Turn) (line.Answer, error) {
	if !t.Is(visitors...) {
		return notVisitor(t)
	}
	mine, err := shown(t)
	if err != nil {
		return line.Answer{}, err
	}
	if len(mine) == 0 {
		return line.Say("您这个月的都记过了，多谢。"), nil
	}
	if i := slices.IndexFunc(t.Read.Except, func(n int) bool { return n > len(mine) }); i >= 0 {
		return line.Ask(fmt.Sprintf("没有%d号，您名单上只有%s。除了哪位？连名字讲。", t.Read.Except[i], say.List(names(t, mine)))), nil
	}
	var e everyone
	e.Minutes, e.Words = t.Read.Minutes, t.Read.Text
	for i, id := range mine {
		if excepted(t, i+1, id) {
			e.Out = append(e.Out, id)
		} else {
			e.Met = append(e.Met, id)
		}
	}
	if len(e.Met) == 0 {
		return line.Say("那就都还没看，没有记。看了讲一声，比如“看了" + t.Book.Name(mine[0]) + " 40分钟”。"), nil
	}
	data, err := json.Marshal(e)
	if err != nil {
		return line.Answer{}, fmt.Errorf("keep list: %w", err)
	}
	text := "您讲看了" + say.List(names(t, e.Met))
	if len(e.Out) > 0 {
		text += "；没看" + say.List(names(t, e.Out))
	}
	return t.Question(line.Question{Line: name, Name: askAll, Refs: e.Met, Data: string(data), Text: text + "。对就回“对”。"}), nil
}

// shown is the list that the speaker saw last, else his own.
func shown(t *line.Turn) ([]int64, error) {
	var ids []int64
	for _, c := range t.State.Digits {
		if c.Line == name && c.Name == choiceSeen {
			ids = append(ids, c.Ref)
		}
	}
	if len(ids) > 0 {
		return ids, nil
	}
	return remaining(t.In, t.Book, t.Me)
}

func excepted(t *line.Turn, number int, id int64) bool {
	if slices.Contains(t.Read.Except, number) {
		return true
	}
	return slices.ContainsFunc(t.Read.ExceptOf, func(m read.Mention) bool { return slices.Contains(m.People, id) })
}

// answerAll hears 对 to the names read back.
func answerAll(t *line.Turn, q line.Question) (line.Answer, error) {
	var e everyone
	if err := json.Unmarshal([]byte(q.Data), &e); err != nil {
		return line.Answer{}, fmt.Errorf("read list: %w", err)
	}
	switch t.Read.Answer {
	case read.Yes, read.Ack:
		r := report{Key: t.Source(), Day: storage.Day(t.Now()), Minutes: e.Minutes, Words: e.Words}
		for _, id := range e.Met {
			r.Calls = append(r.Calls, call{People: []int64{id}, Met: true})
		}
		t.Close()
		return store(t, r)
	case read.No:
		t.Close()
		return line.Say("好，没有记。哪几位没看？讲“都看了，除了3号”这样。"), nil
	}
	return line.Answer{}, nil
}
