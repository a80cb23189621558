package book

import (
	"slices"
	"time"

	"mishu/storage"
)

// mourningDays is how long after a death its house gets nothing unasked: until
// the seventh day 头七.
const mourningDays = 7

// loadDeaths finds the houses in mourning, and takes the dead out of every
// office: whoever asks who holds one is never told a dead person.
func (b *Book) loadDeaths(v storage.In) error {
	day, err := time.ParseInLocation(time.DateOnly, b.day, storage.Shanghai)
	if err != nil {
		return err
	}
	deaths, err := v.DeathsSince(storage.Day(day.AddDate(0, 0, -mourningDays)))
	if err != nil {
		return err
	}
	for _, d := range deaths {
		b.mourned = append(b.mourned, d.Person)
	}
	dead := func(id int64) bool { return b.people[id].Status == storage.Dead }
	for role, holders := range b.holders {
		b.holders[role] = slices.DeleteFunc(holders, func(r storage.Role) bool { return dead(r.Person) })
	}
	for id := range b.roles {
		if dead(id) {
			delete(b.roles, id)
		}
	}
	for elder, spoken := range b.spoken {
		b.spoken[elder] = slices.DeleteFunc(spoken, func(p storage.Proxy) bool { return dead(p.Person) })
	}
	return nil
}

// Mourned is who died lately in the house in which somebody lives, or of those
// for whom he spoke; 0 for nobody.
func (b *Book) Mourned(person int64) int64 {
	for _, dead := range b.mourned {
		home := b.people[dead].Household
		spoke := slices.ContainsFunc(b.proxies[person], func(p storage.Proxy) bool { return p.Elder == dead })
		if home != 0 && home == b.people[person].Household || spoke {
			return dead
		}
	}
	return 0
}

// Home are the people of a household who live in the village, in id order.
func (b *Book) Home(household int64) []int64 {
	var ids []int64
	for id, p := range b.people {
		if household != 0 && p.Household == household && (p.Status == storage.Home || p.Status == "") {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Family are those who belong to a person's household and are not the person,
// also those who work far away, in id order.
func (b *Book) Family(person int64) []int64 {
	home := b.people[person].Household
	var ids []int64
	for id, p := range b.people {
		if home != 0 && p.Household == home && id != person && p.Status != storage.Dead {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}
