package storage

// Courtesy is a visit that was drawn for a courtesy call: the secretary-general
// rings the elder and asks whether somebody came (settled.md 43).
type Courtesy struct {
	ID        int64  `db:"id"`
	Village   int64  `db:"village"`
	Visit     int64  `db:"visit"`
	Month     string `db:"month"`   // in which it was drawn: 2026-11
	Outcome   string `db:"outcome"` // "" until somebody has said
	AskedBy   int64  `db:"asked_by"`
	SettledAt Moment `db:"settled_at"`
}

func (Courtesy) table() string { return "courtesy" }

// AddCourtesy draws a visit; drawing it twice draws it once.
func (v In) AddCourtesy(c Courtesy) error {
	c.Village = v.ID
	err := insert(v.tx, &c)
	if IsDuplicate(err) {
		return nil
	}
	return err
}

// Courtesies are the drawn visits of which nobody has said anything yet.
func (v In) Courtesies() ([]Courtesy, error) {
	return list[Courtesy](v.tx, "WHERE village = ? AND outcome = '' ORDER BY id LIMIT ?", v.ID, listBound)
}

// Courtesy reads one.
func (v In) Courtesy(id int64) (Courtesy, bool, error) {
	return one[Courtesy](v.tx, "WHERE village = ? AND id = ?", v.ID, id)
}

// SettleCourtesy stores what the elder said; false if somebody was first.
func (v In) SettleCourtesy(id, by int64, outcome string) (bool, error) {
	n, err := v.tx.exec("UPDATE courtesy SET outcome = ?, asked_by = ?, settled_at = ? WHERE village = ? AND id = ? AND outcome = ''",
		outcome, by, At(v.tx.now), v.ID, id)
	return n == 1, err
}

// VisitsIn lists the ids of the visits that met somebody from one day to
// another, both included, for a draw.
func (v In) VisitsIn(from, to string) ([]int64, error) {
	rows, err := list[drawn](v.tx, "WHERE village = ? AND on_day >= ? AND on_day <= ? AND met = 1 AND state = ? ORDER BY id LIMIT 2000", v.ID, from, to, Stands)
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return ids, err
}

type drawn struct {
	ID int64 `db:"id"`
}

func (drawn) table() string { return "visit" }
