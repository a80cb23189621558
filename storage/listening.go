package storage

// Listening is a voice that waits for an ear: who is to hear it, in turn.
type Listening struct {
	Village   int64  `db:"village"`
	Slip      int64  `db:"slip"`
	Number    int    `db:"number"` // of the village's voices that wait, from 1: 语音1
	Step      int    `db:"step"`   // who was asked last; 0: the speaker himself, by digits
	NextAt    Moment `db:"next_at"`
	HeardBy   int64  `db:"heard_by"` // 0: nobody yet
	CreatedAt Moment `db:"created_at"`
}

func (Listening) table() string { return "listening" }

// Waits reports whether nobody has heard it yet.
func (l Listening) Waits() bool { return l.HeardBy == 0 }

// AddListening lets a voice wait, under the lowest number that no other has.
func (v In) AddListening(l *Listening) error {
	rows, err := v.Unheard()
	if err != nil {
		return err
	}
	l.Number = 1
	for _, r := range rows {
		if r.Number == l.Number {
			l.Number++
		}
	}
	l.Village, l.CreatedAt = v.ID, At(v.tx.now)
	return insert(v.tx, l)
}

// Unheard lists the voices that wait, by number.
func (v In) Unheard() ([]Listening, error) {
	return list[Listening](v.tx, "WHERE village = ? AND heard_by = 0 ORDER BY number LIMIT ?", v.ID, listBound)
}

// ListeningNumbered reads the voice that waits under a number.
func (v In) ListeningNumbered(n int) (Listening, bool, error) {
	return one[Listening](v.tx, "WHERE village = ? AND heard_by = 0 AND number = ? LIMIT 1", v.ID, n)
}

// ListeningTo reads how a voice waits.
func (v In) ListeningTo(slip int64) (Listening, bool, error) {
	return one[Listening](v.tx, "WHERE village = ? AND slip = ?", v.ID, slip)
}

// SaveListening writes how a voice waits; false if somebody has heard it
// meanwhile.
func (v In) SaveListening(l Listening) (bool, error) {
	n, err := v.tx.exec("UPDATE listening SET step = ?, next_at = ?, heard_by = ? WHERE village = ? AND slip = ? AND heard_by = 0",
		l.Step, l.NextAt, l.HeardBy, v.ID, l.Slip)
	return n == 1, err
}

// ListeningsDue names the voices whose next ear is to be asked, in all villages.
func (tx *Tx) ListeningsDue(now Moment, n int) ([]Listening, error) {
	return list[Listening](tx, "WHERE next_at > 0 AND next_at <= ? ORDER BY next_at LIMIT ?", now, n)
}
