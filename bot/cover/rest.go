package cover

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

// rest hears 停3天 and 我出门三天 from a volunteer without an office: nobody asks
// him until then.
func rest(t *line.Turn) (line.Answer, error) {
	text := read.Fold(t.Read.Text).Text
	pauses := slices.ContainsFunc(pausing, func(w string) bool { return strings.HasPrefix(strings.TrimPrefix(text, "我"), w) })
	_, office := officeOf(t.Book, t.Me)
	switch {
	case office && t.Is(storage.Secretary):
		return restOf(t, text)
	case office || !t.Is(storage.Helper):
		return line.Answer{}, nil
	case !pauses && travels(t, text) && comesBack(text):
	case !pauses && travels(t, text):
		return line.Say("晓得了，路上平安。走的那天回“停7天”这样，那几天我不问您；接了的事去不成回“不”加号码。"), nil
	case !pauses:
		return line.Answer{}, nil
	}
	until, ok := ends(t, read.Days(text))
	if !ok {
		until, ok = backOn(t, text)
	}
	if !ok {
		return line.Answer{}, nil
	}
	if err := away(t, t.Me, until); err != nil {
		return line.Answer{}, err
	}
	return line.Say(fmt.Sprintf("好，到%s我先不问您。早回来就讲“我回来了”。", say.Day(until, t.Now()))), nil
}

// pausing begin what a volunteer says of a rest, behind 我.
var pausing = []string{"停", "出门", "不在村", "外出", "请假", "要请假", "请个假", "要请个假", "想请个假", "想请假", "歇", "想歇", "要歇"}

// restOf hears 红梅请假三天 from the secretary-general.
func restOf(t *line.Turn, text string) (line.Answer, error) {
	if !strings.Contains(text, "请假") && !strings.Contains(text, "请个假") || len(t.Read.Mentions) != 1 {
		return line.Answer{}, nil
	}
	people := slices.DeleteFunc(slices.Clone(t.Read.Mentions[0].People), func(id int64) bool { return !t.Book.Has(id, storage.Helper) })
	if len(people) != 1 {
		return line.Answer{}, nil
	}
	called := t.Book.Name(people[0])
	until, ok := ends(t, read.Days(text))
	if !ok {
		return line.Ask(called + "请假到哪天？连名字一起讲，比如“" + called + "请假三天”。"), nil
	}
	if err := away(t, people[0], until); err != nil {
		return line.Answer{}, err
	}
	return line.Say(fmt.Sprintf("好，到%s先不问%s。接了的事请另外派。", say.Day(until, t.Now()), called)), nil
}

// comesBack tells whether a line says when somebody is here again.
func comesBack(text string) bool {
	return slices.ContainsFunc([]string{"回来", "回村", "转来", "转屋", "就回"}, func(w string) bool { return strings.Contains(text, w) })
}

// backOn is the end that the part of a line about coming back names by itself: the 27号
// of 我去长沙 27号回来 is no request's number.
func backOn(t *line.Turn, text string) (time.Time, bool) {
	for _, clause := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ，,。；;\n", r) }) {
		if !comesBack(clause) && !strings.HasPrefix(clause, "到") {
			continue
		}
		part := *t
		part.Read = read.Read(clause, read.Context{Now: t.Now()})
		if until, ok := ends(&part, 0); ok {
			return until, true
		}
	}
	return time.Time{}, false
}

// away keeps somebody from being asked until a morning.
func away(t *line.Turn, person int64, until time.Time) error {
	r := t.Book.Reach(person)
	r.AwayUntil = storage.Day(until.AddDate(0, 0, -1))
	return set(t, r)
}

// far are places and ways of going that nobody comes back from by the evening.
var far = []string{"长沙", "广东", "广州", "深圳", "东莞", "浙江", "上海", "北京", "外地", "外省", "省里", "出门", "出远门", "走亲戚", "回娘家", "住院", "女儿家", "女家", "崽家", "儿子家", "女屋里", "崽屋里"}

// going is who goes: 我下个星期要去, 我回.
var going = regexp.MustCompile(`我(要|得|会|去|到|回|们)|我.{1,6}(要去|去|要到|要回|回)`)

// grandchildren are why volunteers go away: 带孙子.
var grandchildren = []string{"孙", "孙子", "孙女", "孙崽", "外孙", "外孙女", "孙伢"}

// travels hears 下个星期我要去长沙, which is about no elder and no errand. When a rest
// begins, and ends, is for the volunteer to say.
func travels(t *line.Turn, text string) bool {
	others := slices.ContainsFunc(t.Read.Mentions, func(m read.Mention) bool {
		return !slices.Contains(grandchildren, t.Read.Text[m.Span.From:m.Span.To]) && !t.Book.OwnFamily(t.Me, m.People)
	})
	if others || len(t.Read.Services)+len(t.Read.Tickets) > 0 && !comesBack(text) {
		return false
	}
	return going.MatchString(text) && slices.ContainsFunc(far, func(w string) bool { return strings.Contains(text, w) })
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
