package main

import (
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"mishu/storage/private"
)

// showsNoSecret fails where something that was printed holds a secret.
func showsNoSecret(t *testing.T, printed string) {
	t.Helper()
	for _, secret := range []string{officialSecret, officialAccess, official.Token, official.AESKey, "databasePassword", "redisPassword"} {
		if strings.Contains(printed, secret) {
			t.Errorf("a secret is shown:\n%s", printed)
		}
	}
}

// A server with an empty file, no village, no Redis and no platform to reach
// starts, answers, and ends well.
func TestServeStartsWithNothing(t *testing.T) {
	t.Parallel()
	environ := append(account(nobody), "MISHU_DATABASE=sqlite:"+filepath.Join(t.TempDir(), "mishu.db"))
	for range 2 { // the second time over what the first left
		s := serves(t, environ)
		if reply := hears(t, s.url, "oNobody", "你好"); reply == "" {
			t.Error("a stranger is not answered")
		}
		if code := s.stop(); code != exitOK {
			t.Errorf("it ended with %d", code)
		}
		showsNoSecret(t, s.out.String()+s.err.String())
	}
}

// What an operator looks at is on his own address alone.
func TestWhereThingsAreServed(t *testing.T) {
	t.Parallel()
	s := serves(t, append(account(nobody), "MISHU_DATABASE=sqlite:"+filepath.Join(t.TempDir(), "mishu.db")))
	for path, words := range map[string]string{
		"/healthz": "ok", "/readyz": "database: ok", "/metrics": "mishu_clock_failures_total 0", "/debug/pprof/": "goroutine",
	} {
		if status, body := fetch(t, s.admin+path); status != http.StatusOK || !strings.Contains(body, words) {
			t.Errorf("admin %s: %d %.200q", path, status, body)
		}
		want := http.StatusNotFound
		if path == "/healthz" {
			want = http.StatusOK
		}
		if status, _ := fetch(t, s.url+path); status != want {
			t.Errorf("public %s: %d", path, status)
		}
	}
	if status, _ := fetch(t, s.admin+"/wechat"); status != http.StatusNotFound {
		t.Errorf("the webhook is on the admin address: %d", status)
	}
}

// Every mistake is told at once, in sentences that name the setting and not its
// value.
func TestServeTellsEveryMistake(t *testing.T) {
	t.Parallel()
	code, out, err := does(t, []string{
		"MISHU_DATABASE=mysql://u:databasePassword@db/mishu", "MISHU_WECHAT_APPID=" + officialSecret, "MISHU_WECHAT_TOKEN=" + official.Token + "!",
		"MISHU_WECHAT_AESKEY=" + official.AESKey + "==", "MISHU_LISTEN=8080", "MISHU_LOG=loud", "MISHU_REDIS_PASSWORD=redisPassword",
	}, "serve")
	if code != exitFailed || out != "" {
		t.Errorf("%d %q", code, out)
	}
	for _, word := range []string{
		"MISHU_REDIS is missing", "MISHU_WECHAT_APPID is not", "MISHU_WECHAT_SECRET is missing", "MISHU_WECHAT_TOKEN is not",
		"MISHU_WECHAT_AESKEY is not", "MISHU_LISTEN is", "MISHU_LOG is", "MISHU_REDIS_PASSWORD is not a setting",
	} {
		if !strings.Contains(err, word) {
			t.Errorf("nothing says that %s:\n%s", word, err)
		}
	}
	showsNoSecret(t, err)
}

// MySQL keeps records for several replicas, which have to share the dialogs.
func TestServeRefusesMySQLWithoutRedis(t *testing.T) {
	t.Parallel()
	code, _, err := does(t, append(account(nobody), "MISHU_DATABASE=mysql://u:databasePassword@127.0.0.1:1/mishu"), "serve")
	if code != exitFailed || !strings.Contains(err, "records in MySQL need a Redis") || strings.Count(err, "\n") != 1 {
		t.Errorf("%d %s", code, err)
	}
	showsNoSecret(t, err)
}

