package storage

// What happened to an Alert, for the ledger 警情台账.
const (
	LogRaised   = "raised"
	LogMore     = "more" // said since
	LogTold     = "told" // a ring was told
	LogGoing    = "going"
	LogSeen     = "seen"
	LogCannot   = "cannot"
	LogReceipt  = "receipt" // the number that the police gave
	LogHearsay  = "hearsay" // the caller says how it ended
	LogClosed   = "closed"  // with the outcome in whole
	LogReviewed = "reviewed"
	LogBlocked  = "blocked" // a binding was stopped
)

// AlertLog is one thing that was said or done about an alert, and by whom.
type AlertLog struct {
	ID      int64  `db:"id"`
	Village int64  `db:"village"`
	Alert   int64  `db:"alert"`
	At      Moment `db:"at"`
	Person  int64  `db:"person"` // who said it; 0: the clock, or nobody of the roster
	What    string `db:"what"`
	Words   string `db:"words" clip:"400"`
}

func (AlertLog) table() string { return "alert_log" }

// LogAlert adds to the story of an alert.
func (v In) LogAlert(alert, person int64, what, words string) error {
	return insert(v.tx, &AlertLog{Village: v.ID, Alert: alert, At: At(v.tx.now), Person: person, What: what, Words: words})
}

// AlertLogs is the story of an alert, in order.
func (v In) AlertLogs(alert int64) ([]AlertLog, error) {
	return list[AlertLog](v.tx, "WHERE village = ? AND alert = ? ORDER BY id LIMIT ?", v.ID, alert, listBound)
}
