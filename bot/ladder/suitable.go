package ladder

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/storage"
)

// sameSex are the services in which somebody is washed or nursed: a woman is
// asked for a woman and a man for a man.
var sameSex = map[string]bool{"xi": true, "hu": true}

// skills are what a volunteer can do, as rosters write it, that a service or
// the words of a request ask for.
var skills = map[string][]string{
	"yi": {"助医", "陪诊", "护理"}, "hu": {"助护", "护理"}, "lao": {"助劳"}, "chu": {"助厨", "做饭", "厨"}, "xi": {"助洗"},
	"fu": {"助扶"}, "xue": {"助学", "教学", "手机"}, "comfort": {"心理", "陪聊"},
	"灯": {"水电", "电工"}, "电": {"水电", "电工"}, "水管": {"水电"}, "头发": {"理发"}, "门": {"木工"}, "屋漏": {"瓦工", "泥工"},
}

// restDays is how long somebody who was asked is left alone while others are
// there: nobody is asked twice a week.
const restDays = 7 * 24 * time.Hour

// suitable are the serving volunteers who can be asked about a request: not
// asked too often about it, reachable, not away, of the right sex where it
// matters. First those who have time then, then those not asked this week, who
// can do it, of the nearest groups, the least recently asked; where a car is
// wished, the nearest driver before all.
func suitable(c *climb) ([]int64, error) {
	volunteers, err := c.v.Volunteers()
	if err != nil {
		return nil, err
	}
	b, h, now := c.b, *c.h, c.v.Now()
	volunteers = slices.DeleteFunc(volunteers, func(r storage.Volunteer) bool {
		return !c.reach[r.Person] || c.enough(r.Person) || r.Person == h.Elder || r.Person == h.Asker ||
			wrongSex(b, h, r.Person) || b.AwayOn(r.Person, wished(h, now))
	})
	rank := func(r storage.Volunteer) int {
		return 4*worse(!freeThen(b, h, r.Person)) + 2*worse(!h.Urgent && now.Sub(r.AskedAt.Time()) < restDays) + worse(!skilled(r, h))
	}
	group := b.Person(h.Elder).Group
	slices.SortStableFunc(volunteers, func(x, y storage.Volunteer) int { // they come the least recently asked first
		return cmp.Or(cmp.Compare(rank(x), rank(y)), cmp.Compare(distance(b, x.Person, group), distance(b, y.Person, group)))
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

func worse(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// wished is the day on which somebody would have to come.
func wished(h storage.Help, now time.Time) time.Time {
	if h.WishAt == 0 {
		return now
	}
	return h.WishAt.Time()
}

// freeThen reports whether a volunteer has time when the request wishes it.
func freeThen(b *book.Book, h storage.Help, person int64) bool {
	if h.WishAt == 0 || h.WishGrain == "any" {
		return true
	}
	return b.FreeAt(person, h.WishAt.Time(), h.WishGrain == "day")
}

// skilled reports whether a volunteer can do what is asked; a request that asks
// for nothing special suits everybody.
func skilled(r storage.Volunteer, h storage.Help) bool {
	special := false
	for word, wanted := range skills {
		if word != h.Service && !strings.Contains(h.Detail, word) {
			continue
		}
		special = true
		if slices.ContainsFunc(wanted, func(w string) bool { return strings.Contains(r.Skills, w) }) {
			return true
		}
	}
	return !special
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
