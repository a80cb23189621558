// Package book keeps what every message needs to know about a village in
// memory: who lives there, who does what, whom to ring, what the office has
// set. A Book never changes; a new version of the village makes a new one, and
// so does a new day: roles and proxies end at midnight.
package book

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"mishu/bot/read"
	"mishu/storage"
)

// Book is one version of one village on one day.
type Book struct {
	Village  storage.Village
	Roster   *read.Roster
	Duties   []storage.Duty
	Taught   []storage.Taught // the village's own words, the newest first
	taught   *read.Taught
	settings map[string]string
	people   map[int64]storage.Person
	homes    map[int64]storage.Household
	roles    map[int64][]storage.Role
	holders  map[string][]storage.Role
	proxies  map[int64][]storage.Proxy // by who speaks
	spoken   map[int64][]storage.Proxy // by elder
	plans    map[int64]storage.Plan    // who visits whom; the days in it are as old as the book
	cares    map[int64][]int64         // by visitor
	reach    map[int64]storage.Reach
	day      string
	bases    map[int64]storage.Basis // what each has agreed to
	consents map[int64][]storage.Consent
	traits   map[int64][]storage.Trait

	substitutes []storage.Substitute
	mourned     []int64 // who died in the last days
}

// Load reads a village's book.
func Load(v storage.In) (*Book, error) {
	village, err := v.Village()
	if err != nil {
		return nil, err
	}
	b := &Book{
		Village: village,
		people:  map[int64]storage.Person{},
		homes:   map[int64]storage.Household{},
		roles:   map[int64][]storage.Role{},
		holders: map[string][]storage.Role{},
		proxies: map[int64][]storage.Proxy{},
		spoken:  map[int64][]storage.Proxy{},
		plans:   map[int64]storage.Plan{},
		cares:   map[int64][]int64{},
		reach:   map[int64]storage.Reach{},
		day:     storage.Day(v.Now()),

		consents: map[int64][]storage.Consent{},
		traits:   map[int64][]storage.Trait{},
	}
	for _, load := range []func(storage.In) error{b.loadOffice, b.loadRoles, b.loadReach, b.loadPlans, b.loadPeople, b.loadDeaths, b.loadConsents, b.loadCare, b.loadTaught} {
		if err := load(v); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func (b *Book) loadOffice(v storage.In) (err error) {
	settings, err := v.Tx().SettingsOf([]storage.Village{b.Village})
	if err != nil {
		return err
	}
	b.settings = settings[v.ID]
	b.Duties, err = v.Duties()
	return err
}

func (b *Book) loadRoles(v storage.In) error {
	roles, err := v.Roles()
	if err != nil {
		return err
	}
	for _, r := range roles {
		b.roles[r.Person] = append(b.roles[r.Person], r)
		b.holders[r.Role] = append(b.holders[r.Role], r)
	}
	proxies, err := v.Proxies()
	if err != nil {
		return err
	}
	for _, p := range proxies {
		p.MayHear = p.MayHear && p.Until >= b.day // expiry stops hearing, never asking
		b.proxies[p.Person] = append(b.proxies[p.Person], p)
		b.spoken[p.Elder] = append(b.spoken[p.Elder], p)
	}
	return nil
}

func (b *Book) loadPlans(v storage.In) error {
	plans, err := v.Plans()
	if err != nil {
		return err
	}
	for _, p := range plans {
		b.plans[p.Person] = p
		if p.Visitor != 0 {
			b.cares[p.Visitor] = append(b.cares[p.Visitor], p.Person)
		}
	}
	return nil
}

func (b *Book) loadPeople(v storage.In) error {
	people, err := v.People()
	if err != nil {
		return err
	}
	aliases, err := v.Aliases()
	if err != nil {
		return err
	}
	homes, err := v.Households()
	if err != nil {
		return err
	}
	for _, h := range homes {
		b.homes[h.ID] = h
	}
	called := map[int64][]string{}
	for _, a := range aliases {
		called[a.Person] = append(called[a.Person], a.Alias)
	}
	someones := make([]read.Someone, 0, len(people))
	for _, p := range people {
		b.people[p.ID] = p
		if p.Status != storage.Dead {
			someones = append(someones, b.someone(p, called[p.ID]))
		}
	}
	b.Roster = read.NewRoster(someones).Mixing(read.ParseSounds(b.settings[Accent]))
	return nil
}

func (b *Book) someone(p storage.Person, aliases []string) read.Someone {
	_, listed := b.plans[p.ID]
	return read.Someone{
		ID: p.ID, Name: p.Name, Aliases: aliases, Sex: p.Sex, Born: year(p.Born), Group: p.Group,
		Household: p.Household, Head: p.Head, Listed: listed, Helper: len(b.roles[p.ID]) > 0,
	}
}

func year(born string) int {
	if len(born) < 4 {
		return 0
	}
	n, _ := strconv.Atoi(born[:4]) // what is no year counts as unknown
	return n
}

// Person is somebody of the village; the zero Person if there is nobody of
// that id.
func (b *Book) Person(id int64) storage.Person { return b.people[id] }

// Name is a person's full name, or 一位乡亲 for nobody.
func (b *Book) Name(id int64) string {
	if p := b.people[id]; p.Name != "" {
		return p.Name
	}
	return "一位乡亲"
}

// They is what a person is called after his name: 他 or 她.
func (b *Book) They(id int64) string {
	if b.people[id].Sex == "F" {
		return "她"
	}
	return "他"
}

// Age is a person's age in full years on a day, 0 if unknown.
func (b *Book) Age(id int64, now time.Time) int {
	y := year(b.people[id].Born)
	if y == 0 {
		return 0
	}
	age := now.Year() - y
	if born := b.people[id].Born; len(born) == len(time.DateOnly) && now.Format("01-02") < born[5:] {
		age--
	}
	return age
}

// Household is the door a person lives behind.
func (b *Book) Household(person int64) storage.Household { return b.homes[b.people[person].Household] }

// ListedPeople are all of the visit list, in id order.
func (b *Book) ListedPeople() []int64 { return slices.Sorted(maps.Keys(b.plans)) }

// Behind are those of the visit list who live in a household, in id order.
func (b *Book) Behind(household int64) []int64 {
	var ids []int64
	for id := range b.plans {
		if b.people[id].Household == household {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// HouseholdOf is one household by its id.
func (b *Book) HouseholdOf(id int64) storage.Household { return b.homes[id] }

// Roles are what a person is in the village.
func (b *Book) Roles(person int64) []storage.Role { return b.roles[person] }

// Has reports whether a person has one of the roles.
func (b *Book) Has(person int64, roles ...string) bool {
	return slices.ContainsFunc(b.roles[person], func(r storage.Role) bool { return slices.Contains(roles, r.Role) })
}

// Holders are the people who do a role's work now; for a Leader, in a group, or
// in any with 0. Whoever is away and has named somebody to stand in is left out.
func (b *Book) Holders(role string, group int) []int64 {
	var ids []int64
	for _, r := range b.holders[role] {
		_, away := b.Substitute(r.Person, role)
		if !away && (group == 0 || r.Group == 0 || r.Group == group) {
			ids = append(ids, r.Person)
		}
	}
	return ids
}

// Proxies are those whom a person may speak for.
func (b *Book) Proxies(person int64) []storage.Proxy { return b.proxies[person] }

// SpokenFor are those who may speak for an elder.
func (b *Book) SpokenFor(elder int64) []storage.Proxy { return b.spoken[elder] }

// Plan is how an elder is visited; false if he is not on the visit list. Its
// days are as old as the book: ask the records for the days.
func (b *Book) Plan(person int64) (storage.Plan, bool) {
	p, ok := b.plans[person]
	return p, ok
}

// Cares are the elders whom a person mainly visits, in house order.
func (b *Book) Cares(visitor int64) []int64 {
	ids := slices.Clone(b.cares[visitor])
	slices.SortFunc(ids, func(x, y int64) int {
		px, py := b.people[x], b.people[y]
		return cmp.Or(cmp.Compare(px.Group, py.Group), cmp.Compare(px.Household, py.Household), cmp.Compare(x, y))
	})
	return ids
}

// Listed is how many elders are on the visit list.
func (b *Book) Listed() int { return len(b.plans) }

// Title is what people call somebody who holds an office: 刘医生, 向老师.
func (b *Book) Title(id int64) string {
	surname := []rune(b.Name(id))
	switch {
	case b.Has(id, storage.Doctor) && len(surname) > 0:
		return string(surname[:1]) + "医生"
	case b.Has(id, storage.Secretary):
		return b.Called()
	}
	return b.Name(id)
}

// Visitors are all who mainly visit somebody, in id order.
func (b *Book) Visitors() []int64 {
	ids := make([]int64, 0, len(b.cares))
	for id := range b.cares {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
