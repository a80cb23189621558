package storage

// Tagging is which of our tags an OpenID has on the platform, as we last set
// them.
type Tagging struct {
	Account string `db:"account"`
	OpenID  string `db:"openid"`
	Tags    string `db:"tags"` // names, with commas between; "" for none
}

func (Tagging) table() string { return "tagging" }

// Taggings are the tags of an account's OpenIDs after one and up to another.
func (tx *Tx) Taggings(account, after, last string) ([]Tagging, error) {
	return list[Tagging](tx, "WHERE account = ? AND openid > ? AND openid <= ? ORDER BY openid", account, after, last)
}

// FollowersOf lists the bound followers of an account after an OpenID, in its
// order.
func (tx *Tx) FollowersOf(account, after string, n int) ([]Member, error) {
	return list[Member](tx, "WHERE account = ? AND openid > ? AND state = ? AND followed = 1 ORDER BY openid LIMIT ?", account, after, Active, n)
}

// Tagged stores what an OpenID has on the platform now.
func (tx *Tx) Tagged(t Tagging) error {
	n, err := tx.exec("UPDATE tagging SET tags = ? WHERE account = ? AND openid = ?", t.Tags, t.Account, t.OpenID)
	if err != nil || n > 0 {
		return err
	}
	return insert(tx, &t)
}
