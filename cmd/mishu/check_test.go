package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mishu/bot"
	"mishu/config"
	"mishu/handlers/simulator"
	"mishu/storage"
	"mishu/storage/private"
)

// checked is everything that a check looks at, right in each respect: a server
// that serves, its stores, the pretend platform, a gateway.
type checked struct {
	t       *testing.T
	environ []string
	refuse  map[string]int // errcode by path of the platform's API
	sim     *simulator.Simulator
}

func newChecked(t *testing.T, stores []string) *checked {
	t.Helper()
	s := &checked{t: t, refuse: map[string]int{}}
	var api http.Handler
	platform := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if code := s.refuse[r.URL.Path]; code != 0 {
			_, _ = fmt.Fprintf(w, `{"errcode":%d,"errmsg":"invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 1"}`, code)
			return
		}
		api.ServeHTTP(w, r)
	}))
	t.Cleanup(platform.Close)
	s.environ = append(account(platform.URL), stores...)
	s.environ = append(s.environ, "MISHU_SMS_URL="+platform.URL+"/sms/send", `MISHU_SMS_BODY={"mobile":"{phone}","content":"{text}","key":"{secret}"}`,
		"MISHU_SMS_SECRET="+officialSecret, `MISHU_SMS_TAKEN="errcode":0`, "MISHU_SMS_COPY="+filepath.Join(t.TempDir(), "duty.json"))
	mustDo(t, s.environ, "migrate")
	server := serves(t, s.environ)
	s.environ = append(s.environ, "MISHU_PUBLIC="+server.url)
	var err error
	s.sim, err = simulator.New(simulator.Options{Webhook: server.url + "/wechat", Wire: official, Secret: officialSecret, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.sim.Close() })
	api = s.sim.API()
	mustDo(t, s.environ, "menu", "--yes")
	return s
}

// with is the settings with some of them changed.
func (s *checked) with(changes ...string) []string {
	out := append([]string{}, s.environ...)
	for _, c := range changes {
		name, _, _ := strings.Cut(c, "=")
		for i, e := range out {
			if strings.HasPrefix(e, name+"=") {
				out[i] = c
				name = ""
			}
		}
		if name != "" {
			out = append(out, c)
		}
	}
	return out
}

// broken is one thing that is not as it should be, and what a check says of it.
type broken struct {
	name     string
	change   []string         // of the settings
	refuse   map[string]int   // errcode by path of the platform
	before   func(s *checked) // what somebody did meanwhile
	want     []string
	argument []string
}

