package roster

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestGroupNumber(t *testing.T) {
	for said, want := range map[string]int{
		"3": 3, "三": 3, "三组": 3, "第三组": 3, "3组": 3, "第3村民小组": 3, "3.0": 3, "十二组": 12, "二十一": 21, "三十": 30, "三队": 3,
		"": 0, "0": 0, "100": 0, "向家湾": 0, "三三": 0, "十零": 0, "-3": 0, "3.5": 0, "组": 0, "三组四组": 0,
	} {
		n, ok := groupNumber(said)
		if !ok {
			n = 0
		}
		if n != want {
			t.Errorf("%q: %d, want %d", said, n, want)
		}
	}
}

func TestGroupInEveryWriting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 99).Draw(t, "n")
		said := rapid.SampledFrom([]string{fmt.Sprint(n), chinese(n)}).Draw(t, "digits")
		said = rapid.SampledFrom([]string{"", "第"}).Draw(t, "head") + said + rapid.SampledFrom([]string{"", "组", "小组", "村民小组"}).Draw(t, "tail")
		if got, ok := groupNumber(said); !ok || got != n {
			t.Fatalf("%s: %d %v", said, got, ok)
		}
	})
}

// chinese writes 1-99 in Chinese digits.
func chinese(n int) string {
	ones := []rune("零一二三四五六七八九")
	s := ""
	if n >= 20 {
		s = string(ones[n/10])
	}
	if n >= 10 {
		s += "十"
	}
	if n%10 > 0 {
		s += string(ones[n%10])
	}
	return s
}

func TestBirth(t *testing.T) {
	for said, want := range map[string]birth{
		"1948-03-12": {born: "1948-03-12"}, "1948/3/2": {born: "1948-03-02"}, "1948.3.12": {born: "1948-03-12"}, "1948年3月12日": {born: "1948-03-12"},
		"1948-03-12 00:00:00": {born: "1948-03-12"}, "19480312": {born: "1948-03-12"}, "194803": {born: "1948"}, "1948.1": {born: "1948"},
		"1948年": {born: "1948"}, "1948": {born: "1948"}, "17604": {born: "1948-03-12"}, "17604.5": {born: "1948-03-12"},
		"76": {age: 76}, "76岁": {age: 76}, "76周岁": {age: 76}, "七十六": {age: 76}, "103": {age: 103}, "8个月": {},
		"1948年农历九月初六": {born: "1948", lunar: "九月初六"}, "农历腊月廿三": {lunar: "腊月廿三"}, "闰六月十二": {lunar: "闰六月十二"},
		"农历11月30": {lunar: "冬月三十"}, "正月初十": {lunar: "正月初十"}, "腊月二十三": {lunar: "腊月廿三"}, "农历1948年": {born: "1948"},
	} {
		got, reason := readBirth(said, false)
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(birth{})); diff != "" || reason != "" {
			t.Errorf("%s: %s %s", said, reason, diff)
		}
	}
	for _, said := range []string{"不晓得", "48-3-12", "1948-2-30", "1948-13-1", "19481332", "1848-01-01", "999999999999", "农历十三月初一", "农历九月三十一", "1-2-3-4-5"} {
		if got, reason := readBirth(said, false); reason == "" {
			t.Errorf("%s was read as %+v", said, got)
		}
	}
	if got, _ := readBirth("16142", true); got.born != "1948-03-12" {
		t.Errorf("date of 1904: %+v", got)
	}
}

// identityFor builds a number that is right in form and belongs to nobody: the
// area 000000 was never given out.
func identityFor(date, order string) string {
	s := "000000" + date + order
	for _, last := range "0123456789X" {
		if checked(s + string(last)) {
			return s + string(last)
		}
	}
	return ""
}

