package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"

	"mishu/config"
	"mishu/handlers/wechat/wire"
	"mishu/storage/private"
)

// house is everything that a run stands on: its own database and Redis, and
// the two programs, all in one temporary folder.
type house struct {
	dir     string
	db      *private.Database
	redis   *private.Memory
	account wire.Wire
	api     *platform
	asks    *sql.DB // for questions about the server itself
	pids    map[string]int
	ran     []*process // everything that was launched
}

// The databases: one for mishu, one for the floor.
const (
	ourBase   = "mishu"
	floorBase = "floor"
)

// The account's secrets; nothing outside this run knows the account.
var benchAccount = wire.Wire{
	Token: "benchtoken", AESKey: strings.Repeat("Ab1", 14) + "A", AppID: "wxbench0bench0", AccountID: "gh_bench",
}

// mariadbFlags are the server's own defaults, where a server for tests is kept
// smaller; every commit is on the disk before it is answered.
var mariadbFlags = []string{"--innodb-flush-log-at-trx-commit=1", "--innodb-buffer-pool-size=128M", "--innodb-log-file-size=96M"}

func openHouse(ctx context.Context, say func(string, ...any)) (*house, error) {
	dir, err := os.MkdirTemp("", "mishu-bench-")
	if err != nil {
		return nil, fmt.Errorf("make temporary folder: %w", err)
	}
	h := &house{dir: dir, account: benchAccount, pids: map[string]int{}}
	say("building mishu and the floor, starting MariaDB and Redis")
	for _, step := range []func(context.Context) error{h.build, h.servers, h.databases, h.findServers} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, h.close())
		}
	}
	return h, nil
}

func (h *house) binary(name string) string { return filepath.Join(h.dir, name) }

func (h *house) build(ctx context.Context) error {
	for name, path := range map[string]string{"mishu": "mishu/cmd/mishu", "floor": "mishu/cmd/bench/floor"} {
		out, err := exec.CommandContext(ctx, "go", "build", "-o", h.binary(name), path).CombinedOutput()
		if err != nil {
			return fmt.Errorf("build %s: %w: %s", name, err, out)
		}
	}
	return nil
}

func (h *house) servers(context.Context) (err error) {
	if h.api, err = openPlatform(); err != nil {
		return err
	}
	if h.db, err = private.StartMariaDB(filepath.Join(h.dir, "mariadb"), mariadbFlags...); err != nil {
		return fmt.Errorf("start MariaDB: %w", err)
	}
	if h.redis, err = private.StartRedis(filepath.Join(h.dir, "redis")); err != nil {
		return fmt.Errorf("start Redis: %w", err)
	}
	return nil
}

func (h *house) databases(ctx context.Context) error {
	for _, name := range []string{ourBase, floorBase} {
		if err := h.db.Create(ctx, name); err != nil {
			return err
		}
	}
	db, err := sql.Open("mysql", dsn(h.db.URL(ourBase)))
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	h.asks = db
	return nil
}

// dsn is the driver's form of an address, with the settings that mishu uses:
// the floor gets the same.
func dsn(url string) string {
	d, err := config.ParseDatabase(url)
	if err != nil {
		panic(err) // the private server gave the address
	}
	return d.DSN.Reveal()
}

// findServers learns the process ids by which time and memory are asked for.
func (h *house) findServers(ctx context.Context) error {
	text, err := os.ReadFile(filepath.Join(h.dir, "mariadb", "pid"))
	if err != nil {
		return fmt.Errorf("find MariaDB's process: %w", err)
	}
	if h.pids["MariaDB"], err = strconv.Atoi(strings.TrimSpace(string(text))); err != nil {
		return fmt.Errorf("find MariaDB's process: %w", err)
	}
	id, err := h.redisSays(ctx, "process_id")
	if err != nil {
		return err
	}
	h.pids["Redis"], err = strconv.Atoi(id)
	return err
}

