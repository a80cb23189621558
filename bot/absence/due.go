package absence

import (
	"fmt"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/storage"
)

// due names the absences whose end has come.
func due(tx *storage.Tx, n int) ([]line.Item, error) {
	all, err := tx.AbsencesDue(storage.At(tx.Now()), n)
	items := make([]line.Item, 0, len(all))
	for _, a := range all {
		items = append(items, line.Item{Village: a.Village, ID: a.ID})
	}
	return items, err
}

// askBack asks once whoever sees him, else whoever said it; it then stands in
// the brief until a person has answered. Nothing ends by itself.
func askBack(v storage.In, b *book.Book, id int64) error {
	a, found, err := v.LockAbsence(id)
	if err != nil || !found || a.AskAt == 0 || a.AskAt > storage.At(v.Now()) {
		return err
	}
	a.AskAt = 0
	if err := v.SaveAbsence(a); err != nil {
		return err
	}
	person := a.SaidBy
	if p, found, err := v.Plan(a.Person); err != nil {
		return err
	} else if found && p.Visitor != 0 {
		person = p.Visitor
	}
	if person == 0 || b.Has(person, storage.Secretary) { // hers stands in her brief
		return nil
	}
	return v.Owe(storage.Notice{
		Person: person, Kind: noteBack, Subject: subject(a.ID), Period: a.Until, Weight: storage.Unasked, Lead: "有1件事问您一声，回“看”",
		Words: fmt.Sprintf("%s%s，讲到%s。回来了没有？回来了回“回来了”，没有回“还没回来”。", who(b, a.Person), a.Kind, onDay(a.Until)),
	})
}

// freshBack lets the question live as long as nobody has answered it.
func freshBack(v storage.In, _ *book.Book, n *storage.Notice) (string, error) {
	a, err := absenceOf(v, *n)
	if err == nil && (a.State != storage.AbsenceSaid && a.State != storage.AbsenceOn || a.Until != n.Period) {
		return n.Subject + " is answered", nil
	}
	return "", err
}
