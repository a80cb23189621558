package main

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	_ "github.com/go-sql-driver/mysql" // the driver of the mysql mode
	"github.com/redis/go-redis/v9"
)

// connections is one for each that the load is sent over: nobody waits for the
// pool.
const connections = 64

// keeper is the one trip to a store that a message makes.
type keeper func(ctx context.Context, m message) error

func openKeeper(ctx context.Context, mode string, getenv func(string) string) (keeper, error) {
	switch mode {
	case "plain":
		return func(context.Context, message) error { return nil }, nil
	case "redis":
		return inRedis(redis.NewClient(&redis.Options{Addr: getenv("FLOOR_REDIS"), PoolSize: connections})), nil
	case "mysql":
		return openMySQL(ctx, getenv("FLOOR_MYSQL"))
	}
	return nil, errUsage
}

// inRedis reads what was said last and writes what is said now.
func inRedis(client *redis.Client) keeper {
	return func(ctx context.Context, m message) error {
		key := "d:" + m.FromUserName
		if err := client.Get(ctx, key).Err(); err != nil && err != redis.Nil {
			return err
		}
		return client.Set(ctx, key, m.Content, 30*time.Minute).Err()
	}
}

// tables are what the two inserts go into: what was heard under a unique key,
// and what it reported.
var tables = []string{
	`CREATE TABLE IF NOT EXISTS heard (
		msg_key VARCHAR(64) NOT NULL PRIMARY KEY, reply VARCHAR(600) NOT NULL) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
	`CREATE TABLE IF NOT EXISTS visit (
		id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, openid VARCHAR(64) NOT NULL, words VARCHAR(400) NOT NULL,
		KEY visit_openid (openid)) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
}

func openMySQL(ctx context.Context, dsn string) (keeper, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, fmt.Errorf("open mysql: %w", err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	for _, t := range tables {
		if _, err := db.ExecContext(ctx, t); err != nil {
			return nil, fmt.Errorf("make tables: %w", err)
		}
	}
	return func(ctx context.Context, m message) error { return insertBoth(ctx, db, m) }, nil
}

// insertBoth is one transaction of two inserts.
func insertBoth(ctx context.Context, db *sql.DB, m message) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it does nothing
	if _, err := tx.ExecContext(ctx, "INSERT INTO heard (msg_key, reply) VALUES (?, ?)", m.MsgId, m.Content); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO visit (openid, words) VALUES (?, ?)", m.FromUserName, m.Content); err != nil {
		return err
	}
	return tx.Commit()
}
