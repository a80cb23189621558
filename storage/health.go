package storage

import (
	"context"
	"fmt"
	"time"
)

// Health is what an operator's check asks the database server. The zero values
// are SQLite's, which has no server.
type Health struct {
	FlushAtCommit string    // innodb_flush_log_at_trx_commit
	Clock         time.Time // the server's; nothing else asks for it
	MaxPacket     int64     // bytes that one statement may carry
}

// Health asks the server about itself.
func (s *Store) Health(ctx context.Context) (Health, error) {
	if s.driver == SQLite {
		return Health{}, nil
	}
	var row struct {
		Flush  string  `db:"flush_at"`
		Clock  float64 `db:"clock_at"`
		Packet int64   `db:"packet"`
	}
	const ask = `SELECT @@innodb_flush_log_at_trx_commit AS flush_at, UNIX_TIMESTAMP(NOW(3)) AS clock_at, @@max_allowed_packet AS packet`
	if err := s.read.GetContext(ctx, &row, ask); err != nil {
		return Health{}, fmt.Errorf("ask the database about itself: %w", err)
	}
	return Health{FlushAtCommit: row.Flush, Clock: time.UnixMilli(int64(row.Clock * 1000)), MaxPacket: row.Packet}, nil
}

// Writable reports whether a statement that changes something is taken; it
// changes nothing.
func (s *Store) Writable(ctx context.Context) error {
	_, err := s.write.ExecContext(ctx, "UPDATE village SET version = version WHERE id = 0")
	if err != nil {
		return fmt.Errorf("write to the database: %w", err)
	}
	return nil
}
