package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	someKey   = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
	olderKey  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefg"
	someToken = "villageToken1"
	appSecret = "0123456789abcdef0123456789abcdef"
)

// enough is the least that serve takes.
func enough(more ...string) []string {
	return append([]string{
		"PATH=/bin",
		"MISHU_DATABASE=sqlite:mishu.db",
		"MISHU_WECHAT_APPID=wx0123456789abcdef",
		"MISHU_WECHAT_SECRET=" + appSecret,
		"MISHU_WECHAT_TOKEN=" + someToken,
		"MISHU_WECHAT_AESKEY=" + someKey,
	}, more...)
}

func TestLeastToServe(t *testing.T) {
	got, err := Load(enough(), "", Account)
	if err != nil {
		t.Fatal(err)
	}
	want := Config{
		Listen:   "127.0.0.1:8080",
		Admin:    "127.0.0.1:8081",
		Database: SQLiteFile("mishu.db"),
		WeChat: WeChat{
			AppID: "wx0123456789abcdef", Secret: NewSecret(appSecret), Token: NewSecret(someToken),
			AESKey: NewSecret(someKey), Mode: "safe", API: "https://api.weixin.qq.com", Open: RealOpen,
		},
		Log:    slog.LevelInfo,
		Limits: Limits{Person: 30, All: 2000},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func TestEverythingSet(t *testing.T) {
	got, err := Load([]string{
		"MISHU_LISTEN=:80", "MISHU_ADMIN=[::1]:0", "MISHU_DATABASE=mysql://u:p@db/mishu", "MISHU_REDIS=redis://r:6379/3",
		"MISHU_WECHAT_APPID=wxabcd", "MISHU_WECHAT_SECRET=s", "MISHU_WECHAT_TOKEN=abc",
		"MISHU_WECHAT_AESKEY=" + someKey, "MISHU_WECHAT_AESKEY_PREVIOUS=" + olderKey, "MISHU_WECHAT_MODE=compatible",
		"MISHU_WECHAT_API=http://127.0.0.1:9/api/", "MISHU_WECHAT_ACCOUNT=gh_0123", "MISHU_LOG=debug",
		"MISHU_WECHAT_PROXY=socks5://u:p@10.0.0.1:1080", "MISHU_WECHAT_CREDENTIAL=classic",
		"MISHU_WECHAT_TEMPLATE=TPL_1 thing1=村里：{lead} time2={time} url=https://x/y; brief:TPL-2 thing4={lead} phrase5=待定",
		"MISHU_WECHAT_SUBSCRIBE=SUB1 long thing1={lead};",
		"MISHU_LIMIT_PERSON=0", "MISHU_LIMIT_ALL=7", "MISHU_TEST_SERVERS=required", "MISHU_LOG_=",
	}, "", Account)
	if err != nil {
		t.Fatal(err)
	}
	database, _ := ParseDatabase("mysql://u:p@db/mishu")
	want := Config{
		Listen: ":80", Admin: "[::1]:0", Database: database, Redis: NewSecret("redis://r:6379/3"),
		WeChat: WeChat{
			AppID: "wxabcd", Secret: NewSecret("s"), Token: NewSecret("abc"), AESKey: NewSecret(someKey), PreviousAESKey: NewSecret(olderKey),
			Mode: "compatible", API: "http://127.0.0.1:9/api", Open: RealOpen, Account: "gh_0123", Proxy: NewSecret("socks5://u:p@10.0.0.1:1080"), Classic: true,
			Template: []Template{
				{ID: "TPL_1", URL: "https://x/y", Fields: map[string]string{"thing1": "村里：{lead}", "time2": "{time}"}},
				{Kind: "brief", ID: "TPL-2", Fields: map[string]string{"thing4": "{lead}", "phrase5": "待定"}},
			},
			Subscribe: []Template{{ID: "SUB1", Long: true, Fields: map[string]string{"thing1": "{lead}"}}},
		},
		Log: slog.LevelDebug, Limits: Limits{Person: 0, All: 7},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

// Each mistake is one sentence that names its key and what to write.
func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		set  string
		want string // the beginning of the mistake's line
	}{
		{"MISHU_LISTEN=8080", `MISHU_LISTEN is "8080": write host:port`},
		{"MISHU_LISTEN=a/b:80", `MISHU_LISTEN is "a/b:80": write host:port`},
		{"MISHU_ADMIN=127.0.0.1:99999", `MISHU_ADMIN is "127.0.0.1:99999": write host:port`},
		{"MISHU_ADMIN=127.0.0.1:8080", "MISHU_ADMIN is the same address as MISHU_LISTEN"},
		{"MISHU_ADMIN=0.0.0.0:8080", "MISHU_ADMIN is the same address as MISHU_LISTEN"},
		{"MISHU_DATABASE=postgres://x", "MISHU_DATABASE is of no known kind: write sqlite:PATH or mysql://"},
		{"MISHU_DATABASE=sqlite:", "MISHU_DATABASE names no file"},
		{"MISHU_DATABASE=mysql://u:p@db/mishu", "MISHU_REDIS is missing: records in MySQL need a Redis"},
		{"MISHU_REDIS=localhost:6379", "MISHU_REDIS is no address of a Redis: as the test says"},
		{"MISHU_WECHAT_APPID=" + appSecret, "MISHU_WECHAT_APPID is not an AppID"},
		{"MISHU_WECHAT_SECRET=wx0123456789abcdef", "MISHU_WECHAT_SECRET is not an AppSecret"},
		{"MISHU_WECHAT_TOKEN=中文", "MISHU_WECHAT_TOKEN is not a token"},
		{"MISHU_WECHAT_AESKEY=" + someKey + "=", "MISHU_WECHAT_AESKEY is not an EncodingAESKey"},
		{"MISHU_WECHAT_AESKEY_PREVIOUS=short", "MISHU_WECHAT_AESKEY_PREVIOUS is not an EncodingAESKey"},
		{"MISHU_WECHAT_MODE=secure", "MISHU_WECHAT_MODE is no mode: write safe"},
		{"MISHU_WECHAT_API=api.weixin.qq.com", "MISHU_WECHAT_API is not a base address"},
		{"MISHU_WECHAT_MODE=plain", "MISHU_WECHAT_MODE is plain but MISHU_WECHAT_AESKEY is set"},
		{"MISHU_WECHAT_API=ftp://x", "MISHU_WECHAT_API is not a base address"},
		{"MISHU_WECHAT_ACCOUNT=mishu", "MISHU_WECHAT_ACCOUNT is not an original id"},
		{"MISHU_WECHAT_PROXY=host:1", "MISHU_WECHAT_PROXY is not a proxy's address"},
		{"MISHU_WECHAT_PROXY=ftp://host:1", "MISHU_WECHAT_PROXY is not a proxy's address"},
		{"MISHU_WECHAT_CREDENTIAL=stabel", "MISHU_WECHAT_CREDENTIAL is no kind of access token"},
		{"MISHU_WECHAT_TEMPLATE=thing1={lead}", "MISHU_WECHAT_TEMPLATE is no template: write the template's ID first"},
		{"MISHU_WECHAT_TEMPLATE=abcd", "MISHU_WECHAT_TEMPLATE is no template: it has no field"},
		{"MISHU_WECHAT_TEMPLATE=abcd thing1 {lead}", "MISHU_WECHAT_TEMPLATE is no template: a field is written"},
		{"MISHU_WECHAT_TEMPLATE=abcd things={lead}", "MISHU_WECHAT_TEMPLATE is no template: a field is named as in the console"},
		{"MISHU_WECHAT_TEMPLATE=abcd first1={lead}", "MISHU_WECHAT_TEMPLATE is no template: a field is named as in the console"},
		{"MISHU_WECHAT_TEMPLATE=abcd phrase1={lead}", "MISHU_WECHAT_TEMPLATE is no template: a field of the kind phrase cannot hold"},
		{"MISHU_WECHAT_TEMPLATE=abcd thing1={name}", "MISHU_WECHAT_TEMPLATE is no template: a field of the kind thing cannot hold"},
		{"MISHU_WECHAT_TEMPLATE=abcd thing1={lead} url=here", "MISHU_WECHAT_TEMPLATE is no template: url is no address"},
		{"MISHU_WECHAT_SUBSCRIBE=abcd thing1={lead}; efgh thing2={lead}", "MISHU_WECHAT_SUBSCRIBE is no template: two templates serve the same notices"},
		{"MISHU_LOG=loud", `MISHU_LOG is "loud": write debug, info, warn or error`},
		{"MISHU_LIMIT_PERSON=-1", `MISHU_LIMIT_PERSON is "-1": write a whole number`},
		{"MISHU_LIMIT_ALL=many", `MISHU_LIMIT_ALL is "many": write a whole number`},
		{"MISHU_WECHAT_APPSECRET=x", "MISHU_WECHAT_APPSECRET is not a setting: did you mean MISHU_WECHAT_SECRET?"},
		{"MISHU_QUITE_ELSE=x", "MISHU_QUITE_ELSE is not a setting: take it out"},
		{"MISHU_LISTEN_FILE=x", "MISHU_LISTEN_FILE is not a setting"},
		{"MISHU_WECHAT_TOKEN_FILE=/x", "MISHU_WECHAT_TOKEN and MISHU_WECHAT_TOKEN_FILE are both set"},
	} {
		_, err := Load(enough(c.set), "", Account, Check{"MISHU_REDIS", func(string) error { return errors.New("as the test says") }})
		if err == nil || !strings.HasPrefix(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s:\n got %v\nwant %s", c.set, err, c.want)
		}
	}
}

func TestEveryMistakeIsReportedAtOnce(t *testing.T) {
	_, err := Load([]string{"MISHU_LISTEN=x", "MISHU_LOG=x", "MISHU_ODD=1"}, filepath.Join(t.TempDir(), "none"), Account)
	if err == nil {
		t.Fatal("no mistake found")
	}
	for _, name := range []string{
		"settings file", "MISHU_ODD", "MISHU_LISTEN", "MISHU_DATABASE", "MISHU_WECHAT_APPID", "MISHU_WECHAT_SECRET",
		"MISHU_WECHAT_TOKEN", "MISHU_WECHAT_AESKEY is missing", "MISHU_LOG",
	} {
		if n := strings.Count(err.Error(), name); n != 1 {
			t.Errorf("%s is named %d times in:\n%v", name, n, err)
		}
	}
}

func TestNeeds(t *testing.T) {
	mysql := []string{"MISHU_DATABASE=mysql://u:p@db/mishu"}
	for _, c := range []struct {
		name string
		env  []string
		need Need
		ok   bool
	}{
		{"migrate needs a database alone", mysql, Schema, true},
		{"import into mysql needs redis", mysql, Records, false},
		{"import needs no account", append(mysql, "MISHU_REDIS=redis://r"), Records, true},
		{"serve needs an account", append(mysql, "MISHU_REDIS=redis://r"), Account, false},
		{"plain mode needs no key", append(enough("MISHU_WECHAT_AESKEY=", "MISHU_WECHAT_MODE=plain")[:5], "MISHU_WECHAT_MODE=plain"), Account, true},
		{"the pretend platform needs no database", enough("MISHU_WECHAT_ACCOUNT=gh_0123")[2:], Platform, true},
		{"the pretend platform needs the original id", enough(), Platform, false},
		{"a wrong database is a mistake there too", enough("MISHU_WECHAT_ACCOUNT=gh_0123", "MISHU_DATABASE=x:y"), Platform, false},
		{"a wrong setting is one even where it is not needed", append(mysql, "MISHU_WECHAT_MODE=x"), Schema, false},
	} {
		if _, err := Load(c.env, "", c.need); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestFileAndEnvironment(t *testing.T) {
	file := write(t, "settings", strings.Join([]string{
		"\ufeff# the village's settings", "", "MISHU_LISTEN = 127.0.0.1:9000 \r", `MISHU_LOG="warn"`, "MISHU_LIMIT_ALL=",
		"MISHU_WECHAT_TOKEN=fromTheFile", "MISHU_DATABASE=sqlite:file.db",
	}, "\n"))
	secret := write(t, "token", "fromASecretFile\n")
	got, err := Load([]string{
		"MISHU_DATABASE=sqlite:env.db", "MISHU_WECHAT_TOKEN_FILE=" + secret, "MISHU_LISTEN=",
		"MISHU_WECHAT_APPID=wx01234", "MISHU_WECHAT_SECRET=s", "MISHU_WECHAT_AESKEY=" + someKey,
	}, file, Account)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"127.0.0.1:9000", "WARN", "2000", "fromASecretFile", SQLiteFile("env.db").DSN.Reveal()}
	have := []string{got.Listen, got.Log.String(), fmt.Sprint(got.Limits.All), got.WeChat.Token.Reveal(), got.Database.DSN.Reveal()}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func TestMistakesInTheFile(t *testing.T) {
	file := write(t, "settings", "MISHU_LOG=info\nexport MISHU_LISTEN=:80\n"+appSecret+"\nMISHU_LOG=warn\nPATH=/bin\n")
	_, err := Load(enough(), file, Account)
	want := "line 2 of the settings file is not a setting: write KEY=value\n" +
		"line 3 of the settings file is not a setting: write KEY=value\n" +
		"MISHU_LOG stands twice in the settings file, in lines 1 and 4: keep one\n" +
		"PATH is not a setting: take it out, or see mishu serve --help for those there are"
	if diff := cmp.Diff(want, fmt.Sprint(err)); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func TestSecretFilesThatAreNone(t *testing.T) {
	for path, want := range map[string]string{
		write(t, "empty", " \n"):                           "names an empty file",
		write(t, "long", strings.Repeat("x", maxSecret+1)): "names a file of more than",
		filepath.Join(t.TempDir(), someKey):                "names a file that cannot be read",
		t.TempDir():                                        "names a file that cannot be read",
	} {
		_, err := Load(enough("MISHU_WECHAT_AESKEY_PREVIOUS_FILE="+path), "", Account)
		if err == nil || !strings.Contains(err.Error(), "MISHU_WECHAT_AESKEY_PREVIOUS_FILE "+want) || strings.Contains(err.Error(), someKey) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// No way of printing a configuration shows a secret of it.
func TestSecretsAreNeverShown(t *testing.T) {
	const password = "hunter2secret"
	c, err := Load(append(enough("MISHU_WECHAT_AESKEY_PREVIOUS="+olderKey, "MISHU_REDIS=rediss://u:"+password+"@r")[2:],
		"MISHU_DATABASE=mysql://u:"+password+"@db/mishu"), "", Account)
	if err != nil {
		t.Fatal(err)
	}
	wrapped := struct{ inside Config }{c} // fmt calls no method of what stands in an unexported field
	var shown strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%T %v"} {
		fmt.Fprintf(&shown, verb, c, c.WeChat.Token, &c.WeChat.Token, wrapped)
	}
	encoded, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	shown.Write(encoded)
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("read", "config", c, "token", c.WeChat.Token)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("read", "config", c, "token", c.WeChat.Token)
	shown.Write(log.Bytes())
	for _, secret := range []string{password, appSecret, someToken, someKey, olderKey, fmt.Sprintf("%x", someToken)} {
		if strings.Contains(shown.String(), secret) {
			t.Errorf("%q is shown in:\n%s", secret, shown.String())
		}
	}
	if !strings.Contains(log.String(), "token=***") {
		t.Errorf("log is %s", log.String())
	}
}

func TestHelpNamesEverySetting(t *testing.T) {
	for _, k := range keys {
		if !strings.Contains(Help(), k.name+" ") || k.meaning == "" {
			t.Errorf("%s is not explained", k.name)
		}
	}
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
