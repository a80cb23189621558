// Package complaint is the line of work 投诉: what somebody has to say against the
// people who look after the village. It goes to those who watch over them, never
// to the secretary-general and never to whom it is about (village practice M), and
// no record of the village keeps it: a person answers, within ten days.
package complaint

import (
	"regexp"
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

const name = "complaint"

// The questions of this line.
const (
	askWhat  = "what"  // what it is about
	askNamed = "named" // is the complainant's name told
)

// The kinds of notice. The subject is "complaint:" and the key of the message.
const (
	note     = "complaint"      // to each who reads it
	noteLost = "complaint.lost" // to the complainant: no channel took it
	noteDue  = "complaint.due"  // to the complainant: the days are over
)

// Line declares the line of work.
func Line() line.Line {
	return line.Line{
		Name:      name,
		First:     first,
		Words:     map[string]line.Handler{"投诉": begin},
		Questions: map[string]line.Answerer{askWhat: answerWhat, askNamed: answerNamed},
		Notices:   map[string]line.Fresh{noteLost: freshLost},
	}
}

// form is a complaint that is told at once: 我要投诉 志愿者骂人.
var form = regexp.MustCompile(`^(?:我要|我想|要|想)?(?:投诉|举报|告状|提意见|提个意见)(?:一下|下|哈|咯|啊|呢)?[ ：:，,。]*(.{2,})$|^我有意见[ ：:，,。]+(.{2,})$`)

// first hears a complaint in one sentence. Where it may be danger, that is asked
// first.
func first(t *line.Turn) (line.Answer, error) {
	m := form.FindStringSubmatch(strings.TrimSpace(t.Read.Text))
	if m == nil || t.Read.Danger.Certain() {
		return line.Answer{}, nil
	}
	return named(t, m[1]+m[2])
}

// begin hears 投诉 alone.
func begin(t *line.Turn) (line.Answer, error) {
	if len(readers(t)) == 0 {
		return elsewhere(t), nil
	}
	return t.Question(line.Question{Line: name, Name: askWhat, Text: "您讲，是么子事？" + who(t) + "看，不给被讲的人看。不讲了回“取消”。"}), nil
}

func answerWhat(t *line.Turn, _ line.Question) (line.Answer, error) {
	if t.Read.Text == "" || t.Read.Danger.Certain() {
		return line.Answer{}, nil
	}
	t.Close()
	return named(t, t.Read.Text)
}

// named asks whether the name goes with the words: who fears for himself says
// nothing otherwise.
func named(t *line.Turn, words string) (line.Answer, error) {
	if len(readers(t)) == 0 {
		return elsewhere(t), nil
	}
	return t.Question(line.Question{
		Line: name, Name: askNamed, Data: words, Refs: mentioned(t),
		Text: who(t) + "看，不给被讲的人看。写不写您的名字？写了好给您打电话。回“写”或“不写”，不讲了回“取消”。",
	}), nil
}

// answerNamed sends it.
func answerNamed(t *line.Turn, q line.Question) (line.Answer, error) {
	switch text := strings.Trim(t.Read.Text, " 。！!,，."); {
	case strings.HasPrefix(text, "不写"), strings.HasPrefix(text, "莫写"), strings.HasPrefix(text, "匿名"), text == "不":
		return send(t, q, false)
	case strings.HasPrefix(text, "写"), t.Read.Answer == read.Yes:
		return send(t, q, true)
	case strings.HasPrefix(text, "不讲"), strings.HasPrefix(text, "不投"), strings.HasPrefix(text, "莫转"):
		t.Close()
		return line.Say("好，没有转。"), nil
	}
	return line.Answer{}, nil
}

// mentioned are the people whom a line may be about.
func mentioned(t *line.Turn) []int64 {
	var ids []int64
	for _, m := range t.Read.Mentions {
		ids = append(ids, m.People...)
	}
	return ids
}

// watchers are the roles that read a complaint.
var watchers = []string{storage.Chair, storage.Supervisor}
