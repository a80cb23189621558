package who

import (
	"regexp"
	"slices"
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/talk"
	"mishu/storage"
)

// young is what a child says of himself. It is cut out of whatever is kept:
// nothing about a child is stored (settled.md 5).
var young = regexp.MustCompile(`我(今年)?(才|是)?([1-9]|1[0-7]|[一二三四五六七八九十]|十[一二三四五六七])岁(了|半)?` +
	`|我(在|是)?(读|上|念)(小学|初中|高中|[一二三四五六]年级|初[一二三]|高[一二三])` +
	`|我是(个)?(小学生|初中生|高中生|学生|细伢子|小孩子?|娃儿|孩子)|我还小`)

// What a child is told, whatever comes of it: one kind line with whom to ring
// (village practice, rule 4).
const (
	toMinor    = "急病打120，有危险打110，也跟身边的大人讲一声。"
	onlyMinor  = "这个号是大人用的。有事跟身边的大人讲，心里有事打12355，有危险打110。"
	whichElder = "好，是哪位老人的事？讲几组、叫什么，我请大人上门去。" + toMinor
	minorHeard = "好，你讲的记下了，请大人上门去看。" + toMinor
)

// minor hears a child whom nobody has vouched for. Who speaks for an elder is
// served for the elder: a volunteer goes there, and no word goes back to the
// child.
func minor(t *line.Turn) (line.Answer, error) {
	q := t.State.Open
	asked := q != nil && q.Line == name && q.Name == askElder
	text := read.Fold(t.Read.Text).Text
	if t.Msg.Kind == talk.Event || !asked && !young.MatchString(text) {
		return line.Answer{}, nil
	}
	words := strings.Trim(young.ReplaceAllString(text, ""), " ,，。")
	if asked {
		t.Close()
		words = strings.Trim(q.Data+"，"+words, "，")
	}
	r := read.Read(words, read.Context{Now: t.Now(), Roster: t.Book.Roster})
	elder, named := elderOf(r), len(r.Mentions) > 0
	switch {
	case elder != 0:
		t.Read = r
		return line.Ask(minorHeard), t.Publish(line.Fact{Kind: line.Asked, Person: elder, Words: words, Tie: "屋里孩子"})
	case named || asked:
		return line.Ask(minorHeard), keepWordsOnly(t, words)
	case len(r.Services) > 0 || r.Urgent || r.Kin != "" || r.Intent == read.RequestHelp:
		return t.Question(line.Question{Line: name, Name: askElder, Data: clip(words, slipBound), Text: whichElder}), nil
	}
	return line.Ask(onlyMinor), nil
}

// elderOf is the one person whom a line names, 0 if it is not sure.
func elderOf(r read.Reading) int64 {
	var ids []int64
	for _, m := range r.Mentions {
		for _, id := range m.People {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	if len(ids) != 1 {
		return 0
	}
	return ids[0]
}

// keepWordsOnly keeps words for the secretary-general without who wrote them.
func keepWordsOnly(t *line.Turn, words string) error {
	return t.In.AddSlip(&storage.Slip{Kind: string(t.Msg.Kind), Words: clip("孩子替老人讲的："+words, slipBound), SourceKey: t.Source(), Ordinal: t.Next("slip")})
}
