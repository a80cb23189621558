package consent

import (
	"fmt"
	"slices"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/lunar"
	"mishu/bot/say"
	"mishu/storage"
)

// A proxy hears for a year at most and is renewed at 春节, when everybody is at
// home (village practice A): what would run out in the year that begins is asked
// again then, and at other times what runs out within weeks.
const (
	soonDays   = 40
	yearDays   = 300 // asked once in a 腊月, not at each visit
	lastMonth  = 12
	askedAgain = 3 // names in one reminder
)

// horizon is the day up to which a proxy that runs out is asked about now.
func horizon(day time.Time) string {
	if d, ok := lunar.Of(day); ok && d.Month == lastMonth && !d.Leap {
		return storage.Day(day.AddDate(0, 0, yearDays))
	}
	return storage.Day(day.AddDate(0, 0, soonDays))
}

// runsOut reports whether the elder said yes to a proxy and is to be asked again.
func runsOut(b *book.Book, p storage.Proxy, day time.Time) bool {
	return p.How != storage.Claimed && p.Until <= horizon(day) && b.Answered(p.Elder, storage.ToProxy, p.Person) == storage.Given
}

// rules remind whoever goes to the elder, and tell the proxy beforehand.
var rules = []line.Rule{
	{
		Name: "proxy.renew", What: "代办快到期，请上门的人再问老人一声", Dies: "都问过了", Day: renewDays, At: line.Clock("08:00"), Whom: askers, Lasts: 10 * 24 * time.Hour,
		Owes: storage.Notice{Kind: noteRenew, Subject: "month", Weight: storage.Unasked, Lead: "下回上门有1件事要问，回“看”"},
	},
	{
		Name: "proxy.ends", What: "听看望的日子快到期，先讲一声", Dies: "老人又点了头", Day: renewDays, At: line.Clock("09:00"), Whom: hearers, Lasts: 10 * 24 * time.Hour,
		Owes: storage.Notice{Kind: noteEnds, Subject: "month", Weight: storage.Direct, Lead: "您听老人的日子快到期，回“看”"},
	},
}

// renewDays are the 2nd of each month and the 20th of the last lunar month.
var renewDays = line.Any(line.Lunar(lastMonth, 20), line.MonthDay(2))

// ending are the proxies who hear and soon will not.
func ending(v storage.In) ([]storage.Proxy, error) {
	all, err := v.Proxies()
	last := horizon(v.Now().In(storage.Shanghai))
	return slices.DeleteFunc(all, func(p storage.Proxy) bool { return !p.MayHear || p.Until > last }), err
}

// hearers are those proxies; askers the main visitors of their elders.
func hearers(v storage.In) ([]int64, error) {
	rows, err := ending(v)
	ids := make([]int64, 0, len(rows))
	for _, p := range rows {
		ids = append(ids, p.Person)
	}
	slices.Sort(ids)
	return slices.Compact(ids), err
}

func askers(v storage.In) ([]int64, error) {
	rows, err := ending(v)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	var ids []int64
	plans, err := v.Plans()
	for _, p := range plans {
		if p.Visitor != 0 && slices.ContainsFunc(rows, func(r storage.Proxy) bool { return r.Elder == p.Person }) {
			ids = append(ids, p.Visitor)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), err
}

// freshRenew writes down whom a visitor has to ask, and dies when all were.
func freshRenew(v storage.In, b *book.Book, n *storage.Notice) (string, error) {
	var parts []string
	for _, elder := range b.Cares(n.Person) {
		for _, p := range b.SpokenFor(elder) {
			if runsOut(b, p, v.Now().In(storage.Shanghai)) {
				parts = append(parts, b.Name(elder)+"（"+p.Relation+b.Name(p.Person)+"）")
			}
		}
	}
	if len(parts) == 0 {
		return n.Subject + " is asked", nil
	}
	more := ""
	if len(parts) > askedAgain {
		more = fmt.Sprintf("等%d位", len(parts))
		parts = parts[:askedAgain]
	}
	n.Words = "看望的日子还讲不讲给屋里人听，一年问一回：" + say.List(parts) + more + "。下回去了帮问一声，报看望的时候我再问您。"
	return "", nil
}

// freshEnds tells a proxy until when he hears.
func freshEnds(v storage.In, b *book.Book, n *storage.Notice) (string, error) {
	for _, p := range b.Proxies(n.Person) {
		if runsOut(b, p, v.Now().In(storage.Shanghai)) {
			n.Words = fmt.Sprintf("%s看望的日子您听到%s为止，上门的人会再问老人肯不肯。过了这天，替老人讲事照样可以。", b.Name(p.Elder), until(p.Until))
			return "", nil
		}
	}
	return n.Subject + " is renewed", nil
}

// until is a day as it is said.
func until(day string) string {
	at, err := time.ParseInLocation(time.DateOnly, day, storage.Shanghai)
	if err != nil {
		return day
	}
	return at.Format("2006年1月2日")
}
