package config

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// another is the file of a second account.
func another(t *testing.T, more ...string) string {
	t.Helper()
	return write(t, "second.conf", strings.Join(append([]string{
		"MISHU_WECHAT_APPID=wxfedcba9876543210", "MISHU_WECHAT_SECRET=" + appSecret, "MISHU_WECHAT_TOKEN=secondToken",
		"MISHU_WECHAT_AESKEY=" + olderKey,
	}, more...), "\n"))
}

func TestSeveralAccounts(t *testing.T) {
	second := another(t, "MISHU_WECHAT_ACCOUNT=gh_second", "MISHU_WECHAT_TEMPLATE=TPL2 thing1={lead}")
	got, err := Load(enough("MISHU_WECHAT_ACCOUNT=gh_first", "MISHU_WECHAT_MORE= "+second+" ,", "MISHU_WECHAT_API=http://127.0.0.1:9",
		"MISHU_WECHAT_PROXY=http://p:1", "MISHU_WECHAT_MODE=compatible"), "", Account)
	if err != nil {
		t.Fatal(err)
	}
	want := []WeChat{{
		AppID: "wxfedcba9876543210", Secret: NewSecret(appSecret), Token: NewSecret("secondToken"), AESKey: NewSecret(olderKey),
		Mode: "safe", API: "http://127.0.0.1:9", Open: RealOpen, Proxy: NewSecret("http://p:1"), Account: "gh_second",
		Template: []Template{{ID: "TPL2", Fields: map[string]string{"thing1": "{lead}"}}},
	}}
	if diff := cmp.Diff(want, got.More); diff != "" || got.WeChat.Account != "gh_first" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func TestMistakesInFurtherAccounts(t *testing.T) {
	for name, c := range map[string]struct{ first, file, want string }{
		"no such file":     {"MISHU_WECHAT_ACCOUNT=gh_first", "/no/second.conf", "file 1 of MISHU_WECHAT_MORE: it cannot be read"},
		"another setting":  {"MISHU_WECHAT_ACCOUNT=gh_first", another(t, "MISHU_WECHAT_ACCOUNT=gh_second", "MISHU_LOG=info"), "file 1 of MISHU_WECHAT_MORE: MISHU_LOG does not belong there"},
		"more of its own":  {"MISHU_WECHAT_ACCOUNT=gh_first", another(t, "MISHU_WECHAT_ACCOUNT=gh_second", "MISHU_WECHAT_MORE=x"), "file 1 of MISHU_WECHAT_MORE: MISHU_WECHAT_MORE does not belong there"},
		"without its id":   {"MISHU_WECHAT_ACCOUNT=gh_first", another(t), "file 1 of MISHU_WECHAT_MORE: MISHU_WECHAT_ACCOUNT is missing"},
		"a wrong mode":     {"MISHU_WECHAT_ACCOUNT=gh_first", another(t, "MISHU_WECHAT_ACCOUNT=gh_second", "MISHU_WECHAT_MODE=x"), "file 1 of MISHU_WECHAT_MORE: MISHU_WECHAT_MODE is no mode"},
		"the first has no": {"MISHU_LOG=info", another(t, "MISHU_WECHAT_ACCOUNT=gh_second"), "MISHU_WECHAT_ACCOUNT is missing"},
		"the same twice":   {"MISHU_WECHAT_ACCOUNT=gh_second", another(t, "MISHU_WECHAT_ACCOUNT=gh_second"), "two of the accounts are the same one"},
	} {
		_, err := Load(enough(c.first, "MISHU_WECHAT_MORE="+c.file), "", Account)
		if err == nil || !strings.HasPrefix(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s:\n got %v\nwant %s", name, err, c.want)
		}
	}
}
