package storage

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jmoiron/sqlx"
)

// ErrUnsure means that COMMIT was sent and no answer came: the transaction may
// or may not have happened. The caller looks its key up before it says which.
var ErrUnsure = errors.New("commit unanswered")

// errView is what a write inside View gets.
var errView = errors.New("a view changes nothing: write in an update")

// View runs f on a view of the records. It takes no lock and opens no
// transaction: each query sees what was committed before it. Writing in it is
// an error.
func (s *Store) View(ctx context.Context, f func(*Tx) error) error {
	tx := s.tx(ctx, s.read)
	tx.view = true
	return f(tx)
}

func (s *Store) tx(ctx context.Context, q querier) *Tx {
	may, _ := ctx.Value(trapKey{}).(func() error)
	return &Tx{ctx: ctx, q: q, now: s.clocks.Village(), wall: s.clocks.Wall(), trap: may}
}

// attempts bounds how often Update runs its closure again after a deadlock, a
// lock time-out or a busy file.
const attempts = 5

// Update runs f in a transaction. f may run several times and so does no I/O
// of its own and keeps nothing from an earlier run. An error of f rolls back
// and is returned as it is; ErrUnsure (wrapped) is described there.
func (s *Store) Update(ctx context.Context, f func(*Tx) error) error {
	var err error
	together := s.driver == MySQL
	for i := range attempts {
		err = s.once(ctx, f, together)
		switch {
		case blind(err):
			together = false
			continue
		case err == nil || !again(err):
			return err
		}
		pause := time.Duration(1+rand.IntN(10<<i)) * time.Millisecond
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(pause):
		}
	}
	return err
}

func (s *Store) once(ctx context.Context, f func(*Tx) error, together bool) error {
	conn, err := s.write.Connx(ctx)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer conn.Close()
	// From here on ctx is looked at only before COMMIT: a context that can end
	// makes the driver watch it for each statement, which costs a tenth of the
	// statement; the connection's own time-outs bound them instead.
	inside := context.WithoutCancel(ctx)
	tx := s.tx(inside, nil)
	q, err := s.begin(inside, conn, tx)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer q.Rollback() //nolint:errcheck // after Commit it does nothing; before it, the connection is given up anyway
	tx.q, tx.together = q, together
	if err = f(tx); err == nil && tx.wrote {
		err = tx.flush()
	}
	switch {
	case tx.lost != nil:
		return tx.lost // whatever f made of it
	case err != nil:
		return err
	case !tx.wrote:
		return nil // nothing to keep: the rollback is as good and saves a sync
	case ctx.Err() != nil:
		return ctx.Err() // nobody waits for it any more, and it has not happened
	}
	if err = s.commit(q); err != nil {
		discard(conn)
		return err
	}
	return tx.trapped()
}

// begin begins a transaction: on MySQL with its first statement.
func (s *Store) begin(ctx context.Context, conn *sqlx.Conn, tx *Tx) (work, error) {
	if s.driver == MySQL {
		tx.waiting.add("START TRANSACTION", nil)
		return &plain{Conn: conn, ctx: ctx}, nil
	}
	return conn.BeginTxx(ctx, nil)
}

// discard takes a connection out of the pool, so that what a failed COMMIT may
// have left open on it dies with it: the next BEGIN there would commit it.
func discard(conn *sqlx.Conn) {
	_ = conn.Raw(func(any) error { return driver.ErrBadConn }) // that is how it is said
}

func (s *Store) commit(q work) error {
	err := q.Commit()
	switch {
	case err == nil:
		return nil
	case s.driver == SQLite || unsent(err) || refused(err):
		return fmt.Errorf("commit: %w", err) // it did not happen
	}
	return fmt.Errorf("%w: %w", ErrUnsure, err)
}
