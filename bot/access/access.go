// Package access is the one check: may this reader see that of this person?
// It is small enough to be read in one sitting, and everything that is not
// allowed here is refused in the same words, whether or not it exists.
package access

import (
	"slices"

	"mishu/bot/book"
	"mishu/storage"
)

// Kind is a kind of knowledge about a person.
type Kind string

// The kinds of knowledge.
const (
	Door    Kind = "door"    // full name with the way to the door and the telephone
	Visited Kind = "visited" // on which days somebody called, and whether the elder was met
	Seen    Kind = "seen"    // what was found at a visit: 脚肿
	Wants   Kind = "wants"   // what the person asked for
)

// Refusal is said whenever something may not be told.
const Refusal = "别家的事不能讲。您找他有事，可以让我们带句话。"

// rules: for each kind, the roles that may know it of everybody in the village,
// and the ties through which others may know it of one person.
var rules = map[Kind]struct {
	village []string // roles, for the whole village
	group   []string // roles, for the people of their own group
	visitor bool     // who mainly visits, or steps in
	proxy   bool     // who speaks for the elder and may hear (settled.md 26)
}{
	Door:    {village: []string{storage.Secretary, storage.Doctor}, group: []string{storage.Leader}, visitor: true},
	Visited: {village: []string{storage.Secretary, storage.Doctor, storage.Chair}, group: []string{storage.Leader}, visitor: true, proxy: true},
	Seen:    {village: []string{storage.Secretary, storage.Doctor}, visitor: true},
	Wants:   {village: []string{storage.Secretary}, group: []string{storage.Leader}, proxy: true},
}

// May reports whether reader may know this about subject. Everybody may know
// everything about himself.
func May(b *book.Book, reader int64, kind Kind, subject int64) bool {
	if reader == 0 || subject == 0 {
		return false
	}
	if reader == subject {
		return true
	}
	r := rules[kind]
	switch {
	case b.Has(reader, r.village...):
		return true
	case leads(b, reader, r.group, b.Person(subject).Group):
		return true
	case r.visitor && visits(b, reader, subject):
		return true
	}
	return r.proxy && hears(b, reader, subject)
}

func leads(b *book.Book, reader int64, roles []string, group int) bool {
	return slices.ContainsFunc(b.Roles(reader), func(r storage.Role) bool {
		return slices.Contains(roles, r.Role) && r.Group == group
	})
}

func visits(b *book.Book, reader, elder int64) bool {
	p, ok := b.Plan(elder)
	return ok && (p.Visitor == reader || p.Backup == reader)
}

func hears(b *book.Book, reader, elder int64) bool {
	return slices.ContainsFunc(b.SpokenFor(elder), func(p storage.Proxy) bool { return p.Person == reader && p.MayHear })
}

// MayAskFor reports whether a person may ask for help in another's name.
// Expiry and missing consent stop hearing, never asking (settled.md 26), and a
// neighbour's word is good for one request (settled.md 25): so everybody who is
// bound may ask; only what he then hears differs.
func MayAskFor(b *book.Book, asker, elder int64) bool {
	return asker != 0 && b.Person(elder).ID != 0
}

// HolderOf reports whether a reader may know the private side of a request:
// who it is for, the door, the telephone. A volunteer may only after his claim.
func HolderOf(b *book.Book, reader int64, h storage.Help) bool {
	return MayCard(b, reader, storage.HelpCard{Elder: h.Elder, Asker: h.Asker, Holder: h.Holder})
}

// MayCard is HolderOf for a request of which only the card was read.
func MayCard(b *book.Book, reader int64, c storage.HelpCard) bool {
	if reader == c.Holder || reader == c.Asker {
		return reader != 0
	}
	return May(b, reader, Wants, c.Elder)
}
