package storage

// Behalf is kept of a request that one person made for another: who spoke, for
// whom, what he is to him, and on what basis.
type Behalf struct {
	Village int64  `db:"village"`
	Help    int64  `db:"help"`
	Speaker int64  `db:"speaker"`
	Elder   int64  `db:"elder"`
	Tie     string `db:"tie" clip:"20"`
	Basis   string `db:"basis"` // consent, told (口头转述, for this request alone), rescue
}

func (Behalf) table() string { return "behalf" }

// Behalf reads on whose behalf a request was made; false if the elder asked for
// himself.
func (v In) Behalf(help int64) (Behalf, bool, error) {
	return one[Behalf](v.tx, "WHERE village = ? AND help = ?", v.ID, help)
}