func TestServeSaysWhatItCannotReach(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", freePort)
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	file := "MISHU_DATABASE=sqlite:" + filepath.Join(t.TempDir(), "mishu.db")
	for want, more := range map[string][]string{
		"unable to open database file":    {"MISHU_DATABASE=sqlite:" + filepath.Join(t.TempDir(), "no", "such", "mishu.db")},
		"start webhook: listen":           {file, "MISHU_LISTEN=" + taken.Addr().String()},
		"start admin: listen":             {file, "MISHU_ADMIN=" + taken.Addr().String()},
		"MISHU_ADMIN is the same address": {file, "MISHU_LISTEN=127.0.0.1:7", "MISHU_ADMIN=127.0.0.1:7"},
		"MISHU_REDIS_FILE names a file ":  {file, "MISHU_REDIS_FILE=" + filepath.Join(t.TempDir(), "redisPassword")},
	} {
		code, out, err := does(t, append(account(nobody), more...), "serve")
		if code != exitFailed || out != "" || !strings.Contains(err, want) {
			t.Errorf("want %q, got %d %q %s", want, code, out, err)
		}
		showsNoSecret(t, err)
	}
}

// Only `mishu migrate` changes a MySQL database; it may be run as often as one
// likes, and no program touches what a newer one has made.
func TestMigrateByCommandOnly(t *testing.T) {
	t.Parallel()
	environ := append(account(nobody), "MISHU_DATABASE="+private.MariaDB(t), "MISHU_REDIS="+private.Redis(t))
	refusesToServe(t, environ, "run `mishu migrate`")
	for range 2 {
		if out := mustDo(t, environ, "migrate"); out != "the database is ready\n" {
			t.Errorf("it says %q", out)
		}
	}
	s := serves(t, environ)
	if status, body := fetch(t, s.admin+"/readyz"); status != http.StatusOK || strings.Count(body, ": ok") != 4 {
		t.Errorf("ready: %d %s", status, body)
	}
	if code := s.stop(); code != exitOK {
		t.Errorf("it ended with %d", code)
	}
	outgrow(t, environ)
}

func TestNewerFileIsRefused(t *testing.T) {
	t.Parallel()
	environ := append(account(nobody), "MISHU_DATABASE=sqlite:"+filepath.Join(t.TempDir(), "mishu.db"))
	mustDo(t, environ, "migrate")
	outgrow(t, environ)
}

// outgrow makes the database one of a newer program, which every command of
// this one refuses.
func outgrow(t *testing.T, environ []string) {
	t.Helper()
	records(t, environ).DB().MustExec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
	refusesToServe(t, environ, "newer than this program")
	if code, _, err := does(t, environ, "migrate"); code != exitFailed || !strings.Contains(err, "newer than this program") {
		t.Errorf("migrate: %d %s", code, err)
	}
}

func refusesToServe(t *testing.T, environ []string, words string) {
	t.Helper()
	code, out, err := does(t, environ, "serve")
	if code != exitFailed || out != "" || !strings.Contains(err, words) {
		t.Errorf("want %q, got %d %q %s", words, code, out, err)
	}
	showsNoSecret(t, err)
}

// After its end nothing of a server is left in the process; this test is not
// parallel, so that every goroutine that is new is the server's.
func TestServeLeavesNothingBehind(t *testing.T) {
	office := newPostOffice(t)
	for _, b := range backings {
		environ := append(account(office.URL), b.fresh(t)...)
		mustDo(t, environ, "migrate")
		mustDo(t, environ, "import", workbook(t, goodRoster), "--village", "青坪村")
		invite := func(role, person string) string {
			return mustDo(t, environ, "invite", "--village", "青坪村", "--role", role, "--person", person)[:8]
		}
		secretary, helper := invite("secretary", "向春兰"), invite("volunteer", "舒红梅")
		before := goleak.IgnoreCurrent()
		s := serves(t, environ)
		hears(t, s.url, "oSecretary", secretary)
		hears(t, s.url, "oHelper", helper)
		hears(t, s.url, "oHelper", "我娘晕倒了叫不醒") // told to others at any hour
		waitFor(t, "a push", func() bool { return office.take(func(l letter) bool { return l.to == "oSecretary" }) })
		fetch(t, s.admin+"/readyz")
		if code := s.stop(); code != exitOK {
			t.Errorf("%s: it ended with %d", b.name, code)
		}
		goleak.VerifyNone(t, before)
	}
}