// breaks are the things that can be broken from outside; lossy is a Redis that
// forgets.
func breaks(t *testing.T, lossy string) []broken {
	t.Helper()
	return []broken{
		{name: "settings", change: []string{"MISHU_LOG=loud"}, want: []string{"[错] 配置", "MISHU_LOG is"}},
		{name: "no database", change: []string{"MISHU_DATABASE=mysql://u:databasePassword@127.0.0.1:1/mishu"}, want: []string{"[错] 数据库：连不上", "[未查] 数据库落盘"}},
		{name: "old database", change: []string{"MISHU_DATABASE=" + private.MariaDB(t)}, want: []string{"[错] 数据库：连得上，表比程序旧", "mishu migrate"}},
		{name: "no Redis", change: []string{"MISHU_REDIS=redis://:redisPassword@127.0.0.1:1"}, want: []string{"[错] Redis：连不上", "[未查] Redis内存"}},
		{name: "lossy Redis", change: []string{"MISHU_REDIS=" + lossy}, want: []string{"[错] Redis内存：maxmemory-policy 是 allkeys-lru", "[错] Redis落盘：什么都不落盘"}},
		{name: "no platform", change: []string{"MISHU_WECHAT_API=" + nobody}, want: []string{"[错] 令牌：连不上平台", "[未查] 菜单"}},
		{name: "wrong AppID", change: []string{"MISHU_WECHAT_APPID=wxffffffffffffffff"}, want: []string{"[错] 令牌：取不到，平台回 40013", "MISHU_WECHAT_APPID 抄错了"}},
		{name: "wrong secret", change: []string{"MISHU_WECHAT_SECRET=ffffffff"}, want: []string{"[错] 令牌：取不到，平台回 40125"}},
		{name: "not listed", refuse: map[string]int{"/cgi-bin/stable_token": 40164}, want: []string{"[错] IP白名单：这台机器不在名单里", "203.0.113.7\n"}},
		{name: "to confirm", refuse: map[string]int{"/cgi-bin/stable_token": 89503}, want: []string{"[错] IP白名单：平台在等管理员确认"}},
		{name: "no menu", refuse: map[string]int{"/cgi-bin/menu/get": 46003}, want: []string{"[错] 菜单：还没有发布", "mishu menu"}},
		{name: "another menu", before: func(s *checked) { s.publishes("帮助") }, want: []string{"[错] 菜单：发布的和这一版程序的不一样", "mishu menu"}},
		{name: "no template", change: []string{"MISHU_WECHAT_TEMPLATE=GONE1 thing1={lead}"}, want: []string{"[错] 模板：公众号里没有模板 GONE1", "MISHU_WECHAT_TEMPLATE"}},
		{name: "no notice", change: []string{"MISHU_WECHAT_SUBSCRIBE=GONE2 thing1={lead}"}, want: []string{"[错] 模板：公众号里没有模板 GONE2", "MISHU_WECHAT_SUBSCRIBE"}},
		{name: "templates unread", change: []string{"MISHU_WECHAT_TEMPLATE=GONE1 thing1={lead}"}, refuse: map[string]int{"/cgi-bin/template/get_all_private_template": 48001}, want: []string{"[错] 模板：读不到", "照错误码办"}},
		{name: "wrong token", change: []string{"MISHU_WECHAT_TOKEN=another"}, want: []string{"[错] 回调地址", "没有照样回话（状态 403）"}},
		{name: "nobody serves", change: []string{"MISHU_PUBLIC=" + nobody}, want: []string{"[错] 回调地址", "没有回音"}},
		{name: "no ticket", change: []string{"MISHU_WECHAT_SUBSCRIBE=GONE2 thing1={lead}"}, refuse: map[string]int{"/cgi-bin/ticket/getticket": 48001}, want: []string{"[错] 开通知的网页：取不到签网页的票"}},
		{name: "no page", change: []string{"MISHU_WECHAT_SUBSCRIBE=GONE2 thing1={lead}"}, want: []string{"[错] 开通知的网页", "不是这个程序的页面（状态 404）"}},
		{name: "gateway", change: []string{"MISHU_SMS_SECRET=ffff"}, argument: []string{"--sms", "19900000001"}, want: []string{"[错] 短信：试发的没有发成"}},
		{name: "no folder", change: []string{"MISHU_SMS_COPY=/no/such/folder/duty"}, want: []string{"[错] 短信：值班电话的文件没有地方放"}},
	}
}

// brokenElsewhere are the steps that tests of their own break.
var brokenElsewhere = []string{
	"数据库落盘", // TestCheckFlush
	"时钟",    // TestCheckClocks
	"门牌码",   // TestCheckDoorCodes
	"村里",    // TestCheckVillages
}

// publishes puts another menu in the place of ours.
func (s *checked) publishes(word string) {
	s.t.Helper()
	cfg, err := configured{}.load(world{environ: s.environ}, config.Account)
	if err != nil {
		s.t.Fatal(err)
	}
	k, err := newChecker(cfg, "")
	if err != nil {
		s.t.Fatal(err)
	}
	defer k.close()
	if err := k.accounts[0].api.PublishMenu(s.t.Context(), []bot.Button{{Name: word, Type: "click", Key: word}}); err != nil {
		s.t.Fatal(err)
	}
}

