package storage

import "slices"

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
