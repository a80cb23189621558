package storage

// Tenure says until which day somebody has a role, and who gave it. A role
// without one has no end.
type Tenure struct {
	Village int64  `db:"village"`
	Person  int64  `db:"person"`
	Role    string `db:"role"`
	Group   int    `db:"group_no"`
	Until   string `db:"until_day"`
	GivenBy int64  `db:"given_by"` // 0: a command of the operator
}

func (Tenure) table() string { return "tenure" }

// SetTenure gives a role that ends; given again it ends when is said then.
func (v In) SetTenure(r Tenure) error {
	r.Village = v.ID
	err := v.tx.change("DELETE FROM tenure WHERE village = ? AND person = ? AND role = ? AND group_no = ?", v.ID, r.Person, r.Role, r.Group)
	if err != nil {
		return err
	}
	return insert(v.tx, &r)
}

// TenuresOf are the ends of a person's roles, also of those that have ended.
func (v In) TenuresOf(person int64) ([]Tenure, error) {
	return list[Tenure](v.tx, "WHERE village = ? AND person = ? ORDER BY role, group_no", v.ID, person)
}

// Gate is the first gate of a proxy: who knows the face and said who he is.
type Gate struct {
	Village   int64  `db:"village"`
	Person    int64  `db:"person"`
	Elder     int64  `db:"elder"`
	VouchedBy int64  `db:"vouched_by"`
	Since     Moment `db:"since"`
}

func (Gate) table() string { return "proxy_gate" }

// PassGate keeps who vouched for a proxy.
func (v In) PassGate(g Gate) error {
	g.Village, g.Since = v.ID, At(v.tx.now)
	if err := v.tx.change("DELETE FROM proxy_gate WHERE village = ? AND person = ? AND elder = ?", v.ID, g.Person, g.Elder); err != nil {
		return err
	}
	return insert(v.tx, &g)
}

// Gate reads who vouched for a proxy; false if it came from a sheet or a command.
func (v In) Gate(person, elder int64) (Gate, bool, error) {
	return one[Gate](v.tx, "WHERE village = ? AND person = ? AND elder = ?", v.ID, person, elder)
}
