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
