package storage

import (
	"cmp"
	"fmt"
)

// The states of a Visit, a ServiceRecord and a Finding.
const (
	Stands   = "stands"
	Replaced = "replaced" // superseded by a correction, kept
	Undone   = "undone"   // taken back by its own reporter, kept
)

// Visit 探访 is a call on an elder who answered; with Met false it is an
// Attempt 未见到, which never counts as a visit.
type Visit struct {
	ID         int64  `db:"id"`
	Village    int64  `db:"village"`
	Elder      int64  `db:"elder"`
	Visitor    int64  `db:"visitor"`
	Day        string `db:"on_day"`
	Met        bool   `db:"met"`
	Health     string `db:"health"`            // 好 一般 差, "" not said
	Reason     string `db:"reason" clip:"100"` // an attempt's
	Words      string `db:"words" clip:"400"`
	Late       bool   `db:"late"` // 补
	State      string `db:"state"`
	ReplacedBy int64  `db:"replaced_by"`
	NextAt     Moment `db:"next_at"` // an attempt's: when the clock looks whether somebody has seen the elder; Settled once a person has said
	SourceKey  string `db:"source_key"`
	Ordinal    int    `db:"ordinal"`
	CreatedAt  Moment `db:"created_at"`
}

func (Visit) table() string { return "visit" }

// Settled is the NextAt of an attempt about which a person has said what became
// of the elder.
const Settled Moment = -1

// AddVisit stores a visit or an attempt, reported now or when CreatedAt says. The
// words, and how the elder is doing, need his consent; the reason of an attempt is
// kept for his safety.
func (v In) AddVisit(r *Visit, why Basis) error {
	if err := why.covers(v, r.Elder, r.need(), "visit"); err != nil {
		return err
	}
	r.Village, r.State, r.CreatedAt = v.ID, Stands, cmp.Or(r.CreatedAt, At(v.tx.now))
	return insert(v.tx, r)
}

// PutVisit is AddVisit for a visit whose id nobody needs.
func (v In) PutVisit(r Visit, why Basis) error {
	if err := why.covers(v, r.Elder, r.need(), "visit"); err != nil {
		return err
	}
	r.Village, r.State, r.CreatedAt = v.ID, Stands, cmp.Or(r.CreatedAt, At(v.tx.now))
	return insertLater(v.tx, r)
}

// Visit reads one.
func (v In) Visit(id int64) (Visit, bool, error) {
	return one[Visit](v.tx, "WHERE village = ? AND id = ?", v.ID, id)
}

func (r Visit) need() Need {
	switch {
	case r.Words != "": // they may tell of anything
		return NeedHealth
	case r.Health != "":
		return NeedBasic
	}
	return NeedNothing
}

// SaveVisit writes what became of a visit that was read in this transaction
// under LockPlan. What was said at it never changes.
func (v In) SaveVisit(r Visit) error {
	n, err := v.tx.exec("UPDATE visit SET reason = ?, state = ?, replaced_by = ?, next_at = ? WHERE village = ? AND id = ?",
		clip(r.Reason, 100), r.State, r.ReplacedBy, r.NextAt, v.ID, r.ID)
	if err == nil && n == 0 {
		err = fmt.Errorf("save visit %d: the village has no such row", r.ID)
	}
	return err
}

// VisitsOn lists what stands about an elder on a day.
func (v In) VisitsOn(elder int64, day string) ([]Visit, error) {
	return list[Visit](v.tx, "WHERE village = ? AND elder = ? AND on_day = ? AND state = ? ORDER BY id LIMIT ?", v.ID, elder, day, Stands, listBound)
}

// AttemptsWaiting lists the attempts since a day after which nobody has seen
// the elder yet.
func (v In) AttemptsWaiting(since string) ([]Visit, error) {
	return list[Visit](v.tx, "WHERE village = ? AND on_day >= ? AND met = 0 AND next_at >= 0 AND state = ? ORDER BY id LIMIT ?", v.ID, since, Stands, listBound)
}

// VisitsTo lists what stands about an elder since a day, newest first.
func (v In) VisitsTo(elder int64, since string) ([]Visit, error) {
	return list[Visit](v.tx, "WHERE village = ? AND elder = ? AND on_day >= ? AND state = ? ORDER BY on_day DESC, id DESC LIMIT 20", v.ID, elder, since, Stands)
}

// VisitsFrom lists what one message reported.
func (v In) VisitsFrom(key string) ([]Visit, error) {
	return list[Visit](v.tx, "WHERE source_key = ? AND village = ? AND state = ? ORDER BY ordinal", key, v.ID, Stands)
}

// LastReport is the key of a visitor's newest report since an instant, "" if none.
func (v In) LastReport(visitor int64, since Moment) (string, error) {
	rows, err := list[Visit](v.tx, "WHERE village = ? AND visitor = ? AND created_at >= ? AND state = ? ORDER BY created_at DESC, id DESC LIMIT 1", v.ID, visitor, since, Stands)
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return rows[0].SourceKey, nil
}

// VisitCount is what a month's sheet counts: elders met, each day once, and
// attempts apart.
type VisitCount struct{ Elders, Visits, Attempts int64 }

// CountVisits counts what stands from one day to another, both included.
func (v In) CountVisits(from, to string) (c VisitCount, err error) {
	const where = " FROM visit WHERE village = ? AND on_day >= ? AND on_day <= ? AND state = ? AND met = ?"
	if c.Elders, err = v.tx.number("SELECT COUNT(DISTINCT elder)"+where, v.ID, from, to, Stands, true); err != nil {
		return c, err
	}
	const days = "SELECT COUNT(*) FROM (SELECT DISTINCT elder, on_day" + where + ") d"
	if c.Visits, err = v.tx.number(days, v.ID, from, to, Stands, true); err != nil {
		return c, err
	}
	c.Attempts, err = v.tx.number("SELECT COUNT(*)"+where, v.ID, from, to, Stands, false)
	return c, err
}

// CountVisitsBy counts what one visitor reported from one day to another, both
// included.
func (v In) CountVisitsBy(visitor int64, from, to string) (c VisitCount, err error) {
	const where = " FROM visit WHERE village = ? AND visitor = ? AND on_day >= ? AND on_day <= ? AND state = ? AND met = ?"
	if c.Elders, err = v.tx.number("SELECT COUNT(DISTINCT elder)"+where, v.ID, visitor, from, to, Stands, true); err != nil {
		return c, err
	}
	const days = "SELECT COUNT(*) FROM (SELECT DISTINCT elder, on_day" + where + ") d"
	if c.Visits, err = v.tx.number(days, v.ID, visitor, from, to, Stands, true); err != nil {
		return c, err
	}
	c.Attempts, err = v.tx.number("SELECT COUNT(*)"+where, v.ID, visitor, from, to, Stands, false)
	return c, err
}

// VisitsDue lists attempts whose time has come, in all villages.
func (tx *Tx) VisitsDue(now Moment, n int) ([]Visit, error) {
	return list[Visit](tx, "WHERE state = ? AND next_at > 0 AND next_at <= ? ORDER BY next_at LIMIT ?", Stands, now, n)
}

// VisitsLate counts the attempts, in all villages, that the clock should have
// looked at before an instant and has not.
func (tx *Tx) VisitsLate(before Moment) (int64, error) {
	return tx.number("SELECT COUNT(*) FROM visit WHERE state = ? AND next_at > 0 AND next_at < ?", Stands, before)
}

// The kinds of a ServiceRecord.
const (
	ForVisit = "visit"
	ForHelp  = "help"
)
