package storage

import "fmt"

// Setting is a value that an office owns, with who set it, from which source,
// and when it was last checked: the operator's under village 0, a county's under
// its office, or a village's own.
type Setting struct {
	Village   int64  `db:"village"`
	Name      string `db:"name"`
	Value     string `db:"value"`
	Owner     string `db:"owner"`
	Source    string `db:"source"`
	CheckedOn string `db:"checked_on"`
}

func (Setting) table() string { return "setting" }

// countyCode is the Code of the row of a county's own office.
const countyCode = "county"

// Settings are the operator's values, over them the county's, over them the
// village's own.
func (v In) Settings() (map[string]string, error) {
	village, err := v.Village()
	if err != nil {
		return nil, err
	}
	all, err := v.tx.SettingsOf([]Village{village})
	return all[v.ID], err
}

// SettingsOf reads the settings of some villages, at most a few hundred.
func (tx *Tx) SettingsOf(villages []Village) (map[int64]map[string]string, error) {
	counties, err := tx.countySettings(villages)
	if err != nil {
		return nil, err
	}
	ids := make([]any, 0, len(villages)+1)
	ids = append(ids, 0)
	for _, v := range villages {
		ids = append(ids, v.ID)
	}
	own, err := list[Setting](tx, "WHERE village IN ("+marks(len(ids))+") ORDER BY village", ids...)
	if err != nil {
		return nil, err
	}
	all := make(map[int64]map[string]string, len(villages))
	for _, v := range villages {
		all[v.ID] = map[string]string{}
	}
	operator := 0 // the rows of village 0 come first
	for operator < len(own) && own[operator].Village == 0 {
		operator++
	}
	for _, v := range villages {
		overlay(all[v.ID], own[:operator])
		overlay(all[v.ID], counties[v.County])
	}
	for _, s := range own[operator:] {
		all[s.Village][s.Name] = s.Value
	}
	return all, nil
}

func overlay(values map[string]string, rows []Setting) {
	for _, s := range rows {
		values[s.Name] = s.Value
	}
}

// countySettings are the values that the counties of some villages have set, by
// county.
func (tx *Tx) countySettings(villages []Village) (map[string][]Setting, error) {
	seen := map[string]bool{}
	var names []any
	for _, v := range villages {
		if !seen[v.County] {
			seen[v.County] = true
			names = append(names, v.County)
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	offices, err := list[Village](tx, "WHERE name IN ("+marks(len(names))+") AND township = '' AND county = name AND code = ?", append(names, countyCode)...)
	if err != nil || len(offices) == 0 {
		return nil, err
	}
	ids := make([]any, len(offices))
	county := map[int64]string{}
	for i, o := range offices {
		ids[i], county[o.ID] = o.ID, o.County
	}
	rows, err := list[Setting](tx, "WHERE village IN ("+marks(len(ids))+")", ids...)
	if err != nil {
		return nil, fmt.Errorf("settings of counties: %w", err)
	}
	by := map[string][]Setting{}
	for _, r := range rows {
		by[county[r.Village]] = append(by[county[r.Village]], r)
	}
	return by, nil
}

// Set stores a setting of the village, of a county's office, or of the operator
// (village 0).
func (v In) Set(s Setting) error {
	s.Village = v.ID
	if err := v.tx.change("DELETE FROM setting WHERE village = ? AND name = ?", v.ID, s.Name); err != nil {
		return err
	}
	if err := insert(v.tx, &s); err != nil {
		return err
	}
	return v.settingsChanged()
}

// settingsChanged tells everybody who keeps a book or plans for a village to
// which these settings go: the village itself, those of the county, or all.
func (v In) settingsChanged() error {
	if v.ID == 0 {
		return v.tx.change("UPDATE village SET version = version + 1")
	}
	own, err := v.Village()
	if err != nil {
		return err
	}
	if own.Code == countyCode {
		return v.tx.change("UPDATE village SET version = version + 1 WHERE county = ?", own.County)
	}
	return v.Changed()
}
