package storage

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/go-sql-driver/mysql"
	"github.com/jmoiron/sqlx"
)

// recorder keeps the distinct texts that reach a database, with the arguments
// of the first time.
type recorder struct {
	mu    sync.Mutex
	seen  map[string][]any
	trips []string // each text as it was sent, while a test asks for them
}

func (r *recorder) note(query string, args []driver.NamedValue) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.trips != nil {
		r.trips = append(r.trips, query)
	}
	for _, q := range strings.Split(query, apart) { // of a batch each by itself
		n := strings.Count(q, "?")
		r.noteOne(q, args[:n])
		args = args[n:]
	}
}

func (r *recorder) noteOne(query string, args []driver.NamedValue) {
	if _, ok := r.seen[query]; ok {
		return
	}
	values := make([]any, len(args))
	for i, a := range args {
		values[i] = a.Value
	}
	r.seen[query] = values
}

// texts are the recorded texts that begin with one of the words.
func (r *recorder) texts(words ...string) []string {
	begins := func(query string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(query, w) })
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(r.seen)), func(q string) bool { return !begins(q) })
}

// open connects as address.open does, with the recorder between.
func (r *recorder) open(t testing.TB, a address, clocks Clocks) *Store {
	t.Helper()
	var s *Store
	if a.driver == MySQL {
		cfg, err := mysql.ParseDSN(a.dsn)
		must(t, err)
		tune(cfg)
		connector, err := mysql.NewConnector(cfg)
		must(t, err)
		s = newMySQL(recording{connector, r}, clocks)
	} else {
		db, err := sql.Open(SQLite, a.dsn)
		must(t, err)
		defer db.Close()
		write := sqlx.NewDb(sql.OpenDB(recording{dsn{db.Driver(), a.dsn}, r}), SQLite)
		write.SetMaxOpenConns(1)
		lazy := strings.Replace(a.dsn, "immediate", "deferred", 1)
		read := sqlx.NewDb(sql.OpenDB(recording{dsn{db.Driver(), lazy}, r}), SQLite)
		s = &Store{write: write, read: read, driver: SQLite, clocks: clocks}
	}
	t.Cleanup(func() { must(t, s.Close()) })
	return s
}

// dsn is a connector of a driver that has none of its own.
type dsn struct {
	driver driver.Driver
	name   string
}

func (d dsn) Connect(context.Context) (driver.Conn, error) { return d.driver.Open(d.name) }
func (d dsn) Driver() driver.Driver                        { return d.driver }

// recording is a connector whose connections are recorded.
type recording struct {
	driver.Connector
	recorder *recorder
}

func (c recording) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return recorded{conn.(whole), c.recorder}, nil
}

// whole is what both drivers' connections can do.
type whole interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type recorded struct {
	whole
	recorder *recorder
}

func (c recorded) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	c.recorder.note(query, args)
	return c.whole.ExecContext(ctx, query, args)
}

func (c recorded) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.recorder.note(query, args)
	return c.whole.QueryContext(ctx, query, args)
}
