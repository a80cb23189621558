package session

import "context"

const touchSQL = `
INSERT INTO session (account, openid, changing, flux, keep)
VALUES (?1, ?2, 1, ?3, ?3 + ?4)
ON CONFLICT (account, openid) DO UPDATE SET changing = changing + 1, flux = ?3, keep = ?3 + ?4`

// Touch is Store.Touch.
func (s *SQL) Touch(ctx context.Context, whos ...Who) error {
	now, keeps := s.opt.Now().UnixMilli(), s.opt.keeps().Milliseconds()
	for _, who := range whos {
		if _, err := s.change(ctx, touchSQL, who.Account, who.OpenID, now, keeps); err != nil {
			return away("mark facts as in flux", err)
		}
	}
	return nil
}

// A person of whom nothing is kept needs no version either: the next open
// makes one that was never given before.
const settleSQL = `
UPDATE session SET facts = ?3, changing = MAX(changing - 1, 0)
 WHERE account = ?1 AND openid = ?2`

// Settle is Store.Settle.
func (s *SQL) Settle(ctx context.Context, whos ...Who) error {
	for _, who := range whos {
		if _, err := s.change(ctx, settleSQL, who.Account, who.OpenID, newToken()); err != nil {
			return away("settle facts", err)
		}
	}
	return nil
}
