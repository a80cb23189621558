package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
)

// The names of the database drivers.
const (
	SQLite = "sqlite"
	MySQL  = "mysql"
)

// Database is what a driver needs to open the records.
type Database struct {
	Driver string // SQLite or MySQL
	DSN    Secret // in the driver's own form
}

// Equal reports whether both name the same database.
func (d Database) Equal(other Database) bool {
	return d.Driver == other.Driver && d.DSN.Equal(other.DSN)
}

// ParseDatabase understands a value of MISHU_DATABASE. Its error says what to
// write, without the value.
func ParseDatabase(text string) (Database, error) {
	if path, ok := strings.CutPrefix(text, "sqlite:"); ok {
		return parseSQLite(path)
	}
	if strings.HasPrefix(text, "mysql://") {
		return parseMySQL(text)
	}
	return Database{}, errors.New("MISHU_DATABASE is of no known kind: write sqlite:PATH or mysql://user:password@host:port/name")
}

func parseSQLite(path string) (Database, error) {
	switch {
	case path == "":
		return Database{}, errors.New("MISHU_DATABASE names no file: write sqlite:PATH, such as sqlite:/var/lib/mishu/mishu.db")
	case strings.HasPrefix(path, "//") && !strings.HasPrefix(path, "///"):
		return Database{}, errors.New("MISHU_DATABASE has slashes before its path: write sqlite:PATH, such as sqlite:/var/lib/mishu/mishu.db")
	case strings.Contains(path, ":memory:"):
		return Database{}, errors.New("MISHU_DATABASE would forget everything at the end: write sqlite:PATH with the path of a file")
	}
	return SQLiteFile(path), nil
}

// SQLiteFile is the database in the file at path: written ahead and synced at
// each commit, so that what was answered is on the disk; 5 seconds of patience
// with another process, such as a backup; transactions that write from their
// start, so that two of them queue where they would deadlock.
func SQLiteFile(path string) Database {
	file := (&url.URL{Path: path}).EscapedPath()
	return Database{SQLite, NewSecret("file:" + file +
		"?_pragma=busy_timeout(5000)" +
		"&_pragma=journal_mode(WAL)" +
		"&_pragma=synchronous(FULL)" +
		"&_pragma=foreign_keys(ON)" +
		"&_txlock=immediate")}
}

var errMySQL = errors.New("write mysql://user:password@host:port/name")

// databaseName is what every server takes without quotes.
var databaseName = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

func parseMySQL(text string) (Database, error) {
	a, err := parseAddress(text)
	switch {
	case err != nil:
		return Database{}, fmt.Errorf("MISHU_DATABASE cannot be understood, %w: %w", err, errMySQL)
	case a.user == "" || strings.Contains(a.user, ":"): // the driver's own form has no way to write that colon
		return Database{}, fmt.Errorf("MISHU_DATABASE names no user, or one with a colon: %w", errMySQL)
	case len(a.hosts) != 1 || !isHost(a.hosts[0]):
		return Database{}, fmt.Errorf("MISHU_DATABASE names no host, or a port that is none: %w", errMySQL)
	case !databaseName.MatchString(a.path):
		return Database{}, fmt.Errorf("MISHU_DATABASE names no database, or one with characters other than letters, digits, _ and -: %w", errMySQL)
	case a.query != "":
		return Database{}, fmt.Errorf("MISHU_DATABASE has options after a question mark, which are not taken: %w", errMySQL)
	}
	return Database{MySQL, NewSecret(mysqlDSN(a))}, nil
}

// mysqlDSN states whatever a server could have set otherwise: a county's
// database may be latin1, lenient about values that do not fit, or in local
// time.
func mysqlDSN(a address) string {
	c := mysql.NewConfig()
	c.User, c.Passwd, c.Net, c.Addr, c.DBName = a.user, a.password, "tcp", withPort(a.hosts[0], "3306"), a.path
	c.Loc = time.UTC
	c.Timeout = 3 * time.Second
	c.ReadTimeout = 10 * time.Second // longer than any query of ours, shorter than a forgotten connection
	c.WriteTimeout = 10 * time.Second
	c.Params = map[string]string{
		"sql_mode":                 "'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'", // refuse, never cut, what does not fit
		"time_zone":                "'+00:00'",
		"innodb_lock_wait_timeout": "3", // the platform waits 5 seconds for an answer; 50 is the server's own
	}
	_ = c.Apply(mysql.Charset("utf8mb4", "utf8mb4_bin")) // this option has no error to give
	return c.FormatDSN()
}

func withPort(host, port string) string {
	if _, _, err := net.SplitHostPort(host); err == nil {
		return host
	}
	return net.JoinHostPort(host, port)
}
