package cover

import (
	"fmt"
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// rest hears 停3天 and 我出门三天 from a volunteer without an office: nobody asks
// him until then.
func rest(t *line.Turn) (line.Answer, error) {
	text := read.Fold(t.Read.Text).Text
	pauses := strings.HasPrefix(text, "停") || strings.HasPrefix(text, "我停") || strings.HasPrefix(text, "我出门") || strings.HasPrefix(text, "我不在村") || strings.HasPrefix(text, "我外出")
	if _, office := officeOf(t.Book, t.Me); !pauses || office || !t.Is(storage.Helper) {
		return line.Answer{}, nil
	}
	until, ok := ends(t, read.Days(text))
	if !ok {
		return line.Answer{}, nil
	}
	r := t.Book.Reach(t.Me)
	r.AwayUntil = storage.Day(until.AddDate(0, 0, -1))
	if err := set(t, r); err != nil {
		return line.Answer{}, err
	}
	return line.Say(fmt.Sprintf("好，到%s我先不问您。早回来就讲“我回来了”。", say.Day(until, t.Now()))), nil
}

// returned ends a volunteer's rest before its time.
func returned(t *line.Turn) (line.Answer, error) {
	r := t.Book.Reach(t.Me)
	if !t.Is(storage.Helper) || !t.Book.AwayOn(t.Me, t.Now()) {
		return line.Answer{}, nil
	}
	r.AwayUntil = ""
	return line.Say("好，您回来了，有事我又问您。"), set(t, r)
}

func set(t *line.Turn, r storage.Reach) error {
	if err := t.In.SetReach(r); err != nil {
		return err
	}
	return t.In.Changed()
}
