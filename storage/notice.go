package storage

import "slices"

// The states of a Notice. A notice ends in exactly one of Sent, Cleared,
// Stale, RefusedBy or Unknown; Due and Sending are on the way, Carry waits for
// the person's next message.
const (
	NoticeDue     = "due"
	NoticeSending = "sending"
	NoticeCarry   = "carry"
	NoticeSent    = "sent"
	NoticeCleared = "cleared" // its reason died
	NoticeStale   = "stale"   // its time passed
	NoticeRefused = "refused" // the channel will never take it
	NoticeUnknown = "unknown" // bytes went out, no answer: never sent again blindly
)

// The weights of a Notice, heaviest first.
const (
	Danger  = 0 // outside quiet hours and ceilings
	Urgent  = 1 // 加急: outside ceilings, and outside quiet hours until ten in the evening
	Direct  = 2 // an answer to the person's own matter: not counted
	Unasked = 3 // counted: at most three a day to anyone
	Brief   = 4 // the secretary's own: has its times, is not counted
)

// Notice is one message owed to somebody: a row of the outbox.
type Notice struct {
	ID        int64  `db:"id"`
	Village   int64  `db:"village"`
	Person    int64  `db:"person"`  // to whom; 0: only the OpenID is known
	Account   string `db:"account"` // by which account; "": any that reaches the person
	OpenID    string `db:"openid"`
	Kind      string `db:"kind"`
	Subject   string `db:"subject"`
	Period    string `db:"period"`
	Weight    int    `db:"weight"`
	Lead      string `db:"lead_words" clip:"60"` // what a lock screen may show; "": not worth a push, it waits for the person's next message
	Words     string `db:"words"`
	NotBefore Moment `db:"not_before"` // village time
	NotAfter  Moment `db:"not_after"`  // village time; 0: never stale
	RetryAt   Moment `db:"retry_at"`   // wall time
	State     string `db:"state"`
	Owner     string `db:"owner"`
	Lease     Moment `db:"lease"` // wall time
	Attempts  int    `db:"attempts"`
	Channel   string `db:"channel"`
	MsgID     string `db:"msg_id"`
	Code      int    `db:"code"`
	Whole     bool   `db:"whole"` // the words themselves reached the person, not only the lead
	SentDay   string `db:"sent_day"`
	SettledAt Moment `db:"settled_at"`
	Why       string `db:"why" clip:"60"` // what settled it
	CreatedAt Moment `db:"created_at"`
}

func (Notice) table() string { return "notice" }

// Owe adds a notice unless one of its key exists. It leaves that to the unique
// key: a refused INSERT undoes nothing but itself on either database, and nearly
// every key is new, so that looking first would be a round trip for nothing.
func (v In) Owe(n Notice) error {
	n.Village, n.State, n.CreatedAt = v.ID, NoticeDue, At(v.tx.now)
	if n.NotBefore == 0 {
		n.NotBefore = n.CreatedAt
	}
	err := insertLater(v.tx, n)
	if IsDuplicate(err) {
		return nil
	}
	return err
}

// OweAll owes many notices in few statements; those of a key that exists are
// passed over.
func (v In) OweAll(notices []Notice) error {
	for some := range slices.Chunk(notices, rowsAtOnce) {
		rows := slices.Clone(some)
		for i := range rows {
			rows[i].Village, rows[i].State, rows[i].CreatedAt = v.ID, NoticeDue, At(v.tx.now)
		}
		err := insertAll(v.tx, rows)
		if !IsDuplicate(err) {
			if err != nil {
				return err
			}
			continue
		}
		for _, n := range some { // rarely: one is there, so each by itself
			if err := v.Owe(n); err != nil {
				return err
			}
		}
	}
	return nil
}

// Carry adds a notice that waits for the person's next message and is never
// pushed, unless one of its key exists.
func (v In) Carry(n Notice) error {
	n.Village, n.State, n.CreatedAt = v.ID, NoticeCarry, At(v.tx.now)
	err := insertLater(v.tx, n)
	if IsDuplicate(err) {
		return nil
	}
	v.tx.carried = append(v.tx.carried, Reader{Village: v.ID, Person: n.Person})
	return err
}

