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

// BehalfsOf are the requests that somebody made for another, or that another made
// for him, the oldest of each first.
func (v In) BehalfsOf(person int64) ([]Behalf, error) {
	var all []Behalf
	for _, side := range []string{"elder", "asker"} { // a query each: either finds its index
		rows, err := list[Behalf](v.tx, "WHERE village = ? AND help IN (SELECT id FROM help WHERE village = ? AND "+side+" = ?) ORDER BY help LIMIT ?",
			v.ID, v.ID, person, listBound)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return all, nil
}

// Behalf reads on whose behalf a request was made; false if the elder asked for
// himself.
func (v In) Behalf(help int64) (Behalf, bool, error) {
	return one[Behalf](v.tx, "WHERE village = ? AND help = ?", v.ID, help)
}
