// Package media fetches the voices and pictures that people sent while the
// platform still has them, and removes them when nobody needs them any more.
package media

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"mishu/storage"
)

// ErrGone means that the platform will never give a medium: it ran out, or is
// larger than is kept.
var ErrGone = errors.New("the medium is gone")

// Fetch gets a medium of an account from the platform.
type Fetch func(ctx context.Context, account, mediaID string, most int64) (kind string, data []byte, err error)

// Keeper fetches and removes. What it does is in the records: it may stop
// anywhere, and any replica goes on.
type Keeper struct {
	Store *storage.Store
	Fetch Fetch
	Log   *slog.Logger
}

const (
	// most is above a voice of a minute (some 100 KB) and the pictures that the
	// app sends, and below what one statement carries.
	most = 3 << 20
	// onPlatform is how long the platform keeps what somebody sent.
	onPlatform = 3 * 24 * time.Hour
	// lease outlives one fetch (12 s).
	lease  = time.Minute
	atOnce = 20
	// afterClosing and inAll are how long a medium is kept: 30 days after what it
	// says was written down, half a year in any case (village practice 11).
	afterClosing = 30 * 24 * time.Hour
	inAll        = 180 * 24 * time.Hour
	lookAgain    = 24 * time.Hour
)

// FetchDue fetches what is still on the platform alone.
func (k *Keeper) FetchDue(ctx context.Context) error {
	due, err := k.due(ctx, storage.MediumWanted)
	if err != nil {
		return err
	}
	for _, d := range due {
		if err := k.fetch(ctx, d); err != nil {
			return fmt.Errorf("medium %d: %w", d.ID, err)
		}
	}
	return nil
}

func (k *Keeper) due(ctx context.Context, state string) (due []storage.DueMedium, err error) {
	err = k.Store.View(ctx, func(tx *storage.Tx) error {
		due, err = tx.MediaDue(state, atOnce)
		return err
	})
	return due, err
}

// fetch takes one medium through claim, fetch and store. No transaction is open
// while it waits for the platform.
func (k *Keeper) fetch(ctx context.Context, d storage.DueMedium) error {
	var m storage.Medium
	mine := false
	err := k.Store.Update(ctx, func(tx *storage.Tx) error {
		v := tx.In(d.Village)
		var err error
		if mine, err = v.ClaimMedium(d, storage.At(tx.Wall().Add(lease))); err != nil || !mine {
			return err
		}
		m, mine, err = v.MediumOf(d.Slip)
		return err
	})
	if err != nil || !mine {
		return err
	}
	kind, data, failed := k.Fetch(ctx, m.Account, m.Media, most)
	return k.Store.Update(ctx, func(tx *storage.Tx) error {
		v := tx.In(m.Village)
		now, found, err := v.MediumOf(m.Slip)
		if err != nil || !found || now.State != storage.MediumWanted {
			return err
		}
		return v.SaveMedium(k.after(now, kind, data, failed, tx.Wall()))
	})
}

// after is a medium as a fetch leaves it.
func (k *Keeper) after(m storage.Medium, kind string, data []byte, failed error, wall time.Time) storage.Medium {
	switch late := wall.Sub(m.CreatedAt.Time()) >= onPlatform; {
	case failed == nil:
		m.State, m.Kind, m.Data, m.NextAt = storage.MediumKept, kind, data, storage.At(wall.Add(lookAgain))
	case errors.Is(failed, ErrGone) || late:
		k.Log.Warn("a voice or picture is lost", "medium", m.ID, "tries", m.Tries)
		m.State, m.NextAt = storage.MediumLost, storage.At(wall.Add(lookAgain))
	default:
		m.NextAt = storage.At(wall.Add(min(30*time.Second<<min(m.Tries, 7), time.Hour)))
	}
	return m
}

// RemoveDue removes what nobody needs any more.
func (k *Keeper) RemoveDue(ctx context.Context) error {
	for _, state := range []string{storage.MediumKept, storage.MediumLost} {
		due, err := k.due(ctx, state)
		if err != nil {
			return err
		}
		for _, d := range due {
			if err := k.Store.Update(ctx, func(tx *storage.Tx) error { return look(tx.In(d.Village), d) }); err != nil {
				return fmt.Errorf("medium %d: %w", d.ID, err)
			}
		}
	}
	return nil
}

// look removes a medium whose time is over, or says when to look again.
func look(v storage.In, d storage.DueMedium) error {
	m, found, err := v.MediumOf(d.Slip)
	if err != nil || !found {
		return err
	}
	s, there, err := v.Slip(d.Slip)
	if err != nil {
		return err
	}
	wall := v.Tx().Wall()
	if m.ClosedAt == 0 && s.State == storage.Closed {
		m.ClosedAt = storage.At(wall)
	}
	closed := m.ClosedAt != 0 && wall.Sub(m.ClosedAt.Time()) >= afterClosing
	if !there || closed || wall.Sub(m.CreatedAt.Time()) >= inAll {
		return v.RemoveMedium(m)
	}
	m.NextAt = storage.At(wall.Add(lookAgain))
	return v.SaveMedium(m)
}
