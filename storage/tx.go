package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
)

// Tx is one transaction, or one view. It knows by itself only what has no
// village; everything else is reached through In.
type Tx struct {
	trap    func() error // nil but in tests: see WithTrap
	ctx     context.Context
	q       querier
	now     time.Time
	wall    time.Time
	wrote   bool
	view    bool  // of View: it only reads
	lost    error // after a deadlock: the server has rolled back, and whatever followed would stand alone
	carried []Reader
	holders []Reader
	bumped  bool // it raised its village's version itself

	together bool  // statements may wait for the next one
	waiting  batch // those that do
}

// Now is the village's time, the same for the whole transaction.
func (tx *Tx) Now() time.Time { return tx.now }

// Wall is the wall clock's time, the same for the whole transaction.
func (tx *Tx) Wall() time.Time { return tx.wall }

// Wrote reports whether the transaction has changed anything so far.
func (tx *Tx) Wrote() bool { return tx.wrote }

// In is a village: every record of people and work is reached through it.
type In struct {
	tx *Tx
	ID int64
}

// In gives the records of one village.
func (tx *Tx) In(village int64) In { return In{tx: tx, ID: village} }

// Tx is the transaction that this village's records are seen in.
func (v In) Tx() *Tx { return v.tx }

// Now is the village's time.
func (v In) Now() time.Time { return v.tx.now }

// run runs a statement that writes.
func (tx *Tx) run(query string, args []any) (sql.Result, error) {
	if err := tx.writable(); err != nil {
		return nil, err
	}
	unheard := tx.waiting.blind
	query, args = tx.waiting.with(query, args)
	res, err := tx.q.ExecContext(tx.ctx, query, args...)
	if err != nil && unheard && !again(err) {
		tx.lost = errBlind{err}
		return nil, tx.lost
	}
	return res, tx.noted(err)
}

func (tx *Tx) writable() error {
	if tx.view {
		return errView
	}
	if tx.lost != nil {
		return tx.lost
	}
	return tx.trapped()
}

// before is what comes before every read.
func (tx *Tx) before() error {
	if err := tx.trapped(); err != nil {
		return err
	}
	return tx.flush()
}

// get reads one row into dest, sql.ErrNoRows if there is none.
func (tx *Tx) get(dest any, query string, args []any) error {
	if err := tx.before(); err != nil {
		return err
	}
	return tx.noted(sqlx.GetContext(tx.ctx, tx.q, dest, query, args...))
}

// all reads rows into dest, a pointer to a slice.
func (tx *Tx) all(dest any, query string, args []any) error {
	if err := tx.before(); err != nil {
		return err
	}
	return tx.noted(sqlx.SelectContext(tx.ctx, tx.q, dest, query, args...))
}

// noted remembers an error after which the transaction is to run again from its
// beginning, also when the closure makes light of it.
func (tx *Tx) noted(err error) error {
	if err != nil && again(err) {
		tx.lost = err
	}
	return err
}

// exec runs a statement and returns how many rows it found (not: changed; the
// MySQL driver runs with clientFoundRows).
func (tx *Tx) exec(query string, args ...any) (int64, error) {
	res, err := tx.run(query, args)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", firstWords(query), err)
	}
	n, err := res.RowsAffected()
	if err != nil {
		return 0, fmt.Errorf("%s: %w", firstWords(query), err)
	}
	if n > 0 {
		tx.wrote = true
	}
	return n, nil
}

// change is exec for statements whose count does not matter.
func (tx *Tx) change(query string, args ...any) error {
	_, err := tx.exec(query, args...)
	return err
}

// number reads one number; 0 if there is no row.
func (tx *Tx) number(query string, args ...any) (int64, error) {
	var n sql.NullInt64
	err := tx.get(&n, query, args)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("%s: %w", firstWords(query), err)
	}
	return n.Int64, nil
}

func firstWords(query string) string {
	words := strings.Fields(query)
	return strings.ToLower(strings.Join(words[:min(3, len(words))], " "))
}
