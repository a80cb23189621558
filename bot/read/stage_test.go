package read

import "time"

// The invented village of the tests: 青坪村 on Tuesday, 24 November 2026, 10:12.
var tuesday = time.Date(2026, 11, 24, 10, 12, 0, 0, shanghai)

// Ids of the people of the stage, by whom the tests name them.
const (
	guixiang2 = iota + 1 // 王桂香, 2组
	guixiang5            // 王桂香, 5组
	mansheng
	zhongliang
	degui
	guihua
	haibo
	haiyan
	hongmei
	jianguo
	manmei
	xiaojun
	doctorLiu
	teacherXiang
	xiangLi
	guilian // 舒桂莲, 建国's mother
	changsheng
	lijia // 李家顺, head of a house of 4组
	lijiaWife
	fahua // 黄花秀
	faxiu // 黄发秀
	guifang
	xiaohan
	guilan // 张桂兰
	guinan // 张桂南
)

func stage() *Roster {
	return NewRoster([]Someone{
		{ID: guixiang2, Name: "王桂香", Sex: "F", Born: 1950, Group: 2, Household: 21, Listed: true},
		{ID: guixiang5, Name: "王桂香", Sex: "F", Born: 1945, Group: 5, Household: 51, Listed: true},
		{ID: mansheng, Name: "刘满生", Aliases: []string{"满爷爷"}, Sex: "M", Born: 1943, Group: 3, Household: 38, Head: true, Listed: true},
		{ID: zhongliang, Name: "舒忠良", Sex: "M", Born: 1947, Group: 3, Household: 31, Head: true, Listed: true},
		{ID: degui, Name: "舒德贵", Sex: "M", Born: 1949, Group: 3, Household: 32, Head: true, Listed: true},
		{ID: guihua, Name: "夏桂花", Aliases: []string{"桂花婶"}, Sex: "F", Born: 1952, Group: 3, Household: 33, Listed: true},
		{ID: haibo, Name: "刘海波", Sex: "M", Born: 1975, Group: 3, Household: 38},
		{ID: haiyan, Name: "刘海燕", Sex: "F", Born: 1979, Group: 3, Household: 38},
		{ID: hongmei, Name: "舒红梅", Sex: "F", Born: 1984, Group: 2, Household: 22, Helper: true},
		{ID: jianguo, Name: "向建国", Sex: "M", Born: 1976, Group: 3, Household: 34, Helper: true, Head: true},
		{ID: manmei, Name: "夏满妹", Sex: "F", Born: 1982, Group: 3, Household: 35, Helper: true},
		{ID: xiaojun, Name: "邓小军", Sex: "M", Born: 1990, Group: 5, Household: 52, Helper: true},
		{ID: doctorLiu, Name: "刘志明", Sex: "M", Born: 1978, Group: 1, Household: 11, Helper: true},
		{ID: teacherXiang, Name: "向春梅", Aliases: []string{"向老师"}, Sex: "F", Born: 1972, Group: 1, Household: 12, Helper: true},
		{ID: xiangLi, Name: "向丽", Sex: "F", Born: 1985, Group: 1, Household: 13, Helper: true},
		{ID: guilian, Name: "舒桂莲", Sex: "F", Born: 1950, Group: 3, Household: 34, Listed: true},
		{ID: changsheng, Name: "吴长生", Sex: "M", Born: 1942, Group: 5, Household: 53, Listed: true},
		{ID: lijia, Name: "李家顺", Sex: "M", Born: 1951, Group: 4, Household: 41, Head: true},
		{ID: lijiaWife, Name: "张冬秀", Sex: "F", Born: 1953, Group: 4, Household: 41, Listed: true},
		{ID: fahua, Name: "黄花秀", Sex: "F", Born: 1948, Group: 6, Household: 61, Listed: true},
		{ID: faxiu, Name: "黄发秀", Sex: "F", Born: 1944, Group: 7, Household: 71, Listed: true},
		{ID: guifang, Name: "王桂芳", Sex: "F", Born: 1955, Group: 6, Household: 62, Listed: true},
		{ID: xiaohan, Name: "刘小涵", Aliases: []string{"小涵"}, Sex: "F", Born: 2016, Group: 3, Household: 38},
		{ID: guilan, Name: "张桂兰", Sex: "F", Born: 1951, Group: 6, Household: 63, Listed: true},
		{ID: guinan, Name: "张桂南", Sex: "M", Born: 1953, Group: 7, Household: 72},
	})
}

// Speakers of the stage.
func volunteer() Speaker {
	return Speaker{Person: manmei, Household: 35, Group: 3, Role: "volunteer", Cares: []int64{mansheng, zhongliang, guihua}}
}

func secretary() Speaker {
	return Speaker{Person: teacherXiang, Household: 12, Group: 1, Role: "secretary"}
}

func villager() Speaker { return Speaker{Person: guixiang2, Household: 21, Group: 2, Role: "elder"} }

func son() Speaker {
	return Speaker{Person: haibo, Household: 38, Group: 3, Role: "family", Proxies: []int64{mansheng}}
}

func stranger() Speaker { return Speaker{} }
