package read

import "time"

// Someone is one person of the roster as far as names go.
type Someone struct {
	ID        int64
	Name      string
	Aliases   []string // 满爷爷, 桂花婶: what the village calls the person
	Sex       string   // "M", "F", "" unknown
	Born      int      // year, 0 unknown
	Group     int      // 村民小组, 0 unknown
	Household int64    // 0 unknown
	Head      bool     // head of the household
	Listed    bool     // on the visit list
	Helper    bool     // volunteer, leader, doctor, office
}

// Speaker is who typed the line, as far as it helps to understand names. The
// zero Speaker is a stranger.
type Speaker struct {
	Person    int64
	Household int64
	Group     int
	Cares     []int64 // elders whom he visits
	Proxies   []int64 // people for whom he may speak
	Role      string  // secretary, volunteer, doctor, elder, family (any other villager); "" or stranger
}

// Context is what a line is read against.
type Context struct {
	Now     time.Time
	Roster  *Roster // may be nil: no name is found then
	Speaker Speaker
	Report  bool // bare days look back (a report is being written)
	Market  Market
	Taught  *Taught // the village's own words
}
