package storage

import "fmt"

// Watermark is how far a rule has been planned for a village.
type Watermark struct {
	Village int64  `db:"village"`
	Rule    string `db:"rule"`
	At      Moment `db:"at"`
}

func (Watermark) table() string { return "watermark" }

// Watermarks are how far each rule of some villages has been planned. A rule
// that is not among them never was.
func (tx *Tx) Watermarks(villages []int64) (map[int64]map[string]Moment, error) {
	args := make([]any, len(villages))
	for i, id := range villages {
		args[i] = id
	}
	rows, err := list[Watermark](tx, "WHERE village IN ("+marks(len(args))+")", args...)
	all := make(map[int64]map[string]Moment, len(villages))
	for _, r := range rows {
		if all[r.Village] == nil {
			all[r.Village] = map[string]Moment{}
		}
		all[r.Village][r.Rule] = r.At
	}
	return all, err
}

// MoveWatermark moves a rule's watermark from one instant to another, 0 for
// never; false if somebody else moved it meanwhile.
func (v In) MoveWatermark(rule string, from, to Moment) (bool, error) {
	if from == 0 {
		err := insert(v.tx, &Watermark{Village: v.ID, Rule: rule, At: to})
		if IsDuplicate(err) {
			return false, nil
		}
		return err == nil, err
	}
	n, err := v.tx.exec("UPDATE watermark SET at = ? WHERE village = ? AND rule = ? AND at = ?", to, v.ID, rule, from)
	return n == 1, err
}

// BeginWatermarks starts rules that were never planned; false if somebody else
// has started one of them meanwhile.
func (v In) BeginWatermarks(rules []string, at Moment) (bool, error) {
	rows := make([]Watermark, len(rules))
	for i, rule := range rules {
		rows[i] = Watermark{Village: v.ID, Rule: rule, At: at}
	}
	err := insertAll(v.tx, rows)
	if IsDuplicate(err) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("begin rules: %w", err)
	}
	return true, nil
}
