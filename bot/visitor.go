package bot

import (
	"context"

	"mishu/bot/tags"
	"mishu/storage"
)

// Visitor is whoever opened a page of the account.
type Visitor struct {
	Known bool   // bound to somebody of a village
	Name  string // his own; "" where several share the telephone
	Works bool   // for a village, in an office or as a volunteer
}

// Visitor tells who an OpenID is now, by the villages as they are in this moment:
// who has lost his role has lost it here as well. It says nothing of anybody else.
func (b *Bot) Visitor(ctx context.Context, account, openid string) (v Visitor, err error) {
	people := map[int64]bool{}
	err = b.store.View(ctx, func(tx *storage.Tx) error {
		members, err := tx.Members(account, openid)
		for _, m := range members {
			if m.State != storage.Active {
				continue
			}
			k, err := b.books.Book(tx.In(m.Village))
			if err != nil {
				return err
			}
			people[m.Person] = true
			v.Known, v.Name = true, k.Name(m.Person)
			v.Works = v.Works || tags.Of(k, m.Person) != ""
		}
		return err
	})
	if len(people) > 1 {
		v.Name = ""
	}
	return v, err
}
