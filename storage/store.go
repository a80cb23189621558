// Package storage keeps mishu's records in MySQL (or MariaDB) or in an SQLite
// file, by one set of queries. Records are reached only inside a transaction,
// and only through the village that they belong to: see [Tx.In].
package storage

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/jmoiron/sqlx"
	"modernc.org/sqlite"
)

// The drivers' names.
const (
	SQLite = "sqlite"
	MySQL  = "mysql"
)

// Clocks are the two clocks of the design: Wall for leases and windows,
// Village for the rules of the day. Only the demo lets them differ.
type Clocks struct {
	Wall    func() time.Time
	Village func() time.Time
}

// Store is one database.
type Store struct {
	write  *sqlx.DB
	read   *sqlx.DB // SQLite: a pool of readers beside the one writer; MySQL: the same pool
	driver string
	clocks Clocks
}

// Connect connects to a database; nothing is created or migrated. For SQLite the
// dsn names the writer ("_txlock=immediate"); readers open the same file.
func Connect(driver, dsn string, clocks Clocks) (*Store, error) {
	switch driver {
	case SQLite:
		return openSQLite(dsn, clocks)
	case MySQL:
		return openMySQL(dsn, clocks)
	}
	return nil, fmt.Errorf("open database: no driver %q", driver)
}

// readers of an SQLite file at once: more of them than processors only wait.
const readers = 4

func openSQLite(dsn string, clocks Clocks) (*Store, error) {
	write, err := openPrepared(dsn)
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1) // SQLite has one writer; queueing here beats SQLITE_BUSY
	read, err := openPrepared(strings.Replace(dsn, "_txlock=immediate", "_txlock=deferred", 1))
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers) // a connection costs four pragmas to open
	return &Store{write: write, read: read, driver: SQLite, clocks: clocks}, nil
}

// openPrepared is a pool of connections that keep their statements prepared.
func openPrepared(dsn string) (*sqlx.DB, error) {
	c, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, fmt.Errorf("open sqlite: %w", err)
	}
	return sqlx.NewDb(sql.OpenDB(preparing{c}), SQLite), nil
}

func openMySQL(dsn string, clocks Clocks) (*Store, error) {
	cfg, err := mysql.ParseDSN(dsn)
	if err != nil {
		return nil, fmt.Errorf("open mysql: %w", err)
	}
	tune(cfg)
	connector, err := mysql.NewConnector(cfg)
	if err != nil {
		return nil, fmt.Errorf("open mysql: %w", err)
	}
	return newMySQL(connector, clocks), nil
}

// tune sets what the queries rely on.
func tune(cfg *mysql.Config) {
	cfg.ParseTime = true            // our columns are numbers; the migration lock's are not
	cfg.ClientFoundRows = true      // whoever claims a row is told by the count that he found it
	cfg.InterpolateParams = true    // arguments travel in the text: one round trip a query in place of three,
	cfg.MultiStatements = true      // and one for those of a batch. No query's text is made from people's words
	cfg.Logger = &mysql.NopLogger{} // it says nothing that the returned error does not say
}

func newMySQL(connector driver.Connector, clocks Clocks) *Store {
	db := sqlx.NewDb(sql.OpenDB(readCommitted{connector}), MySQL)
	db.SetMaxOpenConns(32)
	db.SetMaxIdleConns(32)
	db.SetConnMaxLifetime(3 * time.Minute) // below any server's wait_timeout
	return &Store{write: db, read: db, driver: MySQL, clocks: clocks}
}

// readCommitted sets the isolation once per connection. MariaDB and MySQL name
// the variable differently, but share this statement; setting it for each
// transaction would cost a round trip on the path of a message.
type readCommitted struct{ driver.Connector }

func (c readCommitted) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	_, err = conn.(driver.ExecerContext).ExecContext(ctx, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED", nil)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

// Driver is SQLite or MySQL.
func (s *Store) Driver() string { return s.driver }

// DB is the writing pool, for what keeps its own tables in the same file.
func (s *Store) DB() *sqlx.DB { return s.write }

// Today is the village's day.
func (s *Store) Today() string { return Day(s.clocks.Village()) }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.read.PingContext(ctx); err != nil {
		return fmt.Errorf("ping database: %w", err)
	}
	return nil
}

// Close gives the connections back.
func (s *Store) Close() error {
	if s.read == s.write {
		return s.write.Close()
	}
	return errors.Join(s.read.Close(), s.write.Close())
}
