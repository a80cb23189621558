package roster

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// birth is what a cell about birth or age tells.
type birth struct {
	born  string // YYYY-MM-DD, YYYY or ""
	lunar string // 九月初六 or ""
	age   int
}

// The years in which somebody on a roster can be born.
const (
	firstYear = 1900
	lastYear  = 2100
	maxAge    = 125
)

const dateHint = "请写成 1948-03-12，只晓得年份就写 1948"

var (
	numberRuns = regexp.MustCompile(`\d+`)
	onlyNumber = regexp.MustCompile(`^\d+(?:\.\d+)?$`)
	lunarWords = regexp.MustCompile(`农历|阴历|旧历|正月|冬月|腊月|闰|初|廿`)
	clockTail  = regexp.MustCompile(`[ T]\d{1,2}:\d{2}.*$`)
)

// readBirth reads a birth date or an age in whatever shape it was written. The
// reason is "" where it could be read.
func readBirth(s string, date1904 bool) (birth, string) {
	if lunarWords.MatchString(s) {
		return readLunar(s)
	}
	if strings.HasSuffix(s, "个月") || strings.HasSuffix(s, "天") {
		return birth{}, "" // a baby: no year old yet
	}
	bareAge := strings.TrimSuffix(strings.TrimSuffix(s, "岁"), "周")
	if n, ok := number(bareAge); ok {
		return birth{age: n}, ""
	}
	if onlyNumber.MatchString(bareAge) && !strings.Contains(bareAge, ".") || isSerial(bareAge) {
		return readDigits(bareAge, date1904)
	}
	return readDate(clockTail.ReplaceAllString(s, ""))
}

// isSerial tells the numbers with a fraction that Excel keeps for a date with a
// time; 1948.3 is a year and a month.
func isSerial(s string) bool {
	whole, _, ok := strings.Cut(s, ".")
	return ok && len(whole) == 5 && onlyNumber.MatchString(s)
}

// readDigits reads digits alone: an age, a year, 194803, 19480312, or the day
// count by which Excel keeps a date.
func readDigits(s string, date1904 bool) (birth, string) {
	whole, _, _ := strings.Cut(s, ".")
	n, err := strconv.Atoi(whole)
	switch {
	case err != nil || n == 0:
		return birth{}, quote(s) + "看不出生日，" + dateHint
	case n <= maxAge:
		return birth{age: n}, ""
	case len(whole) == 8:
		return dated(n/10000, n/100%100, n%100, s)
	case len(whole) == 6:
		return dated(n/100, n%100, 0, s)
	case firstYear <= n && n <= lastYear:
		return dated(n, 0, 0, s)
	case n > lastYear && n < 73_415: // day 73,415 is the first of 2101
		t, err := excelize.ExcelDateToTime(float64(n), date1904)
		if err != nil {
			return birth{}, quote(s) + "看不出生日，" + dateHint
		}
		return dated(t.Year(), int(t.Month()), t.Day(), s)
	}
	return birth{}, quote(s) + "看不出生日，" + dateHint
}

// readDate reads year, month and day with anything between them.
func readDate(s string) (birth, string) {
	runs := numberRuns.FindAllString(s, 4)
	if len(runs) == 0 || len(runs) > 3 {
		return birth{}, quote(s) + "看不出生日，" + dateHint
	}
	if len(runs[0]) != 4 {
		return birth{}, quote(s) + "年份要写全四位，" + dateHint
	}
	var n [3]int
	for i, r := range runs {
		n[i], _ = strconv.Atoi(r) // a run too long for a number fails as a date
	}
	return dated(n[0], n[1], n[2], s)
}

// dated checks a date. Without a day only the year is kept: an age needs no
// more, and a month without a day fits no calendar.
func dated(year, month, day int, said string) (birth, string) {
	if year < firstYear || year > lastYear || month < 0 || month > 12 || day > 0 && month == 0 {
		return birth{}, quote(said) + "不像生日，" + dateHint
	}
	if day == 0 {
		return birth{born: strconv.Itoa(year)}, ""
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day || int(t.Month()) != month {
		return birth{}, quote(said) + "没有这一天，" + dateHint
	}
	return birth{born: t.Format(time.DateOnly)}, ""
}

var (
	lunarDay  = regexp.MustCompile(`(?:^|[^一二三四五六七八九十\d])(闰?)(正|冬|腊|十一|十二|[一二三四五六七八九十]|\d{1,2})月(初?[一二三四五六七八九十]+|廿[一二三四五六七八九]?|\d{1,2})`)
	lunarYear = regexp.MustCompile(`(?:19|20)\d{2}`)
	monthName = []string{"", "正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊"}
)

// readLunar reads a lunar birthday, with the year where one is written.
func readLunar(s string) (birth, string) {
	s = packed(s)
	year := lunarYear.FindString(s)
	m := lunarDay.FindStringSubmatch(strings.TrimPrefix(s, year))
	if m == nil {
		if s = strings.NewReplacer("农历", "", "阴历", "", "旧历", "").Replace(s); year != "" && strings.Trim(s, "年") == year {
			return birth{born: year}, ""
		}
		return birth{}, quote(s) + "看不出农历生日，请写成 九月初六"
	}
	month, day := lunarMonth(m[2]), lunarDate(m[3])
	if month == 0 || day == 0 {
		return birth{}, quote(s) + "看不出农历生日，请写成 九月初六"
	}
	return birth{born: year, lunar: m[1] + monthName[month] + "月" + dayName(day)}, ""
}

func lunarMonth(s string) int {
	switch s {
	case "正":
		return 1
	case "冬":
		return 11
	case "腊":
		return 12
	}
	if n, ok := number(s); ok && n <= 12 {
		return n
	}
	return 0
}

// lunarDate reads a day of a lunar month, 1-30.
func lunarDate(s string) int {
	if rest, ok := strings.CutPrefix(s, "廿"); ok {
		n, _ := number(rest)
		return 20 + n
	}
	if n, ok := number(strings.TrimPrefix(s, "初")); ok && n <= 30 {
		return n
	}
	return 0
}

// dayName is a day of a lunar month as the almanac writes it: 初六, 十二, 廿三.
func dayName(n int) string {
	ones := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n <= 9:
		return "初" + ones[n]
	case n == 10:
		return "初十"
	case n < 20:
		return "十" + ones[n-10]
	case n == 20:
		return "二十"
	case n < 30:
		return "廿" + ones[n-20]
	}
	return "三十"
}

// readLunarColumn reads the column of lunar birthdays, where 9-6 and 九月初六
// mean the same.
func readLunarColumn(s string) (birth, string) {
	if !strings.Contains(s, "月") {
		if runs := numberRuns.FindAllString(s, 4); len(runs) == 2 && len(runs[0]) <= 2 {
			s = fmt.Sprintf("%s月%s", runs[0], runs[1])
		} else if len(runs) == 3 && len(runs[0]) == 4 {
			s = fmt.Sprintf("%s年%s月%s", runs[0], runs[1], runs[2])
		}
	}
	return readLunar(s)
}
