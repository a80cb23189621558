package brief

import (
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/storage"
)

// rules are the two times of the day at which she may hear of what can wait
// (settled.md 18). What they say is written when they are sent.
var rules = []line.Rule{
	{
		Name: "brief", What: "每天早上的单子", Dies: "没有要定的事，又不是星期一",
		Day: line.Daily, At: line.ClockOf(book.BriefAt, "07:05"), Whom: line.Holders(storage.Secretary), Lasts: 10 * time.Hour,
		Owes: storage.Notice{Kind: noteBrief, Subject: "day", Weight: storage.Brief, Lead: "今天有事要您定，回“看”"},
	},
	{
		Name: "brief.second", What: "下午五点的单子", Dies: "早上以后没有新的事要今天定",
		Day: line.Daily, At: line.ClockOf(book.SecondBriefAt, "17:00"), Whom: line.Holders(storage.Secretary), Lasts: 10 * time.Hour,
		Owes: storage.Notice{Kind: noteSecond, Subject: "day", Weight: storage.Brief, Lead: "今天有事要您定，回“看”"},
	},
}
