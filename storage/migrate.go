package storage

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ErrNewer means that the database was made by a newer mishu than this one.
var ErrNewer = errors.New("the database is newer than this program: start the newer version")

// ErrOlder means that the database lacks migrations.
var ErrOlder = errors.New("the database is older than this program: run `mishu migrate`")

// Migrate brings the database to this program's schema. Two processes may call
// it at once; a database newer than this program is refused with ErrNewer.
func (s *Store) Migrate(ctx context.Context) error {
	if err := s.CheckSchema(ctx); !errors.Is(err, ErrOlder) {
		return err
	}
	p, err := s.provider()
	if err != nil {
		return err
	}
	if err := s.firstVersion(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// CheckSchema returns nil if the database has exactly this program's schema,
// else ErrOlder or ErrNewer.
func (s *Store) CheckSchema(ctx context.Context) error {
	p, err := s.provider()
	if err != nil {
		return err
	}
	sources := p.ListSources()
	want := sources[len(sources)-1].Version
	have, err := s.version(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("read schema version: %w", err)
	case have > want:
		return fmt.Errorf("%w (has %d, knows %d)", ErrNewer, have, want)
	case have < want:
		return fmt.Errorf("%w (has %d, needs %d)", ErrOlder, have, want)
	}
	return nil
}

// version is the last migration that the database has seen, 0 for none. Goose
// would make its table where there is none; this reads only, so that a replica
// that checks never meets another that is half-way in making it.
func (s *Store) version(ctx context.Context) (version int64, err error) {
	there, err := s.hasVersions(ctx)
	if err != nil || !there {
		return 0, err
	}
	err = s.read.GetContext(ctx, &version, "SELECT COALESCE(MAX(version_id), 0) FROM "+goose.DefaultTablename)
	return version, err
}

// firstVersion writes the row that goose needs before the first migration, if
// its table is there without one: on MySQL whoever dies between the two
// statements would otherwise leave a database that can never be migrated. Twice
// does no harm.
func (s *Store) firstVersion(ctx context.Context) error {
	there, err := s.hasVersions(ctx)
	if err != nil || !there {
		return err
	}
	var rows int
	if err := s.write.GetContext(ctx, &rows, "SELECT COUNT(*) FROM "+goose.DefaultTablename); err != nil || rows > 0 {
		return err
	}
	_, err = s.write.ExecContext(ctx, "INSERT INTO "+goose.DefaultTablename+" (version_id, is_applied) VALUES (0, 1)")
	return err
}

func (s *Store) hasVersions(ctx context.Context) (bool, error) {
	tables := "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
	if s.driver == MySQL {
		tables = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?"
	}
	var there int
	err := s.read.GetContext(ctx, &there, tables, goose.DefaultTablename)
	return there > 0, err
}

func (s *Store) provider() (*goose.Provider, error) {
	files, err := dialect(s.driver)
	if err != nil {
		return nil, err
	}
	kind, options := database.DialectSQLite3, []goose.ProviderOption{goose.WithAllowOutofOrder(false)}
	if s.driver == MySQL {
		kind = database.DialectMySQL
		// Who waits looks four times a second, for five minutes; the lock of a
		// process that died falls free after half of one.
		locker, err := lock.NewMySQLTableLocker(lock.WithTableLockTimeout(250*time.Millisecond, 1200))
		if err != nil {
			return nil, fmt.Errorf("migration lock: %w", err)
		}
		options = append(options, goose.WithLocker(locker))
	}
	p, err := goose.NewProvider(kind, s.write.DB, files, options...)
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	return p, nil
}
