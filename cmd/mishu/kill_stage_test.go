//go:build failpoints

package main

import (
	"bytes"
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/xuri/excelize/v2"

	"mishu/config"
	"mishu/storage"
	"mishu/storage/private"
)

// The people of the crash tests, as the platform names them.
const (
	crashSecretary = "oCrash-secretary-xiang"
	crashDoctor    = "oCrash-doctor-liu"
	crashHelper    = "oCrash-helper-shu"
	crashVillager  = "oCrash-villager-wang"
)

const crashVillage = "青坪村"

// keeping is where one village's records and dialogs are: the values of
// MISHU_DATABASE and MISHU_REDIS.
type keeping struct{ database, redis string }

// environ is what the program is told.
func (k keeping) environ(api, failpoint string) []string {
	env := []string{
		"MISHU_DATABASE=" + k.database, "MISHU_WECHAT_APPID=" + crashAccount.AppID, "MISHU_WECHAT_SECRET=crashsecret",
		"MISHU_WECHAT_TOKEN=" + crashAccount.Token, "MISHU_WECHAT_AESKEY=" + crashAccount.AESKey,
		"MISHU_WECHAT_ACCOUNT=" + crashAccount.AccountID, "MISHU_WECHAT_API=" + api, "MISHU_TEST_FAILPOINT=" + failpoint,
	}
	if k.redis != "" {
		env = append(env, "MISHU_REDIS="+k.redis)
	}
	return env
}

// open gives the records to the test. The program under test has them open as
// well.
func (k keeping) open(t *testing.T) *storage.Store {
	t.Helper()
	d, err := config.ParseDatabase(k.database)
	if err != nil {
		t.Fatal(err)
	}
	store, err := storage.Connect(d.Driver, d.DSN.Reveal(), wallClocks())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

func (k keeping) client(t *testing.T) *redis.Client {
	t.Helper()
	opt, err := redis.ParseURL(k.redis)
	if err != nil {
		t.Fatal(err)
	}
	client := redis.NewClient(opt)
	t.Cleanup(func() { client.Close() })
	return client
}

// ground is a kind of store on which the same crashes happen.
type ground struct {
	name  string
	fresh func(t *testing.T) keeping
	// clone copies everything, the dialogs included, from where nothing runs.
	clone func(t *testing.T, from, to keeping)
}

var grounds = []ground{
	{"mariadb", freshMariaDB, cloneMariaDB},
	{"sqlite", freshSQLite, cloneSQLite},
}

func freshMariaDB(t *testing.T) keeping {
	t.Helper()
	return keeping{private.MariaDB(t), private.Redis(t)}
}

func cloneMariaDB(t *testing.T, from, to keeping) {
	t.Helper()
	source := from.database[strings.LastIndexByte(from.database, '/')+1:]
	db := to.open(t).DB()
	var tables []string
	if err := db.Select(&tables, "SELECT table_name FROM information_schema.tables WHERE table_schema = ?", source); err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		db.MustExec("CREATE TABLE `" + table + "` LIKE `" + source + "`.`" + table + "`")
		db.MustExec("INSERT INTO `" + table + "` SELECT * FROM `" + source + "`.`" + table + "`")
	}
	client, number := from.client(t), to.client(t).Options().DB
	for _, key := range keysOf(t, client) {
		if err := client.Copy(t.Context(), key, key, number, true).Err(); err != nil {
			t.Fatal(err)
		}
	}
}

