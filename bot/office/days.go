package office

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mishu/bot/book"
	"mishu/bot/lunar"
	"mishu/bot/read"
	"mishu/storage"
)

// The forms of what is set about days.
var (
	lastDigits = regexp.MustCompile(`^\d([ ,、]*\d)*$`)
	daysAhead  = regexp.MustCompile(`^-?\d{1,3}([ ,、]+-?\d{1,3})*$`)
	daySpan    = regexp.MustCompile(`(\p{Han}{1,8}?)\s*(\d{1,2})[-月](\d{1,2})[日号]?\s*(?:到|至|~|-|\s)\s*(\d{1,2})[-月](\d{1,2})[日号]?`)
)

// market sets on which days people go to market, by the last digit: 赶场 2 7 by
// the farmers' calendar, 赶场 阳历 2 7 by the common one.
func market(v storage.In, e Entry, rest string) (string, error) {
	name, what := book.MarketLunar, "农历"
	digits, solar := strings.CutPrefix(rest, "阳历")
	if solar {
		name, what = book.MarketSolar, "阳历"
	}
	digits = strings.TrimSpace(strings.NewReplacer("农历", "", "逢", " ").Replace(read.Fold(digits).Text))
	if !lastDigits.MatchString(digits) {
		return "", refusal("赶场写成“设 赶场 2 7”这样，是农历逢2逢7；按阳历的写“设 赶场 阳历 2 7”。")
	}
	all := strings.Join(slices.Compact(regexp.MustCompile(`\d`).FindAllString(digits, -1)), " ")
	return "设好了：赶场，" + what + "逢" + strings.ReplaceAll(all, " ", "、") + "。", set(v, e, name, all)
}

// busy sets when nobody is called to a meeting: 农忙 双抢 7月10到8月5；摘柑橘 11-10 到
// 12-10. 没有 sets that there is no such time.
func busy(v storage.In, e Entry, rest string) (string, error) {
	if rest == "没有" || rest == "无" {
		return "设好了：没有农忙的日子。", set(v, e, book.BusyDays, book.NoBusyDays)
	}
	var spans, told []string
	for _, m := range daySpan.FindAllStringSubmatch(read.Fold(rest).Text, -1) {
		from, to := monthDay(m[2], m[3]), monthDay(m[4], m[5])
		if from == "" || to == "" {
			spans = nil
			break
		}
		spans = append(spans, m[1]+" "+from+" "+to)
		told = append(told, fmt.Sprintf("%s%s月%s日到%s月%s日", m[1], m[2], m[3], m[4], m[5]))
	}
	if len(spans) == 0 {
		return "", refusal("农忙写成“设 农忙 双抢 7月10日到8月5日”这样，几段用分号隔开。")
	}
	return "设好了：" + strings.Join(told, "，") + "不喊人开会。", set(v, e, book.BusyDays, strings.Join(spans, "；"))
}

// monthDay is a day of the year as it is stored, 07-10; "" for none.
func monthDay(month, day string) string {
	m, _ := strconv.Atoi(month) // the form has only digits there
	d, _ := strconv.Atoi(day)
	if m < 1 || m > 12 || d < 1 || d > 31 {
		return ""
	}
	return fmt.Sprintf("%02d-%02d", m, d)
}

// lead sets how many days before an occasion the office is reminded, a minus for
// days after it: 提前 重阳 45 14 3 1 -7.
func lead(v storage.In, e Entry, rest string) (string, error) {
	for _, occasion := range book.Occasions {
		days, found := strings.CutPrefix(rest, occasion)
		days = strings.TrimSpace(strings.TrimSuffix(read.Fold(days).Text, "天"))
		if !found {
			continue
		}
		if !daysAhead.MatchString(days) {
			break
		}
		return "设好了：" + occasion + "提前" + days + "天提醒，带减号的是过了以后。", set(v, e, book.LeadPrefix+occasion, days)
	}
	return "", refusal("提前量写成“设 提前 重阳 45 14 3 1 -7”这样。能设的：" + strings.Join(book.Occasions, "、") + "。")
}

// birthday sets the day on which somebody keeps his birthday by the farmers'
// calendar: 生日 桂花婶 十月十六. It needs his consent, like whatever else is known of
// him.
func birthday(v storage.In, b *book.Book, e Entry, rest string) (string, error) {
	r := read.Read(rest, read.Context{Now: v.Now(), Roster: b.Roster})
	if len(r.Mentions) == 0 || len(r.Mentions[0].People) != 1 {
		return "", refusal("是哪一位？连几组一起讲，比如“设 生日 3组桂花婶 十月十六”。")
	}
	person := r.Mentions[0].People[0]
	what := strings.Trim(rest[min(len(rest), r.Mentions[0].Span.To):], " :,是的农历")
	day, ok := lunar.Of(read.Read("农历"+what, read.Context{Now: v.Now()}).When.At)
	if what == "" || !ok {
		return "", refusal("生日按农历写，比如“设 生日 桂花婶 十月十六”。")
	}
	if !b.Basis(person).Basic() {
		return "", refusal(b.Name(person) + "还没点头，这个不能记。请下回上门的人先问一声。")
	}
	row := storage.Birthday{Person: person, Month: day.Month, Day: day.Day, Leap: day.Leap}
	if err := v.SetBirthday(row); err != nil {
		return "", err
	}
	said := "设好了：" + b.Name(person) + "的生日农历" + day.String() + "。"
	if !b.Settings().On(book.BirthdayLine, false) {
		said += "要到时候提醒您就回“开" + book.BirthdayLine + "”。"
	}
	return said, set(v, e, "birthday.roster", b.Name(person))
}

// set stores a value with whose it is, where it is from, and the day.
func set(v storage.In, e Entry, name, value string) error {
	return v.Set(storage.Setting{Name: name, Value: value, Owner: e.Owner, Source: e.Source, CheckedOn: storage.Day(v.Now())})
}
