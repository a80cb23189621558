package who

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// toPass is the part of a line that asks to pass a word on: 帮我跟我爸讲一声,
// 带句话给满爷爷, 转告桂花婶.
var toPass = regexp.MustCompile(`(?:请|麻烦)?(?:您|你|你们)?(?:帮|替)(?:我|忙)?(?:跟|和|同|给|对|告诉|喊)?[^，,。；;\s]{1,8}?(?:讲|说|带|传)(?:一|个)?(?:声|下|句话|句|个信|信)|` +
	`(?:帮我|请|麻烦)?(?:带|捎|传)(?:一)?(?:句|个)?(?:话|信)(?:给|到)[^，,。；;：:\s]{1,8}|` +
	`(?:请|麻烦|帮我|帮忙)(?:您|你)?(?:转告|告诉)[^，,。；;：:\s]{1,8}|` +
	`^(?:转告|通知)(?:一下|下)?[ ：:]?[^，,。；;：:\s]{1,8}`)

// saysPass are words that ask for nothing but to pass something on, whatever the
// word itself speaks of.
var saysPass = regexp.MustCompile(`转告|[带捎传]一?[句个]?[话信][给到]`)

// pass hears 我明天回来 帮我跟我爸讲一声: a word for another. It reaches him under the
// sender's name if the sender is of his own or looks after the village; a word of
// anybody else the secretary-general reads first.
func pass(t *line.Turn) (line.Answer, error) {
	if t.Me == 0 || t.State.Open != nil || t.Read.Urgent || len(t.Read.Tickets) > 0 {
		return line.Answer{}, nil
	}
	at := toPass.FindStringIndex(t.Read.Text)
	if at == nil || len(t.Read.Services) > 0 && !saysPass.MatchString(t.Read.Text) && !toNamed(t, at[0], at[1]) || strings.HasPrefix(t.Read.Text, "通知") && len(t.Read.Mentions) == 0 { // 通知各组: to nobody in particular
		return line.Answer{}, nil
	}
	for _, m := range t.Read.Mentions { // 通知红梅明天来村部: the name ends where the word begins
		if m.Span.From >= at[0] && m.Span.To <= at[1] {
			at[1] = m.Span.To
		}
	}
	words := strings.Trim(strings.TrimSpace(t.Read.Text[:at[0]])+"，"+strings.TrimSpace(t.Read.Text[at[1]:]), " ，,。：:")
	to := addressee(t)
	switch {
	case words == "":
		return line.Ask("好，带句么子话？连人一起讲，比如“我明天回来，帮我跟我爸讲一声”。"), nil
	case to == 0 || to == t.Me || !near(t, to):
		return line.Say("好，这句话留给" + t.Book.Called() + "，请她带到。" + number(t)), t.Leave(t.Read.Text)
	}
	return deliver(t, to, words)
}

// toNamed reports whether the part of the line from..to says to whom of the roster to speak:
// 帮我跟舒忠良讲一声 鸡跑到我屋里来了 asks for no other help, whatever the word speaks of.
func toNamed(t *line.Turn, from, to int) bool {
	return slices.ContainsFunc(t.Read.Mentions, func(m read.Mention) bool {
		return m.Span.From >= from && m.Span.To <= to && speaksTo.MatchString(t.Read.Text[from:m.Span.From])
	})
}

var speaksTo = regexp.MustCompile(`(跟|和|同|给|对|告诉|喊)$`)

// addressee is the one person whom a word is for, 0 if it is not sure who.
func addressee(t *line.Turn) int64 {
	if id := sole(t.Read.Mentions); id != 0 || len(t.Read.Mentions) > 0 {
		return id
	}
	if len(t.Read.KinIDs) == 1 {
		return t.Read.KinIDs[0]
	}
	return 0
}

// near reports whether the speaker's word reaches somebody as it is: kin whose
// face is known, the same house, an office of the village.
func near(t *line.Turn, to int64) bool {
	mine, his := t.Book.Person(t.Me).Household, t.Book.Person(to).Household
	known := func(p storage.Proxy) bool { return p.Elder == to && p.How != storage.Claimed }
	return mine != 0 && mine == his || slices.ContainsFunc(t.Book.Proxies(t.Me), known) ||
		t.Is(storage.Secretary, storage.Chair, storage.Doctor, storage.Leader)
}

// deliver owes the word to whom it is for. Who uses no account is told by whoever
// visits him, and by a person at the office's desk.
func deliver(t *line.Turn, to int64, words string) (line.Answer, error) {
	reach, err := t.In.MembersOf(to)
	if err != nil {
		return line.Answer{}, err
	}
	from, name := t.Book.Title(t.Me), t.Book.Name(to)
	n := storage.Notice{
		Person: to, Kind: noteWord, Subject: "word:" + t.Source()[:min(30, len(t.Source()))], Period: "1", Weight: storage.Direct,
		Lead: "有人给您带了1句话，回“看”", Words: fmt.Sprintf("%s带给您一句话：“%s”。", from, say.Clip(words, 60)),
	}
	if len(reach) > 0 {
		return line.Say("好，这句话我讲给" + name + "听。"), t.Owe(n)
	}
	if err := t.Leave(t.Read.Text); err != nil {
		return line.Answer{}, err
	}
	by := t.Book.Called()
	if p, listed := t.Book.Plan(to); listed && p.Visitor != 0 && p.Visitor != t.Me {
		by = t.Book.Name(p.Visitor) + "和" + by
		n.Person, n.Words = p.Visitor, fmt.Sprintf("%s带给%s一句话：“%s”。%s没用这个号，见到了请讲一声。", from, name, say.Clip(words, 60), name)
		if err := t.Owe(n); err != nil {
			return line.Answer{}, err
		}
	}
	return line.Say(name + "没用这个号，请" + by + "带到。"), nil
}
