package storage

// Standing is how a role is held by somebody who stands in: it ends by itself.
const Standing = "替"

// Substitute is somebody who does another's office until an instant.
type Substitute struct {
	ID        int64  `db:"id"`
	Village   int64  `db:"village"`
	Person    int64  `db:"person"` // who is away
	Role      string `db:"role"`
	Group     int    `db:"group_no"`
	StandIn   int64  `db:"stand_in"`
	Until     Moment `db:"until_at"`
	State     string `db:"state"` // Open, Closed
	CreatedAt Moment `db:"created_at"`
}

func (Substitute) table() string { return "substitute" }

// AddSubstitute begins a substitution: from now on he holds the role as well.
// The caller calls Changed.
func (v In) AddSubstitute(s *Substitute) error {
	s.Village, s.State, s.CreatedAt = v.ID, Open, At(v.tx.now)
	if err := insert(v.tx, s); err != nil {
		return err
	}
	return v.AddRole(Role{Person: s.StandIn, Role: s.Role, Group: s.Group, How: Standing})
}

// Substitutes lists the substitutions that run, oldest first.
func (v In) Substitutes() ([]Substitute, error) {
	return list[Substitute](v.tx, "WHERE village = ? AND state = ? ORDER BY id LIMIT ?", v.ID, Open, listBound)
}

// SubstitutesDue names the substitutions whose end has come, in all villages.
func (tx *Tx) SubstitutesDue(now Moment, n int) ([]Substitute, error) {
	return list[Substitute](tx, "WHERE state = ? AND until_at <= ? ORDER BY until_at LIMIT ?", Open, now, n)
}

// EndSubstitute gives the office back; false if it was given back before. The
// caller calls Changed.
func (v In) EndSubstitute(id int64) (Substitute, bool, error) {
	n, err := v.tx.exec("UPDATE substitute SET state = ? WHERE village = ? AND id = ? AND state = ?", Closed, v.ID, id, Open)
	if err != nil || n == 0 {
		return Substitute{}, false, err
	}
	s, _, err := one[Substitute](v.tx, "WHERE village = ? AND id = ?", v.ID, id)
	if err != nil {
		return s, false, err
	}
	return s, true, v.DropRole(s.StandIn, s.Role, s.Group, Standing)
}

// DropRole takes a role that is held in a way: 替, import. The caller calls
// Changed.
func (v In) DropRole(person int64, role string, group int, how string) error {
	return v.tx.change("DELETE FROM role WHERE village = ? AND person = ? AND role = ? AND group_no = ? AND how = ?",
		v.ID, person, role, group, how)
}