func TestIdentityNumberIsReadAndNeverKept(t *testing.T) {
	id := identityFor("19480312", "011")
	cut := id[:15] + "000"
	data := workbook(t, lines{
		{"姓名", "组", "身份证号", "备注", "电话"},
		{"向大有", 1, id, "证件" + id, ""},
		{"舒小云", 1, strings.ToLower(identityFor("19500506", "002")), "", ""},
		{"刘来宝", 1, cut, "", ""},
		{"滕三妹", 1, "000000480312002", "", ""},
	})
	s := clearly(t, data)
	got := fmt.Sprint(s)
	if strings.Contains(got, "0000001948") || strings.Contains(got, "000000480312") {
		t.Errorf("the number is kept: %s", got)
	}
	want := [][2]string{{"1948-03-12", "M"}, {"1950-05-06", "F"}, {"1948-03-12", ""}, {"1948-03-12", "F"}}
	for i, r := range s.Rows {
		if r.Born != want[i][0] || r.Sex != want[i][1] {
			t.Errorf("%s: %s %s, want %v", r.Name, r.Born, r.Sex, want[i])
		}
	}
	wrong := id[:16] + "9" + id[17:]
	_, said := read(t, workbook(t, lines{{"姓名", "组", "身份证号", "电话"}, {"向大有", 1, wrong, id}, {"舒小云", 1, "1.23", ""}, {"向" + id, 1, "", ""}}))
	if len(said) < 3 || strings.Contains(strings.Join(said, ""), "1948") {
		t.Errorf("problems %q", said)
	}
}

func TestPhones(t *testing.T) {
	for said, want := range map[string][]string{
		"19900001234": {"19900001234"}, "199 0000 1234": {"19900001234"}, "199-0000-1234": {"19900001234"}, "+8619900001234": {"19900001234"},
		"1.9900001234E10": {"19900001234"}, "1.9900001234E+10": {"19900001234"}, "1.990000123E10": {"19900001230"},
		"19900001234/19900001235": {"19900001234", "19900001235"}, "19900001234 19900001235": {"19900001234", "19900001235"},
		"0745-2345678": {"0745-2345678"}, "(0745)2345678": {"0745-2345678"}, "2345678": {"2345678"}, "19900001234.0": {"19900001234"},
	} {
		got, reason := readPhones(said)
		if diff := cmp.Diff(want, got); diff != "" || reason != "" {
			t.Errorf("%s: %s %s", said, reason, diff)
		}
	}
	for _, said := range []string{"1990000123", "199000012345", "1.99E+10", "12345", "找向丽", "29900001234"} {
		if got, reason := readPhones(said); reason == "" || strings.Contains(reason, "990") {
			t.Errorf("%s: %v %q", said, got, reason)
		}
	}
}

func TestKin(t *testing.T) {
	for said, want := range map[string][]Kin{
		"刘海波":               {{Name: "刘海波"}},
		"儿子刘海波 19900001234": {{"刘海波", "儿子", "19900001234"}},
		"刘海波(儿子)19900001234、刘海燕 女儿":   {{"刘海波", "儿子", "19900001234"}, {"刘海燕", "女儿", ""}},
		"刘海波:19900001234;19900001235": {{"刘海波", "", "19900001234"}, {"", "", "19900001235"}},
		"女儿":                          {{"", "女儿", ""}},
	} {
		got, reason := readKin(clean(said))
		if diff := cmp.Diff(want, got); diff != "" || reason != "" {
			t.Errorf("%s: %s %s", said, reason, diff)
		}
	}
	s := clearly(t, workbook(t, lines{
		{"姓名", "组", "儿子1姓名", "儿子1电话", "子女姓名", "与老人关系", "联系电话", "邻居姓名", "邻居电话", "探访人", "联系电话"},
		{"向大有", 1, "向一", "19900003001", "向二", "女儿", "19900003002", "舒小云", "19900003003", "刘来宝", "19900003004"},
	}))
	want := []Row{{
		Line: 2, Name: "向大有", Group: 1, Kin: []Kin{{"向一", "儿子", "19900003001"}, {"向二", "女儿", "19900003002"}},
		Watch: []Kin{{"舒小云", "邻居", "19900003003"}}, Visitor: "刘来宝",
	}}
	if diff := cmp.Diff(want, s.Rows); diff != "" {
		t.Error(diff)
	}
}

