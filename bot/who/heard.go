package who

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mishu/bot/access"
	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/media"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

var (
	heardForm  = regexp.MustCompile(`^语音 ?(\d{1,2})(?:[ ,:、，：]+(.*)|([^\d ].*))?[。.!]?$`)
	namesForm  = regexp.MustCompile(`^(?:语音(?:给|由|请|让)|听语音的[:： ]?(?:是)?)(.+?)(?:听)?$`)
	nothingToo = []string{"没事", "冇事", "没得事", "冇得事", "没什么", "没么子", "打招呼", "误发", "发错"}
)

// first hears 语音1 助劳 灶屋灯 今天 from whoever listened, 语音给向丽、舒立新听 from the
// office, who holds which office, and a word to be passed on.
func first(t *line.Turn) (line.Answer, error) {
	text := strings.TrimSpace(t.Read.Text) // as typed: the words are read back
	if m := heardForm.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[1]) // the form has only digits there
		return heard(t, n, strings.TrimSpace(m[2]+m[3]))
	}
	if m := namesForm.FindStringSubmatch(text); m != nil && t.Is(storage.Secretary, storage.Chair) {
		return nameListeners(t)
	}
	for _, hear := range []line.Handler{anotherRole, roll, pass} {
		if a, err := hear(t); err != nil || a.Handled() {
			return a, err
		}
	}
	return line.Answer{}, nil
}

// mayListen reports whether the speaker is asked for an ear: a listener, the
// office, whoever holds the duty telephone.
func mayListen(t *line.Turn, speaker int64) bool {
	return t.Is(storage.Secretary, storage.Chair) || slices.Contains(listeners(t.Book, speaker), t.Me) || slices.Contains(t.Book.DutyHolders(t.Now()), t.Me)
}

// heard hears what a listener says of a voice.
func heard(t *line.Turn, number int, said string) (line.Answer, error) {
	l, found, err := t.In.ListeningNumbered(number)
	if err != nil {
		return line.Answer{}, err
	}
	var s storage.Slip
	if found {
		if s, found, err = t.In.Slip(l.Slip); err != nil {
			return line.Answer{}, err
		}
	}
	switch {
	case !found || !mayListen(t, s.Person):
		return line.Say(fmt.Sprintf("没有语音%d，或者听过了。", number)), nil
	case said == "":
		return again(t, number, s)
	}
	return conclude(t, l, s, said)
}

// again plays a voice once more to whoever asks for it by its number alone, and
// says what comes after listening. One that is not to be had any more leaves the
// telephone.
func again(t *line.Turn, number int, s storage.Slip) (line.Answer, error) {
	whose := fmt.Sprintf("语音%d是%s%s留的", number, t.Book.Name(s.Person), say.Clock(s.CreatedAt.Time()))
	then := fmt.Sprintf("回“语音%d”加一句，没事回“语音%d 没事”。", number, number)
	m, err := media.Attach(t.In, t.Book, storage.Notice{Subject: slipSubject(s.ID)})
	switch {
	case err != nil:
		return line.Answer{}, err
	case m != nil:
		return line.Ask(whose + "，再放一遍。听了" + then), t.Owe(storage.Notice{
			Person: t.Me, Kind: line.Played, Subject: slipSubject(s.ID), Period: t.Source(), Weight: storage.Urgent, Lead: "您要的放在下面", Words: "语音放在下面，点开听。",
		})
	}
	if phone := t.Book.Person(s.Person).Phone; phone != "" && access.May(t.Book, t.Me, access.Door, s.Person) {
		return line.Ask(whose + "，放不出来了。打" + phone + "问一声，问了" + then), nil
	}
	return line.Ask(whose + "，放不出来了。当面问一声，问了" + then), nil
}

// conclude closes a voice with what a person heard in it. What asks for help
// becomes a request of the one who spoke; he hears who has listened.
func conclude(t *line.Turn, l storage.Listening, s storage.Slip, said string) (line.Answer, error) {
	l.HeardBy, l.NextAt = t.Me, 0
	if mine, err := t.In.SaveListening(l); err != nil || !mine {
		return line.Say(fmt.Sprintf("语音%d有人听过了。", l.Number)), err
	}
	s.State, s.Words = storage.Closed, closing(s.Words, said)
	if err := t.In.SaveSlip(s); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.ClearNotices(noteListen, slipSubject(s.ID), slipSubject(s.ID)+" was heard"); err != nil {
		return line.Answer{}, err
	}
	c := t.Book.Reading(t.Now())
	c.Speaker = read.Speaker{Person: s.Person}
	r := read.Read(said, c)
	name := t.Book.Name(s.Person)
	switch {
	case slices.ContainsFunc(nothingToo, func(w string) bool { return strings.Contains(said, w) }):
		return line.Say("好，" + name + "的语音听过了，没事。"), tell(t, s, "%s听了，晓得了。")
	case r.Intent == read.RequestHelp || len(r.Services) > 0:
		if err := t.Publish(line.Fact{Kind: line.Asked, Person: s.Person, Words: said}); err != nil {
			return line.Answer{}, err
		}
		return line.Say("已记：" + name + " " + said + "。正在问人。"), tell(t, s, "%s听了，给您记了："+strings.ReplaceAll(say.Clip(said, 20), "%", "")+"。问到人给您讲。")
	}
	return line.Say("好，" + name + "的语音记上：" + say.Clip(said, 30) + "。"), tell(t, s, "%s听了您的语音，会回您话。")
}

// tell owes whoever spoke one line about who has listened.
func tell(t *line.Turn, s storage.Slip, words string) error {
	return t.Owe(storage.Notice{
		Person: s.Person, Account: s.Account, OpenID: s.OpenID, Kind: noteSlip, Subject: slipSubject(s.ID), Period: "1", Weight: storage.Direct,
		Lead: "您留的话有人听了，回“看”", Words: fmt.Sprintf(words, t.Book.Title(t.Me)),
	})
}

// nameListeners hears whom the village names, at most three, in the order in
// which they are asked.
func nameListeners(t *line.Turn) (line.Answer, error) {
	var ids, names []string
	for _, m := range t.Read.Mentions {
		people := slices.DeleteFunc(slices.Clone(m.People), func(id int64) bool { return len(t.Book.Roles(id)) == 0 })
		if len(people) != 1 || len(ids) == listenersBound {
			continue
		}
		ids, names = append(ids, strconv.FormatInt(people[0], 10)), append(names, t.Book.Name(people[0]))
	}
	if len(ids) == 0 {
		return line.Answer{}, nil
	}
	if err := t.In.Set(storage.Setting{Name: book.Listeners, Value: strings.Join(ids, ","), Owner: t.Book.Name(t.Me), Source: "聊天", CheckedOn: storage.Day(t.Now())}); err != nil {
		return line.Answer{}, err
	}
	return line.Say("好，语音先请" + strings.Join(names, "听，没听再请") + "听。20分钟没人听，告诉值班的。"), t.In.Changed()
}
