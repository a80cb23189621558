package book

import (
	"cmp"
	"slices"

	"mishu/storage"
)

func (b *Book) loadConsents(v storage.In) error {
	bases, rows, err := v.Bases()
	b.bases = bases
	for _, c := range rows {
		b.consents[c.Person] = append(b.consents[c.Person], c)
	}
	return err
}

func (b *Book) loadCare(v storage.In) error {
	traits, err := v.Traits()
	if err != nil {
		return err
	}
	for _, r := range traits {
		b.traits[r.Person] = append(b.traits[r.Person], r)
	}
	return nil
}

// Day is the village day that the book is of.
func (b *Book) Day() string { return b.day }

// Basis is what a person has agreed that the records keep of him.
func (b *Book) Basis(person int64) storage.Basis { return b.bases[person] }

// Answered is the answer that stands of a person to one kind of consent; about
// names the proxy, 0 for every other kind. "" means that nobody has asked.
func (b *Book) Answered(person int64, kind string, about int64) string {
	for _, c := range b.consents[person] {
		if c.Kind == kind && c.About == about {
			return c.Answer
		}
	}
	return ""
}

// Trait is what to know before one rings or knocks, "" if nothing was said.
func (b *Book) Trait(person int64, kind string) string {
	i := slices.IndexFunc(b.traits[person], func(r storage.Trait) bool { return r.Kind == kind })
	if i < 0 {
		return ""
	}
	return b.traits[person][i].Value
}

// Traits are all of a person's.
func (b *Book) Traits(person int64) []storage.Trait { return b.traits[person] }

// Claims are the proxies that came about in one way, in id order of the elders.
func (b *Book) Claims(how string) []storage.Proxy {
	var all []storage.Proxy
	for _, of := range b.spoken {
		for _, p := range of {
			if p.How == how {
				all = append(all, p)
			}
		}
	}
	slices.SortFunc(all, func(x, y storage.Proxy) int {
		return cmp.Or(cmp.Compare(x.Elder, y.Elder), cmp.Compare(x.Person, y.Person))
	})
	return all
}

// Listing are the elders of a group who are on the visit list, in house order.
func (b *Book) Listing(group int) []int64 {
	var ids []int64
	for id := range b.plans {
		if b.people[id].Group == group {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(x, y int64) int {
		return cmp.Or(cmp.Compare(b.people[x].Household, b.people[y].Household), cmp.Compare(x, y))
	})
	return ids
}
