package lunar

import (
	"slices"
	"strings"
)

var monthNames = [...]string{"正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月"}

var dayNames = [...]string{
	"初一", "初二", "初三", "初四", "初五", "初六", "初七", "初八", "初九", "初十",
	"十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九", "二十",
	"廿一", "廿二", "廿三", "廿四", "廿五", "廿六", "廿七", "廿八", "廿九", "三十",
}

// MonthName is what people call a month: 正月, 冬月; "" for no month.
func MonthName(month int) string {
	if month < 1 || month > len(monthNames) {
		return ""
	}
	return monthNames[month-1]
}

// DayName is what people call a day of a month: 初九; "" for no day.
func DayName(day int) string {
	if day < 1 || day > len(dayNames) {
		return ""
	}
	return dayNames[day-1]
}

// String is the date as it is said, without the year: 九月初九, 闰六月十五.
func (d Date) String() string {
	name := MonthName(d.Month) + DayName(d.Day)
	if d.Leap {
		return "闰" + name
	}
	return name
}

// Parse reads what String writes, without a year; false for anything else.
func Parse(name string) (Date, bool) {
	rest, leap := strings.CutPrefix(name, "闰")
	for m, month := range monthNames {
		day, ok := strings.CutPrefix(rest, month)
		if d := slices.Index(dayNames[:], day); ok && d >= 0 {
			return Date{Month: m + 1, Day: d + 1, Leap: leap}, true
		}
	}
	return Date{}, false
}
