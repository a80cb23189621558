package storage

import (
	"context"
	"errors"
	"strings"

	"github.com/jmoiron/sqlx"
)

// On MySQL a round trip costs more than most statements on the path of a
// message. So a statement whose answer nobody waits for (a notice that is owed,
// say) waits, and travels with the next one: a report of a visit takes three
// round trips in place of seven. What none of them says is which of them an
// error belongs to; see [errBlind].

// apart stands between statements that travel together, and in no query.
const apart = ";\n"

// batch are the statements that wait for the next one.
type batch struct {
	texts []string
	args  []any
	blind bool // one of them can fail: it is more than the beginning
}

func (b *batch) add(query string, args []any) {
	b.texts, b.args = append(b.texts, query), append(b.args, args...)
}

// with empties the batch into one text that ends with a query.
func (b *batch) with(query string, args []any) (string, []any) {
	if len(b.texts) == 0 {
		return query, args
	}
	if query != "" {
		b.add(query, args)
	}
	text, all := strings.Join(b.texts, apart), b.args
	*b = batch{}
	return text, all
}

// errBlind is the error of statements that travelled together. The transaction
// runs again with each of them by itself, so that whoever caused the error is
// told.
type errBlind struct{ error }

func (e errBlind) Unwrap() error { return e.error }

func blind(err error) bool {
	var b errBlind
	return errors.As(err, &b)
}

// later runs a statement that writes and whose answer nobody needs, at the
// latest before COMMIT.
func (tx *Tx) later(query string, args []any) error {
	if !tx.together {
		_, err := tx.run(query, args)
		tx.wrote = tx.wrote || err == nil
		return err
	}
	if err := tx.writable(); err != nil {
		return err
	}
	tx.waiting.add(query, args)
	tx.waiting.blind, tx.wrote = true, true
	return nil
}

// flush sends what waits, before something that cannot travel with it.
func (tx *Tx) flush() error {
	if len(tx.waiting.texts) == 0 {
		return tx.lost
	}
	_, err := tx.run("", nil)
	return err
}

// querier runs statements.
type querier interface {
	sqlx.QueryerContext
	sqlx.ExecerContext
}

// work is a transaction that has begun, or will with its first statement.
type work interface {
	querier
	Commit() error
	Rollback() error
}

// plain is a transaction on a MySQL connection that ends by statements of its
// own. database/sql's would begin by a round trip of its own.
type plain struct {
	*sqlx.Conn
	ctx   context.Context
	ended bool
}

func (p *plain) Commit() error {
	_, err := p.ExecContext(p.ctx, "COMMIT")
	p.ended = err == nil
	return err
}

// Rollback undoes whatever was not committed. A connection that cannot say that
// it did is given up: the next BEGIN there would commit it.
func (p *plain) Rollback() error {
	if p.ended {
		return nil
	}
	_, err := p.ExecContext(p.ctx, "ROLLBACK")
	if err != nil {
		discard(p.Conn)
	}
	return err
}
