package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/bot/talk"
	"mishu/storage"
)

// undoWithin is how long one's own entry can be taken back.
const undoWithin = 30 * time.Minute

// global hears the words that go for every state.
func (b *Bot) global(t *line.Turn) (line.Answer, error) {
	switch t.Read.Word {
	case "帮助", "菜单":
		if q := t.State.Open; q != nil {
			return stillAsked(t, *q)
		}
		for _, word := range digitsOf(t.Book, t.Me) {
			t.State.Digits = append(t.State.Digits, line.Choice{Line: "menu", Name: word})
		}
		return line.Say(menuText(t.Book, t.Me, t.Now())), nil
	case "取消", "退出":
		if t.Read.Word == "退出" && t.State.Open == nil {
			return line.Answer{}, nil // out of everything: that is the line's of agreeing
		}
		return b.cancel(t)
	case "撤销":
		return b.undo(t)
	case "人工":
		return person(t)
	case "继续":
		return resume(t)
	case "看":
		return b.show(t)
	}
	return line.Answer{}, nil
}

// stillAsked helps somebody in the middle of a question, and comes back to it.
// ？？ asks only whether anybody is there: the question itself answers that.
func stillAsked(t *line.Turn, q line.Question) (line.Answer, error) {
	if strings.Trim(t.Read.Text, "?？ ") == "" {
		return line.Answer{}, nil
	}
	return line.Ask("有事直接讲，不办了回“取消”。" + ring(t.Book, t.Now()) + "\n刚才问您：" + q.Text), nil
}

// cancel ends what nobody has committed; what is committed is the line's.
func (b *Bot) cancel(t *line.Turn) (line.Answer, error) {
	open := t.State.Open
	if open != nil && open.Ref == 0 {
		t.State.Drop()
		return line.Say("好，这件不办了。有事再讲。"), nil
	}
	if t.Read.Answer == read.No && open != nil {
		return line.Answer{}, nil // 不 answers the question
	}
	t.State.Drop()
	a, err := firstOf(b.lines, func(l line.Line) line.Handler { return l.Intents[read.Cancel] }, t)
	if err != nil || a.Handled() {
		return a, err
	}
	return line.Say("好。您现在没有在办的事。"), nil
}

// undo takes back the newest of the speaker's own entries.
func (b *Bot) undo(t *line.Turn) (line.Answer, error) {
	lines, err := b.newest(t)
	if err != nil {
		return line.Answer{}, err
	}
	i := slices.IndexFunc(lines, func(l line.Line) bool { return l.Undo != nil })
	if i < 0 {
		return line.Say("半个钟头里没有您可以撤的。再早的找" + t.Book.Called() + "改。"), nil
	}
	t.State.Drop()
	a, _, err := lines[i].Undo(t, storage.At(t.Now().Add(-undoWithin)))
	return a, err
}

// newest are the lines in which the speaker has an entry of his own that can
// still be put right, the newest entry first.
func (b *Bot) newest(t *line.Turn) ([]line.Line, error) {
	since := storage.At(t.Now().Add(-undoWithin))
	var lines []line.Line
	at := map[string]storage.Moment{}
	for _, l := range b.lines {
		if l.Last == nil {
			continue
		}
		when, err := l.Last(t, since)
		if err != nil {
			return nil, err
		}
		if when > 0 {
			at[l.Name] = when
			lines = append(lines, l)
		}
	}
	slices.SortStableFunc(lines, func(x, y line.Line) int { return cmp.Compare(at[y.Name], at[x.Name]) })
	return lines, nil
}

// correction hears 错了，是忠良爹 and 不是明天 后天吧 of the newest entry that it
// fits.
func (b *Bot) correction(t *line.Turn) (line.Answer, error) {
	denies := t.Read.Intent == read.Unknown && t.Read.Answer == read.No && t.Read.Rest != "" && t.State.Open == nil // 不对 是星期六
	if t.Read.Intent != read.Correct && t.Read.Word != "改" && !denies {
		return line.Answer{}, nil
	}
	lines, err := b.newest(t)
	if err != nil {
		return line.Answer{}, err
	}
	return firstOf(lines, func(l line.Line) line.Handler { return l.Correct }, t)
}

