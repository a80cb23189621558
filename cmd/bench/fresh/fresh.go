// Package fresh opens an empty store in a folder of its own, for a measurement.
package fresh

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"mishu/config"
	"mishu/storage"
)

// Open makes an empty SQLite store whose clocks are at. The function that it
// returns closes the store and removes its folder.
func Open(ctx context.Context, at func() time.Time) (store *storage.Store, end func() error, err error) {
	folder, err := os.MkdirTemp("", "mishu-bench")
	if err != nil {
		return nil, nil, err
	}
	d := config.SQLiteFile(filepath.Join(folder, "mishu.db"))
	store, err = storage.Connect(d.Driver, d.DSN.Reveal(), storage.Clocks{Wall: at, Village: at})
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(folder))
	}
	end = func() error { return errors.Join(store.Close(), os.RemoveAll(folder)) }
	if err := store.Migrate(ctx); err != nil {
		return nil, nil, errors.Join(err, end())
	}
	return store, end, nil
}
