package visit

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/say"
	"mishu/storage"
)

// monthly are the reminders of a month (village practice E2): the list on the
// 1st, what remains on the 15th, the gap list on the 25th, the telephones on the
// 28th, who was never seen on the last day. What they say is written when they
// are sent; two days later they are of no use.
var monthly = []line.Rule{
	{
		Name: "visit.list", What: "每月1号的看望名单", Dies: noneLeft,
		Day: line.MonthDay(1), At: line.Clock("08:00"), Whom: everyVisitor, Lasts: 48 * time.Hour,
		Owes: storage.Notice{Kind: noteList, Subject: "month", Weight: storage.Unasked, Lead: "这个月的单子来了，回“看”"},
	},
	{
		Name: "visit.remains", What: "每月15号还没看的名单", Dies: noneLeft,
		Day: line.MonthDay(15), At: line.Clock("08:00"), Whom: everyVisitor, Lasts: 48 * time.Hour,
		Owes: storage.Notice{Kind: noteRemains, Subject: "month", Weight: storage.Unasked, Lead: "这个月的单子来了，回“看”"},
	},
	{ // hers has its own time and is not counted against her ceiling
		Name: "visit.gap", What: "25号没看到的名单", Dies: noneLeft,
		Day: line.MonthDay(25), At: line.Clock("07:10"), Whom: line.Holders(storage.Secretary), Lasts: 48 * time.Hour,
		Owes: storage.Notice{Kind: noteGap, Subject: "month", Weight: storage.Brief, Lead: "这个月没看到的名单，回“看”"},
	},
	{
		Name: "visit.gap.leader", What: "25号组里没看到的名单", Dies: noneLeft,
		Day: line.MonthDay(25), At: line.Clock("07:10"), Whom: line.Besides(line.Holders(storage.Leader), line.Holders(storage.Secretary)), Lasts: 48 * time.Hour,
		Owes: storage.Notice{Kind: noteGap, Subject: "month", Weight: storage.Unasked, Lead: "您组里没看到的名单，回“看”"},
	},
	{
		Name: "visit.ring", What: "28号打电话的名单", Dies: noneLeft,
		Day: line.MonthDay(28), At: line.ClockOf(book.BriefAt, "07:05"), Whom: line.Holders(storage.Secretary), Lasts: 48 * time.Hour,
		Owes: storage.Notice{Kind: noteRing, Subject: "month", Weight: storage.Unasked, Lead: "还没看的请打个电话，回“看”"},
	},
	{
		Name: "visit.end", What: "月底没看到的名单", Dies: noneLeft,
		Day: line.MonthEnd, At: line.Clock("17:00"), Whom: line.Holders(storage.Chair), Lasts: 24 * time.Hour,
		Owes: storage.Notice{Kind: noteEnd, Subject: "month", Weight: storage.Unasked, Lead: "这个月没看到的名单，回“看”"},
	},
}

const noneLeft = "单子上的都看过了"

var rules = slices.Concat(monthly, weekly, extra, []line.Rule{courtesyRule})

func everyVisitor(v storage.In) ([]int64, error) { return v.VisitorsOf("") }

func freshList(v storage.In, b *book.Book, n *storage.Notice) (string, error) {
	return fill(v, b, n, "这个月请看：%s。看了讲“看了桂花婶 40分钟”这样，或回“名单”再回数字。")
}

func freshRemains(v storage.In, b *book.Book, n *storage.Notice) (string, error) {
	return fill(v, b, n, "这个月还没看：%s。看了讲一声，或回“名单”再回数字。")
}

// fill writes a visitor's remaining doors into a reminder; with none left it
// dies.
func fill(v storage.In, b *book.Book, n *storage.Notice, words string) (string, error) {
	mine, err := remaining(v, b, n.Person)
	if err != nil {
		return "", err
	}
	if len(mine) == 0 {
		return nothingRemains(v, b.Cares(n.Person), monthStart(v.Now().In(storage.Shanghai)))
	}
	return written(v, b, n, mine, words)
}

// written puts doors into a reminder, unless this visitor had two this week.
func written(v storage.In, b *book.Book, n *storage.Notice, doors []int64, words string) (string, error) {
	if often, err := oftenEnough(v, *n); err != nil || often {
		return "two this week", err
	}
	n.Words = fmt.Sprintf(words, doorWords(b, doors))
	return "", nil
}

