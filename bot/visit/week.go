package visit

import (
	"fmt"
	"slices"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/storage"
)

// weekly are the reminders about those who are to be seen every week, tier 高
// (village practice E2): their visitors on Monday and what remains on Friday,
// the backups on Sunday, the secretary-general's rest on Friday.
var weekly = []line.Rule{
	{
		Name: "visit.week", What: "每周一的看望名单", Dies: noneLeft,
		Day: line.Weekly(time.Monday), At: line.Clock("08:00"), Whom: weeklyVisitors, Lasts: 48 * time.Hour,
		Owes: storage.Notice{Kind: noteWeek, Subject: "week", Weight: storage.Unasked, Lead: "这周的单子来了，回“看”"},
	},
	{
		Name: "visit.friday", What: "星期五还没看的", Dies: noneLeft,
		Day: line.Weekly(time.Friday), At: line.Clock("17:00"), Whom: weeklyVisitors, Lasts: 40 * time.Hour,
		Owes: storage.Notice{Kind: noteFriday, Subject: "week", Weight: storage.Unasked, Lead: "这周还剩几家，回“看”"},
	},
	{
		Name: "visit.backup", What: "星期天请后备去看", Dies: noneLeft,
		Day: line.Weekly(time.Sunday), At: line.Clock("08:00"), Whom: weeklyBackups, Lasts: 12 * time.Hour,
		Owes: storage.Notice{Kind: noteBackup, Subject: "week", Weight: storage.Unasked, Lead: "今天请您看一眼，回“看”"},
	},
	{
		Name: "visit.rest", What: "星期五这周还没看的", Dies: noneLeft,
		Day: line.Weekly(time.Friday), At: line.ClockOf(book.SecondBriefAt, "17:00"), Whom: line.Holders(storage.Secretary), Lasts: 16 * time.Hour,
		Owes: storage.Notice{Kind: noteRest, Subject: "week", Weight: storage.Brief, Lead: "这周还没看的，回“看”"},
	},
}

func weeklyVisitors(v storage.In) ([]int64, error) { return v.VisitorsOf(storage.TierHigh) }
func weeklyBackups(v storage.In) ([]int64, error)  { return v.BackupsOf(storage.TierHigh) }

// monday is the first day of a time's week.
func monday(now time.Time) string {
	return storage.Day(now.AddDate(0, 0, -(int(now.Weekday())+6)%7))
}

// unseen are the elders of tier 高 whom nobody met since a day and whom one
// person goes to, as which tells.
func unseen(v storage.In, since string, which func(storage.Plan) bool) ([]int64, error) {
	plans, err := v.Unvisited(since)
	var ids []int64
	for _, p := range plans {
		if p.Tier == storage.TierHigh && which(p) {
			ids = append(ids, p.Person)
		}
	}
	slices.Sort(ids)
	return ids, err
}

func freshWeek(words string, mine func(person int64) func(storage.Plan) bool) line.Fresh {
	return func(v storage.In, b *book.Book, n *storage.Notice) (string, error) {
		since := monday(v.Now().In(storage.Shanghai))
		doors, err := unseen(v, since, mine(n.Person))
		if err != nil {
			return "", err
		}
		if len(doors) == 0 {
			return nothingRemains(v, b.Cares(n.Person), since)
		}
		return written(v, b, n, doors, words)
	}
}

func asVisitor(person int64) func(storage.Plan) bool {
	return func(p storage.Plan) bool { return p.Visitor == person }
}

func asBackup(person int64) func(storage.Plan) bool {
	return func(p storage.Plan) bool { return p.Backup == person }
}

// freshRest writes who of those to be seen every week was not. It needs no
// decision and stands apart from the second brief's digits.
func freshRest(v storage.In, b *book.Book, n *storage.Notice) (string, error) {
	doors, err := unseen(v, monday(v.Now().In(storage.Shanghai)), func(storage.Plan) bool { return true })
	if err != nil {
		return "", err
	}
	if len(doors) == 0 {
		return allMet(v, monday(v.Now().In(storage.Shanghai)))
	}
	n.Words = fmt.Sprintf("这周还没看的%d位：%s。", len(doors), doorWords(b, doors))
	if slices.ContainsFunc(doors, func(id int64) bool { p, _ := b.Plan(id); return p.Backup != 0 }) {
		n.Words += "星期天我请后备去看。"
	}
	return "", nil
}

// pushesAWeek is how many reminders about visits a visitor gets in a week
// (village practice E2).
const pushesAWeek = 2

// oftenEnough reports whether somebody has had his reminders of the week.
func oftenEnough(v storage.In, n storage.Notice) (bool, error) {
	had, err := v.SentSince(n.Person, monday(v.Now().In(storage.Shanghai)), noteList, noteRemains, noteWeek, noteFriday, noteBackup)
	return had >= pushesAWeek, err
}
