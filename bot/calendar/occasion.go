package calendar

import (
	"time"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/lunar"
	"mishu/storage"
)

// occasion is a day of the association's year (village practice 9).
type occasion struct {
	name  string
	day   line.Day
	leads []int // days before it: to plan first, then to remind; negative: after it
	do    string
	after string // what is left to do when it is over
	meets bool   // people are called together
	// optional ones are kept only where a village says so.
	optional bool
}

// occasions are the year of a 计生协, with the lead times of village practice 9.
// A lead is a setting: lead.重阳 = "45 14 3 1 -7".
var occasions = []occasion{
	{name: "春节", day: line.Lunar(1, 1), leads: []int{30, 7, 1, -7}, do: "慰问，回乡的人补电话和同意书", after: "慰问的台账这几天补齐", meets: true},
	{name: "学雷锋日", day: line.Solar(time.March, 5), leads: []int{14, 3, -3}, do: "志愿服务，大扫除", after: "记录补齐", meets: true},
	{name: "三八节", day: line.Solar(time.March, 8), leads: []int{14, 3, -3}, do: "妇女健康，好婆婆好媳妇", after: "记录补齐", meets: true},
	{name: "清明", day: line.SolarTerm(lunar.PureBrightness), leads: []int{7, 2}, do: "防火要讲到户，心里难过的人家当面去看"},
	{name: "母亲节", day: line.NthWeekday(2, time.Sunday, time.May), leads: []int{14, 3, -3}, do: "会员之家的活动，祝福不群发", after: "记录补齐", meets: true},
	{name: "会员活动日", day: line.Solar(time.May, 29), leads: []int{30, 7, 1, -3}, do: "义诊、宣传、走访、表彰", after: "总结这三天报县里", meets: true},
	{name: "六一", day: line.Solar(time.June, 1), leads: []int{14, 3, -3}, do: "儿童活动，讲暑假防溺水", after: "记录补齐", meets: true},
	{name: "端午", day: line.Lunar(5, 5), leads: []int{14, 3, -3}, do: "粽子一家一家送上门", after: "记录补齐"},
	{name: "大端午", day: line.Lunar(5, 15), leads: []int{14, 3}, do: "粽子一家一家送上门", optional: true},
	{name: "上半年体检", day: line.Half(time.June, 30), leads: []int{45, 14, 3, 1, -1}, do: "和卫生院定日子，喊人", after: "没来的列个单子给组长", meets: true},
	{name: "人口日", day: line.Solar(time.July, 11), leads: []int{14, 3, -3}, do: "宣传", after: "记录补齐"},
	{name: "暑假", day: line.Solar(time.July, 1), leads: []int{21}, do: "留守孩子的防溺水和功课，排好人"},
	{name: "中秋", day: line.Lunar(8, 15), leads: []int{14, 3, -3}, do: "月饼送上门，团圆饭", after: "记录补齐", meets: true},
	{name: "敬老月", day: line.Solar(time.October, 1), leads: []int{45, 14, 3, 1}, do: "重阳的饭、义诊、表彰，定日子和钱"},
	{name: "重阳", day: line.Lunar(9, 9), leads: []int{14, 3, 1, -7}, do: "敬老饭，义诊，老人的礼", after: "台账这几天补齐", meets: true},
	{name: "志愿者日", day: line.Solar(time.December, 5), leads: []int{21, 3, -7}, do: "全年服务时长对一遍，证明打出来", after: "记录补齐", meets: true},
	{name: "下半年体检", day: line.Half(time.December, 20), leads: []int{45, 14, 3, 1, -1}, do: "和卫生院定日子，喊人", after: "没来的列个单子给组长", meets: true},
	{name: "年度评选", day: line.Solar(time.December, 31), leads: []int{60, 14, -7}, do: "评选和幸福资金年报", after: "公示满7天"},
}

func (o occasion) days(s book.Settings) []int { return s.Numbers(book.LeadPrefix+o.name, o.leads...) }

// rule is the occasion as a reminder to the secretary-general. It comes with her
// brief, so that it is no message of its own on a day that has one.
func (o occasion) rule() line.Rule {
	return line.Rule{
		Name: "calendar." + o.name, What: o.name + "的提前量", Dies: "这一行关了，或者过了当天", Switch: o.switchName(), Optional: o.optional,
		Day: line.Around(o.day, o.days), At: line.ClockOf(book.BriefAt, "07:05"), Whom: line.Holders(storage.Secretary), Lasts: 36 * time.Hour,
		Owes: storage.Notice{Kind: o.kind(), Subject: o.name, Weight: storage.Unasked, Lead: "早，日历上有事提您，回“看”"},
	}
}

// kind is a kind of its own: two occasions may be near at once, and of one kind
// anybody gets one a day.
func (o occasion) kind() string { return noteDay + "." + o.name }

// switchName: the whole line is turned off by one word; what not every village
// keeps has a word of its own.
func (o occasion) switchName() string {
	if o.optional {
		return o.name
	}
	return switchLine
}

// find is the occasion of a notice.
func find(name string) (occasion, bool) {
	for _, o := range occasions {
		if o.name == name {
			return o, true
		}
	}
	return occasion{}, false
}
