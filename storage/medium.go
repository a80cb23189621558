package storage

// The states of a Medium.
const (
	MediumWanted = "wanted" // still on the platform alone
	MediumKept   = "kept"
	MediumLost   = "lost" // it ran out, or is too large
)

// Medium is the voice or picture of a slip. The platform keeps it for three
// days; here it stays until a month after somebody has looked at it.
type Medium struct {
	ID        int64  `db:"id"`
	Village   int64  `db:"village"`
	Slip      int64  `db:"slip"`
	Account   string `db:"account"`
	Media     string `db:"media"` // the platform's id
	Kind      string `db:"kind" clip:"60"`
	Data      []byte `db:"data"`
	State     string `db:"state"`
	Tries     int    `db:"tries"`
	NextAt    Moment `db:"next_at"`   // wall: wanted: the next try; kept: the next look whether it may go
	ClosedAt  Moment `db:"closed_at"` // wall: when it was seen that the slip is closed; 0 before
	CreatedAt Moment `db:"created_at"`
}

func (Medium) table() string { return "medium" }

// wantMedium remembers that a slip's voice or picture is to be fetched.
func (v In) wantMedium(s *Slip) error {
	now := At(v.tx.wall)
	return insert(v.tx, &Medium{Village: v.ID, Slip: s.ID, Account: s.Account, Media: s.Media, Data: []byte{}, State: MediumWanted, NextAt: now, CreatedAt: now})
}

// MediumOf is the voice or picture of a slip.
func (v In) MediumOf(slip int64) (Medium, bool, error) {
	return one[Medium](v.tx, "WHERE village = ? AND slip = ?", v.ID, slip)
}

// DueMedium names a medium that is to be fetched or looked at.
type DueMedium struct {
	ID      int64  `db:"id"`
	Village int64  `db:"village"`
	Slip    int64  `db:"slip"`
	NextAt  Moment `db:"next_at"`
}

func (DueMedium) table() string { return "medium" }

// MediaDue names media of a state whose time has come, in all villages.
func (tx *Tx) MediaDue(state string, n int) ([]DueMedium, error) {
	return list[DueMedium](tx, "WHERE state = ? AND next_at <= ? ORDER BY next_at LIMIT ?", state, At(tx.wall), n)
}

// ClaimMedium takes a medium until a moment; false if somebody else did.
func (v In) ClaimMedium(d DueMedium, until Moment) (bool, error) {
	n, err := v.tx.exec("UPDATE medium SET next_at = ?, tries = tries + 1 WHERE village = ? AND id = ? AND next_at = ?", until, v.ID, d.ID, d.NextAt)
	return n == 1, err
}

// SaveMedium writes a medium that was read in this transaction.
func (v In) SaveMedium(m Medium) error {
	if m.Data == nil { // SQLite reads nothing for an empty one
		m.Data = []byte{}
	}
	return save(v, m)
}

// RemoveMedium removes a medium and the platform's id of it.
func (v In) RemoveMedium(m Medium) error {
	if err := v.tx.change("UPDATE slip SET media = '' WHERE village = ? AND id = ?", v.ID, m.Slip); err != nil {
		return err
	}
	return v.tx.change("DELETE FROM medium WHERE village = ? AND id = ?", v.ID, m.ID)
}
