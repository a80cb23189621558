package main

import (
	"strings"
	"testing"

	"mishu/storage"
)

// goodRoster is a village of five.
var goodRoster = [][]any{
	{"组", "姓名", "性别", "是否探访", "探访人"},
	{1, "向春兰", "女", "", ""},
	{1, "刘承志", "男", "", ""},
	{2, "舒红梅", "女", "", ""},
	{2, "王桂香", "女", "是", "舒红梅"},
	{5, "王桂香", "女", "是", "舒红梅"},
}

// A roster is entered whole or not at all, and once.
func TestImport(t *testing.T) {
	onBoth(t, func(t *testing.T, fresh func(t *testing.T) []string) {
		environ := fresh(t)
		mustDo(t, environ, "migrate")
		store := records(t, environ)
		bad := append(goodRoster[:3:3], []any{"", "舒红梅"}, []any{2, "", "女"}, []any{2, "夏满妹", "不男不女"})
		refuses(t, environ, workbook(t, bad), "第4行“组”", "第5行“姓名”", "第6行“性别”")
		twice := append(goodRoster[:6:6], []any{3, "舒忠良", "男", "是", "查无此人"})
		refuses(t, environ, workbook(t, twice), "第7行“探访人”", "查无此人")
		if n := rows(t, store, "person") + rows(t, store, "village") + rows(t, store, "plan"); n != 0 {
			t.Errorf("%d rows are left of what was refused", n)
		}
		out := mustDo(t, environ, "import", workbook(t, goodRoster), "--village", "青坪村")
		if !strings.HasPrefix(out, "青坪村：收进5人。\n其中5人没写签过同意书") {
			t.Errorf("it says %q", out)
		}
		refuses(t, environ, workbook(t, goodRoster), "已经有5个人，不能再收一遍")
		if people, plans := rows(t, store, "person"), rows(t, store, "plan"); people != 5 || plans != 2 {
			t.Errorf("%d people, %d on the list", people, plans)
		}
	})
}

// refuses wants an import refused in these words, and in no line that begins
// with a colon that belongs to nothing.
func refuses(t *testing.T, environ []string, file string, words ...string) {
	t.Helper()
	code, out, err := does(t, environ, "import", file, "--village", "青坪村")
	if code != exitFailed || out != "" || !strings.Contains(err, "一行都没有收") || strings.Contains(err, "\n：") {
		t.Errorf("%d %q %s", code, out, err)
	}
	for _, w := range words {
		if !strings.Contains(err, w) {
			t.Errorf("nothing says %s:\n%s", w, err)
		}
	}
}

// A code binds whoever sends it first, and nobody after him.
func TestInvitation(t *testing.T) {
	onBoth(t, func(t *testing.T, fresh func(t *testing.T) []string) {
		environ := append(account(nobody), fresh(t)...)
		mustDo(t, environ, "migrate")
		mustDo(t, environ, "import", workbook(t, goodRoster), "--village", "青坪村")
		s := serves(t, environ) // the book of the village is in its memory when the role is given
		out := mustDo(t, environ, "invite", "--village", "青坪村", "--role", "secretary", "--person", "向春兰")
		code := out[:8]
		if strings.Trim(code, "0123456789") != "" || !strings.Contains(out, "\n请向春兰把这8个数字发给公众号，7天内有效，只能用一次。\n") {
			t.Errorf("it prints %q", out)
		}
		store := records(t, environ)
		if n := rows(t, store, "invitation WHERE code_hash LIKE '%"+code+"%'"); n != 0 {
			t.Error("the code itself is stored")
		}
		if reply := hears(t, s.url, "oSecretary", code); !strings.Contains(reply, "青坪村向春兰，秘书长") {
			t.Errorf("the code is answered with %q", reply)
		}
		if reply := hears(t, s.url, "oThief", code); !strings.Contains(reply, "用过") {
			t.Errorf("the second use is answered with %q", reply)
		}
		if reply := hears(t, s.url, "oSecretary", "看"); strings.Contains(reply, "哪个村") || reply == "" {
			t.Errorf("who is bound is asked who she is: %q", reply)
		}
		if n := rows(t, store, "member"); n != 1 {
			t.Errorf("%d people are bound", n)
		}
		if n := rows(t, store, "role WHERE role = '"+storage.Secretary+"'"); n != 1 {
			t.Errorf("%d secretaries", n)
		}
	})
}

func TestWhoCannotBeInvited(t *testing.T) {
	t.Parallel()
	environ := backings[1].fresh(t)
	file := workbook(t, goodRoster)
	for _, township := range []string{"竹溪口镇", "石桥镇"} {
		mustDo(t, environ, "import", file, "--village", "青坪村", "--township", township)
	}
	invite := func(more ...string) (int, string) {
		code, _, err := does(t, environ, append([]string{"invite", "--role", "villager"}, more...)...)
		return code, err
	}
	for want, args := range map[string][]string{
		"no village is named 无名村":             {"--village", "无名村", "--person", "向春兰"},
		"2 villages are named 青坪村":            {"--village", "青坪村", "--person", "向春兰"},
		"the roster has nobody named 向某":      {"--village", "青坪村", "--township", "石桥镇", "--person", "向某"},
		"2 people are named 王桂香: say --group": {"--village", "青坪村", "--township", "石桥镇", "--person", "王桂香"},
	} {
		if code, err := invite(args...); code != exitFailed || !strings.Contains(err, want) {
			t.Errorf("want %q, got %d %s", want, code, err)
		}
	}
	if code, err := invite("--village", "青坪村", "--township", "石桥镇", "--person", "王桂香", "--group", "5"); code != exitOK {
		t.Error(err)
	}
	if code, err := invite("--village", "青坪村", "--person", "向春兰", "--role", "king"); code != exitUsage || !strings.Contains(err, "king") {
		t.Errorf("%d %s", code, err)
	}
	if code, _, err := does(t, environ, "import", file, "--village", "青坪村"); code != exitFailed || !strings.Contains(err, "say --township") {
		t.Errorf("a name of two villages: %d %s", code, err)
	}
}
