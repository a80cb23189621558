package storage

import "fmt"

// Village is the tenant: everything belongs to one.
type Village struct {
	ID        int64  `db:"id"`
	Code      string `db:"code"` // 12 digits, 统计用区划代码; may be ""
	Name      string `db:"name"`
	Township  string `db:"township"`
	County    string `db:"county"`
	Version   int64  `db:"version"`   // goes up with each change of roster, roles or settings
	Numbering int64  `db:"numbering"` // touched to give out request numbers one at a time
	CreatedAt Moment `db:"created_at"`
}

func (Village) table() string { return "village" }

// CountyOffice is the Code of the county's own office: it has people, members
// and roles like a village, and no elders.
const CountyOffice = "county"

// Office reports whether this is a county's office and no village.
func (r Village) Office() bool { return r.Code == CountyOffice }

// CountyOf finds the office of a county.
func (tx *Tx) CountyOf(county string) (In, bool, error) {
	r, found, err := one[Village](tx, "WHERE name = ? AND township = '' AND county = ? AND code = ?", county, county, CountyOffice)
	return tx.In(r.ID), found, err
}

// AddVillage creates a village.
func (tx *Tx) AddVillage(v *Village) error {
	v.Version, v.CreatedAt = 1, At(tx.now)
	return insert(tx, v)
}

// Villages lists the villages after an id, in id order, at most n.
func (tx *Tx) Villages(after int64, n int) ([]Village, error) {
	return list[Village](tx, "WHERE id > ? ORDER BY id LIMIT ?", after, n)
}

// VillageNamed finds villages by name; a county may have two of one name.
func (tx *Tx) VillageNamed(name string) ([]Village, error) {
	return list[Village](tx, "WHERE name = ? ORDER BY id LIMIT 20", name)
}

// Village is the village's own row.
func (v In) Village() (Village, error) {
	r, found, err := one[Village](v.tx, "WHERE id = ?", v.ID)
	if err == nil && !found {
		err = fmt.Errorf("village %d is not there", v.ID)
	}
	return r, err
}

// Version goes up with each change of roster, roles or settings; what is kept
// in memory of a village is good for one version.
func (v In) Version() (int64, error) {
	return v.tx.number("SELECT version FROM village WHERE id = ?", v.ID)
}

// Changed tells everybody who keeps the village's book in memory to read it again.
func (v In) Changed() error {
	v.tx.bumped = true
	return v.tx.change("UPDATE village SET version = version + 1 WHERE id = ?", v.ID)
}

// Versions are the versions of some villages, at most a few hundred at a time.
func (tx *Tx) Versions(ids []int64) (map[int64]int64, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	rows, err := list[Village](tx, "WHERE id IN ("+marks(len(ids))+")", args...)
	versions := make(map[int64]int64, len(rows))
	for _, r := range rows {
		versions[r.ID] = r.Version
	}
	return versions, err
}

// Duty is a telephone that somebody answers from one minute of the day to
// another; 22:00 to 06:00 is From 1320, To 360.
type Duty struct {
	ID      int64  `db:"id"`
	Village int64  `db:"village"`
	Name    string `db:"name"`
	Phone   string `db:"phone"`
	From    int    `db:"from_minute"`
	To      int    `db:"to_minute"`
}

func (Duty) table() string { return "duty" }

// Duties is the village's duty roster.
func (v In) Duties() ([]Duty, error) {
	return list[Duty](v.tx, "WHERE village = ? ORDER BY id", v.ID)
}

// EndDuty takes somebody off the duty roster, or everybody with "".
func (v In) EndDuty(name string) error {
	err := v.tx.change("DELETE FROM duty WHERE village = ? AND (name = ? OR ? = '')", v.ID, name, name)
	if err != nil {
		return err
	}
	return v.Changed()
}

// AddDuty adds to the duty roster.
func (v In) AddDuty(d Duty) error {
	d.Village = v.ID
	return insert(v.tx, &d)
}

// Covers reports whether somebody answers at a minute of the day.
func (d Duty) Covers(minute int) bool {
	if d.From <= d.To {
		return minute >= d.From && minute < d.To
	}
	return minute >= d.From || minute < d.To
}
