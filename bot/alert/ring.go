package alert

import (
	"cmp"
	"slices"
	"time"

	"mishu/bot/book"
	"mishu/bot/read"
	"mishu/storage"
)

// onDuty stands among roles for whoever has the duty telephone now.
const onDuty = "值班"

// step is whom the clock tells if nobody answered, and after how long.
type step struct {
	after time.Duration
	roles []string
	again bool // also those who were told before
}

// noContact 失联 is a class that no words make: nobody answers at a door, and a
// visitor's report says that something is wrong.
const noContact read.Class = "nocontact"

// circle is who is told of a class of danger: at once, and step by step.
type circle struct {
	roles  []string
	near   int // volunteers of the nearest groups
	steps  []step
	sealed bool // only those in roles ever hear of it, the secretary's list included
}

// The waits of village practice N: five minutes, for self-harm a quarter of an
// hour, for a child half an hour and two hours.
var (
	office = []step{{after: 5 * time.Minute, roles: []string{storage.Chair}}, {after: 5 * time.Minute, roles: []string{onDuty}}}

	rescue = circle{roles: []string{storage.Secretary, storage.Doctor, storage.Leader}, near: 2, steps: office}

	// A locked door is for police and doctor; no volunteer is sent to it
	// (settled.md 30), and the chair hears of it at once (village practice E3).
	silent = circle{roles: []string{storage.Secretary, storage.Doctor, storage.Leader, storage.Chair}, steps: []step{{after: 5 * time.Minute, roles: []string{onDuty}}}}

	circles = map[read.Class]circle{
		read.Life:     rescue,
		read.Poison:   rescue,
		read.Fire:     rescue,
		read.SelfHarm: {roles: []string{storage.Secretary, storage.Doctor}, steps: []step{{after: 15 * time.Minute, roles: []string{storage.Chair}}}},
		read.Child: {roles: []string{storage.ChildCare}, sealed: true, steps: []step{
			{after: 30 * time.Minute, roles: []string{storage.ChildCare}, again: true},
			{after: 90 * time.Minute, roles: []string{storage.ChildCare, storage.County}, again: true},
		}},
		noContact:     silent,
		read.Violence: {roles: []string{storage.Secretary}, steps: office},
		read.Missing:  {roles: []string{storage.Secretary, storage.Leader}, steps: office},
		read.Gone:     {roles: []string{storage.Secretary, storage.Leader}, steps: office},
		read.Fraud:    {roles: []string{storage.Secretary}, steps: []step{{after: 30 * time.Minute, roles: []string{storage.Chair}}}},
	}
)

func circleOf(class read.Class) circle {
	if c, known := circles[class]; known {
		return c
	}
	return rescue
}

// holders are the people of the roles, each once, in the order of the roles. A
// leader is the one of the group, none if the group is not known.
func holders(b *book.Book, now time.Time, group int, roles []string) []int64 {
	var people []int64
	for _, role := range roles {
		var ids []int64
		switch {
		case role == onDuty:
			ids = dutyHolders(b, now)
		case role != storage.Leader:
			ids = b.Holders(role, 0)
		case group > 0:
			ids = b.Holders(role, group)
		}
		people = addEach(people, ids)
	}
	return people
}

func addEach(people, more []int64) []int64 {
	for _, id := range more {
		if !slices.Contains(people, id) {
			people = append(people, id)
		}
	}
	return people
}

// dutyHolders are the people of the roster whose turn at the duty telephone it
// is; a name that fits several is nobody.
func dutyHolders(b *book.Book, now time.Time) []int64 {
	now = now.In(storage.Shanghai)
	var people []int64
	for _, d := range b.Duties {
		if found := b.Roster.Find(d.Name, 0); d.Covers(now.Hour()*60+now.Minute()) && len(found) == 1 {
			people = addEach(people, found)
		}
	}
	return people
}

// nearest are n serving volunteers who can be reached, of the nearest groups;
// the numbers of the groups follow the valley.
func nearest(v storage.In, b *book.Book, reach map[int64]bool, group, n int, without []int64) ([]int64, error) {
	if n == 0 || group == 0 {
		return nil, nil
	}
	volunteers, err := v.Volunteers()
	if err != nil {
		return nil, err
	}
	volunteers = slices.DeleteFunc(volunteers, func(r storage.Volunteer) bool {
		return !reach[r.Person] || slices.Contains(without, r.Person)
	})
	slices.SortStableFunc(volunteers, func(x, y storage.Volunteer) int {
		return cmp.Compare(apart(b, x.Person, group), apart(b, y.Person, group))
	})
	var people []int64
	for _, r := range volunteers[:min(n, len(volunteers))] {
		people = append(people, r.Person)
	}
	return people, nil
}

func apart(b *book.Book, person int64, group int) int {
	d := b.Person(person).Group - group
	return max(d, -d)
}

// reachable are the people who have a following, active member.
func reachable(v storage.In) (map[int64]bool, error) {
	members, err := v.BoundPeople()
	if err != nil {
		return nil, err
	}
	at := make(map[int64]bool, len(members))
	for _, m := range members {
		at[m.Person] = true
	}
	return at, nil
}
