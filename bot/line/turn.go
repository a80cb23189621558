package line

import (
	"time"

	"mishu/bot/book"
	"mishu/bot/read"
	"mishu/bot/talk"
	"mishu/storage"
)

// Turn is one message and everything that a line may know about it. It lives
// as long as the transaction in which the message is heard.
type Turn struct {
	Msg   talk.Message
	Read  read.Reading
	Book  *book.Book
	Me    int64 // the person who speaks, 0 if nobody has vouched for the OpenID
	Free  bool  // the speaker has no request in hand; false says nothing
	In    storage.In
	State *State

	// Touched are the OpenIDs whose facts this message changes; the core tells
	// everybody who keeps them in memory.
	Touched [][2]string

	// Said is what a line that hears a fact wants to be answered, "" for nothing.
	Said string

	// Heed runs the lines that hear a fact; set by the core.
	Heed func(*Turn, Fact) error

	ordinal map[string]int
	depth   int
}

// Elsewhere is the same message as the records of another village see it, such as
// the county's office: there nobody speaks, and no question stays open.
func (t *Turn) Elsewhere(v storage.In, b *book.Book) *Turn {
	if t.ordinal == nil {
		t.ordinal = map[string]int{} // the two number their records together
	}
	o := *t
	o.In, o.Book, o.Me, o.Free, o.State = v, b, 0, false, &State{}
	return &o
}

// Touch says that what is known of an OpenID changes with this transaction.
func (t *Turn) Touch(account, openid string) {
	t.Touched = append(t.Touched, [2]string{account, openid})
}

// Now is the village's time.
func (t *Turn) Now() time.Time { return t.In.Now().In(storage.Shanghai) }

// Is reports whether the speaker has one of the roles.
func (t *Turn) Is(roles ...string) bool { return t.Book.Has(t.Me, roles...) }

// Office is the telephone to name in every failure.
func (t *Turn) Office() string { return t.Book.Office(t.Now()) }

// Next numbers the records of one table that this message makes, so that a
// second delivery meets the unique key.
func (t *Turn) Next(table string) int {
	if t.ordinal == nil {
		t.ordinal = map[string]int{}
	}
	t.ordinal[table]++
	return t.ordinal[table]
}

// Question opens a question; its text is the answer.
func (t *Turn) Question(q Question) Answer {
	q.At = t.Now().UnixMilli()
	t.State.Open = &q
	return Ask(q.Text)
}

// Aside answers something else while a question is open, and comes back to it.
func (t *Turn) Aside(text string) Answer {
	if t.State.Open == nil {
		return Say(text)
	}
	return Ask(text + "\n刚才问您：" + t.State.Open.Text)
}

// Offer says what the digits mean from now on.
func (t *Turn) Offer(choices ...Choice) { t.State.Digits = choices }

// Close ends the open question.
func (t *Turn) Close() { t.State.Open = nil }

// Owe owes a notice to a person.
func (t *Turn) Owe(n storage.Notice) error { return t.In.Owe(n) }

// Carry owes a notice that is not worth a push: it rides on the person's next
// reply.
func (t *Turn) Carry(n storage.Notice) error { return t.In.Carry(n) }

// Lead is the first line of a push, which a lock screen shows: no name and no
// need (settled.md 19).
const Lead = "村里有1件事要问您，回“看”"

// Source is the key under which this message's records are unique.
func (t *Turn) Source() string { return t.Msg.Key }

// Fact is something a line of work tells the others: they do not know one
// another.
type Fact struct {
	Kind   string
	Person int64
	Of     int64 // Child: whose
	Words  string
	Tie    string // what somebody who passes words on is to the person, "" for himself
}

// The kinds of Fact.
const (
	NoContact = "no contact" // nobody answers at an elder's door, and something is wrong
	Met       = "met"        // somebody met an elder at the door, and reports it now
	SaidDead  = "said dead"  // somebody says that a person died; a person must confirm it
	Dead      = "dead"       // the same, from somebody who was asked whether it is so
	SaidAway  = "said away"  // somebody says that a person is away, and where
	Fragile   = "fragile"    // somebody needs closer looking after for a while
	Stopped   = "stopped"    // the office has confirmed that a person died, moved or is away
	Left      = "left"       // somebody is no volunteer any more
	Asked     = "asked"      // somebody asks for help, in words that another has heard of him
	Wanted    = "wanted"     // the speaker wants something seen to for an elder, which he saw there
	Child     = "child"      // somebody whose face is known now is the child of another, in words of his own
	Resumed   = "resumed"    // he is back, or it was a mistake

	NotUnderstood = "not understood" // a line that no line of work could do anything with
)

// factDepth is how far a fact may lead to another (design.md: at most three
// deep).
const factDepth = 3

// Publish tells the other lines, in the same transaction and in list order.
func (t *Turn) Publish(f Fact) error {
	if t.Heed == nil || t.depth >= factDepth {
		return nil
	}
	t.depth++
	defer func() { t.depth-- }()
	return t.Heed(t, f)
}

// Leave keeps words for the secretary-general to read.
func (t *Turn) Leave(words string) error {
	return t.In.AddSlip(&storage.Slip{
		Person: t.Me, Account: t.Msg.Account, OpenID: t.Msg.OpenID, Kind: string(t.Msg.Kind), Words: words, Media: t.Msg.MediaID,
		SourceKey: t.Source(), Ordinal: t.Next("slip"),
	})
}
