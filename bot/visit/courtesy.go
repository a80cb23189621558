package visit

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/storage"
)

// courtesyRule draws, on the fifth, two of last month's visits for a courtesy
// call: a visit is one person's word (settled.md 43). What is drawn stands in
// her brief; the rule's own notice never goes out.
var courtesyRule = line.Rule{
	Name: "visit.courtesy", What: "每月抽两次看望打电话问一声", Dies: "抽好了就在单子上，不另外发",
	Day: line.MonthDay(5), At: line.ClockOf(book.BriefAt, "07:05"), Whom: line.Holders(storage.Secretary), Lasts: 20 * 24 * time.Hour,
	Owes: storage.Notice{Kind: noteCourtesy, Subject: "month", Weight: storage.Unasked, Lead: "请打两个电话，回“看”"},
}

// drawnAMonth is how many visits are drawn.
const drawnAMonth = 2

// draw draws them. Chance comes from village and month, so that drawing again
// draws the same.
func draw(v storage.In, _ *book.Book, n *storage.Notice) (string, error) {
	month, err := time.Parse("2006-01", n.Period)
	if err != nil {
		return "", fmt.Errorf("courtesy month: %w", err)
	}
	last := month.AddDate(0, -1, 0)
	ids, err := v.VisitsIn(last.Format(time.DateOnly), month.AddDate(0, 0, -1).Format(time.DateOnly))
	if err != nil {
		return "", err
	}
	h := fnv.New64a()
	fmt.Fprint(h, v.ID, n.Period)
	chance := rand.New(rand.NewPCG(h.Sum64(), 0))
	chance.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	for _, id := range ids[:min(len(ids), drawnAMonth)] {
		if err := v.AddCourtesy(storage.Courtesy{Visit: id, Month: n.Period}); err != nil {
			return "", err
		}
	}
	return "drawn, stands in the brief", nil
}

// courtesyRef tells a drawn visit from an attempt among the points of this
// line's agenda: ids are positive, these are not.
func courtesyRef(id int64) int64 { return -id }

// courtesies are the drawn visits of which nobody has said anything yet.
func courtesies(v storage.In, b *book.Book) ([]line.Point, error) {
	rows, err := v.Courtesies()
	if err != nil {
		return nil, err
	}
	var points []line.Point
	for _, c := range rows {
		seen, found, err := v.Visit(c.Visit)
		if err != nil {
			return nil, err
		}
		day, wrong := time.Parse(time.DateOnly, seen.Day)
		if !found || wrong != nil || b.Person(seen.Elder).Status == storage.Dead {
			continue
		}
		points = append(points, line.Point{
			Ref: courtesyRef(c.ID), Weight: storage.Brief, Since: seen.CreatedAt, Waits: true,
			Words: fmt.Sprintf("回访 %s %d月%d日%s去过没", b.Name(seen.Elder), day.Month(), day.Day(), b.Name(seen.Visitor)),
		})
	}
	return points, nil
}

// The outcomes of a courtesy call.
const (
	cameOutcome = "来过"
	neverCame   = "没来"
	notReached  = "没打通"
)

// courtesy hears 来过, 没来 or 没打通. Where nobody came the visit counts no more;
// the row stays.
func courtesy(t *line.Turn, id int64) (line.Answer, error) {
	c, found, err := t.In.Courtesy(id)
	if err != nil || !found {
		return line.Answer{}, err
	}
	seen, _, err := t.In.Visit(c.Visit)
	if err != nil {
		return line.Answer{}, err
	}
	outcome := courtesyOutcome(t.Read.Text)
	if outcome == "" {
		return line.Say(fmt.Sprintf("打电话问%s：%s去过没有？回“来过”“没来”或“没打通”。%s", t.Book.Name(seen.Elder), t.Book.Name(seen.Visitor), strings.TrimSpace(phoneWords(t, t.Book.Person(seen.Elder))))), nil
	}
	settled, err := t.In.SettleCourtesy(id, t.Me, outcome)
	if err != nil || !settled {
		return line.Say("这个回访记过了。"), err
	}
	if outcome != neverCame {
		return line.Say("回访记了：" + outcome + "。"), nil
	}
	return neverSeen(t, seen)
}

func courtesyOutcome(text string) string {
	for _, o := range []struct {
		outcome string
		words   []string
	}{
		{notReached, []string{"没打通", "冇打通", "没人接", "冇人接", "打不通"}},
		{neverCame, []string{"没来", "冇来", "没去", "冇去", "没看", "冇看"}},
		{cameOutcome, []string{"来过", "来了", "去过", "去了", "看过", "看了"}},
	} {
		for _, w := range o.words {
			if strings.Contains(text, w) {
				return o.outcome
			}
		}
	}
	return ""
}

// neverSeen takes a visit out of the count that the elder says there never was.
func neverSeen(t *line.Turn, seen storage.Visit) (line.Answer, error) {
	if err := t.In.LockPlan(seen.Elder); err != nil {
		return line.Answer{}, err
	}
	seen.State = storage.Undone
	if err := t.In.SaveVisit(seen); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.MovePlan(seen.Elder); err != nil {
		return line.Answer{}, err
	}
	return line.Say(fmt.Sprintf("记了：没来。那次看望先不算，请私下问一声%s，是不是记错了门。", t.Book.Name(seen.Visitor))), nil
}
