package roster

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// field is what a column holds. Its text is shown to the village as "taken
// for", so it is the plain word.
type field string

const (
	unused    field = ""
	name      field = "姓名"
	group     field = "组"
	sex       field = "性别"
	age       field = "年龄"
	born      field = "出生日期"
	lunar     field = "农历生日"
	idCard    field = "身份证号（只取生日和性别）"
	household field = "户号"
	relation  field = "与户主关系"
	headName  field = "户主"
	phone     field = "电话"
	alias     field = "别名"
	status    field = "在家情况"
	town      field = "外出地点"
	kind      field = "类型"
	listed    field = "是否探访"
	tier      field = "探访等级"
	visitor   field = "探访人"
	backup    field = "备用探访人"
	role      field = "职务"
	helper    field = "是否志愿者"
	place     field = "住址"
	skill     field = "特长"
	note      field = "备注"
	kinName   field = "家属"
	kinPhone  field = "家属电话"
	kinIs     field = "家属关系"
	watch     field = "邻居"
	watchCall field = "邻居电话"
	consented field = "同意书"
	literacy  field = "识字"
	hearing   field = "听力"
	keyWith   field = "钥匙"
	proxyName field = "代办人"
)

// maxHeading is the length beyond which a cell is a sentence and no heading.
const maxHeading = 16

// rule recognises headings of one field: the whole heading is one of is, or
// holds one of has, or ends in ends; and it holds none of not.
type rule struct {
	field        field
	is, has, not []string
	ends         string
}

// rules are tried in order: what people write about others (a child's
// telephone) stands before what they write about the person (a telephone).
var rules = []rule{
	{field: unused, has: []string{"残疾证", "医保", "银行", "账号", "卡号", "残疾等级", "星级", "民族", "政治面貌", "文化程度", "学历", "学校", "年级"}},
	{field: helper, has: []string{"是否志愿者"}},
	{field: listed, has: []string{"是否探访", "探访对象", "是否在册", "需探访", "是否空巢", "是否独居"}, not: []string{"姓名"}},
	{field: consented, has: []string{"同意", "授权书"}},
	{field: proxyName, has: []string{"代办", "代讲", "代说"}, not: []string{"电话", "手机"}},
	{field: literacy, has: []string{"识字", "认字"}},
	{field: hearing, has: []string{"听力", "耳朵", "耳背"}},
	{field: keyWith, has: []string{"钥匙"}},
	{field: unused, has: []string{"是否"}, not: []string{"在家", "在村", "外出"}},
	{field: backup, has: []string{"备用", "后备", "替补", "第二探访"}, not: []string{"电话", "手机"}},
	{
		field: visitor, is: []string{"志愿者", "志愿者姓名", "包联", "探访", "结对"},
		has: []string{"探访人", "探访员", "探访志愿者", "包联人", "包户", "结对", "联系志愿者", "帮扶人", "走访人", "责任人"}, not: []string{"电话", "手机", "对象"},
	},
	{field: unused, has: []string{"探访人", "探访员", "包联人", "包户", "结对", "帮扶人", "走访人", "责任人", "志愿者"}, not: []string{"志愿者姓名"}},
	{field: relation, has: []string{"户主关系", "家庭关系", "户内关系"}},
	{field: kinIs, is: []string{"关系"}, has: []string{"与老人关系", "与本人关系", "与儿童关系"}},
	{field: watch, has: []string{"邻居"}},
	{field: kinName, has: kinWords, not: []string{"务工", "地址", "在哪", "去向", "人数"}},
	{field: unused, has: kinWords},
	{field: headName, is: []string{"户主", "户主姓名", "户主名", "户主名字"}},
	{field: household, is: []string{"户"}, has: []string{"户号", "户编号", "家庭编号", "门牌"}, not: []string{"户口"}},
	{
		field: group, is: []string{"组", "小组", "几组", "组名", "组号", "队", "所在组", "所属组", "第几组"},
		has: []string{"村民小组", "组别", "所在小组", "所属小组", "所属村组", "村民组"}, not: []string{"组长"},
	},
	{field: idCard, has: []string{"身份证", "证件号", "公民身份号码"}},
	{field: lunar, has: []string{"农历", "阴历", "旧历"}},
	{field: born, has: []string{"出生", "生日", "生年"}, not: []string{"出生地"}},
	{field: age, has: []string{"年龄", "岁数", "周岁"}, is: []string{"岁"}},
	{field: sex, has: []string{"性别"}, is: []string{"男女"}},
	{field: phone, has: []string{"电话", "手机", "联系方式", "联系号码"}},
	{field: alias, has: []string{"别名", "小名", "称呼", "绰号", "外号", "曾用名", "俗称"}},
	{field: town, has: []string{"外出地", "务工地", "去向", "现居住地", "现住地", "打工地"}},
	{field: status, has: []string{"在家", "在村", "居住情况", "居住状态", "居住状况", "常住", "外出", "人员状态"}, is: []string{"状态", "现状"}},
	{field: kind, has: []string{"类型", "类别"}, is: []string{"人员性质", "对象"}},
	{field: tier, has: []string{"探访等级", "关注等级", "风险等级", "关爱等级", "分级"}, is: []string{"等级", "级别"}},
	{field: role, has: []string{"职务", "角色", "担任"}, is: []string{"身份"}},
	{field: place, has: []string{"住址", "地址", "院落", "住处", "位置"}},
	{field: skill, has: []string{"特长", "专长", "技能", "会做"}},
	{field: note, has: []string{"备注", "情况说明"}, is: []string{"说明", "其他"}},
	{field: name, is: []string{"名字", "人名"}, ends: "姓名"},
}

