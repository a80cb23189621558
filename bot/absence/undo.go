package absence

import (
	"time"

	"mishu/bot/line"
	"mishu/storage"
)

// last tells when the speaker last entered an absence.
func last(t *line.Turn, since storage.Moment) (storage.Moment, error) {
	a, found, err := lastOf(t, since)
	if err != nil || !found {
		return 0, err
	}
	return entered(a), nil
}

// entered is when an absence was said, or confirmed.
func entered(a storage.Absence) storage.Moment { return a.CreatedAt }

func lastOf(t *line.Turn, since storage.Moment) (storage.Absence, bool, error) {
	var newest storage.Absence
	for _, state := range []string{storage.AbsenceSaid, storage.AbsenceOn} {
		all, err := t.In.Absences(state)
		if err != nil {
			return newest, false, err
		}
		for _, a := range all {
			if mine := a.SaidBy == t.Me || a.ConfirmedBy == t.Me; mine && entered(a) >= since && entered(a) > newest.CreatedAt {
				newest = a
			}
		}
	}
	return newest, newest.ID != 0, nil
}

// undo takes the newest one back.
func undo(t *line.Turn, since storage.Moment) (line.Answer, storage.Moment, error) {
	a, found, err := lastOf(t, since)
	if err != nil || !found {
		return line.Answer{}, 0, err
	}
	answer, err := takeBack(t, a.ID)
	return answer, a.CreatedAt, err
}

// correct hears 错了错了 是他哥哥: the entry was a mistake.
func correct(t *line.Turn) (line.Answer, error) {
	a, _, err := undo(t, storage.At(t.Now().Add(-correctWithin)))
	return a, err
}

// correctWithin is how far back 错了 reaches without a name; with one it reaches
// to any time (restore).
const correctWithin = 30 * time.Minute
