package storage

// Leaving is an OpenID that does not follow any more: the platform demands that
// what is kept of it is removed.
type Leaving struct {
	Account string `db:"account"`
	OpenID  string `db:"openid"`
	DueAt   Moment `db:"due_at"` // wall: when it is removed, unless he is back
}

func (Leaving) table() string { return "leaving" }

// Leave begins the removal of an OpenID; twice is once, with the first moment.
func (tx *Tx) Leave(account, openid string, due Moment) error {
	if err := tx.change("DELETE FROM tagging WHERE account = ? AND openid = ?", account, openid); err != nil { // the platform drops the tags of who leaves
		return err
	}
	err := insert(tx, &Leaving{Account: account, OpenID: openid, DueAt: due})
	if IsDuplicate(err) {
		return nil
	}
	return err
}

// Return ends the removal of an OpenID that is back in time.
func (tx *Tx) Return(account, openid string) error {
	return tx.change("DELETE FROM leaving WHERE account = ? AND openid = ?", account, openid)
}

// LeavingDue are those whose removal is due.
func (tx *Tx) LeavingDue(n int) ([]Leaving, error) {
	return list[Leaving](tx, "WHERE due_at <= ? ORDER BY due_at LIMIT ?", At(tx.wall), n)
}

// forgetStatements remove an OpenID from the village's records. What was done
// for people stays without it: the care is the village's, the OpenID is not.
var forgetStatements = []string{
	"UPDATE help SET openid = '' WHERE village = ? AND account = ? AND openid = ? AND asker = ?",
	"UPDATE alert SET openid = '' WHERE village = ? AND account = ? AND openid = ? AND person = ?",
	"UPDATE slip SET openid = '' WHERE village = ? AND account = ? AND openid = ? AND person = ?",
}

// ForgetOpenID removes everything that is kept under an OpenID.
func (tx *Tx) ForgetOpenID(account, openid string) error {
	members, err := tx.Members(account, openid)
	if err != nil {
		return err
	}
	for _, m := range members {
		for _, st := range forgetStatements {
			if err := tx.change(st, m.Village, account, openid, m.Person); err != nil {
				return err
			}
		}
		if err := tx.In(m.Village).forgetNotices(openid, m.Person); err != nil {
			return err
		}
	}
	if err := tx.ForgetSubscriptions(account, openid); err != nil {
		return err
	}
	for _, st := range []string{
		"DELETE FROM member WHERE account = ? AND openid = ?",
		"DELETE FROM tagging WHERE account = ? AND openid = ?",
		"DELETE FROM leaving WHERE account = ? AND openid = ?",
	} {
		if err := tx.change(st, account, openid); err != nil {
			return err
		}
	}
	return nil
}

// forgetNotices removes what was sent, or waits to be sent, to an OpenID.
func (v In) forgetNotices(openid string, person int64) error {
	return v.tx.change("DELETE FROM notice WHERE village = ? AND person = ? AND openid = ?", v.ID, person, openid)
}
