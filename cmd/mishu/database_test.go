package main

import (
	"database/sql"
	"errors"
	"path/filepath"
	"testing"

	_ "modernc.org/sqlite"

	"mishu/config"
)

// A file's name may hold what means something in an address. This stands here
// and not in package config because fuzzing that package would then build
// SQLite anew with instruments: half a minute on one core.
func TestSQLiteConnection(t *testing.T) {
	for _, name := range []string{"mishu.db", "a b?c=d&e#f%20.db", "村里.db"} {
		path := filepath.Join(t.TempDir(), name)
		d, err := config.ParseDatabase("sqlite:" + path)
		if err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open(d.Driver, d.DSN.Reveal())
		if err != nil {
			t.Fatal(err)
		}
		var file, journal string
		var wait, sync, keys int
		err = db.QueryRow(`SELECT file, journal_mode, timeout, synchronous, foreign_keys FROM pragma_database_list,
			pragma_journal_mode, pragma_busy_timeout, pragma_synchronous, pragma_foreign_keys`).Scan(&file, &journal, &wait, &sync, &keys)
		if err := errors.Join(err, db.Close()); err != nil {
			t.Fatal(err)
		}
		if file != path || journal != "wal" || wait != 5000 || sync != 2 || keys != 1 {
			t.Errorf("%s: opened %s, journal %s, wait %d, sync %d, keys %d", name, file, journal, wait, sync, keys)
		}
	}
}
