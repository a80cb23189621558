package storage

// Reach is how and when somebody can be asked. Whoever has no row is asked by
// message, at any time.
type Reach struct {
	Village   int64  `db:"village"`
	Person    int64  `db:"person"`
	PhoneOnly bool   `db:"phone_only"` // he does not read: a person rings him (settled.md 17)
	Free      string `db:"free"`       // when he has time: 1-7 weekdays, m a e parts of the day; "": always
	AwayUntil string `db:"away_until"` // the last day on which he cannot be asked, "" if he can
}

func (Reach) table() string { return "reach" }

// Reaches lists what is known of how people are asked.
func (v In) Reaches() ([]Reach, error) {
	return list[Reach](v.tx, "WHERE village = ? ORDER BY person", v.ID)
}

// SetReach stores how somebody is asked. The caller calls Changed.
func (v In) SetReach(r Reach) error {
	n, err := v.tx.exec("UPDATE reach SET phone_only = ?, free = ?, away_until = ? WHERE village = ? AND person = ?",
		r.PhoneOnly, r.Free, r.AwayUntil, v.ID, r.Person)
	if err != nil || n > 0 {
		return err
	}
	r.Village = v.ID
	return insert(v.tx, &r)
}
