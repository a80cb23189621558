package help

import (
	"fmt"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/ladder"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

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
		if h.Urgent || ladder.Rests(h) {
			weight = storage.Urgent
		}
		points = append(points, line.Point{Ref: h.ID, Words: words, Weight: weight, Since: h.CreatedAt, Told: h.Urgent || h.Step >= ladder.Office || h.State == storage.Unclear})
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
	case ladder.Rests(h):
		return "红线 " + what + " 问遍了没人接" + days(old) + " 要您定"
	case h.NextAt > 0 && now.Sub(h.NextAt.Time()) > lateAfter:
		return what + " 该往下问了没动" + days(old)
	case h.State == storage.Open && (h.Step >= 2 || h.Urgent):
		return what + " 没人接" + days(old)
	case h.State == storage.Taken && h.NextAt == 0:
		return what + " " + b.Name(h.Holder) + "接了没回音" + days(old)
	}
	return ""
}

// lateAfter is how long the clock may be behind with a request before that is
// said (care-features 4.2).
const lateAfter = 10 * time.Minute

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
	if laterAlone.MatchString(strings.ReplaceAll(t.Read.Text, " ", "")) {
		return officeLater(t, h, read.When{})
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
