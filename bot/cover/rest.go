package cover

import (
	"fmt"
	"slices"
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
	_, office := officeOf(t.Book, t.Me)
	switch {
	case office || !t.Is(storage.Helper):
		return line.Answer{}, nil
	case !pauses && travels(t, text):
		return line.Say("晓得了，路上平安。走的那天回“停7天”这样，那几天我不问您；接了的事去不成回“不”加号码。"), nil
	case !pauses:
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

// far are places and ways of going that nobody comes back from by the evening.
var far = []string{"长沙", "广东", "广州", "深圳", "东莞", "浙江", "上海", "北京", "外地", "外省", "省里", "出门", "出远门", "走亲戚", "回娘家", "住院"}

// grandchildren are why volunteers go away: 带孙子.
var grandchildren = []string{"孙", "孙子", "孙女", "孙崽", "外孙", "外孙女", "孙伢"}

// travels hears 下个星期我要去长沙, which is about no elder and no errand. When a rest
// begins, and ends, is for the volunteer to say.
func travels(t *line.Turn, text string) bool {
	others := slices.ContainsFunc(t.Read.Mentions, func(m read.Mention) bool {
		return !slices.Contains(grandchildren, t.Read.Text[m.Span.From:m.Span.To]) && !t.Book.OwnFamily(t.Me, m.People)
	})
	if others || len(t.Read.Services)+len(t.Read.Tickets) > 0 {
		return false
	}
	goes := slices.ContainsFunc([]string{"我要", "我得", "我会", "我去", "我到"}, func(w string) bool { return strings.Contains(text, w) })
	return goes && slices.ContainsFunc(far, func(w string) bool { return strings.Contains(text, w) })
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
