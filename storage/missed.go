package storage

// Missed counts, of one day, the notices that were no longer of use when they
// could have gone out, and how many of them a brief has told of.
type Missed struct {
	Village int64  `db:"village"`
	Day     string `db:"on_day"`
	N       int64  `db:"n"`
	Told    int64  `db:"told"`
}

func (Missed) table() string { return "missed" }

// miss counts a notice that was no longer of use when it could have gone out.
func (v In) miss(day string) error {
	n, err := v.tx.exec("UPDATE missed SET n = n + 1 WHERE village = ? AND on_day = ?", v.ID, day)
	if err != nil || n == 1 {
		return err
	}
	err = insert(v.tx, &Missed{Village: v.ID, Day: day, N: 1})
	if IsDuplicate(err) { // somebody else counted the day's first
		return v.tx.change("UPDATE missed SET n = n + 1 WHERE village = ? AND on_day = ?", v.ID, day)
	}
	return err
}

// Missed is how many notices were no longer of use when they could have gone
// out, and no brief has said so yet.
func (v In) Missed() (int64, error) {
	return v.tx.number("SELECT COALESCE(SUM(n - told), 0) FROM missed WHERE village = ? AND told < n", v.ID)
}

// MissedTold remembers that the secretary-general has been told of all.
func (v In) MissedTold() error {
	return v.tx.change("UPDATE missed SET told = n WHERE village = ? AND told < n", v.ID)
}
