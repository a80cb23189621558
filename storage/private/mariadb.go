package private

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/go-sql-driver/mysql"
)

// dbUser owns every database of a private server.
const dbUser = "mishu"

// Database is a private MariaDB server.
type Database struct {
	*Server
	password string
}

// StartMariaDB runs a server over dir, which is made or gone on with; flags
// are added to its command line and win. The server dies with this process;
// dir is the caller's to delete.
func StartMariaDB(dir string, flags ...string) (*Database, error) {
	return startMariaDB(dir, false, flags)
}

func startMariaDB(dir string, remove bool, flags []string) (*Database, error) {
	// A password nobody else knows makes sure that the server that answers is
	// this one, and not one that took the port first.
	d := &Database{password: rand.Text()}
	k := kind{binary: "mariadbd", prepare: d.prepare, argv: mariadbFlags, ready: d.ready}
	server, err := start(k, dir, remove, flags)
	if err != nil {
		return nil, err
	}
	d.Server = server
	return d, nil
}

// URL is where the named database is, in the form of MISHU_DATABASE.
func (d *Database) URL(name string) string {
	return fmt.Sprintf("mysql://%s:%s@%s/%s", dbUser, d.password, d.Addr, name)
}

// Create makes an empty database with the server's own character set.
func (d *Database) Create(ctx context.Context, name string) error {
	return d.exec(ctx, "CREATE DATABASE `"+name+"`")
}

// Drop deletes a database.
func (d *Database) Drop(ctx context.Context, name string) error {
	return d.exec(ctx, "DROP DATABASE `"+name+"`")
}

func (d *Database) exec(ctx context.Context, query string) error {
	db, err := d.open(d.Addr)
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, query); err != nil {
		return fmt.Errorf("%s: %w", query, err)
	}
	return nil
}

func (d *Database) open(addr string) (*sql.DB, error) {
	c := mysql.NewConfig()
	c.User, c.Passwd, c.Net, c.Addr = dbUser, d.password, "tcp", addr
	c.Logger = &mysql.NopLogger{} // a server that is not up yet is no news
	connector, err := mysql.NewConnector(c)
	if err != nil {
		return nil, fmt.Errorf("open private database: %w", err)
	}
	return sql.OpenDB(connector), nil
}

func (d *Database) ready(addr string, _ int) error {
	db, err := d.open(addr)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Ping()
}

// mariadbFlags is a server that is durable as in production, small, and set to
// latin1 on purpose: whoever forgets to state utf8mb4 loses his Chinese here.
func mariadbFlags(dir string, addr *net.TCPAddr) []string {
	return append(mariadbBase(dir),
		"--bind-address="+addr.IP.String(),
		"--port="+strconv.Itoa(addr.Port),
		"--socket="+filepath.Join(dir, "s"), // a socket's path has room for 107 bytes
		"--pid-file="+filepath.Join(dir, "pid"),
		"--init-file="+initFile(dir),
		"--skip-name-resolve",
		"--max-connections=500",
		"--character-set-server=latin1",
		"--collation-server=latin1_swedish_ci",
		"--innodb-flush-log-at-trx-commit=1",
		"--innodb-buffer-pool-dump-at-shutdown=OFF",
		"--innodb-buffer-pool-load-at-startup=OFF",
	)
}

// mariadbBase is what the installing and the serving process must agree on.
func mariadbBase(dir string) []string {
	flags := []string{
		"--no-defaults", // first by the server's own rule
		"--datadir=" + filepath.Join(dir, "data"),
		"--innodb-log-file-size=16M", // 96M otherwise, written out at install
		"--innodb-buffer-pool-size=32M",
		"--key-buffer-size=1M",
		"--aria-pagecache-buffer-size=2M",
	}
	if os.Getuid() == 0 {
		flags = append(flags, "--user=root") // it refuses to be root unless told so
	}
	return flags
}

func initFile(dir string) string { return filepath.Join(dir, "init.sql") }

// prepare installs the system tables where there are none and writes down who
// may come in.
func (d *Database) prepare(dir string) error {
	data := filepath.Join(dir, "data")
	if _, err := os.Stat(filepath.Join(data, "mysql")); errors.Is(err, fs.ErrNotExist) {
		if err := installWithin(installTries, dir, data); err != nil {
			return err
		}
	}
	who := fmt.Sprintf("%s@'127.0.0.1'", dbUser)
	text := fmt.Sprintf("CREATE OR REPLACE USER %s IDENTIFIED BY '%s';\nGRANT ALL ON *.* TO %s;\n", who, d.password, who)
	if err := os.WriteFile(initFile(dir), []byte(text), 0o600); err != nil {
		return fmt.Errorf("write first statements: %w", err)
	}
	return nil
}

// installTries is how often the installer may fail: on a crowded machine the
// server that it starts for a moment does not always come up.
const installTries = 3

func installWithin(tries int, dir, data string) error {
	err := install(dir, data)
	if err == nil || tries == 1 {
		return err
	}
	if err := os.RemoveAll(data); err != nil {
		return fmt.Errorf("clear database folder: %w", err)
	}
	return installWithin(tries-1, dir, data)
}

func install(dir, data string) error {
	if err := os.MkdirAll(data, 0o700); err != nil {
		return fmt.Errorf("make database folder: %w", err)
	}
	path, err := find("mariadb-install-db")
	if err != nil {
		return err
	}
	args := append(mariadbBase(dir), "--auth-root-authentication-method=normal", "--skip-test-db")
	if out, err := exec.Command(path, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("install database: %w: %s", err, out)
	}
	return nil
}
