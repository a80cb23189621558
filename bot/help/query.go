package help

import (
	"fmt"
	"strings"
	"time"

	"mishu/bot/access"
	"mishu/bot/book"
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
	if h.Holder == t.Me {
		return line.Say(fmt.Sprintf("%d号：%s。", number, errand(t.Book, h, t.Now()))), nil
	}
	if h.State != storage.Open { // the words tell the time and who; who was asked is past
		return t.Aside(fmt.Sprintf("%d号%s %s：%s。", number, say.Services[h.Service], t.Book.Name(h.Elder), standing(t, h))), nil
	}
	why, err := story(t, h)
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

// story says from the records who was asked and what they said.
func story(t *line.Turn, h storage.Help) (string, error) {
	asks, err := t.In.Asks(h.ID)
	if err != nil || len(asks) == 0 {
		return "", err
	}
	var asked, declined []string
	for _, a := range asks {
		switch a.State {
		case storage.AskDeclined:
			declined = append(declined, t.Book.Name(a.Person))
		case storage.AskSent:
			asked = append(asked, t.Book.Name(a.Person))
		}
	}
	var parts []string
	if len(asked) > 0 {
		parts = append(parts, "问了"+say.List(asked))
	}
	if len(declined) > 0 {
		parts = append(parts, say.List(declined)+"没空")
	}
	if len(parts) == 0 {
		return "", nil
	}
	return strings.Join(parts, "，") + "。", nil
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

// agenda is what waits for the secretary-general: requests that nobody took or
// that stayed unclear, and what was done without anybody saying whether it was
// good.
func agenda(v storage.In, b *book.Book) ([]line.Point, error) {
	helps, err := v.RunningHelps()
	if err != nil {
		return nil, err
	}
	now := v.Now().In(storage.Shanghai)
	var points []line.Point
	for _, h := range helps {
		words := waiting(b, h, now)
		if words == "" {
			continue
		}
		weight := storage.Unasked
		if h.Urgent {
			weight = storage.Urgent
		}
		points = append(points, line.Point{Ref: h.ID, Words: words, Weight: weight, Since: h.CreatedAt, Told: h.Urgent || h.Step >= 4 || h.State == storage.Unclear})
	}
	return points, nil
}

// waiting says why a request waits for a decision, "" if it does not.
func waiting(b *book.Book, h storage.Help, now time.Time) string {
	old := now.Sub(h.CreatedAt.Time())
	what := fmt.Sprintf("%s %s", say.Services[h.Service], b.Name(h.Elder))
	switch {
	case h.State == storage.Unclear && old > unclearWithin:
		return what + " 没问清日子" + days(old)
	case h.State == storage.Open && (h.Step >= 2 || h.Urgent):
		return what + " 没人接" + days(old)
	case h.State == storage.Taken && h.NextAt == 0:
		return what + " " + b.Name(h.Holder) + "接了没回音" + days(old)
	}
	return ""
}

func days(d time.Duration) string {
	if n := int(d / (24 * time.Hour)); n > 0 {
		return fmt.Sprintf(" %d天", n)
	}
	return ""
}

// act hears what the secretary-general says of a request in her brief: a name
// to ask, that it is done, anything else is kept beside it.
func act(t *line.Turn, id int64) (line.Answer, error) {
	h, found, err := t.In.LockHelp(id)
	if err != nil || !found {
		return line.Answer{}, err
	}
	if ids := named(t); len(ids) == 1 {
		return assign(t, h, ids[0])
	}
	if saysDone(t.Read.Text) {
		return closeByOffice(t, h)
	}
	if t.Read.When.Grain != "" {
		h.WishAt, h.WishGrain = storage.At(t.Read.When.At), string(t.Read.When.Grain)
		if err := t.In.SaveHelp(h); err != nil {
			return line.Answer{}, err
		}
	}
	if err := t.In.LogHelp(id, t.Me, "office", t.Read.Text); err != nil {
		return line.Answer{}, err
	}
	if strings.TrimSpace(t.Read.Text) == "" {
		return Status(t, h.Number)
	}
	return line.Say(fmt.Sprintf("%d号记上：%s。", h.Number, say.Clip(t.Read.Text, 30))), tellAskerNews(t, h)
}

func saysDone(text string) bool {
	for _, w := range []string{"完成", "办好", "办完", "好了", "搞好", "办了"} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// tellAskerNews lets the asker know what the office said about his request.
func tellAskerNews(t *line.Turn, h storage.Help) error {
	return t.Owe(storage.Notice{
		Person: h.Asker, Account: h.Account, OpenID: h.OpenID, Kind: noteTaken, Subject: subject(h.ID), Period: "news." + t.Source()[:min(8, len(t.Source()))],
		Weight: storage.Direct, Lead: "您托的事有信了，回“看”", Words: fmt.Sprintf("%d号，%s讲：%s。", h.Number, t.Book.Called(), say.Clip(t.Read.Text, 40)),
	})
}
