package session

import "context"

// The short window of a tap is used up first. The right-hand sides see the row
// as it was, so both columns judge by the same count.
const takeSQL = `
UPDATE session
   SET tapped_left = tapped_left - (tapped_left > 0 AND tapped_until > ?3),
       wrote_left  = wrote_left - NOT (tapped_left > 0 AND tapped_until > ?3)
 WHERE account = ?1 AND openid = ?2
   AND (tapped_left > 0 AND tapped_until > ?3 OR wrote_left > 0 AND wrote_until > ?3)`

// Take is Store.Take.
func (s *SQL) Take(ctx context.Context, who Who) (bool, error) {
	n, err := s.change(ctx, takeSQL, who.Account, who.OpenID, s.opt.Now().UnixMilli())
	return n == 1, away("take from send window", err)
}

const shutSQL = `UPDATE session SET tapped_left = 0, wrote_left = 0 WHERE account = ? AND openid = ?`

// Shut is Store.Shut.
func (s *SQL) Shut(ctx context.Context, who Who) error {
	_, err := s.change(ctx, shutSQL, who.Account, who.OpenID)
	return away("shut send window", err)
}
