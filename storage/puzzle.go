package storage

// Puzzle is a line that was not understood, kept for a few weeks so that the
// office can teach the word that was missing. Who typed it is not kept, and
// whoever adds it leaves out whom it names.
type Puzzle struct {
	ID        int64  `db:"id"`
	Village   int64  `db:"village"`
	Words     string `db:"words" clip:"30"`
	SourceKey string `db:"source_key"`
	Ordinal   int    `db:"ordinal"`
	CreatedAt Moment `db:"created_at"`
}

func (Puzzle) table() string { return "puzzle" }

// AddPuzzle keeps a line.
func (v In) AddPuzzle(p Puzzle) error {
	p.Village, p.CreatedAt = v.ID, At(v.tx.now)
	return insertLater(v.tx, p)
}

// PuzzlesSince lists the lines since an instant, the oldest first.
func (v In) PuzzlesSince(since Moment) ([]Puzzle, error) {
	return list[Puzzle](v.tx, "WHERE village = ? AND created_at >= ? ORDER BY created_at, id LIMIT ?", v.ID, since, listBound)
}

// ForgetPuzzles removes lines that are older than an instant, of all villages, a
// bounded number at a time.
func (tx *Tx) ForgetPuzzles(before Moment, n int) error {
	return tx.forgetOld("puzzle", "created_at", before, n)
}
