package read

import (
	"regexp"
	"slices"
	"strings"
)

// Absence is somebody who says that he, or another, is away and who does his
// work meanwhile: 我去县里两天，找向会计.
type Absence struct {
	Self bool // the speaker himself
	Days int  // 0: no end was said in days
	// Away is the one who is away, Instead the one who stands in, as named; either
	// may be a tie.
	Away, Instead Mention
	Title         string // an office named beside the stand-in: 会计, 医生, "" if none
}

// goesAway are the words of somebody who will not be there, asksFor those that
// stand before a stand-in.
var (
	goesAway = []string{"去县", "去市", "去省", "去镇", "去长沙", "去怀化", "出门", "不在", "外出", "请假", "住院", "病了", "开会", "学习", "培训", "走不开", "出差", "去外", "要去", "去一趟", "离开"}
	asksFor  = []string{"找", "请", "由", "让", "问", "交给", "替我", "顶"}
	wishes   = []string{"想", "陪", "送", "帮"} // 我想去镇上找建国他娘 asks for something
	titles   = []string{"会计", "会长", "书记", "支书", "医生", "组长", "主任", "监督", "秘书长"}
)

// Away reads who is away and who stands in; false if a line says nothing of the
// kind. All it needs is that a stand-in is named, behind 找, 请 or 由 or before 替两天.
func Away(r Reading) (Absence, bool) {
	text := Fold(r.Text).Text
	if len(r.Mentions) == 0 || containsAny(text, wishes) {
		return Absence{}, false
	}
	last := r.Mentions[len(r.Mentions)-1]
	asked := containsAny(text, goesAway) && standsBefore(text, r.Text, last)
	if !asked && !covers.MatchString(r.Text[last.Span.To:]) {
		return Absence{}, false
	}
	a := Absence{Days: days(text), Instead: last, Self: strings.HasPrefix(text, "我") || len(r.Mentions) == 1}
	if len(r.Mentions) > 1 {
		a.Away, a.Self = r.Mentions[0], false
	}
	behind := r.Text[last.Span.From:]
	if i := slices.IndexFunc(titles, func(w string) bool { return strings.Contains(behind, w) }); i >= 0 {
		a.Title = titles[i]
	}
	return a, true
}

// covers is what stands behind a stand-in's name instead: 满妹替两天, 满妹顶我到28号,
// and no 满妹替桂花婶洗被子.
var covers = regexp.MustCompile(`^(替|顶|代)(我|我班|班|我的班)?(几天|到|[0-9０-９一二两三四五六七八九十半]{1,3}个?(天|日|星期|礼拜|周))`)

// standsBefore reports whether 找, 请 or 由 stands before the stand-in's name.
func standsBefore(text, typed string, m Mention) bool {
	name := typed[m.Span.From:m.Span.To]
	return slices.ContainsFunc(asksFor, func(w string) bool { return strings.Contains(text, w+name) })
}

func containsAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// Days reads a length in days: 两天, 3天, 一个星期; 0 if none is said.
func Days(text string) int { return days(Fold(text).Text) }

func days(text string) int {
	runes := []rune(text)
	for _, n := range readNumbers(runes, nil) {
		v, whole := n.int()
		if !whole || v < 1 || v > 90 {
			continue
		}
		rest := string(runes[n.to:])
		for _, unit := range []struct {
			word string
			days int
		}{{"天", 1}, {"日", 1}, {"个星期", 7}, {"个礼拜", 7}, {"星期", 7}, {"周", 7}} {
			if strings.HasPrefix(rest, unit.word) {
				return v * unit.days
			}
		}
	}
	return 0
}
