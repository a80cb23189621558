package storage

import (
	"cmp"
	"fmt"
	"slices"
)

// Plan is how an elder on the visit list is visited.
type Plan struct {
	Village int64  `db:"village"`
	Person  int64  `db:"person"`
	Kinds   string `db:"kinds"`   // 独居、空巢 ...
	Tier    string `db:"tier"`    // 高 重点 一般
	Visitor int64  `db:"visitor"` // who mainly goes
	Backup  int64  `db:"backup"`
	LastDay string `db:"last_day"`  // the last day on which somebody met the elder, "" if never
	Tried   string `db:"tried_day"` // the last day on which somebody stood at a closed door
	State   string `db:"state"`
	Until   string `db:"until_day"`
}

func (Plan) table() string { return "plan" }

// The states of a Plan.
const (
	PlanOn  = "on"  // carried out
	PlanOff = "off" // not meanwhile: an Absence says why
)

// SetPlan begins or stops the visits to an elder. The caller calls Changed.
func (v In) SetPlan(person int64, state, until string) error {
	return v.tx.change("UPDATE plan SET state = ?, until_day = ? WHERE village = ? AND person = ?", state, until, v.ID, person)
}

// TierHigh is who is to be seen every week.
const TierHigh = "高"

// AddPlan puts an elder on the visit list.
func (v In) AddPlan(p Plan) error {
	p.Village, p.State = v.ID, PlanOn
	return insert(v.tx, &p)
}

// Plan reads one elder's plan.
func (v In) Plan(person int64) (Plan, bool, error) {
	return one[Plan](v.tx, "WHERE village = ? AND person = ?", v.ID, person)
}

// Plans is the visit list.
func (v In) Plans() ([]Plan, error) {
	return list[Plan](v.tx, "WHERE village = ? AND state = ? ORDER BY person", v.ID, PlanOn)
}

// PlansOff are the plans that are not carried out: an Absence says why.
func (v In) PlansOff() ([]Plan, error) {
	return list[Plan](v.tx, "WHERE village = ? AND state = ? ORDER BY person LIMIT ?", v.ID, PlanOff, listBound)
}

// Unvisited lists the elders whom nobody met since a day.
func (v In) Unvisited(since string) ([]Plan, error) {
	return list[Plan](v.tx, "WHERE village = ? AND state = ? AND last_day < ? ORDER BY last_day, person", v.ID, PlanOn, since)
}

// PlansOf is the visit list of one visitor.
func (v In) PlansOf(visitor int64) ([]Plan, error) {
	return list[Plan](v.tx, "WHERE village = ? AND visitor = ? AND state = ? ORDER BY person LIMIT ?", v.ID, visitor, PlanOn, listBound)
}

// VisitorsOf are those who mainly visit somebody of a tier, or of any with "",
// each once, in id order.
func (v In) VisitorsOf(tier string) ([]int64, error) {
	return v.carers(tier, func(c carer) int64 { return c.Visitor })
}

// BackupsOf are those who go where the main visitor does not.
func (v In) BackupsOf(tier string) ([]int64, error) {
	return v.carers(tier, func(c carer) int64 { return c.Backup })
}

func (v In) carers(tier string, pick func(carer) int64) ([]int64, error) {
	rows, err := list[carer](v.tx, "WHERE village = ? AND state = ? AND (tier = ? OR ? = '') ORDER BY person", v.ID, PlanOn, tier, tier)
	ids := make([]int64, 0, len(rows))
	for _, r := range rows {
		if id := pick(r); id != 0 {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), err
}

// carer is who goes to an elder.
type carer struct {
	Visitor int64 `db:"visitor"`
	Backup  int64 `db:"backup"`
}

func (carer) table() string { return "plan" }

// LockPlan makes others who report about this elder wait until the transaction ends.
func (v In) LockPlan(person int64) error {
	return v.tx.change("UPDATE plan SET state = state WHERE village = ? AND person = ?", v.ID, person)
}

// MovePlan sets the last days from the visits that stand. A visit that is new
// only moves them forward: see AdvancePlan.
func (v In) MovePlan(person int64) error {
	return v.tx.change(`UPDATE plan SET
		last_day = COALESCE((SELECT MAX(on_day) FROM visit WHERE village = ? AND elder = ? AND met = 1 AND state = ?), ''),
		tried_day = COALESCE((SELECT MAX(on_day) FROM visit WHERE village = ? AND elder = ? AND met = 0 AND state = ?), '')
		WHERE village = ? AND person = ?`,
		v.ID, person, Stands, v.ID, person, Stands, v.ID, person)
}

// AdvancePlan moves an elder's last day, or last day of an attempt, forward to
// the day of a report that is about to be stored. True means that it moved: the
// plan is locked as by LockPlan, and no visit (or attempt) of that day or a
// later one stands, so that none can say the same. On false the caller locks and
// looks as for any other report. In one round trip it spares the usual report
// three: LockPlan, VisitsOn, MovePlan.
func (v In) AdvancePlan(person int64, day string, met bool) (bool, error) {
	const visit = "UPDATE plan SET last_day = ? WHERE village = ? AND person = ? AND last_day < ?"
	const attempt = "UPDATE plan SET tried_day = ? WHERE village = ? AND person = ? AND tried_day < ?"
	query := attempt
	if met {
		query = visit
	}
	n, err := v.tx.exec(query, day, v.ID, person, day)
	return n == 1, err
}

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
