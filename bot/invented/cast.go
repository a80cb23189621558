package invented

import "mishu/bot/roster"

// house is a household before it has its people's numbers.
type house struct {
	group int
	no    int // 0: any free number
	place string
	rows  []roster.Row
}

// someone starts a row. Ages are as of the autumn of 2026.
func someone(name, sex, born, relation string) roster.Row {
	return roster.Row{Name: name, Sex: sex, Born: born, Relation: relation, Status: roster.AtHome}
}

// away marks a person who works elsewhere.
func away(r roster.Row, town string) roster.Row {
	r.Status, r.Town = roster.Away, town
	return r
}

// elder puts a person on the visit list.
func elder(r roster.Row, tier, visitor, backup string, kinds ...string) roster.Row {
	r.Listed, r.Tier, r.Visitor, r.Backup, r.Kinds = true, tier, visitor, backup, kinds
	return r
}

// known gives a person the names that people use.
func known(r roster.Row, aliases ...string) roster.Row {
	r.Aliases = aliases
	return r
}

func holds(r roster.Row, role string, skills ...string) roster.Row {
	r.Roles, r.Skills = append(r.Roles, role), skills
	return r
}

func phoned(r roster.Row, phone string) roster.Row {
	r.Phone = phone
	return r
}

// cast are the households of those who speak in the examples and of the
// offices.
func cast() []house {
	return append(append(castOfTwo(), castOfThree()...), append(castOfFive(), offices()...)...)
}

func castOfTwo() []house {
	return []house{
		{2, 3, "桥头第三家", []roster.Row{
			phoned(elder(someone("王桂香", "F", "1950-04-18", "户主"), roster.Middle, "舒红梅", "", "独居"), "19900001001"),
			away(someone("覃志强", "M", "1974-08-02", "儿子"), "佛山"),
			away(someone("梁春华", "F", "1976-01-15", "儿媳"), "佛山"),
		}},
		{2, 6, "", []roster.Row{
			someone("覃松林", "M", "1975-03-11", "户主"),
			holds(someone("舒红梅", "F", "1978-06-20", "妻"), "志愿者", "理发", "陪诊"),
			someone("覃诗雨", "F", "2010-10-05", "女儿"),
		}},
		{2, 9, "老樟树下", []roster.Row{
			known(elder(someone("石有福", "M", "1945-02-27", "户主"), roster.High, "", "", "独居", "高龄"), "石爹"),
			away(someone("石志红", "M", "1972-12-01", "儿子"), "宁波"),
		}},
		{2, 12, "", []roster.Row{
			known(elder(someone("向玉娥", "F", "1948-07-30", "户主"), roster.Middle, "", "", "独居"), "向娘"),
			away(someone("李小松", "M", "1970-05-16", "儿子"), "中山"),
		}},
	}
}

func castOfThree() []house {
	return []house{
		{3, 8, "水井边上", []roster.Row{
			phoned(known(elder(someone("刘满生", "M", "1943-03-09", "户主"), roster.High, "夏满妹", "向建国", "独居", "高龄"), "满爷爷"), "19900001008"),
			phoned(away(someone("刘海波", "M", "1971-10-12", "儿子"), "东莞"), "19900001234"),
			away(someone("刘海燕", "F", "1974-05-25", "女儿"), "长沙"),
		}},
		{3, 11, "", []roster.Row{
			known(elder(someone("舒忠良", "M", "1947-06-03", "户主"), roster.Middle, "夏满妹", "向建国", "独居"), "忠良爹"),
			away(someone("舒志辉", "M", "1973-09-14", "儿子"), "长沙"),
		}},
		{3, 10, "", []roster.Row{
			known(elder(someone("夏桂花", "F", "1952-02-08", "户主"), roster.Normal, "夏满妹", "向建国", "留守"), "桂花婶"),
			away(someone("向光明", "M", "1979-11-19", "儿子"), "惠州"),
			away(someone("周小兰", "F", "1982-04-04", "儿媳"), "惠州"),
			known(child(someone("向语涵", "F", "2016-05-17", "孙女"), "夏满妹"), "小涵"),
		}},
		{3, 15, "", []roster.Row{
			known(elder(someone("舒德贵", "M", "1949-08-21", "户主"), roster.Middle, "向建国", "夏满妹", "空巢"), "德贵爹"),
			elder(someone("谌满娥", "F", "1951-12-30", "妻"), roster.Middle, "向建国", "夏满妹", "空巢"),
			away(someone("舒志高", "M", "1976-02-02", "儿子"), "温州"),
		}},
		{3, 7, "晒谷坪旁", []roster.Row{
			holds(someone("向建国", "M", "1976-10-01", "户主"), "志愿者", "驾车", "水电"),
			known(someone("舒桂莲", "F", "1951-09-23", "母亲"), "建国他娘"),
			someone("李冬英", "F", "1978-12-12", "妻"),
			someone("向子明", "M", "2009-03-28", "儿子"),
		}},
		{3, 9, "", []roster.Row{
			someone("贺大平", "M", "1973-01-20", "户主"),
			holds(someone("夏满妹", "F", "1976-07-07", "妻"), "志愿者", "做饭", "陪聊"),
			someone("贺小雨", "F", "2008-11-02", "女儿"),
		}},
		{3, 1, "", []roster.Row{
			holds(someone("舒立新", "M", "1970-04-26", "户主"), "组长"),
			someone("陈爱莲", "F", "1972-09-09", "妻"),
			away(someone("舒畅", "M", "1998-08-18", "儿子"), "深圳"),
		}},
	}
}

