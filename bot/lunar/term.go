package lunar

import "time"

// Term is one of the 24 solar terms 节气, numbered as they come in a year:
// 小寒 is the first, 冬至 the last.
type Term int

// The terms that the village's calendar names.
const (
	MinorCold      Term = iota // 小寒
	MajorCold                  // 大寒
	SpringBegins               // 立春
	RainWater                  // 雨水
	InsectsWake                // 惊蛰
	SpringEquinox              // 春分
	PureBrightness             // 清明
	GrainRain                  // 谷雨
	SummerBegins               // 立夏
	GrainFull                  // 小满
	GrainInEar                 // 芒种
	SummerSolstice             // 夏至
	MinorHeat                  // 小暑
	MajorHeat                  // 大暑
	AutumnBegins               // 立秋
	HeatEnds                   // 处暑
	WhiteDew                   // 白露
	AutumnEquinox              // 秋分
	ColdDew                    // 寒露
	FrostDescends              // 霜降
	WinterBegins               // 立冬
	MinorSnow                  // 小雪
	MajorSnow                  // 大雪
	WinterSolstice             // 冬至
	termsInAYear
)

var termNames = [termsInAYear]string{
	"小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至",
	"小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至",
}

// String is what people call the term.
func (t Term) String() string {
	if t < 0 || t >= termsInAYear {
		return ""
	}
	return termNames[t]
}

// firstTerms is the first calendar year of which the table has the terms.
const firstTerms = 1901

// In is the calendar day on which a term falls in a year, at midnight in a
// zone; false outside 1901 to 2100.
func (t Term) In(year int, zone *time.Location) (time.Time, bool) {
	at := (year-firstTerms)*int(termsInAYear) + int(t)
	if t < 0 || t >= termsInAYear || year < firstTerms || at >= len(terms) {
		return time.Time{}, false
	}
	return time.Date(year, time.Month(t/2+1), int(terms[at]-'@'), 0, 0, 0, 0, zone), true
}

// TermOn is the term that falls on the calendar day that t shows.
func TermOn(t time.Time) (Term, bool) {
	y, m, d := t.Date()
	for _, term := range []Term{Term(2 * (m - 1)), Term(2*(m-1) + 1)} {
		if on, known := term.In(y, time.UTC); known && on.Day() == d {
			return term, true
		}
	}
	return 0, false
}

// TermOf is the term that people call by a name.
func TermOf(name string) (Term, bool) {
	for t, n := range termNames {
		if n == name {
			return Term(t), true
		}
	}
	return 0, false
}
