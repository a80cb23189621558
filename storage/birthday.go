package storage

// Birthday is a birthday by the farmers' calendar, as most elders keep it.
type Birthday struct {
	Village int64 `db:"village"`
	Person  int64 `db:"person"`
	Month   int   `db:"lunar_month"`
	Day     int   `db:"lunar_day"`
	Leap    bool  `db:"leap"`
}

func (Birthday) table() string { return "birthday" }

// SetBirthday stores or replaces a person's birthday.
func (v In) SetBirthday(b Birthday) error {
	b.Village = v.ID
	if err := v.tx.change("DELETE FROM birthday WHERE village = ? AND person = ?", v.ID, b.Person); err != nil {
		return err
	}
	return insert(v.tx, &b)
}

// Birthdays are those of a village's people.
func (v In) Birthdays() ([]Birthday, error) {
	return list[Birthday](v.tx, "WHERE village = ? ORDER BY person", v.ID)
}
