package session

import (
	"context"
	"time"
)

const (
	holdSQL = `
INSERT INTO session_hold (account, openid, at) VALUES (?1, ?2, ?3)
ON CONFLICT (account, openid) DO UPDATE SET at = ?3`
	forgetSQL = `DELETE FROM session_hold WHERE account = ? AND openid = ?`
)

// Hold is Store.Hold.
func (s *SQL) Hold(ctx context.Context, who Who, at time.Time) error {
	if at.IsZero() {
		_, err := s.change(ctx, forgetSQL, who.Account, who.OpenID)
		return away("forget hold", err)
	}
	_, err := s.change(ctx, holdSQL, who.Account, who.OpenID, at.UnixMilli())
	return away("hold", err)
}

const dueSQL = `
DELETE FROM session_hold
 WHERE (account, openid) IN (SELECT account, openid FROM session_hold WHERE at <= ? ORDER BY at LIMIT ?)
RETURNING account, openid`

// Due is Store.Due.
func (s *SQL) Due(ctx context.Context, now time.Time, n int) ([]Who, error) {
	var due []Who
	err := s.db.SelectContext(ctx, &due, dueSQL, now.UnixMilli(), n)
	return due, away("look who is due", err)
}
