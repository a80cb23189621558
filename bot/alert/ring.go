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

// step is whom the clock tells if nobody answered, and after how long. Whoever
// was told is told once more where again says so.
type step struct {
	after time.Duration
	roles []string
	again bool // also those who were told before
}

// The classes that the reader does not know: no words of danger make them.
const (
	noContact   read.Class = storage.NoContact // 失联: nobody has seen an elder
	cadre       read.Class = "childcadre"      // a child, and somebody in office is named: the county alone
	breach      read.Class = "data"            // a telephone that is lost, or what somebody saw who may not
	childCounty read.Class = "childcounty"     // a child, as the county's office hears of it
	fromAfar    read.Class = "afar"            // somebody far away cannot reach an elder: the duty goes and looks
	placeless   read.Class = "where"           // danger in a village that nobody knows yet: the county's duty
)

// circle is who is told of a class of danger: at once, and step by step.
type circle struct {
	roles  []string
	near   int // volunteers of the nearest groups
	steps  []step
	sealed bool // only those in roles ever hear of it, the secretary's list included
	report bool // the last step comes again until the number that the police gave is entered
}

// The waits of village practice N: five minutes to the chair and five more until
// all are told once more, for self-harm a quarter of an hour, for a child half
// an hour and two hours.
var (
	all    = []string{storage.Secretary, storage.Doctor, storage.Leader, onDuty, storage.Chair}
	office = []step{{after: 5 * time.Minute, roles: []string{storage.Chair}}, {after: 5 * time.Minute, roles: all, again: true}}

	rescue = circle{roles: []string{storage.Secretary, storage.Doctor, storage.Leader, onDuty}, near: 2, steps: office}

	// A locked door is for police and doctor; no volunteer is sent to it
	// (settled.md 30), and the chair hears of it at once (village practice E3).
	silent = circle{roles: all, steps: []step{{after: 5 * time.Minute, roles: all, again: true}}}

	circles = map[read.Class]circle{
		read.Life:     rescue,
		read.Poison:   rescue,
		read.Fire:     rescue,
		read.SelfHarm: {roles: []string{storage.Secretary, storage.Doctor}, steps: []step{{after: 15 * time.Minute, roles: []string{storage.Chair}}}},
		read.Child:    protection(storage.ChildCare, storage.County),
		childCounty:   protection(storage.Protection),
		cadre:         protection(storage.County),
		noContact:     silent,
		read.Violence: {roles: []string{storage.Secretary, storage.Women}, steps: office},
		read.Missing:  {roles: []string{storage.Secretary, storage.Leader, onDuty}, steps: office},
		read.Gone:     {roles: []string{storage.Secretary, storage.Leader, onDuty}, steps: office},
		read.Fraud:    {roles: []string{storage.Secretary}, steps: []step{{after: 30 * time.Minute, roles: []string{storage.Chair}}}},
		fromAfar:      {roles: []string{onDuty}, steps: []step{{after: 5 * time.Minute, roles: []string{onDuty, storage.Secretary, storage.Leader}, again: true}, {after: 5 * time.Minute, roles: all, again: true}}},
		placeless:     {roles: []string{storage.CountyDuty}, steps: []step{{after: 5 * time.Minute, roles: []string{storage.CountyDuty, storage.County}, again: true}}},
		breach:        {roles: []string{storage.Secretary, storage.County}, steps: []step{{after: 30 * time.Minute, roles: []string{storage.Chair}}}},
	}
)

// protection is the sealed circle of a child in danger: reminded after half an
// hour, after two hours, and each day, until the police have given a number.
func protection(roles ...string) circle {
	return circle{roles: roles, sealed: true, report: true, steps: []step{
		{after: 30 * time.Minute, roles: roles, again: true},
		{after: 90 * time.Minute, roles: roles, again: true},
		{after: 24 * time.Hour, roles: roles, again: true},
	}}
}

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
			ids = b.DutyHolders(now)
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
