package alert

import (
	"cmp"
	"slices"

	"mishu/bot/book"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// carsBound is how many car owners an alert names.
const carsBound = 2

// cars names who has a car and is in the village, the nearest first, with their
// telephones: an ambulance may be an hour away (care-features 5, D27). It says
// that they have one, not that they come.
func cars(v storage.In, b *book.Book, a storage.Alert, reader int64) (string, error) {
	if c := class(a); c != read.Life && c != read.Poison {
		return "", nil
	}
	volunteers, err := v.Volunteers()
	if err != nil {
		return "", err
	}
	now, group := v.Now().In(storage.Shanghai), b.Person(a.Elder).Group
	volunteers = slices.DeleteFunc(volunteers, func(r storage.Volunteer) bool {
		p := b.Person(r.Person)
		here := p.Status == storage.Home && !b.AwayOn(p.ID, now)
		return !r.Car || !here || p.Phone == "" || p.ID == reader || p.ID == a.Elder
	})
	slices.SortStableFunc(volunteers, func(x, y storage.Volunteer) int {
		return cmp.Compare(apart(b, x.Person, group), apart(b, y.Person, group))
	})
	var parts []string
	for _, r := range volunteers[:min(len(volunteers), carsBound)] {
		parts = append(parts, b.Name(r.Person)+b.Person(r.Person).Phone)
	}
	if len(parts) == 0 {
		return "", nil
	}
	when := "有车的："
	if h := now.Hour(); h >= 18 || h < 6 {
		when = "今晚有车："
	}
	return when + say.List(parts) + "。", nil
}
