package storage

// The reasons for which a round of a ladder begins.
const (
	RoundFirst  = "first"
	RoundBack   = "back"   // the holder gave it back, or it was not good
	RoundAgain  = "again"  // everybody was asked and nobody took it
	RoundRenew  = "renew"  // the office had it fixed anew, in words
	RoundBegins = "begins" // a request that ran before ladders were kept
)

// Ladder is who is asked about a request in one round, ring by ring, as it was
// fixed when the round began: whatever is edited later does not touch it.
type Ladder struct {
	Village int64  `db:"village"`
	Help    int64  `db:"help"`
	Round   int    `db:"round"`
	Rings   string `db:"rings"` // people's ids, "7,9,4/12/3//1": written and read by bot/ladder
	Why     string `db:"why"`
	At      Moment `db:"at"`
}

func (Ladder) table() string { return "ladder" }

// AddLadder fixes the ladder of a round.
func (v In) AddLadder(l Ladder) error {
	l.Village, l.At = v.ID, At(v.tx.now)
	return insert(v.tx, &l)
}

// LadderOf reads the ladder of a round; false if none was fixed.
func (v In) LadderOf(help int64, round int) (Ladder, bool, error) {
	return one[Ladder](v.tx, "WHERE village = ? AND help = ? AND round = ?", v.ID, help, round)
}

// RefixLadder replaces the rings of a round: the one act that touches a ladder
// that runs.
func (v In) RefixLadder(l Ladder) error {
	return v.tx.change("UPDATE ladder SET rings = ?, why = ?, at = ? WHERE village = ? AND help = ? AND round = ?",
		l.Rings, l.Why, At(v.tx.now), v.ID, l.Help, l.Round)
}

// LaddersBegun counts the rounds of a request that began for a reason.
func (v In) LaddersBegun(help int64, why string) (int64, error) {
	return v.tx.number("SELECT COUNT(*) FROM ladder WHERE village = ? AND help = ? AND why = ?", v.ID, help, why)
}

// HelpsLate counts the requests, in all villages, that the clock should have
// moved before an instant and has not.
func (tx *Tx) HelpsLate(before Moment) (int64, error) {
	var n int64
	for _, state := range []string{Unclear, Open, Held, Taken} { // one index range each
		one, err := tx.number("SELECT COUNT(*) FROM help WHERE state = ? AND next_at > 0 AND next_at < ?", state, before)
		if err != nil {
			return 0, err
		}
		n += one
	}
	return n, nil
}

// HelpCounts are how many requests came and how many a person ended.
type HelpCounts struct{ Asked, Ended int64 }

// HelpsSince counts the village's requests since an instant, for a hand-over.
func (v In) HelpsSince(since Moment) (c HelpCounts, err error) {
	if c.Asked, err = v.tx.number("SELECT COUNT(*) FROM help WHERE village = ? AND created_at >= ?", v.ID, since); err != nil {
		return c, err
	}
	c.Ended, err = v.tx.number("SELECT COUNT(*) FROM help WHERE village = ? AND state IN ('closed', 'failed') AND closed_at >= ?", v.ID, since)
	return c, err
}
