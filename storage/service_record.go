package storage

// ServiceRecord 服务记录 is minutes that a volunteer gave: once for a trip,
// however many doors it had.
type ServiceRecord struct {
	ID        int64  `db:"id"`
	Village   int64  `db:"village"`
	Person    int64  `db:"person"`
	Day       string `db:"on_day"`
	Minutes   int    `db:"minutes"`
	Kind      string `db:"kind"`
	State     string `db:"state"`
	SourceKey string `db:"source_key"`
	Ordinal   int    `db:"ordinal"`
	CreatedAt Moment `db:"created_at"`
}

func (ServiceRecord) table() string { return "service_record" }

// AddService stores minutes given.
func (v In) AddService(r ServiceRecord) error {
	r.Village, r.State, r.CreatedAt = v.ID, Stands, At(v.tx.now)
	return insertLater(v.tx, r)
}

// ServicesFrom lists the minutes that one message reported.
func (v In) ServicesFrom(key string) ([]ServiceRecord, error) {
	return list[ServiceRecord](v.tx, "WHERE source_key = ? AND village = ? AND state = ? ORDER BY ordinal", key, v.ID, Stands)
}

// ServiceGiven reads the minutes that a person reported at an instant.
func (v In) ServiceGiven(person int64, at Moment) ([]ServiceRecord, error) {
	return list[ServiceRecord](v.tx, "WHERE village = ? AND person = ? AND on_day = ? AND created_at = ? AND state = ? ORDER BY id LIMIT 9",
		v.ID, person, Day(at.Time()), at, Stands)
}

// SaveService writes a record that was read in this transaction.
func (v In) SaveService(r ServiceRecord) error { return save(v, r) }

// MinutesOf sums what a person gave from one day to another.
func (v In) MinutesOf(person int64, from, to string) (int64, error) {
	return v.tx.number("SELECT COALESCE(SUM(minutes), 0) FROM service_record WHERE village = ? AND person = ? AND on_day >= ? AND on_day <= ? AND state = ?",
		v.ID, person, from, to, Stands)
}