// person hands over to a person.
func person(t *line.Turn) (line.Answer, error) {
	phone := t.Office()
	if phone == "" {
		return line.Say("我跟" + t.Book.Called() + "讲，请她找您。急病打120。"), t.Leave("找人")
	}
	return line.Say(fmt.Sprintf("好，%s的电话：%s。我也跟她讲您找她。", t.Book.Called(), phone)), t.Leave("找人")
}

// resume comes back to what was put aside.
func resume(t *line.Turn) (line.Answer, error) {
	if t.State.Kept == nil {
		return line.Answer{}, nil
	}
	t.State.Open, t.State.Kept = t.State.Kept, nil
	return line.Ask("接着刚才的：" + t.State.Open.Text), nil
}

// holdFor is how long a bubble that says nothing by itself waits for the next
// (design.md).
const holdFor = 20 * time.Second

// failsBound is at which failure in a row a person is named.
const failsBound = 2

// notUnderstood answers what no line took. With a question open it is asked
// again at once; a line that may be the first bubble of several is held.
func (b *Bot) notUnderstood(t *line.Turn) (line.Answer, error) {
	if q := t.State.Open; q != nil {
		t.State.Fails++
		if t.State.Fails >= failsBound {
			return giveUp(t)
		}
		return line.Ask("没听明白“" + say.Clip(t.Read.Text, 12) + "”。" + q.Text), nil
	}
	if t.Read.Rest == "" && (t.Read.Answer == read.Yes || t.Read.Answer == read.Ack) {
		return line.Say("好，有事您讲。"), nil
	}
	asIfUnknown(t)
	switch t.Read.Intent {
	case read.Greeting:
		return line.Say(greeting(t.Book, t.Me, t.Now())), nil
	case read.Smalltalk:
		return line.Say("不客气，有事您讲。"), nil
	case read.Unknown:
		if t.State.Fragment == nil && t.Read.Answer == read.NoAnswer && t.Msg.Key != "" && t.Msg.Kind == talk.Text {
			return line.Answer{}, nil // held: hear.go sees that nothing was said
		}
	}
	return b.puzzled(t)
}

// puzzled says what was understood and asks one question; the second time it
// names a person and keeps the words for the secretary-general.
func (b *Bot) puzzled(t *line.Turn) (line.Answer, error) {
	t.State.Fragment = nil
	t.State.Fails++
	if t.Me != 0 {
		if err := t.Publish(line.Fact{Kind: line.NotUnderstood, Words: t.Read.Text}); err != nil {
			return line.Answer{}, err
		}
	}
	if t.State.Fails >= failsBound {
		return giveUp(t)
	}
	return line.Ask(understood(t) + asksLikely(t)), nil
}

// understood says what was got of a line that as a whole meant nothing. Whoever
// may not know of a person does not hear that there is one of that name.
func understood(t *line.Turn) string {
	r := t.Read
	switch {
	case len(r.Mentions) > 0 && mayKnow(t, r.Mentions[0]):
		return "您讲的是" + t.Book.Name(r.Mentions[0].People[0]) + "。"
	case r.When.Grain != "":
		return "您讲的是" + say.Time(r.When.At, string(r.When.Grain), t.Now()) + "。"
	case r.Answer != read.NoAnswer:
		return "收到。"
	}
	return "“" + say.Clip(r.Text, 12) + "”我没听明白。"
}

func giveUp(t *line.Turn) (line.Answer, error) {
	t.State.Fails = 0
	if t.Is(storage.Secretary) { // there is nobody to leave it to
		return line.Ask("还是没听明白。可以讲“派13给满妹”“13 完成”“还没看”，要您定的回“看”。"), nil
	}
	text := "还是没听明白，原话留给" + t.Book.Called() + "看了。"
	if phone := t.Office(); phone != "" {
		text += "打电话也行：" + phone + "。"
	}
	return line.Say(text), t.Leave(t.Read.Text)
}