// kinWords open the headings of columns about somebody to ring.
var kinWords = []string{"子女", "儿子", "女儿", "家属", "亲属", "亲人", "联系人", "监护人", "父亲", "母亲", "父母", "赡养人", "紧急联系"}

// column is one column of the sheet.
type column struct {
	col     int
	field   field
	heading string // as the village wrote it
	slot    string // columns about the same relative share it: 子女, 联系人2
	is      string // relation that the heading names: 儿子, or ""
}

// recognise tells what a heading stands for.
func recognise(heading string) column {
	h := bare(heading)
	c := column{heading: strings.TrimSpace(fold(heading))}
	if h == "" || utf8.RuneCountInString(h) > maxHeading {
		return c
	}
	for _, r := range rules {
		if r.fits(h) {
			c.field = r.field
			break
		}
	}
	c.narrow(h)
	return c
}

func (r rule) fits(h string) bool {
	holds := func(w string) bool { return strings.Contains(h, w) }
	if slices.ContainsFunc(r.not, holds) {
		return false
	}
	return slices.Contains(r.is, h) || slices.ContainsFunc(r.has, holds) || r.ends != "" && strings.HasSuffix(h, r.ends)
}

// narrow tells apart the columns about one relative or neighbour: the name, the
// relation, the telephone, or all in one cell.
func (c *column) narrow(h string) {
	calls := strings.Contains(h, "电话") || strings.Contains(h, "手机") || strings.Contains(h, "号码") || strings.Contains(h, "方式")
	mixed := strings.Contains(h, "姓名") || strings.Contains(h, "及") || strings.Contains(h, "和")
	switch c.field {
	case watch:
		if calls && !mixed {
			c.field = watchCall
		}
		c.slot, c.is = slotOf(h), "邻居"
	case kinName:
		switch {
		case strings.Contains(h, "关系"):
			c.field = kinIs
		case calls && !mixed:
			c.field = kinPhone
		}
		c.slot = slotOf(h)
		if i := slices.IndexFunc([]string{"儿子", "女儿", "父亲", "母亲"}, func(w string) bool { return strings.HasPrefix(h, w) }); i >= 0 {
			c.is = []string{"儿子", "女儿", "父亲", "母亲"}[i]
		}
	}
}

// slotOf is a heading without the words that tell which part of a relative it
// holds, so that 子女1姓名 and 子女1电话 meet.
func slotOf(h string) string {
	return strings.NewReplacer("姓名", "", "名字", "", "联系电话", "", "电话", "", "手机", "", "号码", "", "号", "", "联系方式", "",
		"方式", "", "与老人", "", "与本人", "", "与儿童", "", "与", "", "关系", "", "的", "", "及", "", "和", "").Replace(h)
}

// bare is a heading without space, marks and what stands in brackets, save a
// word there that matters: 生日（农历）.
func bare(heading string) string {
	h := packed(fold(heading))
	if open := strings.IndexAny(h, "([【"); open > 0 {
		if strings.Contains(h[open:], "农历") || strings.Contains(h[open:], "阴历") {
			return "农历" + h[:open]
		}
		h = h[:open]
	}
	return strings.Trim(h, "*:：.。、#_-")
}
