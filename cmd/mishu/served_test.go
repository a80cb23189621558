package main

import (
	"bytes"
	"context"
	"net"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"mishu/config"
	"mishu/handlers/wechat/wire"
	"mishu/storage"
	"mishu/storage/private"
)

// official is what platform and server share in these tests.
var official = wire.Wire{
	Token: "villageToken1", AESKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", AppID: "wx0123456789abcdef", AccountID: "gh_village",
}

// The secrets that no output may show, beside those of official.
const (
	officialSecret = "0123456789abcdef0123456789abcdef"
	officialAccess = "access-token-of-the-village"
)

// soon is how long these tests wait for what must come. It is no measure of
// speed: two cores may be busy with other tests.
const soon = 30 * time.Second

// backing is a kind of store that a server stands on.
type backing struct {
	name  string
	fresh func(t *testing.T) []string // the settings that name it
}

var backings = []backing{
	{"mariadb", func(t *testing.T) []string {
		t.Helper()
		return []string{"MISHU_DATABASE=" + private.MariaDB(t), "MISHU_REDIS=" + private.Redis(t)}
	}},
	{"sqlite", func(t *testing.T) []string {
		t.Helper()
		return []string{"MISHU_DATABASE=sqlite:" + filepath.Join(t.TempDir(), "mishu.db")}
	}},
}

// onBoth runs a test on each kind of store.
func onBoth(t *testing.T, test func(t *testing.T, fresh func(t *testing.T) []string)) {
	t.Helper()
	for _, b := range backings {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			test(t, b.fresh)
		})
	}
}

// account are the settings of official, with a platform at api.
func account(api string) []string {
	return []string{
		"MISHU_LISTEN=" + freePort, "MISHU_ADMIN=" + freePort, "MISHU_WECHAT_API=" + api, "MISHU_WECHAT_APPID=" + official.AppID,
		"MISHU_WECHAT_SECRET=" + officialSecret, "MISHU_WECHAT_TOKEN=" + official.Token, "MISHU_WECHAT_AESKEY=" + official.AESKey,
		"MISHU_WECHAT_ACCOUNT=" + official.AccountID, "MISHU_LOG=debug",
	}
}

// nobody is the address of a platform that cannot be reached.
const nobody = "http://127.0.0.1:1"

// printed is what a command wrote so far.
type printed struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (p *printed) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Write(b)
}

func (p *printed) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

// running is a command that serves in this process until it is stopped.
type running struct {
	t        *testing.T
	out, err printed
	cancel   context.CancelFunc
	ended    chan struct{}
	code     int // once ended
}

// runs starts a command that serves, and returns when it printed its line.
func runs(t *testing.T, environ []string, args ...string) *running {
	t.Helper()
	r := startOf(t, environ, args...)
	waitFor(t, "the line that it is ready", func() bool {
		select {
		case <-r.ended:
			t.Fatalf("mishu %v ended with %d: %s", args, r.code, r.err.String())
		default:
		}
		return strings.Contains(r.out.String(), "\n")
	})
	return r
}

func startOf(t *testing.T, environ []string, args ...string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r := &running{t: t, cancel: cancel, ended: make(chan struct{})}
	go func() {
		defer close(r.ended)
		r.code = run(args, world{ctx, environ, nil, &r.out, &r.err})
	}()
	t.Cleanup(func() {
		r.stop()
		if t.Failed() {
			t.Logf("it printed:\n%s%s", r.out.String(), r.err.String())
		}
	})
	return r
}

// stop ends the command as SIGTERM does and returns its exit code.
func (r *running) stop() int {
	r.cancel()
	<-r.ended
	return r.code
}

// addresses are those that a command printed.
func addresses(line string) []string {
	return regexp.MustCompile(`127\.0\.0\.1:[0-9]+`).FindAllString(line, -1)
}

// server is a running `mishu serve`.
type server struct {
	*running
	url, admin string
}

func serves(t *testing.T, environ []string) *server {
	t.Helper()
	r := runs(t, environ, "serve")
	at := addresses(r.out.String())
	if len(at) != 2 {
		t.Fatalf("it names %d addresses: %s", len(at), r.out.String())
	}
	return &server{r, "http://" + at[0], "http://" + at[1]}
}

// waitFor polls until ok.
func waitFor(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(soon); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("%s does not come", what)
}

// records opens the store that settings name, beside the server's own.
func records(t *testing.T, settings []string) *storage.Store {
	t.Helper()
	cfg, err := config.Load(settings, "", config.Schema)
	if err != nil {
		t.Fatal(err)
	}
	store, err := storage.Connect(cfg.Database.Driver, cfg.Database.DSN.Reveal(), wallClocks())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// rows counts the rows of a table.
func rows(t *testing.T, store *storage.Store, table string) int {
	t.Helper()
	var n int
	if err := store.DB().Get(&n, "SELECT COUNT(*) FROM "+table); err != nil {
		t.Fatal(err)
	}
	return n
}

// does runs a command to its end.
func does(t *testing.T, environ []string, args ...string) (code int, out, err string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	// One that serves where it should refuse is stopped, and fails by its code.
	ctx, cancel := context.WithTimeout(t.Context(), soon)
	defer cancel()
	code = run(args, world{ctx, environ, nil, &stdout, &stderr})
	return code, stdout.String(), stderr.String()
}

// mustDo runs a command that must succeed and returns what it printed.
func mustDo(t *testing.T, environ []string, args ...string) string {
	t.Helper()
	code, out, err := does(t, environ, args...)
	if code != exitOK {
		t.Fatalf("mishu %s ended with %d: %s", args[0], code, err)
	}
	return out
}

// workbook writes rows as the first sheet of an Excel file.
func workbook(t *testing.T, table [][]any) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range table {
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

// unused is an address that was free a moment ago.
func unused(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", freePort)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
