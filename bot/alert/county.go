package alert

import (
	"fmt"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// Placeless raises danger in the office of a county while nobody knows in which
// village it is (settled.md 4): whoever has the county's duty is told until he
// answers, and closes it with his words. What the caller says after it is added.
func Placeless(t *line.Turn) error {
	_, err := raise(t, report{Class: placeless, Signs: t.Read.Danger.Words, Words: t.Read.Text})
	return err
}

// protectionOf finds the county's office where somebody is entered who protects
// children (县未保).
func protectionOf(v storage.In, b *book.Book) (storage.In, *book.Book, bool, error) {
	office, found, err := v.Tx().CountyOf(b.Village.County)
	if err != nil || !found {
		return office, nil, false, err
	}
	ob, err := book.Load(office)
	if err != nil {
		return office, nil, false, err
	}
	return office, ob, len(ob.Holders(storage.Protection, 0)) > 0, nil
}

// toProtection raises a child's danger in the county's office as well, an alert
// of its own: what the village's people do with theirs changes nothing there, and
// where one of them is named there is no other (village practice N).
func toProtection(t *line.Turn, r report) (bool, error) {
	if r.Class != read.Child && r.Class != cadre {
		return false, nil
	}
	v, b, there, err := protectionOf(t.In, t.Book)
	if err != nil || !there {
		return false, err
	}
	village := t.Book.Village
	a := storage.Alert{Class: string(r.Class), Elder: r.elder(), Person: t.Me}
	words := fmt.Sprintf("%s%s%s：%s（%s）", village.Township, village.Name, whose(t.Book, a), r.Words, teller(t.Book, a))
	_, err = raise(t.Elsewhere(v, b), report{Class: childCounty, Signs: r.Signs, Words: words})
	return true, err
}
