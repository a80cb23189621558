// Package invented holds 青坪村, a village that does not exist, for the demo,
// for training and for tests. It is the size of the pilot and always the same:
// nothing in it depends on the clock, the machine or the order of a map.
package invented

import (
	"time"

	"mishu/bot/roster"
)

// Place is an invented village with its people.
type Place struct {
	Name     string // 青坪村
	Township string
	County   string
	Groups   int
	Office   string // telephone of the village office, answered in working hours
	Rescue   string // county emergency line that can be dialled from another province
	Duty     []Duty
	Market   []int  // lunar days of a month on which the market is held: 2 7 12 ...
	Called   Called // what villagers call the people whom texts name
	Officer  Officer

	// People are the residents. A person is known by his place in this slice;
	// every int below that stands for a person is such an index.
	People  []roster.Row
	Proxies []Proxy
	Bound   []int // who follows the account and is bound to it from the start, rising
}

// Duty is who answers the duty telephone in a part of the day. From and To are
// hours 0-24; To is below From where the night lies between.
type Duty struct {
	Person   int
	Phone    string
	From, To int
}

// Called holds the names that people use, which texts to villagers use too
// (settled.md 32).
type Called struct{ Secretary, Doctor string }

// Officer is the county's person. He is no resident and on no roster.
type Officer struct{ Name, Title, Phone string }

// Proxy is a person who may speak for another.
type Proxy struct {
	Person   int    // who speaks
	For      int    // the elder
	Relation string // what he is to the elder: 儿子 女儿 ...
	Hears    bool   // the elder agreed that he is told about visits (settled.md 26)
}

// History is a plausible past of the village, as seen from one day.
type History struct {
	Trips []Trip // oldest first
	Helps []Help // oldest first
}

// Trip is one walk of a volunteer to one or more doors, reported in one line.
type Trip struct {
	By      int
	At      time.Time // when it was reported, on the day of the walk
	Minutes int       // for the whole trip, once
	Calls   []Call
}

// Call is one door of a Trip.
type Call struct {
	Elder   int
	Met     bool
	Reason  string // not met: 门锁着
	Health  string // met: 好 一般 差
	Finding string // something others should hear of, or ""
}

// Help is a request for help. TakenAt and DoneAt are zero where it did not
// come to that.
type Help struct {
	For     int    // who needs it
	By      int    // who asked: the person himself, a neighbour, a proxy
	Service string // code of read.Service: yi hu lao chu xi fu xue comfort other
	Words   string // as it was asked
	Urgent  bool
	At      time.Time
	Wish    string // day wished for, YYYY-MM-DD, or ""
	Holder  int    // who took it; -1 while nobody has
	TakenAt time.Time
	DoneAt  time.Time
	Minutes int // minutes given, where done
}
