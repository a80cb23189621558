package session

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// takeSQL takes from the window of one act; the moment goes behind those of the
// takes before, of which the oldest is dropped.
const takeSQL = `
UPDATE session
   SET %[1]s_left = %[1]s_left - 1,
       took = CASE WHEN json_array_length(took) < ?4 THEN json_insert(took, '$[#]', ?3)
                   ELSE json_remove(json_insert(took, '$[#]', ?3), '$[0]') END
 WHERE account = ?1 AND openid = ?2 AND %[1]s_left > 0 AND %[1]s_until > ?3
RETURNING '%[1]s:' || %[1]s_left || ':' || %[1]s_until`

var takeOf = []string{fmt.Sprintf(takeSQL, Tapped), fmt.Sprintf(takeSQL, Wrote)}

// Take is Store.Take. The short window of a tap is used up first.
func (s *SQL) Take(ctx context.Context, who Who) (Ticket, error) {
	for _, query := range takeOf {
		var t Ticket
		err := s.db.QueryRowContext(ctx, query, who.Account, who.OpenID, s.opt.Now().UnixMilli(), mostTaken).Scan(&t)
		if !errors.Is(err, sql.ErrNoRows) {
			return t, away("take from send window", err)
		}
	}
	return "", nil
}

const giveSQL = `
UPDATE session SET %[1]s_left = %[1]s_left + 1
 WHERE account = ? AND openid = ? AND %[1]s_left || ':' || %[1]s_until = ?`

var giveTo = map[Act]string{Tapped: fmt.Sprintf(giveSQL, Tapped), Wrote: fmt.Sprintf(giveSQL, Wrote)}

// Give is Store.Give.
func (s *SQL) Give(ctx context.Context, who Who, t Ticket) error {
	act, left := t.parts()
	_, err := s.change(ctx, giveTo[act], who.Account, who.OpenID, left)
	return away("give back to send window", err)
}

// Shutting is as if all that the windows hold had been taken at this moment.
const shutSQL = `
INSERT INTO session (account, openid, took, keep) VALUES (?1, ?2, json_array(?3, ?3, ?3, ?3, ?3, ?3, ?3, ?3), ?4)
ON CONFLICT (account, openid) DO UPDATE SET tapped_left = 0, wrote_left = 0, took = excluded.took`

// Shut is Store.Shut.
func (s *SQL) Shut(ctx context.Context, who Who) error {
	now := s.opt.Now()
	_, err := s.change(ctx, shutSQL, who.Account, who.OpenID, now.UnixMilli(), now.Add(s.opt.keeps()).UnixMilli())
	return away("shut send window", err)
}
