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

// DueNotice names a notice that the clock has to look at.
type DueNotice struct {
	ID       int64  `db:"id"`
	Village  int64  `db:"village"`
	Person   int64  `db:"person"`
	NotAfter Moment `db:"not_after"`
}

func (DueNotice) table() string { return "notice" }

// NoticesDue names notices whose time has come, in all villages.
func (tx *Tx) NoticesDue(now, wall Moment, n int) ([]DueNotice, error) {
	return list[DueNotice](tx, "WHERE state = ? AND retry_at <= ? AND not_before <= ? ORDER BY weight, not_before, id LIMIT ?",
		NoticeDue, wall, now, n)
}

// DueFor lists what else is due for one person, heaviest first. The sum keeps
// SQLite from going through all that is due in all villages: it would take the
// index of a range for better than that of the person.
func (v In) DueFor(person int64, now, wall Moment, n int) ([]Notice, error) {
	return list[Notice](v.tx, "WHERE village = ? AND person = ? AND state = ? AND retry_at + 0 <= ? AND not_before <= ? ORDER BY weight, not_before, id LIMIT ?",
		v.ID, person, NoticeDue, wall, now, n)
}

// NoticesLost names notices that were being sent by somebody who died.
func (tx *Tx) NoticesLost(wall Moment, n int) ([]DueNotice, error) {
	return list[DueNotice](tx, "WHERE state = ? AND retry_at < ? AND lease < ? ORDER BY id LIMIT ?", NoticeSending, wall, wall, n)
}

// ClaimNotice takes a notice from one state for an owner until a lease ends;
// false if it is not in that state any more.
func (v In) ClaimNotice(id int64, from, owner string, lease Moment) (Notice, bool, error) {
	n, err := v.tx.exec("UPDATE notice SET state = ?, owner = ?, lease = ? WHERE village = ? AND id = ? AND state = ?",
		NoticeSending, owner, lease, v.ID, id, from)
	if err != nil || n == 0 {
		return Notice{}, false, err
	}
	return one[Notice](v.tx, "WHERE village = ? AND id = ?", v.ID, id)
}

// SettleNotice writes a notice that its owner claimed; false if the lease ran
// out and somebody else settled it. What was too late is counted.
func (v In) SettleNotice(n Notice) (bool, error) {
	mine, err := saveIf(v, n, " AND state = ? AND owner = ?", NoticeSending, n.Owner)
	if mine && n.State == NoticeStale {
		err = v.miss(Day(v.Now()))
	}
	return mine, err
}

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

// NoticeCounts counts notices by state, in all villages: the sum that must
// equal what was planned.
func (tx *Tx) NoticeCounts() (map[string]int64, error) {
	rows, err := list[noticeCount](tx, "GROUP BY state")
	if err != nil {
		return nil, err
	}
	counts := make(map[string]int64, len(rows))
	for _, r := range rows {
		counts[r.State] = r.N
	}
	return counts, nil
}

type noticeCount struct {
	State string `db:"state"`
	N     int64  `db:"COUNT(*)"`
}

func (noticeCount) table() string { return "notice" }

// FinalWord stores what the platform said later about a message it accepted:
// the newest of that name, for subscription notices have none of their own.
func (tx *Tx) FinalWord(account, msgID, state, why string) error {
	n, found, err := one[DueNotice](tx, "WHERE account = ? AND msg_id = ? AND state IN ('sent', 'unknown') ORDER BY id DESC LIMIT 1", account, msgID)
	if err != nil || !found {
		return err
	}
	return tx.change("UPDATE notice SET state = ?, why = ? WHERE id = ?", state, clip(why, 60), n.ID)
}

// BriefItem is what one digit of a day's brief means; it keeps that meaning all
// day.
type BriefItem struct {
	Village int64  `db:"village"`
	Day     string `db:"on_day"`
	Digit   int    `db:"digit"`
	Kind    string `db:"kind"`
	Ref     int64  `db:"ref"`
	Words   string `db:"words" clip:"200"`
	State   string `db:"state"` // Open, Closed
}

func (BriefItem) table() string { return "brief_item" }

// briefBound is when a digit got its meaning.
type briefBound struct {
	Village int64  `db:"village"`
	Day     string `db:"on_day"`
	Digit   int    `db:"digit"`
	At      Moment `db:"bound_at"`
}

func (briefBound) table() string { return "brief_bound" }

// AddBriefItem binds a digit for the day; a duplicate if somebody else has.
func (v In) AddBriefItem(b BriefItem) error {
	b.Village, b.State = v.ID, Open
	if err := insert(v.tx, &b); err != nil {
		return err
	}
	return insertLater(v.tx, briefBound{Village: v.ID, Day: b.Day, Digit: b.Digit, At: At(v.tx.now)})
}

// BoundSince are the digits of a day that were bound at an instant or later, in
// order.
func (v In) BoundSince(day string, since Moment) ([]int, error) {
	rows, err := list[briefBound](v.tx, "WHERE village = ? AND on_day = ? AND bound_at >= ? ORDER BY digit", v.ID, day, since)
	digits := make([]int, len(rows))
	for i, r := range rows {
		digits[i] = r.Digit
	}
	return digits, err
}

// BriefItems lists a day's digits.
func (v In) BriefItems(day string) ([]BriefItem, error) {
	return list[BriefItem](v.tx, "WHERE village = ? AND on_day = ? ORDER BY digit", v.ID, day)
}

// BriefItemsBetween counts what was put to the secretary-general from one day to
// another, both included.
func (v In) BriefItemsBetween(from, to string) (int64, error) {
	return v.tx.number("SELECT COUNT(*) FROM brief_item WHERE village = ? AND on_day >= ? AND on_day <= ?", v.ID, from, to)
}

// CloseBriefItem remembers that a digit has been dealt with.
func (v In) CloseBriefItem(day string, digit int) error {
	return v.tx.change("UPDATE brief_item SET state = ? WHERE village = ? AND on_day = ? AND digit = ?", Closed, v.ID, day, digit)
}