func TestWordsOfAPerson(t *testing.T) {
	s := clearly(t, workbook(t, lines{
		{"姓名", "组", "年龄", "农历生日", "别名", "是否在家", "是否空巢", "探访等级", "职务", "特长", "住址", "备用探访人", "务工地", "备注"},
		{"向大有（男）", 1, 79, "9-6", "大有爹、有叔", "否", "√", "重点", "会员小组长/村支书", "水电 理发", "桥头第三家", "舒小云", "长沙", "失独家庭"},
	}))
	want := []Row{{
		Line: 2, Name: "向大有", Group: 1, Sex: "M", Age: 79, Lunar: "九月初六", Aliases: []string{"大有爹", "有叔"}, Status: Away, Town: "长沙",
		Kinds: []string{"空巢"}, Listed: true, Tier: Middle, Roles: []string{"组长"}, Skills: []string{"水电", "理发"}, Place: "桥头第三家", Backup: "舒小云", Note: "村支书",
	}}
	if diff := cmp.Diff(want, s.Rows); diff != "" {
		t.Error(diff)
	}
}

func TestSpecialFamiliesAreNowhere(t *testing.T) {
	s := clearly(t, workbook(t, lines{{"姓名", "组", "类型", "备注"}, {"向大有", 1, "失独、独居", "特扶家庭"}, {"舒小云", 1, "计生特殊家庭", ""}}))
	want := []Row{{Line: 2, Name: "向大有", Group: 1, Kinds: []string{"独居"}, Listed: true}, {Line: 3, Name: "舒小云", Group: 1}}
	if diff := cmp.Diff(want, s.Rows); diff != "" {
		t.Error(diff)
	}
}

func TestBadRowsByNumber(t *testing.T) {
	s, said := read(t, workbook(t, lines{
		{"名册"},
		{"姓名", "组别", "性别", "电话", "类型", "在家情况", "出生年月"},
		{"向大有", "溪边", "", "", "", "", ""},
		{"向x有", 1, "", "", "", "", ""},
		{"", 1, "男", "", "", "", ""},
		{"刘来宝", 1, "不男", "1234", "独局", "飞了", "哪年"},
		{"滕三妹", "", "", "", "", "", ""},
		{"谌老大", 1, "", "", "", "已故", ""},
		{"向一、向二", 1, "", "", "", "", ""},
		{"舒小云", 2, "女", "", "", "", ""},
	}))
	want := []string{
		"第3行 组别：“溪边”看不出是第几组，请写数字，如 3",
		"第4行 姓名：“向x有”名字没写全，请写全名",
		"第5行 姓名：没写姓名",
		"第6行 性别：“不男”看不懂，请写 男 或 女",
		"第6行 电话：电话位数不对，请核对（手机11位，座机带区号）",
		"第6行 类型：“独局”看不懂，请写 独居、空巢、高龄、失能、重残、留守、留守儿童 或 其他",
		"第6行 在家情况：“飞了”看不懂，请写 在村、外出、随子女 或 机构",
		"第6行 出生年月：“哪年”看不出生日，请写成 1948-03-12，只晓得年份就写 1948",
		"第7行 组别：没写第几组",
		"第8行 在家情况：“已故”已过世的人请从表里去掉",
		"第9行 姓名：“向一、向二”一格里写了几个人，请一人一行",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Error(diff)
	}
	if len(s.Rows) != 1 || s.Rows[0].Name != "舒小云" {
		t.Errorf("rows %+v", s.Rows)
	}
}

func TestSamePersonAndNamesakes(t *testing.T) {
	head := []any{"姓名", "组", "户号", "出生日期", "年龄"}
	for what, c := range map[string]struct {
		a, b []any
		want string
	}{
		"same household":     {[]any{"向大有", 1, "5", "", ""}, []any{"向大有", 1, "5", "", ""}, "第3行：1组向大有和第2行是同一个人，请删掉一行"},
		"same birth":         {[]any{"向大有", 1, "", "1948-03-12", ""}, []any{"向大有", 1, "", "1948-03-12", ""}, "第3行：1组向大有和第2行是同一个人，请删掉一行"},
		"same year only":     {[]any{"向大有", 1, "", "1948", ""}, []any{"向大有", 1, "7", "1948", ""}, "第3行：1组向大有和第2行是同一个人，请删掉一行"},
		"nothing else":       {[]any{"向大有", 1, "", "", ""}, []any{"向大有", 1, "", "", ""}, "第3行：1组有两个向大有（第2行也是），分不清。请两行都补上户号或出生日期"},
		"one side written":   {[]any{"向大有", 1, "5", "", ""}, []any{"向大有", 1, "", "1948-03-12", ""}, "第3行：1组有两个向大有（第2行也是），分不清。请两行都补上户号或出生日期"},
		"other household":    {[]any{"向大有", 1, "5", "", ""}, []any{"向大有", 1, "6", "", ""}, ""},
		"other age":          {[]any{"向大有", 1, "", "", 70}, []any{"向大有", 1, "", "", 44}, ""},
		"other group":        {[]any{"向大有", 1, "", "", ""}, []any{"向大有", 2, "", "", ""}, ""},
		"same year, two hh.": {[]any{"向大有", 1, "5", "1948", ""}, []any{"向大有", 1, "7", "1948", ""}, ""},
	} {
		_, said := read(t, workbook(t, lines{head, c.a, c.b}))
		if got := strings.Join(said, "|"); got != c.want {
			t.Errorf("%s: %q, want %q", what, got, c.want)
		}
	}
}

