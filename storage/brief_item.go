package storage

// BriefItem is what one digit of a day's brief means; it keeps that meaning all
// day.
type BriefItem struct {
	Village int64  `db:"village"`
	Day     string `db:"on_day"`
	Digit   int    `db:"digit"`
	Kind    string `db:"kind"`
	Ref     int64  `db:"ref"`
	Words   string `db:"words" clip:"200"`
	State   string `db:"state"` // Open, Closed
}

func (BriefItem) table() string { return "brief_item" }

// briefBound is when a digit got its meaning.
type briefBound struct {
	Village int64  `db:"village"`
	Day     string `db:"on_day"`
	Digit   int    `db:"digit"`
	At      Moment `db:"bound_at"`
}

func (briefBound) table() string { return "brief_bound" }

// AddBriefItem binds a digit for the day; a duplicate if somebody else has.
func (v In) AddBriefItem(b BriefItem) error {
	b.Village, b.State = v.ID, Open
	if err := insert(v.tx, &b); err != nil {
		return err
	}
	return insertLater(v.tx, briefBound{Village: v.ID, Day: b.Day, Digit: b.Digit, At: At(v.tx.now)})
}

// BoundSince are the digits of a day that were bound at an instant or later, in
// order.
func (v In) BoundSince(day string, since Moment) ([]int, error) {
	rows, err := list[briefBound](v.tx, "WHERE village = ? AND on_day = ? AND bound_at >= ? ORDER BY digit", v.ID, day, since)
	digits := make([]int, len(rows))
	for i, r := range rows {
		digits[i] = r.Digit
	}
	return digits, err
}

// BriefItems lists a day's digits.
func (v In) BriefItems(day string) ([]BriefItem, error) {
	return list[BriefItem](v.tx, "WHERE village = ? AND on_day = ? ORDER BY digit", v.ID, day)
}

// BriefItemsBetween counts what was put to the secretary-general from one day to
// another, both included.
func (v In) BriefItemsBetween(from, to string) (int64, error) {
	return v.tx.number("SELECT COUNT(*) FROM brief_item WHERE village = ? AND on_day >= ? AND on_day <= ?", v.ID, from, to)
}

// CloseBriefItem remembers that a digit has been dealt with.
func (v In) CloseBriefItem(day string, digit int) error {
	return v.tx.change("UPDATE brief_item SET state = ? WHERE village = ? AND on_day = ? AND digit = ?", Closed, v.ID, day, digit)
}
