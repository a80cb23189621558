package calendar

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/lunar"
	"mishu/bot/say"
	"mishu/storage"
)

func rules() []line.Rule {
	all := make([]line.Rule, 0, len(occasions)+2)
	for _, o := range occasions {
		all = append(all, o.rule())
	}
	return append(all, line.Rule{
		Name: "calendar.summer", What: "暑假每周一的防溺水", Dies: "这一行关了", Switch: switchLine,
		Day: summerMonday, At: line.Clock("08:00"), Whom: forChildren, Lasts: 48 * time.Hour,
		Owes: storage.Notice{Kind: noteSummer, Subject: "week", Weight: storage.Unasked, Lead: "这周防溺水要讲，回“看”"},
	}, line.Rule{
		Name: "calendar.birthday", What: "老人的农历生日", Dies: "今明两天没有人过生日，或者没开", Switch: book.BirthdayLine, Optional: true,
		Day: line.Daily, At: line.ClockOf(book.BriefAt, "07:05"), Whom: line.Holders(storage.Secretary), Lasts: 16 * time.Hour,
		Owes: storage.Notice{Kind: noteBirthday, Subject: "day", Weight: storage.Unasked, Lead: "早，日历上有事提您，回“看”"},
	})
}

func summerMonday(_ book.Settings, day time.Time) (string, bool) {
	summer := day.Month() == time.July || day.Month() == time.August
	return line.Week(day), summer && day.Weekday() == time.Monday
}

// forChildren is who looks after the children's matters; where nobody is named,
// the secretary-general.
func forChildren(v storage.In) ([]int64, error) {
	ids, err := v.HoldersOf(storage.ChildCare)
	if err != nil || len(ids) > 0 {
		return ids, err
	}
	return v.HoldersOf(storage.Secretary)
}

// switchedOff names the setting that cleared a reminder.
func switchedOff(name string) string { return "setting:" + book.LinePrefix + name + " is off" }

// freshDay writes what an occasion asks for, with the day it falls on.
func freshDay(v storage.In, b *book.Book, n *storage.Notice) (string, error) {
	o, known := find(n.Subject)
	if !known || !o.rule().On(b.Settings()) {
		return switchedOff(o.switchName()), nil
	}
	lead, on := o.seenFrom(b.Settings(), n.NotBefore.Time())
	switch {
	case lead < 0:
		n.Words = fmt.Sprintf("%s过了：%s。", o.name, o.after)
	case lead == 0:
		n.Words = fmt.Sprintf("今天%s：%s。", o.name, o.do)
	default:
		n.Words = fmt.Sprintf("%s还有%d天（%s）：%s。%s", o.name, lead, date(on), o.do, o.caution(b.Settings(), on))
	}
	return "", nil
}

// seenFrom finds, from the day a reminder fell due, how far away the occasion
// is.
func (o occasion) seenFrom(s book.Settings, from time.Time) (int, time.Time) {
	for _, lead := range o.days(s) {
		on := from.AddDate(0, 0, lead)
		if _, falls := o.day(s, on); falls {
			return lead, on
		}
	}
	return 0, from
}

// caution says what stands against calling people together on that day, and
// which market day is near.
func (o occasion) caution(s book.Settings, on time.Time) string {
	if !o.meets {
		return ""
	}
	if busy := s.Busy(on); busy != "" {
		return "正忙着" + busy + "，莫喊人开会。"
	}
	if s.Market(on) {
		return "那天赶场。"
	}
	return ""
}

func date(day time.Time) string { return fmt.Sprintf("%d月%d日", day.Month(), day.Day()) }

func freshSummer(_ storage.In, b *book.Book, n *storage.Notice) (string, error) {
	if !b.Settings().On(switchLine, true) {
		return switchedOff(switchLine), nil
	}
	n.Words = "星期一：这周的防溺水，跟带孩子的人讲一声。"
	return "", nil
}

// freshBirthday names whose birthday is today or tomorrow. The dead and those
// who live elsewhere are not named.
func freshBirthday(v storage.In, b *book.Book, n *storage.Notice) (string, error) {
	if !b.Settings().On(book.BirthdayLine, false) {
		return switchedOff(book.BirthdayLine), nil
	}
	rows, err := v.Birthdays()
	if err != nil {
		return "", err
	}
	now := n.NotBefore.Time()
	var parts []string
	for i, word := range []string{"今天", "明天"} {
		if names := born(b, rows, now.AddDate(0, 0, i)); len(names) > 0 {
			parts = append(parts, word+say.List(names))
		}
	}
	if len(parts) == 0 {
		return "no birthday", nil
	}
	n.Words = "农历生日：" + strings.Join(parts, "；") + "。"
	return "", nil
}

// born are those of the visit list who keep their birthday on a day.
func born(b *book.Book, rows []storage.Birthday, day time.Time) []string {
	today, known := lunar.Of(day)
	if !known {
		return nil
	}
	var names []string
	for _, r := range rows {
		d := lunar.Date{Month: r.Month, Day: r.Day, Leap: r.Leap}
		kept, ok := d.Kept(today.Year)
		p := b.Person(r.Person)
		if _, listed := b.Plan(r.Person); ok && kept == today && listed && p.Status == storage.Home {
			names = append(names, b.Name(r.Person)+years(b, r.Person, day))
		}
	}
	slices.Sort(names)
	return names
}

func years(b *book.Book, person int64, day time.Time) string {
	if age := b.Age(person, day); age > 0 {
		return "（" + strconv.Itoa(age) + "）"
	}
	return ""
}
