package book

import (
	"strings"
	"time"

	"mishu/bot/read"
)

// The settings about a village's days.
const (
	MarketLunar = "market.lunar" // the last digits of the farmers' days on which people go to market: 2 7
	MarketSolar = "market.solar" // the same of the calendar's days
	BusyDays    = "busy"         // when nobody is called to a meeting: 双抢 07-10 08-05；摘柑橘 11-10 12-10
)

// busyDefault is the double harvest in July and the citrus harvest (village
// practice 9).
const busyDefault = "双抢 07-10 08-05；摘柑橘 11-10 12-10"

// NoBusyDays is the value of BusyDays where there are none.
const NoBusyDays = "没有"

// LeadPrefix begins the names of the settings that hold how many days before an
// occasion the office is reminded, a minus for days after it: lead.重阳 is
// "45 14 3 1 -7".
const LeadPrefix = "lead."

// Occasions are the days for which there is such a setting.
var Occasions = []string{
	"春节", "学雷锋日", "三八节", "清明", "母亲节", "会员活动日", "六一", "端午", "大端午", "上半年体检", "人口日", "暑假", "中秋", "敬老月", "重阳",
	"志愿者日", "下半年体检", "年度评选", VisitsAhead,
}

// VisitsAhead is the round of visits before a feast, among the occasions.
const VisitsAhead = "节前看望"

// BirthdayLine is the line of work of birthdays by the farmers' calendar.
const BirthdayLine = "农历生日"

// Market reports whether a day is market day 赶场.
func (s Settings) Market(day time.Time) bool { return s.Markets().On(day) }

// Markets are the village's market days, as the reader needs them for 赶场那天.
func (s Settings) Markets() read.Market {
	return read.Market{Lunar: s.Numbers(MarketLunar), Solar: s.Numbers(MarketSolar)}
}

// Busy is what keeps everybody in the fields on a day, "" if nothing does.
func (s Settings) Busy(day time.Time) string {
	today := day.Format("01-02")
	for _, span := range strings.FieldsFunc(s.Setting(BusyDays, busyDefault), func(r rune) bool { return strings.ContainsRune("；;，,", r) }) {
		part := strings.Fields(span)
		if len(part) != 3 {
			continue
		}
		from, to := part[1], part[2]
		if from <= to && from <= today && today <= to || from > to && (today >= from || today <= to) {
			return part[0]
		}
	}
	return ""
}
