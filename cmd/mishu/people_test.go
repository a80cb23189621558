package main

import (
	"strings"
	"testing"
)

var peopledRoster = [][]any{
	{"姓名", "组", "性别", "出生日期", "同意书", "职务", "是否探访", "类别", "探访人", "代办人", "钥匙", "识字", "联系电话"},
	{"向春兰", 1, "女", "1975", "", "秘书长"},
	{"夏满妹", 3, "女", "1978", "", "志愿者"},
	{"舒立新", 3, "男", "1962", "", "组长", "", "", "", "", "", "不识字"},
	{"刘满生", 3, "男", "1943-03-09", "健康", "", "是", "独居", "夏满妹", "刘海波（儿子）", "夏满妹", "", "19900000031"},
	{"夏桂花", 3, "女", "1952-01-02", "", "", "是", "独居", "夏满妹", "", "舒德贵", "", "19900000032"},
	{"刘海波", 3, "男", "1975"},
}

// What the office sets, who is who, who may know what, and the sheet for the
// thumbs: the commands about people.
func TestPeopleCommands(t *testing.T) {
	onBoth(t, func(t *testing.T, fresh func(t *testing.T) []string) {
		environ := fresh(t)
		mustDo(t, environ, "migrate")
		mustDo(t, environ, "import", workbook(t, peopledRoster), "--village", "青坪村", "--county", "溪江县")
		store := records(t, environ)
		if n := rows(t, store, "person WHERE phone <> ''"); n != 1 {
			t.Errorf("%d telephones are kept, want that of the one who signed", n)
		}
		if n := rows(t, store, "person WHERE name = '夏桂花' AND born = '1952'"); n != 1 {
			t.Error("more than the year of birth is kept of somebody who has not signed")
		}
		at := func(args ...string) []string { return append(args, "--village", "青坪村") }
		for _, set := range []string{"村部电话 0745-1990000", "称呼 向老师", "值班 张远志 19900000002 8:00-22:00", "资金 上季结余8200，收入3000，支出4150，现在7050"} {
			if out := mustDo(t, environ, at("set", "--source", "村部来电", set)...); !strings.HasPrefix(out, "设好了") {
				t.Errorf("%s: %s", set, out)
			}
		}
		if n := rows(t, store, "setting WHERE source = '村部来电' AND owner = '村部' AND checked_on <> ''"); n != 4 {
			t.Errorf("%d settings tell where they are from", n)
		}
		for _, c := range []struct {
			args []string
			want []string
		}{
			{at("who", "刘满生"), []string{"3组刘满生", "代办 刘海波替刘满生（儿子）", "花名册，老人还没问过", "同意 健康 肯"}},
			{at("who", "舒立新"), []string{"职务 组长（3组）", "import"}},
			{at("access", "--explain", "夏满妹", "刘满生", "door"), []string{"可以，因为是探访人"}},
			{at("access", "--explain", "刘海波", "刘满生", "visited"), []string{"不可以。可以的只有：本人、秘书长、村医、会长、本组组长、探访人、本人肯他听的代办"}},
			{at("thumbs", "--group", "3"), []string{"青坪村3组 同意书", "刘满生", "夏桂花", "按手印", "0745-1990000"}},
		} {
			out := mustDo(t, environ, c.args...)
			for _, w := range c.want {
				if !strings.Contains(out, w) {
					t.Errorf("%v lacks %s:\n%s", c.args, w, out)
				}
			}
		}
		for want, args := range map[string][]string{
			"没有“天气”这一样":             at("set", "天气 好"),
			"the roster has nobody": at("who", "欧阳必胜"),
			"no kind":               at("access", "--explain", "夏满妹", "刘满生", "secrets"),
			"goes with --county":    at("invite", "--role", "duty", "--person", "石建平"),
		} {
			if code, _, err := does(t, environ, args...); code != exitFailed || !strings.Contains(err, want) {
				t.Errorf("%v: %d %s", args, code, err)
			}
		}
		code := mustDo(t, environ, "invite", "--county", "溪江县", "--role", "protection", "--person", "石建平", "--phone", "19900000090")
		if len(strings.Fields(code)[0]) != 8 || rows(t, store, "village WHERE code = 'county'") != 1 {
			t.Errorf("the county's office: %s", code)
		}
		mustDo(t, environ, "invite", "--county", "溪江县", "--role", "duty", "--person", "石建平")
		if n := rows(t, store, "person WHERE name = '石建平'"); n != 1 {
			t.Errorf("invited twice, he is there %d times", n)
		}
	})
}
