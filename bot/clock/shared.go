package clock

import (
	"mishu/bot/book"
	"mishu/storage"
)

// shared reports whether a letter goes to a telephone that others of the village
// use as well.
func shared(tx *storage.Tx, b *book.Book, r reserved) (bool, error) {
	if r.notice.Person == 0 {
		return false, nil
	}
	for _, m := range r.members {
		all, err := tx.Members(m.Account, m.OpenID)
		if err != nil {
			return false, err
		}
		for _, other := range all {
			if other.State == storage.Active && other.Village == b.Village.ID && other.Person != r.notice.Person {
				return true, nil
			}
		}
	}
	return false, nil
}

// hides reports whether only that there is something is sent: others use the
// telephone, and it is not so urgent that whoever holds it must read it.
func (r reserved) hides() bool {
	return r.others && r.notice.Weight != storage.Danger && r.notice.Weight != storage.Urgent
}

// hidden is what is sent then: behind what a lock screen shows, whose it is. He
// says who he is, and 看 (settled.md 19, 20).
func (r reserved) hidden() string {
	return r.notice.Lead + "。这个号几个人用，看以前先讲您是哪位。给" + r.called + "的。"
}
