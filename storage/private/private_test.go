package private

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// helperDir tells a second run of this binary where to start servers, say so
// and die without tidying up.
const helperDir = "MISHU_PRIVATE_HELPER_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(helperDir); dir != "" {
		helper(dir)
	}
	goleak.VerifyTestMain(m)
}

func helper(dir string) {
	redis, err := startRedis(dir, true, nil)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(redis.Addr)
	select {} // until killed
}

func TestMariaDBGivesEachTestItsOwnDatabase(t *testing.T) {
	one, two := MariaDB(t), MariaDB(t)
	if one == two {
		t.Fatalf("both got %s", one)
	}
	mustExec(t, one, "CREATE TABLE elder (name VARCHAR(20))")
	mustExec(t, two, "CREATE TABLE elder (name VARCHAR(20))")
}

func TestMariaDBIsLatin1AndDurable(t *testing.T) {
	db := open(t, MariaDB(t))
	var charset, flush string
	row := db.QueryRow("SELECT @@character_set_database, @@innodb_flush_log_at_trx_commit")
	if err := row.Scan(&charset, &flush); err != nil {
		t.Fatal(err)
	}
	if charset != "latin1" || flush != "1" {
		t.Errorf("charset %s, flush %s; want latin1 and 1", charset, flush)
	}
}

func TestMariaDBDropsWhatATestMade(t *testing.T) {
	var name string
	t.Run("uses one", func(t *testing.T) {
		name = strings.TrimPrefix(mustURL(t, MariaDB(t)).Path, "/")
	})
	var n int
	err := open(t, MariaDB(t)).QueryRow("SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = ?", name).Scan(&n)
	if err != nil || n != 0 {
		t.Errorf("%d databases named %s are left, err %v", n, name, err)
	}
}

func TestRedisGivesEachTestItsOwnSpace(t *testing.T) {
	one, two := Redis(t), Redis(t)
	say(t, one, "SET k 1")
	if got := say(t, two, "EXISTS k"); got != ":0" {
		t.Errorf("the second space answers %s; it sees the key of the first", got)
	}
}

// A power cut loses nothing that was committed, and the server comes back at
// the same address.
func TestDatabaseKilledAndRestarted(t *testing.T) {
	need(t, "mariadbd", "mariadb-install-db")
	d, err := StartMariaDB(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, d.Server) })
	if err := d.Create(t.Context(), "kept"); err != nil {
		t.Fatal(err)
	}
	mustExec(t, d.URL("kept"), "CREATE TABLE elder (n INT) ENGINE=InnoDB")
	mustExec(t, d.URL("kept"), "INSERT INTO elder VALUES (81)")
	if err := errors.Join(d.Kill(), d.Restart()); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := open(t, d.URL("kept")).QueryRow("SELECT n FROM elder").Scan(&n); err != nil || n != 81 {
		t.Errorf("after the kill: %d, %v", n, err)
	}
}

func TestRedisPausedSaysNothingUntilResumed(t *testing.T) {
	need(t, "redis-server")
	r, err := StartRedis(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, r.Server) })
	if err := r.Pause(); err != nil {
		t.Fatal(err)
	}
	if _, err := ask(r.URL(0), "PING", 50*time.Millisecond); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("paused: %v; want no answer in time", err)
	}
	if err := r.Resume(); err != nil {
		t.Fatal(err)
	}
	if got := say(t, r.URL(0), "PING"); got != "+PONG" {
		t.Errorf("resumed: %s", got)
	}
}

func TestServerThatEndsAtStartIsReportedWithItsWords(t *testing.T) {
	need(t, "redis-server")
	_, err := StartRedis(t.TempDir(), "--no-such-setting", "1")
	if !errors.Is(err, errDied) || !strings.Contains(err.Error(), "no-such-setting") {
		t.Errorf("got %v; want the server's own complaint", err)
	}
}

// A port that somebody else took is not mistaken for the own server.
func TestRedisReadyKnowsAnotherServer(t *testing.T) {
	u := mustURL(t, Redis(t))
	if err := redisReady(u.Host, os.Getpid()); err == nil {
		t.Error("another process's server was taken for the own one")
	}
}

// A test binary that is killed leaves neither server nor folder behind.
func TestServersDieWithTheirProcess(t *testing.T) {
	need(t, "redis-server")
	dir := filepath.Join(t.TempDir(), "server")
	addr, kill := runHelper(t, dir)
	say(t, "redis://"+addr+"/0", "PING")
	kill()
	eventually(t, "server still answers", func() bool {
		_, err := net.DialTimeout("tcp", addr, time.Second)
		return err != nil
	})
	eventually(t, "folder is still there", func() bool {
		_, err := os.Stat(dir)
		return errors.Is(err, os.ErrNotExist)
	})
}

func runHelper(t *testing.T, dir string) (addr string, kill func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), helperDir+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "127.0.0.1:") {
		t.Fatalf("helper said %q, %v", line, err)
	}
	return strings.TrimSpace(line), func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
}

func eventually(t *testing.T, otherwise string, ok func() bool) {
	t.Helper()
	for range 1000 {
		if ok() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error(otherwise)
}

func stop(t *testing.T, s *Server) {
	t.Helper()
	if err := s.Stop(); err != nil {
		t.Error(err)
	}
}

func mustURL(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func open(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	u := mustURL(t, dsn)
	db, err := sql.Open("mysql", fmt.Sprintf("%s@tcp(%s)%s", u.User, u.Host, u.Path))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func mustExec(t *testing.T, dsn, query string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if _, err := open(t, dsn).ExecContext(ctx, query); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// say sends one command to a Redis address and returns the first line of the
// answer.
func say(t *testing.T, addr, command string) string {
	t.Helper()
	line, err := ask(addr, command, 10*time.Second)
	if err != nil {
		t.Fatalf("%s: %v", command, err)
	}
	return line
}

func ask(addr, command string, within time.Duration) (string, error) {
	u, err := url.Parse(addr)
	if err != nil {
		return "", err
	}
	conn, err := net.Dial("tcp", u.Host)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(within)); err != nil {
		return "", err
	}
	if _, err := io.WriteString(conn, "SELECT "+u.Path[1:]+"\r\n"+command+"\r\n"); err != nil {
		return "", err
	}
	r := bufio.NewReader(conn)
	if _, err := r.ReadString('\n'); err != nil {
		return "", err
	}
	line, err := r.ReadString('\n')
	return strings.TrimSpace(line), err
}
