// Package say puts facts into short Chinese that can be read aloud.
package say

import (
	"fmt"
	"strings"
	"time"
)

var weekdays = [...]string{"星期天", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}

// Day names a day as a villager would, with the date beside it so that nobody
// is a day off: 明天（25号星期三）.
func Day(day, now time.Time) string {
	date := fmt.Sprintf("%d号%s", day.Day(), weekdays[day.Weekday()])
	switch between(now, day) {
	case -1:
		return "昨天（" + date + "）"
	case 0:
		return "今天"
	case 1:
		return "明天（" + date + "）"
	case 2:
		return "后天（" + date + "）"
	}
	return fmt.Sprintf("%d月%s", day.Month(), date)
}

// between counts the days from one village day to another.
func between(from, to time.Time) int {
	a := time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, time.UTC)
	b := time.Date(to.Year(), to.Month(), to.Day(), 0, 0, 0, 0, time.UTC)
	return int(b.Sub(a) / (24 * time.Hour))
}

// Time names a time in the grain in which it was said: "minute", "hour", "part",
// "day", "any".
func Time(at time.Time, grain string, now time.Time) string {
	switch grain {
	case "":
		return ""
	case "any":
		return "哪天都行"
	case "day":
		return Day(at, now)
	case "part":
		return Day(at, now) + part(at.Hour())
	}
	return Day(at, now) + Clock(at)
}

// part names a part of the day by its conventional hour (bot/read.Part).
func part(hour int) string {
	switch {
	case hour < 9:
		return "早上"
	case hour < 12:
		return "上午"
	case hour < 14:
		return "中午"
	case hour < 18:
		return "下午"
	case hour < 20:
		return "傍晚"
	}
	return "晚上"
}

// Clock names a time of day: 上午九点半.
func Clock(at time.Time) string {
	hour := at.Hour()
	name := part(hour)
	if hour > 12 {
		hour -= 12
	}
	switch at.Minute() {
	case 0:
		return fmt.Sprintf("%s%d点", name, hour)
	case 30:
		return fmt.Sprintf("%s%d点半", name, hour)
	}
	return fmt.Sprintf("%s%d点%d分", name, hour, at.Minute())
}

// List joins names with 、.
func List(names []string) string { return strings.Join(names, "、") }

// Clip shortens somebody's words to n characters for a bubble; the record
// keeps them whole.
func Clip(words string, n int) string {
	words = strings.Join(strings.Fields(words), "，")
	r := []rune(words)
	if len(r) <= n {
		return words
	}
	return string(r[:n]) + "…"
}

// Services are the names of the seven 七助, comfort and other.
var Services = map[string]string{
	"yi": "助医", "hu": "助护", "lao": "助劳", "chu": "助厨", "xi": "助洗", "fu": "助扶", "xue": "助学",
	"comfort": "看望", "other": "帮忙",
}