func keysOf(t *testing.T, client *redis.Client) []string {
	t.Helper()
	keys, err := client.Keys(t.Context(), "*").Result()
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func freshSQLite(t *testing.T) keeping {
	t.Helper()
	return keeping{database: "sqlite:" + filepath.Join(t.TempDir(), "mishu.db")}
}

func cloneSQLite(t *testing.T, from, to keeping) {
	t.Helper()
	if err := os.CopyFS(filepath.Dir(strings.TrimPrefix(to.database, "sqlite:")), os.DirFS(filepath.Dir(strings.TrimPrefix(from.database, "sqlite:")))); err != nil {
		t.Fatal(err)
	}
}

// settleIn makes the village of the crash tests by the program itself: roster,
// invitations, and four people who are bound through the chat. Nothing runs
// when it returns the newest notice.
func settleIn(t *testing.T, program string, home keeping) (last int64) {
	t.Helper()
	api := newPlatform(t)
	env := home.environ(api.URL, "")
	command(t, program, env, "migrate")
	command(t, program, env, "import", crashRoster(t), "--village", crashVillage)
	p := launch(t, program, env)
	for _, who := range []struct{ openID, name, role string }{
		{crashSecretary, "向春兰", "secretary"}, {crashDoctor, "刘承志", "doctor"}, {crashHelper, "舒红梅", "volunteer"},
	} {
		code := regexp.MustCompile(`[0-9]{8}`).FindString(command(t, program, env, "invite", "--village", crashVillage, "--role", who.role, "--person", who.name))
		if reply := said(t, p, who.openID, code); !strings.Contains(reply, who.name) {
			t.Fatalf("%s sent the code and read %q", who.name, reply)
		}
	}
	said(t, p, crashVillager, "2组王桂香")
	said(t, p, crashSecretary, "认识")
	store := home.open(t)
	if n := countOf(t, store, "SELECT COUNT(*) FROM member WHERE state = 'active'"); n != 4 {
		t.Fatalf("%d people are bound, want 4", n)
	}
	atRest(t, store)
	p.stop(t)
	last = countOf(t, store, "SELECT MAX(id) FROM notice")
	store.Close()
	return last
}

// said sends one message and returns its reply.
func said(t *testing.T, p *process, from, text string) string {
	t.Helper()
	reply, ok := wrote(from, text).deliver(t, p.url)
	if !ok || reply == "" {
		t.Fatalf("no reply to %q: %t", text, ok)
	}
	return reply
}

// command runs the program to its end and returns what it printed.
func command(t *testing.T, program string, env []string, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	cmd := exec.Command(program, args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = env, &out, &out
	if err := cmd.Run(); err != nil {
		t.Fatalf("mishu %s: %v\n%s", args[0], err, out.Bytes())
	}
	return out.String()
}

// crashRoster writes the workbook of a village of five.
func crashRoster(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range [][]any{
		{"组", "姓名", "性别", "是否探访", "探访人"},
		{1, "向春兰", "女", "", ""},
		{1, "刘承志", "男", "", ""},
		{2, "舒红梅", "女", "", ""},
		{2, "王桂香", "女", "是", "舒红梅"},
		{3, "刘满生", "男", "是", "舒红梅"},
	} {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", at, &row); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "roster.xlsx")
	if err := f.SaveAs(file); err != nil {
		t.Fatal(err)
	}
	return file
}

// outLive lets the time pass for which a dead process still holds what it had:
// 15 s the lock of a conversation, 60 s a notice that it was sending.
func outLive(t *testing.T, k keeping, store *storage.Store) {
	t.Helper()
	db := store.DB()
	db.MustExec("UPDATE notice SET lease = 1 WHERE state = 'sending'")
	if k.redis == "" {
		db.MustExec("UPDATE session SET lease = 0")
		return
	}
	client := k.client(t)
	for _, key := range keysOf(t, client) {
		if lock, err := client.HGet(t.Context(), key, "lock").Result(); err == nil && lock != "" {
			client.HSet(t.Context(), key, "lock", "")
		}
	}
}

// forget empties the dialogs: what is known must come from the records.
func forget(t *testing.T, k keeping, store *storage.Store) {
	t.Helper()
	if k.redis == "" {
		store.DB().MustExec("DELETE FROM session")
		return
	}
	if err := k.client(t).FlushDB(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
}

func countOf(t *testing.T, store *storage.Store, query string, args ...any) int64 {
	t.Helper()
	var n sql.NullInt64
	if err := store.DB().Get(&n, query, args...); err != nil {
		t.Fatal(err)
	}
	return n.Int64
}

// atRest waits until no notice is on its way: those that are left wait for an
// hour to come or for somebody's next message.
func atRest(t *testing.T, store *storage.Store) {
	t.Helper()
	for stop := time.Now().Add(patience); time.Now().Before(stop); time.Sleep(20 * time.Millisecond) {
		now := time.Now().UnixMilli()
		if countOf(t, store, "SELECT COUNT(*) FROM notice WHERE state = 'sending' OR state = 'due' AND not_before <= ? AND retry_at <= ?", now, now) == 0 {
			return
		}
	}
	t.Fatal("notices are still on their way")
}