func doorWords(b *book.Book, doors []int64) string {
	var parts []string
	for _, id := range doors {
		if len(parts) == detailBound {
			parts = append(parts, fmt.Sprintf("还有%d位", len(doors)-detailBound))
			break
		}
		parts = append(parts, strconv.Itoa(b.Person(id).Group)+"组"+b.Name(id))
	}
	return say.List(parts)
}

// nothingRemains names the visit that emptied a list: the record that cleared
// its reminder.
func nothingRemains(v storage.In, doors []int64, since string) (string, error) {
	last := storage.Visit{}
	for _, id := range doors {
		visits, err := v.VisitsTo(id, since)
		if err != nil {
			return "", err
		}
		for _, r := range visits {
			if r.Met && r.ID > last.ID {
				last = r
			}
		}
	}
	if last.ID == 0 {
		return "nobody on the list", nil
	}
	return subject("visit", last.ID) + " was the last", nil
}

// allMet names the visit that emptied the list of the whole village.
func allMet(v storage.In, since string) (string, error) {
	plans, err := v.Plans()
	if err != nil {
		return "", err
	}
	last := ""
	for _, p := range plans {
		last = max(last, p.LastDay)
	}
	var doors []int64
	for _, p := range plans {
		if p.LastDay == last {
			doors = append(doors, p.Person)
		}
	}
	return nothingRemains(v, doors, since)
}

// freshGap writes the list of those whom nobody has met this month: the whole
// village for the secretary-general, his own groups for a leader.
func freshGap(v storage.In, b *book.Book, n *storage.Notice) (string, error) {
	plans, err := v.Unvisited(monthStart(v.Now().In(storage.Shanghai)))
	if err != nil {
		return "", err
	}
	if n.Kind == noteGap && !b.Has(n.Person, storage.Secretary) {
		plans = ofLeader(b, n.Person, plans)
	}
	if len(plans) == 0 {
		return allMet(v, monthStart(v.Now().In(storage.Shanghai)))
	}
	when := "25号了，"
	if n.Kind == noteEnd {
		when = "月底了，"
	}
	n.Words = when + grouped(b, plans)
	return "", nil
}

// freshRing writes, three days before the month ends, whom to ring.
func freshRing(v storage.In, b *book.Book, n *storage.Notice) (string, error) {
	plans, err := v.Unvisited(monthStart(v.Now().In(storage.Shanghai)))
	if err != nil {
		return "", err
	}
	if len(plans) == 0 {
		return allMet(v, monthStart(v.Now().In(storage.Shanghai)))
	}
	n.Words = fmt.Sprintf("28号了，还有%d位没看，请打个电话问问。回“还没看”看电话，打了回“1通了”。", len(plans))
	return "", nil
}

func ofLeader(b *book.Book, leader int64, plans []storage.Plan) []storage.Plan {
	groups := map[int]bool{}
	for _, r := range b.Roles(leader) {
		if r.Role == storage.Leader {
			groups[r.Group] = true
		}
	}
	var own []storage.Plan
	for _, p := range plans {
		if groups[b.Person(p.Person).Group] {
			own = append(own, p)
		}
	}
	return own
}

// agenda is what waits for the secretary-general: elders nobody has seen after
// an attempt, and urgent findings that nobody has answered.
func agenda(v storage.In, b *book.Book) ([]line.Point, error) {
	attempts, err := v.AttemptsWaiting(storage.Day(v.Now().AddDate(0, 0, -waitingDays)))
	if err != nil {
		return nil, err
	}
	var points []line.Point
	for _, a := range attempts {
		seen, err := metSince(v, a)
		if err != nil {
			return nil, err
		}
		if !seen && !isDead(b, a.Elder) {
			points = append(points, line.Point{
				Ref: a.ID, Weight: storage.Urgent, Since: a.CreatedAt, Told: true,
				Words: fmt.Sprintf("没见到 %d组%s %s去的", b.Person(a.Elder).Group, b.Name(a.Elder), b.Name(a.Visitor)),
			})
		}
	}
	drawn, err := courtesies(v, b)
	return append(points, drawn...), err
}
