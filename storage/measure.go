package storage

// Measure is what was measured of a person: for the doctor and the person alone.
// The values are in tenths of the unit: mmHg, beats a minute, mmol/l, °C.
type Measure struct {
	ID        int64  `db:"id"`
	Village   int64  `db:"village"`
	Elder     int64  `db:"elder"`
	Visit     int64  `db:"visit"` // at which it was told, 0: at none
	Kind      string `db:"kind"`  // bp pulse glucose temperature
	Tenths    int    `db:"tenths"`
	LowTenths int    `db:"low_tenths"` // bp: the lower value
	TakenBy   int64  `db:"taken_by"`
	Day       string `db:"on_day"`
	State     string `db:"state"` // Stands, Replaced, Undone
	SourceKey string `db:"source_key"`
	Ordinal   int    `db:"ordinal"`
	CreatedAt Moment `db:"created_at"`
}

func (Measure) table() string { return "measure" }

// AddMeasure stores what was measured. It needs the health consent.
func (v In) AddMeasure(m *Measure, why Basis) error {
	if err := why.covers(v, m.Elder, NeedHealth, "measure"); err != nil {
		return err
	}
	m.Village, m.State, m.CreatedAt = v.ID, Stands, At(v.tx.now)
	return insert(v.tx, m)
}

// MeasuresOf lists what stands of an elder, the newest first.
func (v In) MeasuresOf(elder int64) ([]Measure, error) {
	return list[Measure](v.tx, "WHERE village = ? AND elder = ? AND state = ? ORDER BY on_day DESC, id DESC LIMIT 20", v.ID, elder, Stands)
}

// MeasuresAt lists what stands of one visit.
func (v In) MeasuresAt(visit int64) ([]Measure, error) {
	return list[Measure](v.tx, "WHERE village = ? AND visit = ? AND state = ? ORDER BY id", v.ID, visit, Stands)
}

// EndMeasure says that something measured no longer stands, and keeps it.
func (v In) EndMeasure(id int64, state string) error {
	return v.tx.change("UPDATE measure SET state = ? WHERE village = ? AND id = ?", state, v.ID, id)
}

// ForgetMeasures removes what is older than an instant, of all villages, a bounded
// number at a time.
func (tx *Tx) ForgetMeasures(before Moment, n int) error {
	return tx.forgetOld("measure", "created_at", before, n)
}
