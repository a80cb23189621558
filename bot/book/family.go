package book

import "slices"

// OwnFamily reports whether these are people who live with somebody and whom he
// does not visit for the village: 带孙子 is about no elder of his list.
func (b *Book) OwnFamily(person int64, ids []int64) bool {
	home, cares := b.Person(person).Household, b.Cares(person)
	return home != 0 && len(ids) > 0 && !slices.ContainsFunc(ids, func(id int64) bool {
		return b.Person(id).Household != home || slices.Contains(cares, id)
	})
}
