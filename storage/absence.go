package storage

// The kinds of an Absence; the words offices use.
const (
	Outside  = "外出"
	Hospital = "住院"
	Moved    = "搬走"
	NoVisits = "停" // visits are wished for no more, or not for a while
	Died     = "去世"
)

// The states of an Absence.
const (
	AbsenceSaid   = "said"  // somebody said so; the lists print it with his name until the office confirms (settled.md 28)
	AbsenceOn     = "on"    // the office confirmed: not visited meanwhile
	AbsenceEnded  = "ended" // he is back
	AbsenceUndone = "undone"
)

// Absence 不在 is why somebody of the roster is not visited from a day on: who
// said it, until when, and what to put back when it ends or was a mistake.
type Absence struct {
	ID          int64  `db:"id"`
	Village     int64  `db:"village"`
	Person      int64  `db:"person"`
	Kind        string `db:"kind"`
	Words       string `db:"words" clip:"200"`
	SaidBy      int64  `db:"said_by"`
	ConfirmedBy int64  `db:"confirmed_by"`
	From        string `db:"from_day"`
	Until       string `db:"until_day"` // "" if nobody said
	AskAt       Moment `db:"ask_at"`    // when the clock asks whether it is over; 0: never
	State       string `db:"state"`
	Before      string `db:"before_it"` // what was before it, as the line of work packed it
	EndedBy     int64  `db:"ended_by"`
	EndedAt     Moment `db:"ended_at"`
	SourceKey   string `db:"source_key"`
	Ordinal     int    `db:"ordinal"`
	CreatedAt   Moment `db:"created_at"`
}

func (Absence) table() string { return "absence" }

// AddAbsence stores an absence in the state that it has.
func (v In) AddAbsence(a *Absence) error {
	a.Village, a.CreatedAt = v.ID, At(v.tx.now)
	return insert(v.tx, a)
}

// Absence reads one.
func (v In) Absence(id int64) (Absence, bool, error) {
	return one[Absence](v.tx, "WHERE village = ? AND id = ?", v.ID, id)
}

// LockAbsence locks and reads one.
func (v In) LockAbsence(id int64) (Absence, bool, error) {
	n, err := v.tx.exec("UPDATE absence SET village = village WHERE village = ? AND id = ?", v.ID, id)
	if err != nil || n == 0 {
		return Absence{}, false, err
	}
	return v.Absence(id)
}

// SaveAbsence writes an absence that LockAbsence read.
func (v In) SaveAbsence(a Absence) error { return save(v, a) }

// Absences lists the absences of one state, oldest first.
func (v In) Absences(state string) ([]Absence, error) {
	return list[Absence](v.tx, "WHERE village = ? AND state = ? ORDER BY id LIMIT ?", v.ID, state, listBound)
}

// AbsencesOf lists what was ever said about one person, newest first.
func (v In) AbsencesOf(person int64) ([]Absence, error) {
	return list[Absence](v.tx, "WHERE village = ? AND person = ? ORDER BY id DESC LIMIT 20", v.ID, person)
}

// DeathsSince lists the confirmed deaths since a day.
func (v In) DeathsSince(day string) ([]Absence, error) {
	return list[Absence](v.tx, "WHERE village = ? AND state = ? AND kind = ? AND from_day >= ? ORDER BY id LIMIT ?", v.ID, AbsenceOn, Died, day, listBound)
}

// AbsencesDue names the absences that should be over by now, in all villages.
func (tx *Tx) AbsencesDue(now Moment, n int) ([]Absence, error) {
	return list[Absence](tx, "WHERE state IN (?, ?) AND ask_at > 0 AND ask_at <= ? ORDER BY ask_at LIMIT ?", AbsenceSaid, AbsenceOn, now, n)
}