func castOfFive() []house {
	return []house{
		{5, 4, "塘边第二家", []roster.Row{
			someoneOld("舒先德", "M", "1944-01-26", "户主"),
			elder(someone("王桂香", "F", "1945-05-06", "妻"), roster.Middle, "邓小军", "", "空巢", "高龄"),
			away(someone("舒春燕", "F", "1971-03-03", "女儿"), "怀化"),
		}},
		{5, 5, "", []roster.Row{
			someone("郑文德", "M", "1960-06-15", "户主"),
			someone("舒菊英", "F", "1962-10-28", "妻"),
			away(someone("郑志刚", "M", "1988-02-14", "儿子"), "杭州"),
		}},
		{5, 13, "", []roster.Row{
			known(elder(someone("吴长生", "M", "1942-08-08", "户主"), roster.High, "邓小军", "", "独居", "高龄"), "吴爹"),
			away(someone("吴国强", "M", "1969-11-11", "儿子"), "广州"),
		}},
		{5, 2, "", []roster.Row{
			holds(someone("邓小军", "M", "1985-05-05", "户主"), "志愿者", "驾车"),
			someone("唐丽君", "F", "1987-07-17", "妻"),
			someone("邓佳乐", "M", "2013-09-01", "儿子"),
		}},
		{5, 1, "", []roster.Row{
			holds(someone("邓友生", "M", "1966-12-06", "户主"), "组长"),
			someone("田秋莲", "F", "1968-03-30", "妻"),
		}},
	}
}

func someoneOld(name, sex, born, relation string) roster.Row {
	return elder(someone(name, sex, born, relation), roster.Middle, "邓小军", "", "空巢", "高龄")
}

// child marks a left-behind child and names the volunteer it is paired with.
func child(r roster.Row, paired string) roster.Row {
	r.Kinds, r.Visitor = []string{roster.LeftBehindChild}, paired
	return r
}

// offices are the households of the village's office and of the leaders.
func offices() []house { return append(officesOfOne(), officesElsewhere()...) }

func officesOfOne() []house {
	return []house{
		{1, 2, "村部隔壁", []roster.Row{
			someone("杨树文", "M", "1974-11-23", "户主"),
			phoned(known(holds(someone("向春兰", "F", "1977-03-18", "妻"), "秘书长"), "向老师"), "19900001002"),
			someone("杨帆", "M", "2007-06-06", "儿子"),
		}},
		{1, 4, "卫生室后面", []roster.Row{
			phoned(known(holds(someone("刘承志", "M", "1971-09-27", "户主"), "村医"), "刘医生"), "19900001003"),
			someone("肖玉珍", "F", "1973-02-11", "妻"),
		}},
		{1, 1, "", []roster.Row{
			holds(someone("杨昌平", "M", "1965-05-29", "户主"), "组长"),
			someone("米桂英", "F", "1967-08-13", "妻"),
			away(someone("邓晓军", "M", "1990-10-10", "女婿"), "深圳"),
		}},
		{1, 7, "", []roster.Row{
			someone("田家和", "M", "1968-07-01", "户主"),
			holds(someone("谌腊梅", "F", "1970-12-22", "妻"), "炊事员"),
		}},
	}
}

func officesElsewhere() []house {
	return []house{
		{2, 1, "", []roster.Row{
			holds(someone("覃大勇", "M", "1967-04-09", "户主"), "组长"),
			someone("黄兰芝", "F", "1969-10-30", "妻"),
		}},
		{4, 1, "", []roster.Row{
			holds(someone("王志成", "M", "1969-06-24", "户主"), "组长"),
			someone("滕小凤", "F", "1971-01-07", "妻"),
		}},
		{4, 3, "", []roster.Row{
			someone("唐志远", "M", "1988-09-16", "户主"),
			holds(someone("向丽", "F", "1990-02-25", "妻"), "会计"),
			someone("唐果", "F", "2015-12-03", "女儿"),
		}},
		{4, 6, "", []roster.Row{
			holds(someone("李慧", "F", "1984-08-19", "户主"), "儿童主任"),
			someone("肖建平", "M", "1982-05-13", "夫"),
			someone("肖雅", "F", "2011-04-21", "女儿"),
		}},
		{6, 2, "", []roster.Row{
			phoned(holds(someone("张远志", "M", "1968-10-17", "户主"), "会长"), "19900001004"),
			someone("陈秋云", "F", "1970-11-05", "妻"),
		}},
		{6, 1, "", []roster.Row{
			holds(someone("黄在田", "M", "1963-03-26", "户主"), "组长"),
			someone("邓玉香", "F", "1965-07-19", "妻"),
		}},
		{7, 1, "", []roster.Row{
			holds(someone("滕久明", "M", "1964-02-03", "户主"), "组长"),
			someone("周翠萍", "F", "1966-09-12", "妻"),
		}},
		{7, 5, "", []roster.Row{
			holds(someone("滕树林", "M", "1961-08-30", "户主"), "监督"),
			someone("吴金梅", "F", "1964-06-18", "妻"),
		}},
	}
}
