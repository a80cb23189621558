package visit

import (
	"fmt"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/say"
	"mishu/storage"
)

// extra are the rounds before the feasts on which nobody should be alone
// (village practice E2).
var extra = []line.Rule{{
	Name: "visit.extra", What: "春节、中秋、重阳前多看一轮", Dies: noneLeft,
	Day: line.Around(line.Any(line.Lunar(1, 1), line.Lunar(8, 15), line.Lunar(9, 9)), extraLead), At: line.Clock("08:00"),
	Whom: weeklyVisitors, Lasts: 72 * time.Hour,
	Owes: storage.Notice{Kind: noteExtra, Subject: "feast", Weight: storage.Unasked, Lead: "过节前多看一轮，回“看”"},
}}

// extraLead is how many days before the feast the round begins: a setting.
func extraLead(s book.Settings) []int { return s.Numbers(book.LeadPrefix+book.VisitsAhead, 3) }

// freshExtra writes whom a visitor has not met since the round began.
func freshExtra(v storage.In, b *book.Book, n *storage.Notice) (string, error) {
	since := storage.Day(n.CreatedAt.Time())
	doors, err := unseen(v, since, asVisitor(n.Person))
	if err != nil {
		return "", err
	}
	if len(doors) == 0 {
		return nothingRemains(v, b.Cares(n.Person), since)
	}
	why := "过节前"
	if n.Subject == weather {
		_, why, _ = strings.Cut(n.Period, " ")
		why += "，今明两天"
	}
	n.Words = fmt.Sprintf("%s请多看一眼：%s。水、电、火也看看。看了讲一声。", why, doorWords(b, doors))
	return "", nil
}

// weather is the subject of an extra round that a person has called for.
const weather = "weather"

// warnings are the words with which an office passes a warning on.
var warnings = []string{"天气预警", "气象预警", "极端天气"}

// warned hears 天气预警 大雪 from somebody who may call for an extra round: each
// visitor of tier 高 is asked at once (village practice 9).
func warned(t *line.Turn) (line.Answer, error) {
	text := strings.TrimSpace(t.Read.Text)
	word := ""
	for _, w := range warnings {
		if strings.HasPrefix(text, w) {
			word = w
		}
	}
	if word == "" || !t.Is(storage.Secretary, storage.Chair) {
		return line.Answer{}, nil
	}
	what := strings.Trim(strings.TrimPrefix(text, word), " ，,：:。！!")
	if what == "" {
		what = "变天"
	}
	visitors, err := weeklyVisitors(t.In)
	if err != nil {
		return line.Answer{}, err
	}
	if len(visitors) == 0 {
		return line.Say("名册上没有要每周看的老人，没有人可以通知。"), nil
	}
	what = say.Clip(what, 8)
	for _, p := range visitors {
		err := t.Owe(storage.Notice{
			Person: p, Kind: noteExtra, Subject: weather, Period: storage.Day(t.Now()) + " " + what, Weight: storage.Direct,
			Lead: "天气不好，请多看一眼，回“看”", NotAfter: storage.At(t.Now().Add(36 * time.Hour)),
		})
		if err != nil {
			return line.Answer{}, err
		}
	}
	return line.Say(fmt.Sprintf("好，%s：我请%s多看一轮。看了的我记，没看到的回“还没看”。", what, say.List(names(t, visitors)))), nil
}
