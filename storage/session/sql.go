package session

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

// SQL is a Store in the SQLite file of the records. Every step is one
// statement, so the file's one writer is held for microseconds and never while
// f runs. It speaks SQLite only (upsert, RETURNING).
type SQL struct {
	porter // Do: one short write before f and one after it
	db     *sqlx.DB
}

var _ Store = (*SQL)(nil)

//go:embed schema.sql
var schema string

// NewSQL makes a Store of the handle that writes the SQLite file, and its
// tables where they are missing. The handle stays the caller's: Close leaves
// it open.
func NewSQL(db *sqlx.DB, opt Options) (*SQL, error) {
	if _, err := db.Exec(schema); err != nil {
		return nil, fmt.Errorf("make session tables: %w", err)
	}
	if err := addTook(db); err != nil {
		return nil, fmt.Errorf("make session tables: %w", err)
	}
	s := &SQL{db: db}
	s.porter = newPorter(s, opt.filled())
	return s, nil
}

// addTook gives the table of an older file the column that it lacks.
func addTook(db *sqlx.DB) error {
	var have int
	err := db.Get(&have, "SELECT COUNT(*) FROM pragma_table_info('session') WHERE name = 'took'")
	if err == nil && have == 0 {
		_, err = db.Exec("ALTER TABLE session ADD COLUMN took TEXT NOT NULL DEFAULT '[]'")
	}
	return err
}

// A lease further off than two leases was written by a clock that has been set
// back since, and binds nobody.
const openSQL = `
INSERT INTO session (account, openid, token, lease, facts, keep)
VALUES (?1, ?2, ?3, ?4 + ?5, ?3, ?4 + ?7)
ON CONFLICT (account, openid) DO UPDATE SET
       token    = ?3,
       lease    = ?4 + ?5,
       state    = CASE WHEN until > ?4 THEN state END,
       facts    = CASE WHEN facts = '' OR (changing > 0 AND flux + ?6 <= ?4) THEN ?3 ELSE facts END,
       changing = CASE WHEN flux + ?6 <= ?4 THEN 0 ELSE changing END,
       keep     = CASE WHEN until > ?4 THEN keep ELSE ?4 + ?7 END
 WHERE token IN ('', ?3) OR lease <= ?4 OR lease > ?4 + 2 * ?5
RETURNING state, saved, CASE WHEN changing > 0 THEN '' ELSE facts END`

func (s *SQL) open(ctx context.Context, who Who, token string, now time.Time) (*Session, error) {
	var got Session
	err := s.db.QueryRowContext(ctx, openSQL, who.Account, who.OpenID, token, now.UnixMilli(),
		s.opt.Lease.Milliseconds(), fluxLasts.Milliseconds(), s.opt.keeps().Milliseconds()).
		Scan(&got.State, &got.saved, &got.Version)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil // held by somebody else
	}
	if err != nil {
		return nil, err
	}
	return &got, nil
}

// The window columns change only when the act opens one; what was sent after the
// act and before it was heard has been taken out of the new window.
const saveSQL = `
UPDATE session
   SET token = '', saved = ?3, state = ?5, until = ?6, keep = ?7,
       wrote_left   = CASE ?8 WHEN 'wrote' THEN max(0, ?9 - (SELECT COUNT(*) FROM json_each(took) WHERE value >= ?11)) ELSE wrote_left END,
       wrote_until  = CASE ?8 WHEN 'wrote' THEN ?10 ELSE wrote_until END,
       tapped_left  = CASE ?8 WHEN 'tapped' THEN max(0, ?9 - (SELECT COUNT(*) FROM json_each(took) WHERE value >= ?11)) ELSE tapped_left END,
       tapped_until = CASE ?8 WHEN 'tapped' THEN ?10 ELSE tapped_until END
 WHERE account = ?1 AND openid = ?2 AND token = ?3 AND saved = ?4`

func (s *SQL) save(ctx context.Context, who Who, ses *Session, now time.Time) (bool, error) {
	wall, acted := s.opt.Now(), ses.moment(now)
	w, _ := ses.Act.opens()
	n, err := s.change(ctx, saveSQL, who.Account, who.OpenID, ses.token, ses.saved, orNull(ses.State),
		wall.Add(s.opt.TTL).UnixMilli(), wall.Add(s.opt.keeps()).UnixMilli(),
		string(ses.Act), w.allows, acted.Add(w.lasts).UnixMilli(), acted.Add(-clocksApart).UnixMilli())
	return n == 1, err
}

func orNull(state []byte) any {
	if len(state) == 0 {
		return nil
	}
	return state
}

const freeSQL = `UPDATE session SET token = '' WHERE account = ? AND openid = ? AND token = ?`

func (s *SQL) free(ctx context.Context, who Who, token string) error {
	_, err := s.change(ctx, freeSQL, who.Account, who.OpenID, token)
	return err
}

const peekSQL = `SELECT state FROM session WHERE account = ? AND openid = ? AND until > ?`

// Peek is Store.Peek.
func (s *SQL) Peek(ctx context.Context, who Who) ([]byte, error) {
	var state []byte
	err := s.db.QueryRowContext(ctx, peekSQL, who.Account, who.OpenID, s.opt.Now().UnixMilli()).Scan(&state)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, away("peek at session", err)
	}
	return state, nil
}

// tidied bounds one Tidy, so that the file's writer is not held for long.
const tidied = 500

const tidySQL = `
DELETE FROM session
 WHERE (account, openid) IN (SELECT account, openid FROM session WHERE keep <= ? LIMIT ?)`

// Tidy deletes persons of whom nothing is remembered any more, a bounded
// number in one call, and returns how many they were.
func (s *SQL) Tidy(ctx context.Context) (int, error) {
	n, err := s.change(ctx, tidySQL, s.opt.Now().UnixMilli(), tidied)
	return int(n), away("tidy sessions", err)
}

// Ping is Store.Ping.
func (s *SQL) Ping(ctx context.Context) error {
	return away("ping session tables", s.db.PingContext(ctx))
}

// Close ends what runs beside; the file belongs to the records and stays open.
func (s *SQL) Close() error {
	s.orphans.close()
	return nil
}

// change runs one statement and returns how many rows it changed.
func (s *SQL) change(ctx context.Context, query string, args ...any) (int64, error) {
	res, err := s.db.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}
