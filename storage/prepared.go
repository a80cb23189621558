package storage

import (
	"context"
	"database/sql/driver"
	"strings"
)

// preparing opens connections to SQLite that keep their statements prepared:
// parsing a statement costs more than running it.
type preparing struct{ driver.Connector }

// Connect opens one connection.
func (p preparing) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &prepared{liteConn: conn.(liteConn), kept: map[string]*keptStmt{}}, nil
}

// liteConn is what every connection of the driver can do.
type liteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// prepared is a connection with its statements. It is used by one goroutine at a
// time, as database/sql promises.
type prepared struct {
	liteConn
	kept map[string]*keptStmt
}

// keptBound bounds the statements of one connection; those of the program are a
// few hundred, more only by the lengths of their lists.
const keptBound = 600

// keptStmt is a statement, and whether rows of it are still being read.
type keptStmt struct {
	driver.Stmt
	busy bool
}

// Unwrap is the driver's own connection.
func (c *prepared) Unwrap() driver.Conn { return c.liteConn }

// QueryContext runs a query by its kept statement.
func (c *prepared) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.take(ctx, query)
	if err != nil || s == nil {
		return orElse(err, func() (driver.Rows, error) { return c.liteConn.QueryContext(ctx, query, args) })
	}
	rows, err := s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	s.busy = true
	return keptRows{rows, s}, nil
}

// ExecContext runs a statement that gives no rows by its kept form.
func (c *prepared) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.take(ctx, query)
	if err != nil || s == nil {
		return orElse(err, func() (driver.Result, error) { return c.liteConn.ExecContext(ctx, query, args) })
	}
	return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}

func orElse[T any](err error, f func() (T, error)) (T, error) {
	if err != nil {
		var none T
		return none, err
	}
	return f()
}

// take is the kept statement of a query; nil where it cannot be used: a script, a
// change of the schema, or one whose rows are still being read.
func (c *prepared) take(ctx context.Context, query string) (*keptStmt, error) {
	if s, known := c.kept[query]; known {
		if s.busy {
			return nil, nil
		}
		return s, nil
	}
	verb, _, _ := strings.Cut(query, " ")
	if verb != "SELECT" && verb != "INSERT" && verb != "UPDATE" && verb != "DELETE" || strings.Contains(query, ";") {
		return nil, nil
	}
	if len(c.kept) >= keptBound {
		c.forget()
	}
	stmt, err := c.liteConn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	s := &keptStmt{Stmt: stmt}
	c.kept[query] = s
	return s, nil
}

// forget closes the statements that nobody reads.
func (c *prepared) forget() {
	for query, s := range c.kept {
		if !s.busy {
			_ = s.Stmt.Close() // it only gives memory back
			delete(c.kept, query)
		}
	}
}

// Close closes the statements and the connection.
func (c *prepared) Close() error {
	c.forget()
	return c.liteConn.Close()
}

// keptRows gives a statement back when they have been read.
type keptRows struct {
	driver.Rows
	stmt *keptStmt
}

// Close ends the reading.
func (r keptRows) Close() error {
	r.stmt.busy = false
	return r.Rows.Close()
}
