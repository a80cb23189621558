package storage

// Finding is something seen at a visit that others must hear of.
type Finding struct {
	ID         int64  `db:"id"`
	Village    int64  `db:"village"`
	Elder      int64  `db:"elder"`
	Visit      int64  `db:"visit"`
	Reporter   int64  `db:"reporter"`
	Words      string `db:"words" clip:"200"`
	Urgent     bool   `db:"urgent"`
	State      string `db:"state"` // Open, Closed (answered), Replaced
	Answer     string `db:"answer" clip:"200"`
	AnsweredBy int64  `db:"answered_by"`
	SourceKey  string `db:"source_key"`
	Ordinal    int    `db:"ordinal"`
	CreatedAt  Moment `db:"created_at"`
}

func (Finding) table() string { return "finding" }

// AddFinding stores a finding. Its words need the health consent; without it
// only the fact is kept, and the doctor is told by telephone (settled.md 25).
func (v In) AddFinding(f *Finding, why Basis) error {
	if err := why.covers(v, f.Elder, f.need(), "finding"); err != nil {
		return err
	}
	f.Village, f.State, f.CreatedAt = v.ID, Open, At(v.tx.now)
	return insert(v.tx, f)
}

// OpenFindings lists what nobody has answered yet, oldest first.
func (v In) OpenFindings() ([]Finding, error) {
	return list[Finding](v.tx, "WHERE village = ? AND state = ? ORDER BY id LIMIT ?", v.ID, Open, listBound)
}

// FindingsOf lists the open findings about an elder, newest first.
func (v In) FindingsOf(elder int64) ([]Finding, error) {
	return list[Finding](v.tx, "WHERE village = ? AND elder = ? AND state = ? ORDER BY id DESC LIMIT 20", v.ID, elder, Open)
}

// Finding reads one.
func (v In) Finding(id int64) (Finding, bool, error) {
	return one[Finding](v.tx, "WHERE village = ? AND id = ?", v.ID, id)
}

func (f Finding) need() Need {
	if f.Words != "" || f.Answer != "" {
		return NeedHealth
	}
	return NeedNothing
}

// SaveFinding writes a finding that was read in this transaction.
func (v In) SaveFinding(f Finding, why Basis) error {
	if err := why.covers(v, f.Elder, f.need(), "finding"); err != nil {
		return err
	}
	return save(v, f)
}

// NoContact is the class of an Alert that no words make: nobody has seen an
// elder, and his time has run out.
const NoContact = "nocontact"

// The states of an Alert.
const (
	Raised = "raised"
	Acked  = "acked" // somebody said that he is on it
)

// Alert 警情 is danger to a person, now. It is open until a named person
// closes it.
type Alert struct {
	ID        int64  `db:"id"`
	Village   int64  `db:"village"`
	Class     string `db:"class"`
	Elder     int64  `db:"elder"`
	Person    int64  `db:"person"` // who told, 0 if not bound
	Account   string `db:"account"`
	OpenID    string `db:"openid"`
	Words     string `db:"words" clip:"400"`
	State     string `db:"state"` // Raised, Acked, Closed
	AckedBy   int64  `db:"acked_by"`
	ClosedBy  int64  `db:"closed_by"`
	Outcome   string `db:"outcome" clip:"200"`
	SourceKey string `db:"source_key"`
	Ordinal   int    `db:"ordinal"`
	CreatedAt Moment `db:"created_at"`
	NextAt    Moment `db:"next_at"` // when the next person is told if nobody is on it
}

func (Alert) table() string { return "alert" }

// AddAlert raises an alert.
func (v In) AddAlert(a *Alert) error {
	a.Village, a.State, a.CreatedAt = v.ID, Raised, At(v.tx.now)
	return insert(v.tx, a)
}

// OpenAlerts lists what nobody has closed, oldest first.
func (v In) OpenAlerts() ([]Alert, error) {
	return list[Alert](v.tx, "WHERE village = ? AND state IN ('raised', 'acked') ORDER BY id LIMIT ?", v.ID, listBound)
}

// LockAlert locks and reads an alert.
func (v In) LockAlert(id int64) (Alert, bool, error) {
	n, err := v.tx.exec("UPDATE alert SET village = village WHERE village = ? AND id = ?", v.ID, id)
	if err != nil || n == 0 {
		return Alert{}, false, err
	}
	return one[Alert](v.tx, "WHERE village = ? AND id = ?", v.ID, id)
}

// SaveAlert writes an alert that LockAlert read.
func (v In) SaveAlert(a Alert) error { return save(v, a) }

// Alert reads one.
func (v In) Alert(id int64) (Alert, bool, error) {
	return one[Alert](v.tx, "WHERE village = ? AND id = ?", v.ID, id)
}

// AlertsDue lists alerts that nobody has taken up in time, in all villages.
func (tx *Tx) AlertsDue(now Moment, n int) ([]Alert, error) {
	return list[Alert](tx, "WHERE state IN (?, ?) AND next_at > 0 AND next_at <= ? ORDER BY next_at LIMIT ?", Raised, Acked, now, n)
}

// AlertsLate counts the alerts, in all villages, whose next people the clock
// should have told before an instant and has not.
func (tx *Tx) AlertsLate(before Moment) (int64, error) {
	return tx.number("SELECT COUNT(*) FROM alert WHERE state IN (?, ?) AND next_at > 0 AND next_at < ?", Raised, Acked, before)
}

// Slip is something a person said that a person has to look at: words that were
// not understood, a voice message, a picture.
type Slip struct {
	ID        int64  `db:"id"`
	Village   int64  `db:"village"`
	Person    int64  `db:"person"`
	Account   string `db:"account"`
	OpenID    string `db:"openid"`
	Kind      string `db:"kind"` // talk.Kind
	Words     string `db:"words" clip:"400"`
	Media     string `db:"media"`
	State     string `db:"state"` // Open, Closed
	SourceKey string `db:"source_key"`
	Ordinal   int    `db:"ordinal"`
	CreatedAt Moment `db:"created_at"`
}

func (Slip) table() string { return "slip" }

// AddSlip keeps something for a person to look at.
func (v In) AddSlip(s *Slip) error {
	s.Village, s.State, s.CreatedAt = v.ID, Open, At(v.tx.now)
	if err := insert(v.tx, s); err != nil || s.Media == "" {
		return err
	}
	return v.wantMedium(s)
}

// OpenSlips lists what nobody has looked at, oldest first.
func (v In) OpenSlips() ([]Slip, error) {
	return list[Slip](v.tx, "WHERE village = ? AND state = ? ORDER BY id LIMIT ?", v.ID, Open, listBound)
}

// Slip reads one.
func (v In) Slip(id int64) (Slip, bool, error) {
	return one[Slip](v.tx, "WHERE village = ? AND id = ?", v.ID, id)
}

// SaveSlip writes a slip that was read in this transaction.
func (v In) SaveSlip(s Slip) error { return save(v, s) }