// A check says what is right, and each thing that is broken is told by its
// name, with what to do; nothing secret is printed.
func TestCheck(t *testing.T) {
	t.Parallel()
	s := newChecked(t, []string{"MISHU_DATABASE=" + private.MariaDB(t), "MISHU_REDIS=" + durableRedis(t)})
	code, out, _ := does(t, s.environ, "check")
	if code != exitOK || strings.Contains(out, "[错]") || strings.Contains(out, "[未查]") {
		t.Fatalf("all is right, and it ends with %d:\n%s", code, out)
	}
	if code, out, _ = does(t, s.environ, "check", "--sms", "19900000001"); code != exitOK || len(s.sim.Texts()) != 1 {
		t.Errorf("a trial SMS: %d, %d sent:\n%s", code, len(s.sim.Texts()), out)
	}
	named := map[string]bool{}
	for _, step := range brokenElsewhere {
		named[step] = true
	}
	for _, c := range breaks(t, lossyRedis(t)) {
		s.refuse = c.refuse
		if c.before != nil {
			c.before(s)
		}
		code, out, errText := does(t, s.with(c.change...), append([]string{"check"}, c.argument...)...)
		if code != exitFailed {
			t.Errorf("%s: it ends with %d", c.name, code)
		}
		for _, want := range c.want {
			if !strings.Contains(out, want) {
				t.Errorf("%s: nothing says %q:\n%s", c.name, want, out)
			}
			step, _, _ := strings.Cut(strings.TrimPrefix(want, "[错] "), "：")
			named[step] = true
		}
		if !strings.Contains(out, "怎么办：") {
			t.Errorf("%s: nothing says what to do:\n%s", c.name, out)
		}
		showsNoSecret(t, out+errText)
		if c.before != nil {
			s.refuse = nil
			mustDo(t, s.environ, "menu", "--yes")
		}
	}
	for line := range strings.Lines(out) {
		step, found := strings.CutPrefix(line, "[好] ")
		if step, _, _ = strings.Cut(step, "："); found && !named[step] {
			t.Errorf("no test breaks the step %s", step)
		}
	}
}

// Every account is looked at, and what is wrong is told with the account's name.
func TestCheckOfSeveralAccounts(t *testing.T) {
	t.Parallel()
	s := newChecked(t, []string{"MISHU_DATABASE=sqlite:" + filepath.Join(t.TempDir(), "mishu.db")})
	_, api := pretends(t, second)
	more := filepath.Join(t.TempDir(), "second.conf")
	lines := []string{
		"MISHU_WECHAT_APPID=" + second.AppID, "MISHU_WECHAT_SECRET=wrongSecret", "MISHU_WECHAT_TOKEN=" + second.Token,
		"MISHU_WECHAT_AESKEY=" + second.AESKey, "MISHU_WECHAT_ACCOUNT=" + second.AccountID, "MISHU_WECHAT_API=" + api,
	}
	if err := os.WriteFile(more, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, _ := does(t, s.with("MISHU_WECHAT_MORE="+more), "check")
	if code != exitFailed {
		t.Errorf("it ends with %d", code)
	}
	for _, want := range []string{
		"[好] 令牌（gh_village）", "[好] 菜单（gh_village）", "[错] 令牌（gh_second）：取不到，平台回 40125", "[未查] 菜单（gh_second）", "[错] 回调地址（gh_second）", "/wechat/gh_second 没有照样回话",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("nothing says %q:\n%s", want, out)
		}
	}
}

// A village that lacks somebody to turn to is named, with what it lacks.
func TestCheckVillages(t *testing.T) {
	t.Parallel()
	environ := append(account(nobody), "MISHU_DATABASE=sqlite:"+filepath.Join(t.TempDir(), "mishu.db"))
	mustDo(t, environ, "migrate")
	if _, out, _ := does(t, environ, "check"); !strings.Contains(out, "[注意] 村里：一个村都还没有") {
		t.Error(out)
	}
	mustDo(t, environ, "import", workbook(t, goodRoster), "--village", "青坪村")
	if _, out, _ := does(t, environ, "check"); !strings.Contains(out, "[注意] 村里：有村子缺东西") || !strings.Contains(out, "青坪村：没有绑定的秘书长") || !strings.Contains(out, "mishu invite") {
		t.Error(out)
	}
}

