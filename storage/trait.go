package storage

// The kinds of Trait.
const (
	Hearing = "听力"
	KeyWith = "钥匙"
)

// Trait is one thing to know before one rings or knocks, with who said it and
// when.
type Trait struct {
	Village int64  `db:"village"`
	Person  int64  `db:"person"`
	Kind    string `db:"kind"`
	Value   string `db:"value" clip:"100"`
	Owner   string `db:"owner" clip:"60"`
	Source  string `db:"source" clip:"200"`
	Day     string `db:"on_day"`
}

func (Trait) table() string { return "trait" }

// SetTrait stores a trait in place of what was said before; "" takes it away.
func (v In) SetTrait(r Trait, why Basis) error {
	err := v.tx.change("DELETE FROM trait WHERE village = ? AND person = ? AND kind = ?", v.ID, r.Person, r.Kind)
	if err == nil && r.Value != "" {
		err = v.AddTrait(r, why)
	}
	if err != nil {
		return err
	}
	return v.Changed()
}

// AddTrait is SetTrait for somebody of whom nothing was said before; the caller
// calls Changed once.
func (v In) AddTrait(r Trait, why Basis) error {
	if err := why.covers(v, r.Person, NeedBasic, r.Kind); err != nil {
		return err
	}
	r.Village, r.Day = v.ID, Day(v.tx.now)
	return insert(v.tx, &r)
}

// Traits are those of the whole village.
func (v In) Traits() ([]Trait, error) {
	return list[Trait](v.tx, "WHERE village = ? ORDER BY person, kind", v.ID)
}