func TestHeadings(t *testing.T) {
	for said, want := range map[string]field{
		"姓 名": name, "名字": name, "老人姓名*": name, "组": group, "组别": group, "村民小组": group, "小组": group, "几组": group, "组长": unused,
		"性别": sex, "年龄": age, "出生年月": born, "出生日期（公历）": born, "生日(农历)": lunar, "身份证号": idCard, "电话": phone, "联系电话": phone, "手机": phone,
		"户号": household, "门牌": household, "与户主关系": relation, "备注": note, "类型": kind, "类别": kind, "探访人": visitor, "包联人": visitor,
		"结对志愿者": visitor, "子女姓名": kinName, "子女电话": kinPhone, "监护人联系电话": kinPhone, "与监护人关系": kinIs, "邻居电话": watchCall, "探访人电话": unused,
		"序号": unused, "民族": unused, "是否党员": unused, "残疾等级": unused, "学校年级": unused, "户口性质": unused, "是否志愿者": helper,
		"父母务工地": unused, "务工地点": town, "外出地点": town, "家庭住址": place, "职务": role, "探访等级": tier, "青坪村全体村民基本情况登记表（二〇二六年）": unused,
	} {
		if got := recognise(said); got.field != want {
			t.Errorf("%s: taken for %q, want %q", said, got.field, want)
		}
	}
}

// FuzzCells reads any words as a sheet, without the packing of a workbook.
func FuzzCells(f *testing.F) {
	f.Add("姓名\t组\t出生日期\t联系电话\t子女\n王 桂 香\t三组\t1948.3.12\t1.9900001234E10\t刘海波（儿子）19900001234", 1, 2)
	f.Add("名册\n序号\t户主\t姓名\t关系\t身份证号\t类型\t探访人\n1\t向大有\t向大有\t户主\t000000194803120010\t独居、空巢\t夏满妹/向建国\n合计", 3, 3)
	f.Add("第三组\n姓名\t农历生日\t居住情况\t职务\n刘满生（满爷爷）\t九月初六\t外出（东莞）\t组长", 2, 3)
	f.Fuzz(func(t *testing.T, text string, top, bottom int) {
		g := grid{name: "名单", below: merges{{left: 0, top: top, right: 1, bottom: bottom}}}
		for i, l := range strings.Split(text, "\n") {
			if cells := strings.Split(l, "\t"); !blank(cells) {
				g.lines = append(g.lines, line{i + 1, trimmed(cells)})
			}
		}
		g.below.fill(g.lines)
		s, problems, err := readBook(&book{grids: []grid{g}})
		if err != nil || len(problems) > maxProblems {
			t.Fatalf("%d problems, %v", len(problems), err)
		}
		for _, r := range s.Rows {
			if r.Name == "" || !isHan(r.Name) || r.Group < 1 || r.Group > 99 || len(r.Kin) > maxKin || idNumber.MatchString(fmt.Sprintf("%q %q %q %q", r.Note, r.Place, r.Household, r.Aliases)) {
				t.Fatalf("row %+v", r)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	rows := lines{{"姓名", "组", "户号", "出生日期", "电话", "类型"}}
	for i := range 1232 {
		rows = append(rows, []any{"向大有", i%7 + 1, fmt.Sprint(i), "1948-03-12", fmt.Sprintf("1990000%04d", i), "独居"})
	}
	data := workbook(b, rows)
	for b.Loop() {
		if _, _, err := Read(bytes.NewReader(data)); err != nil {
			b.Fatal(err)
		}
	}
}
