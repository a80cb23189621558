package storage

// Taught is a word that a village has taught: its own word for something that the
// reader knows under another.
type Taught struct {
	Village  int64  `db:"village"`
	Word     string `db:"word"`    // as the village says it: 挈水
	Meaning  string `db:"meaning"` // as the reader knows it: 挑水
	TaughtBy int64  `db:"taught_by"`
	TaughtAt Moment `db:"taught_at"`
}

func (Taught) table() string { return "taught" }

// TaughtWords lists the words of a village, the newest first; whoever teaches
// bounds them.
func (v In) TaughtWords() ([]Taught, error) {
	return list[Taught](v.tx, "WHERE village = ? ORDER BY taught_at DESC, word LIMIT ?", v.ID, listBound)
}

// Teach stores a word, in the place of what was taught about it before.
func (v In) Teach(t Taught) error {
	if _, err := v.Unteach(t.Word); err != nil {
		return err
	}
	t.Village, t.TaughtAt = v.ID, At(v.tx.now)
	if err := insert(v.tx, &t); err != nil {
		return err
	}
	return v.Changed()
}

// Unteach removes a word; false if it was not taught.
func (v In) Unteach(word string) (bool, error) {
	n, err := v.tx.exec("DELETE FROM taught WHERE village = ? AND word = ?", v.ID, word)
	if err != nil || n == 0 {
		return false, err
	}
	return true, v.Changed()
}