// Reader is a person about whom what is kept in memory has changed: something new
// waits for him, or is in his hands.
type Reader struct{ Village, Person int64 }

// Carried are the people for whom this transaction leaves something to be
// carried: whoever keeps facts about them in memory reads them again.
func (tx *Tx) Carried() []Reader { return tx.carried }

// Notice reads one.
func (v In) Notice(id int64) (Notice, bool, error) {
	return one[Notice](v.tx, "WHERE village = ? AND id = ?", v.ID, id)
}

// ClearNotices settles the waiting notices of one kind about one subject: their
// reason died.
func (v In) ClearNotices(kind, subject, why string) error {
	return v.tx.change(`UPDATE notice SET state = ?, why = ?, settled_at = ?
		WHERE village = ? AND kind = ? AND subject = ? AND state IN ('due', 'carry')`,
		NoticeCleared, clip(why, 60), At(v.tx.now), v.ID, kind, subject)
}

// SentOn counts what was sent to a person unasked on a day; of one kind, or of
// any kind with "".
func (v In) SentOn(person int64, day, kind string) (int64, error) {
	return v.tx.number(`SELECT COUNT(*) FROM notice
		WHERE village = ? AND person = ? AND state IN ('sending', 'sent', 'unknown') AND sent_day = ? AND weight = ? AND (kind = ? OR ? = '')`,
		v.ID, person, day, Unasked, kind, kind)
}

// SentSince counts what a person was sent of some kinds from a day on.
func (v In) SentSince(person int64, day string, kinds ...string) (int64, error) {
	args := []any{v.ID, person, day}
	for _, k := range kinds {
		args = append(args, k)
	}
	return v.tx.number(`SELECT COUNT(*) FROM notice
		WHERE village = ? AND person = ? AND state IN ('sending', 'sent', 'unknown') AND sent_day >= ? AND kind IN (`+marks(len(kinds))+`)`, args...)
}

// LettersTo counts the letters that reached a person's channels from one day to
// another, both included: what was settled at one instant was one letter.
func (v In) LettersTo(person int64, from, to string) (int64, error) {
	return v.tx.number(`SELECT COUNT(DISTINCT settled_at) FROM notice
		WHERE village = ? AND person = ? AND state IN ('sent', 'unknown') AND sent_day >= ? AND sent_day <= ? AND channel <> 'carry'`,
		v.ID, person, from, to)
}

// CarriedFor lists what waits for a person's next message, heaviest first.
func (v In) CarriedFor(person int64, n int) ([]Notice, error) {
	return list[Notice](v.tx, "WHERE village = ? AND person = ? AND state = ? ORDER BY weight, id LIMIT ?", v.ID, person, NoticeCarry, n)
}

// HalfTold lists what a person was told only by its lead, oldest first: he
// answers 看 and gets the words.
func (v In) HalfTold(person int64, since string, n int) ([]Notice, error) {
	return list[Notice](v.tx, "WHERE village = ? AND person = ? AND state IN ('sent', 'unknown') AND whole = 0 AND sent_day >= ? ORDER BY id LIMIT ?",
		v.ID, person, since, n)
}

// ToldWhole remembers that a person has read the words of a notice.
func (v In) ToldWhole(id int64) error {
	return v.tx.change("UPDATE notice SET whole = 1 WHERE village = ? AND id = ?", v.ID, id)
}

// NoticesOf lists a person's newest notices, newest first.
func (v In) NoticesOf(person int64, n int) ([]Notice, error) {
	return list[Notice](v.tx, "WHERE village = ? AND person = ? ORDER BY id DESC LIMIT ?", v.ID, person, n)
}

// NoticesOfKind lists the newest notices of a kind, newest first.
func (v In) NoticesOfKind(kind string, n int) ([]Notice, error) {
	return list[Notice](v.tx, "WHERE village = ? AND kind = ? ORDER BY id DESC LIMIT ?", v.ID, kind, n)
}

// NoticesAbout lists all notices of one kind about a subject.
func (v In) NoticesAbout(kind, subject string) ([]Notice, error) {
	return list[Notice](v.tx, "WHERE village = ? AND kind = ? AND subject = ? ORDER BY id LIMIT ?", v.ID, kind, subject, listBound)
}
