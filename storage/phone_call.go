package storage

// The outcomes of a PhoneCall, as people say them.
const (
	CallThrough = "通了"
	CallNone    = "没人接"
	CallWrong   = "错号"
)

// PhoneCall is a call to an elder's telephone and what became of it. It is no
// visit and is counted apart (settled.md 48).
type PhoneCall struct {
	ID        int64  `db:"id"`
	Village   int64  `db:"village"`
	Elder     int64  `db:"elder"`
	Caller    int64  `db:"caller"`
	Day       string `db:"on_day"`
	Outcome   string `db:"outcome"`
	SourceKey string `db:"source_key"`
	Ordinal   int    `db:"ordinal"`
	CreatedAt Moment `db:"created_at"`
}

func (PhoneCall) table() string { return "phone_call" }

// AddPhoneCall stores what became of a call.
func (v In) AddPhoneCall(c PhoneCall) error {
	c.Village, c.CreatedAt = v.ID, At(v.tx.now)
	return insert(v.tx, &c)
}

// PhoneCallsTo lists the calls to an elder since a day, newest first.
func (v In) PhoneCallsTo(elder int64, since string) ([]PhoneCall, error) {
	return list[PhoneCall](v.tx, "WHERE village = ? AND elder = ? AND on_day >= ? ORDER BY on_day DESC, id DESC LIMIT 20", v.ID, elder, since)
}
