package ladder

import (
	"cmp"
	"slices"
	"strings"

	"mishu/bot/book"
	"mishu/storage"
)

// sameSex are the services in which somebody is washed or nursed: a woman is
// asked for a woman and a man for a man.
var sameSex = map[string]bool{"xi": true, "hu": true}

// suitable are the serving volunteers who can be asked about a request: not
// asked yet, reachable, of the right sex where it matters; those with a car
// first where one is wished, then the nearest groups, then the least recently
// asked.
func suitable(v storage.In, b *book.Book, h storage.Help, reachable map[int64]bool) ([]int64, error) {
	volunteers, err := v.Volunteers()
	if err != nil {
		return nil, err
	}
	asked, err := askedAlready(v, h.ID)
	if err != nil {
		return nil, err
	}
	volunteers = slices.DeleteFunc(volunteers, func(r storage.Volunteer) bool {
		return !reachable[r.Person] || asked[r.Person] || r.Person == h.Elder || r.Person == h.Asker || wrongSex(b, h, r.Person)
	})
	group := b.Person(h.Elder).Group
	today := storage.Day(v.Now())
	slices.SortStableFunc(volunteers, func(x, y storage.Volunteer) int {
		if busy := storage.Day(y.AskedAt.Time()) == today; !h.Urgent && busy != (storage.Day(x.AskedAt.Time()) == today) {
			return first(busy) // nobody is asked twice a day while others are free
		}
		return cmp.Compare(distance(b, x.Person, group), distance(b, y.Person, group))
	})
	if strings.Contains(h.Wishes, "车") {
		nearestCarFirst(volunteers)
	}
	people := make([]int64, len(volunteers))
	for i, r := range volunteers {
		people[i] = r.Person
	}
	return people, nil
}

// nearestCarFirst moves the nearest who has a car to the front; the others are
// asked all the same, for a car is a wish and no condition.
func nearestCarFirst(volunteers []storage.Volunteer) {
	i := slices.IndexFunc(volunteers, func(r storage.Volunteer) bool { return r.Car })
	if i > 0 {
		driver := volunteers[i]
		copy(volunteers[1:i+1], volunteers[:i])
		volunteers[0] = driver
	}
}

func first(yes bool) int {
	if yes {
		return -1
	}
	return 1
}

func wrongSex(b *book.Book, h storage.Help, person int64) bool {
	elder := b.Person(h.Elder).Sex
	return sameSex[h.Service] && elder != "" && b.Person(person).Sex != elder
}

// distance is how far apart two groups are; the numbers follow the valley.
func distance(b *book.Book, person int64, group int) int {
	d := b.Person(person).Group - group
	return max(d, -d)
}

func nearestFirst(b *book.Book, people []int64, group int) []int64 {
	people = slices.Clone(people)
	slices.SortStableFunc(people, func(x, y int64) int { return cmp.Compare(distance(b, x, group), distance(b, y, group)) })
	return people
}
