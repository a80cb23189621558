package absence

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

var (
	stopWords  = []string{"停探访", "停看望", "暂停", "先停", "莫去看", "莫看", "不要看", "不用看", "不肯看", "不要人看", "不要探访", "不用探访", "不要上门", "停一个月", "停一下"}
	movedWords = []string{"搬走了", "搬走哒", "搬到县", "搬到镇", "搬到城", "搬去县", "搬去镇", "搬去城", "随女儿", "随崽", "随儿子", "跟女儿住", "跟崽住", "跟儿子住", "接去住", "接走住"}
	askWords   = []string{"帮", "要人", "请人", "找人", "想"}
	backWords  = []string{"回来了", "回来哒", "回屋了", "回屋哒", "回家了", "回村了", "在屋了", "出院了", "出院哒", "重新看", "恢复探访", "恢复看望", "接着看"}
	awayStill  = []string{"还没", "没回", "冇回", "还冇", "没回来", "还在外", "还没回来"}
	wrongWords = []string{"恢复", "没过世", "冇过世", "没有过世", "没死", "冇死", "没去世", "还在世", "搞错", "弄错", "记错", "错了"}
	atTheDoor  = []string{"敲门", "没人应", "冇人应", "没见", "冇见", "没人在", "门锁", "喊门", "叫门"}
)

func holds(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// kindOf reads why somebody is not to be visited, "" if a line says nothing of
// the kind.
func kindOf(text string) string {
	switch {
	case holds(text, stopWords):
		return storage.NoVisits
	case holds(text, askWords):
		return ""
	case strings.Contains(text, "住院") && !strings.Contains(text, "出院"):
		return storage.Hospital
	case holds(text, movedWords):
		return storage.Moved
	case line.Outside(text):
		return storage.Outside
	}
	return ""
}

// longest bounds what is taken for news of an absence, in characters.
const longest = 50

// news is what a line says of somebody's absence, "" for nothing: a line that
// reports a visit, asks for something or tells of the speaker himself says none.
func news(t *line.Turn) string {
	text, kind := t.Read.Text, kindOf(t.Read.Text)
	_, listed := t.Book.Plan(t.Me)
	own := strings.Contains(ofMine.Replace(text), "我") && t.Read.Kin == "" && !listed
	met := slices.ContainsFunc(t.Read.Calls, func(c read.Call) bool { return c.Met })
	switch {
	case kind == storage.NoVisits:
		return kind
	case own, met, holds(text, atTheDoor):
		return ""
	case t.Read.Intent == read.RequestHelp && kind != storage.Moved:
		return ""
	}
	return kind
}

// ofMine are words about others in which the speaker stands: 我组里桂花婶搬走了.
var ofMine = strings.NewReplacer("我组", "", "我们组", "", "我们村", "", "我村", "", "我隔壁", "", "我对门", "", "我屋边", "", "我负责", "", "我看的", "", "跟我讲", "", "跟我说", "", "告诉我", "")

// sole is the one person whom a line is about, 0 if it is not sure.
func sole(t *line.Turn) int64 {
	var ids []int64
	for _, m := range t.Read.Mentions {
		for _, id := range m.People {
			if t.Read.Group != 0 && t.Book.Person(id).Group != t.Read.Group {
				continue
			}
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	if listed := onList(t, ids); len(ids) > 1 && len(listed) > 0 {
		ids = listed
	}
	if len(t.Read.Mentions) == 0 {
		ids = t.Read.KinIDs
	}
	if _, listed := t.Book.Plan(t.Me); listed && len(ids) == 0 && len(t.Read.Mentions) == 0 && strings.Contains(t.Read.Text, "我") {
		ids = []int64{t.Me}
	}
	if len(ids) != 1 {
		return 0
	}
	return ids[0]
}

func onList(t *line.Turn, ids []int64) []int64 {
	return slices.DeleteFunc(slices.Clone(ids), func(id int64) bool {
		_, listed := t.Book.Plan(id)
		return !listed
	})
}

// How long an absence lasts of which nobody said the end: then it is asked.
var defaultDays = map[string]int{storage.Outside: 30, storage.Hospital: 14, storage.Moved: 180, storage.NoVisits: 30}

var span = regexp.MustCompile(`(半|[一二两三四五六七八九十]{1,2}|\d{1,3})个?(天|日|星期|礼拜|周|月|年)`)

var units = map[string]int{"天": 1, "日": 1, "星期": 7, "礼拜": 7, "周": 7, "月": 30, "年": 365}

// untilDay is the last day that a line gives, or the default of its kind.
func untilDay(r read.Reading, now time.Time, kind string) string {
	if end := coming(r, now); end.After(now) {
		return storage.Day(end)
	}
	if end := clauseAhead(r.Text, now); end.After(now) {
		return storage.Day(end)
	}
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, storage.Shanghai)
	switch {
	case strings.Contains(r.Text, "下个月底") || strings.Contains(r.Text, "下月底"):
		return storage.Day(month.AddDate(0, 2, -1))
	case strings.Contains(r.Text, "月底"):
		return storage.Day(month.AddDate(0, 1, -1))
	case strings.Contains(r.Text, "下个月") || strings.Contains(r.Text, "下月"):
		return storage.Day(month.AddDate(0, 1, 14))
	}
	if m := span.FindStringSubmatch(r.Text); m != nil {
		return storage.Day(now.AddDate(0, 0, days(m[1], m[2])))
	}
	return storage.Day(now.AddDate(0, 0, defaultDays[kind]))
}

var monthDay = regexp.MustCompile(`(?:(\d{1,2})月)?(\d{1,2})[号日]`)

// coming is a day that a line names, looked for ahead: 去女儿家了，27号回 reads as
// a report, whose bare days look back, and its end lies before us.
func coming(r read.Reading, now time.Time) time.Time {
	m := monthDay.FindStringSubmatch(r.Text)
	if r.When.At.After(now) || m == nil {
		return r.When.At
	}
	month, _ := strconv.Atoi(m[1]) // "" is 0: no month was said
	day, _ := strconv.Atoi(m[2])
	for ahead := range 13 {
		first := time.Date(now.Year(), now.Month()+time.Month(ahead), 1, 0, 0, 0, 0, storage.Shanghai)
		at := first.AddDate(0, 0, day-1)
		if at.Month() == first.Month() && at.After(now) && (month == 0 || int(at.Month()) == month) {
			return at
		}
	}
	return time.Time{}
}

// clauseAhead is the day that one part of a line names by itself: 去女儿家了，腊月廿八
// 回 reads as a report, whose 腊月廿八 is last year's; its end is not part of that.
func clauseAhead(text string, now time.Time) time.Time {
	for _, clause := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("，,。；; ", r) }) {
		if at := read.Read(clause, read.Context{Now: now}).When.At; at.After(now) {
			return at
		}
	}
	return time.Time{}
}

func days(count, unit string) int {
	if count == "半" {
		return units[unit] / 2
	}
	n, err := strconv.Atoi(count)
	if err != nil {
		n = hanNumber(count)
	}
	return max(1, n) * units[unit]
}

// hanNumber reads 一 to 九十九.
func hanNumber(s string) int {
	digit := map[rune]int{'一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}
	n := 0
	for _, r := range s {
		if r == '十' {
			n = max(1, n) * 10
			continue
		}
		n += digit[r]
	}
	return n
}
