package book

import "slices"

// OwnFamily reports whether these are people who live with somebody and whom
// nobody has to visit: 带孙子 is about no elder of the list.
func (b *Book) OwnFamily(person int64, ids []int64) bool {
	home := b.Person(person).Household
	return home != 0 && len(ids) > 0 && !slices.ContainsFunc(ids, func(id int64) bool {
		_, listed := b.Plan(id)
		return listed || b.Person(id).Household != home
	})
}
