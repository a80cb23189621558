package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"mishu/config"
)

var errTaken = errors.New("another demo is running on this folder: stop it first, or name another one with --data")

// lockFolder takes a folder for this process alone: two demos in one would
// write over each other's chats and clock. The lock is SQLite's own, on a file
// of its own: it holds wherever the village's file does, and a process that
// dies leaves none behind. Closing it gives the folder back.
func lockFolder(ctx context.Context, folder string) (*sql.DB, error) {
	file := url.URL{Path: filepath.Join(folder, "lock")}
	db, err := sql.Open(config.SQLite, "file:"+file.EscapedPath()+"?_pragma=busy_timeout(0)")
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", folder, err)
	}
	db.SetMaxOpenConns(1) // the connection that holds the lock
	db.SetConnMaxLifetime(0)
	if _, err := db.ExecContext(ctx, "BEGIN EXCLUSIVE"); err != nil {
		if e := (*sqlite.Error)(nil); errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY {
			err = errTaken
		}
		return nil, errors.Join(fmt.Errorf("lock %s: %w", folder, err), db.Close())
	}
	return db, nil
}
