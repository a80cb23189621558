package storage

// Heard is a message that changed something, and the reply it got.
type Heard struct {
	Account string `db:"account"`
	Key     string `db:"msg_key"`
	Reply   string `db:"reply"`
	At      Moment `db:"at"`
}

func (Heard) table() string { return "heard" }

// AddHeard remembers the reply; IsDuplicate(err) means that another delivery of
// the same message was first.
func (tx *Tx) AddHeard(account, key, reply string) error {
	return insert(tx, &Heard{Account: account, Key: key, Reply: reply, At: At(tx.wall)})
}

// AddHeard remembers the reply to a message that was judged by one version of
// the village's book. False: the village has changed since, nothing was stored,
// and the message has to be judged anew. It costs no statement of its own.
func (v In) AddHeard(version int64, account, key, reply string) (bool, error) {
	if v.tx.bumped { // by this very message
		return true, v.tx.AddHeard(account, key, reply)
	}
	n, err := v.tx.exec(`INSERT INTO heard (account, msg_key, reply, at)
		SELECT ?, ?, ?, ? FROM village WHERE id = ? AND version = ?`, account, key, reply, At(v.tx.wall), v.ID, version)
	return n == 1, err
}

// Heard looks a message up.
func (tx *Tx) Heard(account, key string) (Heard, bool, error) {
	return one[Heard](tx, "WHERE account = ? AND msg_key = ?", account, key)
}

// ForgetHeard removes what was heard before an instant, about
// n rows: those of one millisecond go together.
func (tx *Tx) ForgetHeard(before Moment, n int) error {
	return tx.forgetOld("heard", "at", before, n)
}

// forgetOld removes the oldest rows of a table before an instant, about n: those
// of one millisecond go together. The column needs an index.
func (tx *Tx) forgetOld(table, column string, before Moment, n int) error {
	last, err := tx.number("SELECT MAX("+column+") FROM (SELECT "+column+" FROM "+table+" WHERE "+column+" < ? ORDER BY "+column+" LIMIT ?) oldest", before, n)
	if err != nil || last == 0 {
		return err
	}
	return tx.change("DELETE FROM "+table+" WHERE "+column+" <= ?", last)
}
