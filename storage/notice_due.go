package storage

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
