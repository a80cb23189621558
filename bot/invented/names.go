package invented

import (
	"math/rand/v2"
	"slices"

	"mishu/bot/roster"
)

// surnames as they are common in the west of Hunan; one written more often is
// drawn more often.
var surnames = []string{
	"向", "向", "向", "舒", "舒", "舒", "刘", "刘", "刘", "夏", "夏", "邓", "邓", "王", "王", "王", "张", "张", "李", "李", "李",
	"杨", "杨", "谌", "谌", "覃", "覃", "滕", "滕", "黄", "黄", "吴", "陈", "陈", "周", "唐", "石", "贺", "肖", "郑", "田", "米", "梁",
}

// Given names by generation: those over 58, their children, the children.
var (
	oldMen   = []string{"长庚", "有才", "德清", "金生", "大发", "福生", "友才", "云清", "茂林", "桂生", "树生", "元吉", "先富", "昌荣", "代全", "顺清", "家旺", "启明", "得胜", "光前", "水生", "佑民", "宗元", "贤贵"}
	oldWomen = []string{"金莲", "秀英", "冬秀", "玉莲", "桂英", "菊香", "银花", "翠娥", "三妹", "满秀", "春秀", "月英", "腊秀", "兰香", "凤英", "玉梅", "梅香", "友莲", "来秀", "细妹", "贵莲", "青莲", "水秀", "香莲"}
	men      = []string{"志勇", "伟民", "国庆", "建军", "文斌", "立军", "海军", "勇", "军", "永康", "小平", "志刚", "开明", "小林", "学文", "宏伟", "松柏", "世平", "跃进", "卫东", "志军", "辉", "明亮", "友谊"}
	women    = []string{"小红", "丽华", "春艳", "晓玲", "艳红", "海霞", "美玲", "小英", "建英", "文娟", "冬梅", "秋菊", "爱华", "银花", "雪梅", "丽娟", "琼", "艳", "群英", "彩云", "小燕", "玉兰", "喜凤", "金凤"}
	boys     = []string{"子轩", "浩宇", "俊杰", "宇航", "子豪", "嘉乐", "文博", "天佑", "博文", "家豪", "晨曦", "明轩", "志宇", "一鸣", "俊熙", "浩然"}
	girls    = []string{"欣怡", "梓涵", "诗琪", "雨欣", "佳怡", "思琪", "梦瑶", "可欣", "若曦", "雅婷", "静怡", "艺涵", "心怡", "诗涵", "紫萱", "雨桐"}
)

// towns are where people go to work.
var towns = []string{"东莞", "深圳", "广州", "佛山", "长沙", "怀化", "惠州", "中山", "宁波", "温州", "杭州", "义乌", "昆山", "厦门"}

// castGiven are given names of the cast: nobody else bears one, or the village
// would answer 建国 with a question every time.
var castGiven = []string{"桂香", "满生", "忠良", "桂花", "德贵", "长生", "红梅", "建国", "满妹", "小军", "海波", "海燕", "桂莲", "语涵", "春兰", "丽"}

// namer gives names that nobody has yet, save where a namesake is wanted.
type namer struct {
	rand  *rand.Rand
	taken map[string]bool
}

func (n *namer) surname() string { return pick(n.rand, surnames) }

// name gives a full name to somebody of an age and sex.
func (n *namer) name(surname, sex string, age int) string {
	for {
		full := surname + pick(n.rand, generation(sex, age))
		if !n.taken[full] {
			n.taken[full] = true
			return full
		}
		// The lists are short and some families large: a second character of
		// another name makes a new one.
		a, b := []rune(pick(n.rand, generation(sex, age))), []rune(pick(n.rand, generation(sex, age)))
		full = surname + string(a[0]) + string(b[len(b)-1])
		if !n.taken[full] && a[0] != b[len(b)-1] && !slices.Contains(castGiven, full[len(surname):]) {
			n.taken[full] = true
			return full
		}
		surname = n.other(surname)
	}
}

// other is the surname to go on with after a clash: the same, mostly.
func (n *namer) other(surname string) string {
	if n.rand.IntN(40) == 0 {
		return n.surname()
	}
	return surname
}

func generation(sex string, age int) []string {
	switch {
	case age < 24 && sex == "M":
		return boys
	case age < 24:
		return girls
	case sex == "M" && age > 58:
		return oldMen
	case sex == "M":
		return men
	case age > 58:
		return oldWomen
	}
	return women
}

// pick draws one of a list.
func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// twin is a person put in on purpose because his name meets another's: the same
// characters, or the same sound.
type twin struct {
	group int
	name  string
	sex   string
	age   int
}

// aloneTwins live alone and are on the visit list; 王桂香 of groups 2 and 5
// belongs to the cast.
var aloneTwins = []twin{
	{1, "王贵芳", "F", 78},
	{4, "王桂芳", "F", 74},
	{6, "黄发秀", "F", 82},
	{7, "黄花秀", "F", 77},
	{1, "李秀英", "F", 75},
	{4, "李秀英", "F", 79},
	{6, "李秀英", "F", 71},
	{7, "杨秀兰", "F", 80},
	{7, "杨秀兰", "F", 73},
	{2, "张冬秀", "F", 76},
	{6, "张东秀", "F", 70},
	{7, "滕兰英", "F", 83},
	{6, "滕南英", "F", 72},
	{5, "刘春生", "M", 79},
	{1, "刘春森", "M", 74},
	{4, "陈金山", "M", 81},
	{2, "陈金三", "M", 77},
}

// clashes tells whether a name would blur a person of the cast: 舒老头 of group 3
// must be one of two, 吴爹 of group 5, 石爹 and 向娘 of group 2 only one.
func clashes(group int, r roster.Row) bool {
	s := []rune(r.Name)[0]
	switch group {
	case 2:
		return s == '石' || s == '向'
	case 3:
		return s == '舒' || s == '刘' || s == '夏'
	case 5:
		return s == '吴'
	}
	return false
}
