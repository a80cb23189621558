package help

import (
	"fmt"
	"strings"

	"mishu/bot/access"
	"mishu/bot/ladder"
	"mishu/bot/line"
	"mishu/bot/say"
	"mishu/storage"
)

// linesBound is how many lines a list in a bubble has at most.
const linesBound = 8

// Mine hears 我的事: what the speaker asked for and what he has taken.
func Mine(t *line.Turn) (line.Answer, error) {
	if len(t.Read.Tickets) > 0 {
		return Status(t, t.Read.Tickets[0])
	}
	helps, err := mine(t)
	if err != nil {
		return line.Answer{}, err
	}
	var lines []string
	for _, h := range helps {
		lines = append(lines, fmt.Sprintf("%d号%s，%s", h.Number, brief(t.Book, h, t.Now()), standing(t, h)))
	}
	held, err := t.In.HelpsHeldBy(t.Me)
	if err != nil {
		return line.Answer{}, err
	}
	for _, h := range held {
		lines = append(lines, fmt.Sprintf("%d号您接的：%s", h.Number, errand(t.Book, h, t.Now())))
	}
	if len(lines) == 0 {
		return t.Aside("您现在没有在办的事。要人帮忙直接讲。"), nil
	}
	return t.Aside(bounded(lines)), nil
}

func bounded(lines []string) string {
	if len(lines) > linesBound {
		rest := len(lines) - linesBound
		lines = append(lines[:linesBound:linesBound], fmt.Sprintf("还有%d件。", rest))
	}
	return strings.Join(lines, "\n")
}

// Status hears 13怎么样了 and 电话13. Whoever may not know is told the same
// whether or not there is a number 13.
func Status(t *line.Turn, number int) (line.Answer, error) {
	card, found, err := t.In.HelpCardNumbered(number)
	if err != nil {
		return line.Answer{}, err
	}
	if !found || !access.MayCard(t.Book, t.Me, card) {
		return line.Say(fmt.Sprintf("您名下没有%d号这件事。", number)), nil
	}
	h, _, err := t.In.Help(card.ID)
	if err != nil {
		return line.Answer{}, err
	}
	if h.Holder == t.Me && h.Running() { // the door is his for as long as the task is
		return line.Say(fmt.Sprintf("%d号：%s。", number, errand(t.Book, h, t.Now()))), nil
	}
	if h.State != storage.Open { // the words tell the time and who; who was asked is past
		return t.Aside(fmt.Sprintf("%d号%s %s：%s。", number, say.Services[h.Service], t.Book.Name(h.Elder), standing(t, h))), nil
	}
	why, err := ladder.Story(t.In, t.Book, h, oversees(t, h))
	if err != nil {
		return line.Answer{}, err
	}
	return t.Aside(fmt.Sprintf("%d号%s：%s。%s", number, brief(t.Book, h, t.Now()), standing(t, h), why)), nil
}

// standing says in a few words how a request stands.
func standing(t *line.Turn, h storage.Help) string {
	switch h.State {
	case storage.Unclear:
		return "还差日子没问清"
	case storage.Open:
		return "在问人，还没人接"
	case storage.Held:
		return t.Book.Name(h.Holder) + "肯来，在等回话"
	case storage.Taken:
		return when(h, t.Now()) + t.Book.Name(h.Holder) + "去"
	case storage.Done:
		return t.Book.Name(h.Holder) + "讲办了，等回话"
	case storage.Closed:
		return "办好了"
	case storage.Cancelled:
		return "取消了"
	}
	return "没办成"
}

// Unclaimed hears 没人接的: the open requests, for those who may take one.
func Unclaimed(t *line.Turn) (line.Answer, error) {
	helps, err := t.In.HelpsIn(storage.Open)
	if err != nil {
		return line.Answer{}, err
	}
	if len(helps) == 0 {
		return line.Say("现在没有等人接的事。"), nil
	}
	var lines []string
	for _, h := range helps {
		lines = append(lines, ladder.Words(t.Book, h, t.Now()))
	}
	return line.Say(bounded(lines)), nil
}
