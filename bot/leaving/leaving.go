// Package leaving removes what is kept under an OpenID that does not follow any
// more, as the platform demands.
package leaving

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"mishu/storage"
	"mishu/storage/session"
)

// After is how long who left may come back and find himself known: people
// unfollow by mistake, and follow again when they next need something.
const After = 7 * 24 * time.Hour

const atOnce = 50

// Remover removes those whose time is over.
type Remover struct {
	Store    *storage.Store
	Sessions session.Store
}

// RemoveDue removes those who have not come back. What was done for people stays
// without the OpenID. It may be broken off and run again.
func (r *Remover) RemoveDue(ctx context.Context) error {
	var due []storage.Leaving
	err := r.Store.View(ctx, func(tx *storage.Tx) (err error) {
		due, err = tx.LeavingDue(atOnce)
		return err
	})
	for _, l := range due {
		if one := r.remove(ctx, l); one != nil {
			err = errors.Join(err, fmt.Errorf("remove who left: %w", one))
		}
	}
	return err
}

func (r *Remover) remove(ctx context.Context, l storage.Leaving) error {
	who := session.Who{Account: l.Account, OpenID: l.OpenID}
	if err := r.Sessions.Touch(ctx, who); err != nil {
		return err // whoever keeps facts about him would go on keeping them
	}
	err := r.Store.Update(ctx, func(tx *storage.Tx) error {
		members, err := tx.Members(l.Account, l.OpenID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(members, func(m storage.Member) bool { return m.Followed }) {
			return tx.Return(l.Account, l.OpenID) // he is back, and the event that said so was lost
		}
		return tx.ForgetOpenID(l.Account, l.OpenID)
	})
	return errors.Join(err, r.Sessions.Settle(ctx, who))
}
