package config

import (
	"database/sql"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"mishu/storage/private"
)

func TestMySQLAddress(t *testing.T) {
	for _, c := range []struct{ text, user, password, addr, name string }{
		{"mysql://mishu:secret@db.county.example:3307/mishu", "mishu", "secret", "db.county.example:3307", "mishu"},
		{"mysql://mishu:@db/mishu_1", "mishu", "", "db:3306", "mishu_1"},
		{"mysql://mi%40shu:p%40s%2Fs%25:w@10.0.0.1/m", "mi@shu", "p@s/s%:w", "10.0.0.1:3306", "m"},
		{"mysql://u:p@[::1]:3306/m", "u", "p", "[::1]:3306", "m"},
	} {
		d, err := ParseDatabase(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		got, err := mysql.ParseDSN(d.DSN.Reveal())
		if err != nil {
			t.Errorf("%s gives a DSN that the driver refuses: %v", c.text, err)
			continue
		}
		if got.User != c.user || got.Passwd != c.password || got.Addr != c.addr || got.DBName != c.name {
			t.Errorf("%s gives %s %s %s %s", c.text, got.User, got.Passwd, got.Addr, got.DBName)
		}
		if got.Loc != time.UTC || got.Timeout == 0 || got.ReadTimeout == 0 || got.WriteTimeout == 0 {
			t.Errorf("%s gives the DSN %s", c.text, d.DSN.Reveal())
		}
	}
}

func TestWrongDatabases(t *testing.T) {
	const password = "hunter2"
	for text, want := range map[string]string{
		"":                                    "of no known kind",
		"mishu.db":                            "of no known kind",
		"sqlite:":                             "names no file",
		"sqlite://mishu.db":                   "slashes before its path",
		"sqlite::memory:":                     "would forget everything",
		"mysql://db/mishu":                    "names no user",
		"mysql://a%3Ab:c@db/mishu":            "or one with a colon",
		"mysql://u:" + password + "@/mishu":   "names no host",
		"mysql://u:" + password + "@db:0/m":   "a port that is none",
		"mysql://u:" + password + "@a,b/m":    "names no host",
		"mysql://u:" + password + "@db/":      "names no database",
		"mysql://u:" + password + "@db/a`b":   "names no database",
		"mysql://u:" + password + "@db/m?a=b": "options after a question mark",
		"mysql://u:" + password + "@x@db/m":   "must be written as %XX",
		"mysql://u:" + password + "/x@db/m":   "must be written as %XX",
		"mysql://u:" + password + "%zz@db/m":  "must be written as %XX",
		"mysql://u:" + password + " x@db/m":   "not of that form",
	} {
		_, err := ParseDatabase(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", text, err, want)
		} else if strings.Contains(err.Error(), password) {
			t.Errorf("the password is shown: %v", err)
		}
	}
}

// The connection is what we rely on, whatever the server is set to.
func TestMySQLConnection(t *testing.T) {
	d, err := ParseDatabase(private.MariaDB(t))
	if err != nil {
		t.Fatal(err)
	}
	db := open(t, d)
	if _, err := db.Exec("CREATE TABLE said (words VARCHAR(4) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin)"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("INSERT INTO said VALUES (?)", "好𠮷👌"); err != nil {
		t.Fatal(err)
	}
	var words, zone string
	if err := db.QueryRow("SELECT words, @@time_zone FROM said WHERE words = ?", "好𠮷👌").Scan(&words, &zone); err != nil || words != "好𠮷👌" || zone != "+00:00" {
		t.Errorf("read back %q in zone %s, %v", words, zone, err)
	}
	if _, err := db.Exec("INSERT INTO said VALUES (?)", "太长的一句话"); err == nil {
		t.Error("a value that does not fit was cut and stored")
	}
}

func open(t *testing.T, d Database) *sql.DB {
	t.Helper()
	db, err := sql.Open(d.Driver, d.DSN.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}
