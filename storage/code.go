package storage

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"slices"

	"github.com/go-sql-driver/mysql"
	"modernc.org/sqlite"
)

// SQLite's and MySQL's codes for "somebody else was there first, try again" and
// "that key exists".
const (
	sqliteBusy     = 5
	sqliteLocked   = 6
	sqliteUnique   = 2067 // SQLITE_CONSTRAINT_UNIQUE
	sqlitePrimary  = 1555 // SQLITE_CONSTRAINT_PRIMARYKEY
	mysqlDeadlock  = 1213 // also what Galera says when another node was first
	mysqlLockWait  = 1205
	mysqlDuplicate = 1062
	mysqlRollback  = 3101 // a plug-in, such as group replication, had it rolled back
	mysqlFull      = 1040 // too many connections
	mysqlStopping  = 1053

	sqliteBase = 0xff // the low byte of an extended code
)

// again reports whether the same transaction may well succeed a moment later.
func again(err error) bool {
	var m *mysql.MySQLError
	if errors.As(err, &m) {
		return m.Number == mysqlDeadlock || m.Number == mysqlLockWait
	}
	var s *sqlite.Error
	if errors.As(err, &s) {
		base := s.Code() & sqliteBase
		return base == sqliteBusy || base == sqliteLocked
	}
	return false
}

// IsDuplicate reports whether err says that a unique key exists already.
func IsDuplicate(err error) bool {
	var m *mysql.MySQLError
	if errors.As(err, &m) {
		return m.Number == mysqlDuplicate
	}
	var s *sqlite.Error
	if errors.As(err, &s) {
		return s.Code() == sqliteUnique || s.Code() == sqlitePrimary
	}
	return false
}

// unsent reports whether an error of COMMIT says that not a byte of it left:
// the context had ended before, or the connection was found dead.
func unsent(err error) bool {
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrTxDone) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// refused reports whether a server answered COMMIT with one of the codes after
// which nothing was kept. Others, such as an interrupted COMMIT or a shutdown in
// the midst of it, promise nothing.
func refused(err error) bool {
	var m *mysql.MySQLError
	return errors.As(err, &m) &&
		slices.Contains([]uint16{mysqlDeadlock, mysqlLockWait, mysqlDuplicate, mysqlRollback}, m.Number)
}

// Unreachable reports whether err says that no server answered, or one that is
// just starting, stopping or full: it may be there a moment later. What a server
// says about the user, the database or the schema is no such error.
func Unreachable(err error) bool {
	var m *mysql.MySQLError
	if errors.As(err, &m) {
		return slices.Contains([]uint16{mysqlFull, mysqlStopping}, m.Number)
	}
	var n net.Error
	return errors.As(err, &n) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, mysql.ErrInvalidConn) ||
		errors.Is(err, io.EOF) || errors.Is(err, context.DeadlineExceeded)
}
