package invented

import (
	"slices"
	"time"
)

// plea is a request of the past, told in days and hours before or after today.
type plea struct {
	name           string
	group          int
	asker          string // "" for the person himself; found in the same group
	service, words string
	back, hour     int // asked so many days ago, at that hour
	wish           int // wished for so many days after today; 99: no day said
	urgent         bool
	holder         string
	minutes        int // > 0: done, the day after it was asked
}

const noDay = 99

// pleas are what people asked for. The open ones give the first brief its work:
// one waits for a craftsman, one found nobody, one is for tomorrow.
var pleas = []plea{
	{"吴长生", 5, "", "yi", "想请人去卫生室拿这个月的药", 41, 9, noDay, false, "邓小军", 40},
	{"石有福", 2, "", "lao", "柴劈不动了，想请人劈点柴", 33, 15, noDay, false, "舒红梅", 60},
	{"夏桂花", 3, "", "xue", "孙女老师发的信看不明白", 27, 19, noDay, false, "夏满妹", 30},
	{"王桂香", 2, "", "xi", "被窝重，洗不动", 24, 10, noDay, false, "舒红梅", 90},
	{"舒德贵", 3, "", "fu", "想去镇上办个证，走路不方便", 18, 8, noDay, false, "向建国", 150},
	{"刘满生", 3, "刘海燕", "yi", "想请人帮我爸量个血压", 15, 12, noDay, false, "夏满妹", 25},
	{"舒忠良", 3, "", "lao", "水管冻裂了在漏水", 9, 7, noDay, true, "向建国", 70},
	{"王桂芳", 4, "", "comfort", "一个人在屋里闷得慌，想有人坐坐", 6, 16, noDay, false, "", 0},
	{"刘满生", 3, "刘海燕", "lao", "我爸屋里大门关不严，想请人修下", 12, 20, noDay, false, "向建国", 0},
	{"王桂香", 5, "舒菊英", "xi", "隔壁王桂香的被子她洗不动，想请人洗下", 1, 18, noDay, false, "", 0},
	{"舒忠良", 3, "", "yi", "药快吃完了，请人到卫生院拿下药", 2, 11, 2, false, "向建国", 0},
	{"舒忠良", 3, "", "chu", "这两天手痛，想请人帮忙做餐饭", 1, 17, 1, false, "夏满妹", 0},
	{"李秀英", 6, "", "xue", "手机没声音了，不晓得搞", 3, 14, noDay, false, "", 0},
}

// helps tells the pleas as of a day, oldest first.
func (p Place) helps(today time.Time) []Help {
	var list []Help
	for _, x := range pleas {
		list = append(list, p.help(x, today))
	}
	slices.SortStableFunc(list, func(a, b Help) int { return a.At.Compare(b.At) })
	return list
}

func (p Place) help(x plea, today time.Time) Help {
	h := Help{
		For: p.Find(x.name, x.group), Service: x.service, Words: x.words, Urgent: x.urgent, Holder: -1,
		At: today.AddDate(0, 0, -x.back).Add(time.Duration(x.hour)*time.Hour + 7*time.Minute),
	}
	h.By = h.For
	if x.asker != "" {
		h.By = p.Find(x.asker, x.group)
	}
	if x.wish != noDay {
		h.Wish = today.AddDate(0, 0, x.wish).Format(time.DateOnly)
	}
	if x.holder != "" {
		h.Holder, h.TakenAt = p.ByName(x.holder), h.At.Add(50*time.Minute)
	}
	if x.minutes > 0 {
		h.Minutes = x.minutes
		h.DoneAt = today.AddDate(0, 0, 1-x.back).Add(17 * time.Hour)
	}
	return h
}