// redisSays reads one line of what Redis tells about itself.
func (h *house) redisSays(ctx context.Context, name string) (string, error) {
	client := redis.NewClient(&redis.Options{Addr: h.redis.Addr})
	defer client.Close()
	info, err := client.Info(ctx, "server").Result()
	if err != nil {
		return "", fmt.Errorf("ask Redis: %w", err)
	}
	for line := range strings.Lines(info) {
		if value, ok := strings.CutPrefix(strings.TrimSpace(line), name+":"); ok {
			return value, nil
		}
	}
	return "", fmt.Errorf("ask Redis: it does not tell its %s", name)
}

// close stops what still runs after a failure, then the servers, and deletes
// the folder.
func (h *house) close() error {
	var errs []error
	for _, p := range h.ran {
		errs = append(errs, p.stop())
	}
	if h.api != nil {
		errs = append(errs, h.api.close())
	}
	if h.asks != nil {
		errs = append(errs, h.asks.Close())
	}
	if h.redis != nil {
		errs = append(errs, h.redis.Stop())
	}
	if h.db != nil {
		errs = append(errs, h.db.Stop())
	}
	return errors.Join(append(errs, os.RemoveAll(h.dir))...)
}

// environ is what mishu is configured by. A visit's notice waits for the next
// message of whoever it is for, so nothing is pushed.
func (h *house) environ(listen, admin string) []string {
	return append(os.Environ(),
		"MISHU_LISTEN="+listen, "MISHU_ADMIN="+admin,
		"MISHU_DATABASE="+h.db.URL(ourBase), "MISHU_REDIS="+h.redis.URL(0),
		"MISHU_WECHAT_APPID="+h.account.AppID, "MISHU_WECHAT_SECRET=benchsecret", "MISHU_WECHAT_TOKEN="+h.account.Token,
		"MISHU_WECHAT_AESKEY="+h.account.AESKey, "MISHU_WECHAT_ACCOUNT="+h.account.AccountID, "MISHU_WECHAT_MODE=safe",
		"MISHU_WECHAT_API="+h.api.address, "MISHU_LIMIT_PERSON=0", "MISHU_LIMIT_ALL=0",
	)
}

func (h *house) serve(ctx context.Context) (*process, error) {
	at, err := freeAddresses(2)
	if err != nil {
		return nil, err
	}
	p, err := launch(ctx, h.dir, "mishu", h.environ(at[0], at[1]), h.binary("mishu"), "serve")
	if err != nil {
		return nil, err
	}
	p.address, p.admin = at[0], at[1]
	h.ran = append(h.ran, p)
	return p, nil
}

func (h *house) floor(ctx context.Context, mode string) (*process, error) {
	at, err := freeAddresses(1)
	if err != nil {
		return nil, err
	}
	env := append(os.Environ(),
		"FLOOR_TOKEN="+h.account.Token, "FLOOR_AESKEY="+h.account.AESKey, "FLOOR_APPID="+h.account.AppID,
		"FLOOR_REDIS="+h.redis.Addr, "FLOOR_MYSQL="+dsn(h.db.URL(floorBase)))
	p, err := launch(ctx, h.dir, "floor-"+mode, env, h.binary("floor"), mode, at[0])
	if err != nil {
		return nil, err
	}
	p.address = at[0]
	h.ran = append(h.ran, p)
	return p, nil
}

// migrate brings mishu's database to its schema, as an operator does.
func (h *house) migrate(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, h.binary("mishu"), "migrate")
	cmd.Env = h.environ("127.0.0.1:0", "127.0.0.1:0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("migrate: %w: %s", err, out)
	}
	return nil
}

// freeAddresses are ports of this machine that nobody listens on now.
func freeAddresses(n int) ([]string, error) {
	var at []string
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, fmt.Errorf("find a free port: %w", err)
		}
		defer l.Close()
		at = append(at, l.Addr().String())
	}
	return at, nil
}
