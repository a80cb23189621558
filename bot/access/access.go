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
	Reading Kind = "reading" // blood pressure and the like: the doctor and the person alone
	Wants   Kind = "wants"   // what the person asked for
	Kin     Kind = "kin"     // family and neighbours to ring
	Care    Kind = "care"    // who has the key, on which side he hears
	Ties    Kind = "ties"    // who may speak for him, and how that came about
	Agreed  Kind = "agreed"  // what he agreed to
	Words   Kind = "words"   // words, voices and pictures that he left for a person
	Minutes Kind = "minutes" // how long a volunteer helped, how many he visited
	Alarm   Kind = "alarm"   // danger to him
	Office  Kind = "office"  // that he holds an office of the village, or helps
	Sealed  Kind = "sealed"  // a child in danger
)

// Kinds are all of them, in the order of the table.
var Kinds = []Kind{Door, Visited, Seen, Reading, Wants, Kin, Care, Ties, Agreed, Words, Minutes, Alarm, Office, Sealed}

// Refusal is said whenever something may not be told.
const Refusal = "别家的事不能讲。您找他有事，可以让我们带句话。"

// rule is who besides the person himself may know one kind.
type rule struct {
	village []string // roles, of everybody in the village
	group   []string // roles, of the people of their own group
	visitor bool     // who mainly visits, or steps in
	proxy   bool     // who speaks for the elder and may hear (settled.md 26)
	home    bool     // who lives behind the same door, and is at home
	public  bool     // everybody of the village, of one who holds an office
}

var leaders = []string{storage.Leader}

// rules is the whole table. Roles that stand nowhere in it (会计 监督 炊事员 志愿者 and
// those of the county) see counts, or what they took themselves: see MayCard.
var rules = map[Kind]rule{
	Door:    {village: []string{storage.Secretary, storage.Doctor}, group: leaders, visitor: true, home: true},
	Visited: {village: []string{storage.Secretary, storage.Doctor, storage.Chair}, group: leaders, visitor: true, proxy: true},
	Seen:    {village: []string{storage.Secretary, storage.Doctor}, visitor: true},
	Reading: {village: []string{storage.Doctor}},
	Wants:   {village: []string{storage.Secretary}, group: leaders, proxy: true},
	Kin:     {village: []string{storage.Secretary, storage.Doctor}, group: leaders, visitor: true},
	Care:    {village: []string{storage.Secretary, storage.Doctor}, group: leaders, visitor: true},
	Ties:    {village: []string{storage.Secretary}, group: leaders},
	Agreed:  {village: []string{storage.Secretary, storage.Doctor}, group: leaders, visitor: true},
	Words:   {village: []string{storage.Secretary}},
	Minutes: {village: []string{storage.Secretary, storage.Chair}},
	Alarm:   {village: []string{storage.Secretary, storage.Doctor, storage.Chair}, group: leaders, visitor: true},
	Office:  {village: []string{storage.Secretary, storage.Doctor, storage.Chair}, group: leaders, public: true},
	Sealed:  {village: []string{storage.ChildCare}},
}

// May reports whether reader may know this about subject. Everybody may know
// everything about himself, save a sealed case.
func May(b *book.Book, reader int64, kind Kind, subject int64) bool {
	return Why(b, reader, kind, subject) != ""
}

// Why is the reason for which reader may know this about subject, in plain
// words; "" if there is none.
func Why(b *book.Book, reader int64, kind Kind, subject int64) string {
	r, ruled := rules[kind]
	if !ruled || reader == 0 || b.Person(subject).ID == 0 {
		return ""
	}
	if reader == subject && kind != Sealed {
		return "本人"
	}
	if role := holds(b, reader, r.village, 0); role != "" {
		return role
	}
	if role := holds(b, reader, r.group, b.Person(subject).Group); role != "" {
		return "本组" + role
	}
	for _, tie := range []struct {
		counts bool
		there  func(*book.Book, int64, int64) bool
		why    string
	}{{r.visitor, visits, "探访人"}, {r.proxy, hears, "代办，本人肯他听"}, {r.home, lives, "同屋"}, {r.public, serves, "村里的职务，大家都晓得"}} {
		if tie.counts && tie.there(b, reader, subject) {
			return tie.why
		}
	}
	return ""
}

// holds is the role that somebody has of the given ones, of a group or, with
// group 0, of the village. Whoever stands in for another has his role.
func holds(b *book.Book, reader int64, roles []string, group int) string {
	for _, r := range b.Roles(reader) {
		switch {
		case !slices.Contains(roles, r.Role) || group != 0 && r.Group != group:
		case r.How == storage.Standing:
			return r.Role + "的替班"
		default:
			return r.Role
		}
	}
	return ""
}

func visits(b *book.Book, reader, elder int64) bool {
	p, ok := b.Plan(elder)
	return ok && (p.Visitor == reader || p.Backup == reader)
}

func hears(b *book.Book, reader, elder int64) bool {
	return slices.ContainsFunc(b.SpokenFor(elder), func(p storage.Proxy) bool { return p.Person == reader && p.MayHear })
}

// lives reports whether two live behind one door. A son who works far away has
// his name in the household's book and no key to it.
func lives(b *book.Book, reader, subject int64) bool {
	r, s := b.Person(reader), b.Person(subject)
	return r.Household != 0 && r.Household == s.Household && r.Status == storage.Home
}

// serves reports whether somebody holds an office that the village's notice board
// names. Who only helps is on no board.
func serves(b *book.Book, _, subject int64) bool {
	return b.Has(subject, storage.Secretary, storage.Chair, storage.Accountant, storage.Supervisor, storage.Leader, storage.Doctor, storage.ChildCare, storage.Women)
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