// durableRedis keeps what it holds, lossyRedis forgets it in every way.
func durableRedis(t *testing.T) string { return redisWith(t, "--appendonly", "yes") }
func lossyRedis(t *testing.T) string   { return redisWith(t, "--maxmemory-policy", "allkeys-lru") }

func redisWith(t *testing.T, flags ...string) string {
	t.Helper()
	m, err := private.StartRedis(t.TempDir(), flags...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.Stop() })
	return m.URL(0)
}

// A database that acknowledges what is not on its disk loses what was promised
// when the power fails.
func TestCheckFlush(t *testing.T) {
	t.Parallel()
	db, err := private.StartMariaDB(t.TempDir(), "--innodb-flush-log-at-trx-commit=2", "--max-allowed-packet=1M")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Stop() })
	if err := db.Create(t.Context(), "mishu"); err != nil {
		t.Fatal(err)
	}
	environ := append(account(nobody), "MISHU_DATABASE="+db.URL("mishu"), "MISHU_REDIS="+private.Redis(t))
	mustDo(t, environ, "migrate")
	_, out, _ := does(t, environ, "check")
	if !strings.Contains(out, "[错] 数据库落盘：innodb_flush_log_at_trx_commit 是 2") {
		t.Error(out)
	}
}

// The platform's cap on permanent codes is told before it is met.
func TestCheckDoorCodes(t *testing.T) {
	t.Parallel()
	environ := append(account(nobody), "MISHU_DATABASE=sqlite:"+filepath.Join(t.TempDir(), "mishu.db"))
	mustDo(t, environ, "migrate")
	store := records(t, environ)
	cfg, err := configured{}.load(world{environ: environ}, config.Account)
	if err != nil {
		t.Fatal(err)
	}
	k, err := newChecker(cfg, "")
	if err != nil {
		t.Fatal(err)
	}
	defer k.close()
	for _, c := range []struct {
		given int
		want  state
	}{{0, right}, {storage.DoorsBound - doorsNear, warning}, {storage.DoorsBound, amiss}} {
		const fill = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
			INSERT OR IGNORE INTO door (scene, village, household, account, url, given_at, freed_at) SELECT i, 1, i, 'wx', '', 0, 0 FROM n WHERE i <= ?`
		if _, err := store.DB().Exec(fill, max(1, c.given), c.given); err != nil {
			t.Fatal(err)
		}
		if f := k.doorCodes(t.Context()); f.state != c.want {
			t.Errorf("%d given: %+v, want %s", c.given, f, c.want)
		}
	}
}

// Clocks that differ by more than two seconds are told with the machine.
func TestCheckClocks(t *testing.T) {
	t.Parallel()
	environ := append(account(nobody), "MISHU_DATABASE="+private.MariaDB(t), "MISHU_REDIS="+private.Redis(t))
	cfg, err := configured{}.load(world{environ: environ}, config.Account)
	if err != nil {
		t.Fatal(err)
	}
	k, err := newChecker(cfg, "")
	if err != nil {
		t.Fatal(err)
	}
	defer k.close()
	for off, want := range map[time.Duration]state{0: right, 2100 * time.Millisecond: amiss, -2100 * time.Millisecond: amiss} {
		k.wall = func() time.Time { return time.Now().Add(off) }
		f := k.clocks(context.Background())
		if f.state != want || want == amiss && (!strings.Contains(f.words, "数据库差2") || !strings.Contains(f.words, "Redis差2")) {
			t.Errorf("off by %s: %+v", off, f)
		}
	}
}

// One village in a file needs neither server.
func TestCheckOfAFile(t *testing.T) {
	t.Parallel()
	s := newChecked(t, []string{"MISHU_DATABASE=sqlite:" + filepath.Join(t.TempDir(), "mishu.db")})
	if code, out, _ := does(t, s.environ, "check"); code != exitOK || !strings.Contains(out, "SQLite 每次提交都落盘") {
		t.Errorf("%d\n%s", code, out)
	}
}
