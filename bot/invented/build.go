package invented

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"mishu/bot/roster"
)

// The size of the pilot village.
const (
	households   = 339
	residents    = 1232
	listedElders = 107
	leftBehind   = 75
	volunteers   = 30
)

// storyYear is the year in which everybody's age is told.
const storyYear = 2026

// groupSizes are the households of groups 1 to 7.
var groupSizes = []int{48, 52, 46, 50, 55, 43, 45}

// volunteersOf are how many volunteers live in groups 1 to 7.
var volunteersOf = []int{4, 4, 4, 5, 5, 4, 4}

// builder puts the village together. One generator drives it all, so the order
// of every step is part of the result.
type builder struct {
	rand   *rand.Rand
	namer  *namer
	houses []house
	free   []int // per group: households still to come
	room   []int // per group: how many those were when the cast was in
	phones int
	people []roster.Row
}

// Village builds 青坪村. It is the same on every call.
func Village() Place {
	b := &builder{rand: rand.New(rand.NewPCG(20241, 1232)), free: slices.Clone(groupSizes)}
	b.namer = &namer{rand: b.rand, taken: map[string]bool{}}
	for _, h := range cast() {
		b.keep(h)
	}
	for _, t := range aloneTwins {
		b.namer.taken[t.name] = true
		b.keep(house{group: t.group, rows: b.alone(t)})
	}
	b.fill()
	b.number()
	b.helpers()
	b.call()
	b.visitors()
	b.relatives()
	return b.place()
}

// keep takes a household that is complete.
func (b *builder) keep(h house) {
	for _, r := range h.rows {
		b.namer.taken[r.Name] = true
	}
	b.houses = append(b.houses, h)
	b.free[h.group-1]--
}

// makers are the shapes of a household, with how many people, listed elders and
// left-behind children each has.
type maker struct {
	people, elders, children int
	rows                     func(*builder) []roster.Row
}

var (
	aloneHouse   = maker{3, 1, 0, func(b *builder) []roster.Row { return b.alone(twin{}) }}
	lonelyHouse  = maker{1, 1, 0, (*builder).lonely}
	emptyNest    = maker{3, 2, 0, (*builder).emptyNest}
	grandmother  = maker{4, 1, 1, (*builder).grandmother}
	grandparents = maker{6, 0, 2, (*builder).grandparents}
	oneChild     = maker{5, 0, 1, (*builder).oneChild}
	threeAges    = maker{5, 0, 0, (*builder).threeAges}
	allAway      = maker{3, 0, 0, (*builder).allAway}
	couple       = maker{3, 0, 0, (*builder).couple}
	family       = maker{4, 0, 0, (*builder).family}
)

// fill makes as many households of each shape as the sums still need.
func (b *builder) fill() {
	left := b.missing()
	b.room = slices.Clone(b.free)
	plan := []struct {
		maker maker
		n     int
	}{
		{grandmother, 17}, {grandparents, 20}, {emptyNest, 17}, {lonelyHouse, 9}, {threeAges, 46}, {allAway, 52},
	}
	for _, p := range plan {
		b.make(p.maker, p.n, &left)
	}
	b.make(oneChild, left.children, &left)
	b.make(aloneHouse, left.elders, &left)
	// What is left are families of three and four: with h households and p
	// people, p-3h of them have four.
	four := left.people - 3*left.houses
	b.make(family, four, &left)
	b.make(couple, left.houses, &left)
}

// sums is what the village still lacks.
type sums struct{ houses, people, elders, children int }

func (b *builder) missing() sums {
	s := sums{households - len(b.houses), residents, listedElders, leftBehind}
	for _, h := range b.houses {
		for _, r := range h.rows {
			s.people--
			if r.Listed {
				s.elders--
			}
			if r.LeftBehind() {
				s.children--
			}
		}
	}
	return s
}

// make adds n households of one shape, spread over the groups.
func (b *builder) make(m maker, n int, left *sums) {
	for range n {
		rows := m.rows(b)
		g := b.roomiest()
		for tries := 0; tries < 50 && clashes(g, rows[0]); tries++ {
			rows = m.rows(b)
		}
		b.keep(house{group: g, rows: rows})
	}
	left.houses -= n
	left.people -= n * m.people
	left.elders -= n * m.elders
	left.children -= n * m.children
}

// roomiest is the group with the largest share of its households still to come:
// dealing to it spreads every shape evenly.
func (b *builder) roomiest() int {
	best := 0
	for g, n := range b.free {
		if n*b.room[best] > b.free[best]*b.room[g] {
			best = g
		}
	}
	return best + 1
}

// number gives every household its number and lines everybody up by group and
// door.
func (b *builder) number() {
	// Doors of one shape do not stand in a row.
	b.rand.Shuffle(len(b.houses), func(i, j int) { b.houses[i], b.houses[j] = b.houses[j], b.houses[i] })
	taken := map[string]bool{}
	for _, h := range b.houses {
		taken[fmt.Sprint(h.group, h.no)] = true
		for i := range h.rows { // the story's people have all been asked
			if h.no != 0 {
				h.rows[i].Consent = roster.Health
			}
		}
	}
	next := make([]int, len(groupSizes)+1)
	for i := range b.houses {
		h := &b.houses[i]
		for h.no == 0 {
			next[h.group]++
			if n := next[h.group]; !taken[fmt.Sprint(h.group, n)] {
				h.no = n
			}
		}
	}
	slices.SortFunc(b.houses, func(x, y house) int { return (x.group-y.group)*1000 + x.no - y.no })
	for _, h := range b.houses {
		for i, r := range h.rows {
			r.Line = len(b.people) + 3 // below title and headings of the Workbook
			r.Group, r.Household, r.Place = h.group, fmt.Sprintf("%d组%d号", h.group, h.no), h.place
			r.Head = i == 0
			r.Consent = cmp.Or(r.Consent, consent(len(b.people), r))
			b.people = append(b.people, r)
		}
	}
}

// consent is what somebody has signed: nearly everybody all of it. Of the elders
// one in eleven is still to be asked at the door, and one in seven wants nothing
// of his health kept.
func consent(i int, r roster.Row) string {
	switch {
	case !r.Listed:
		return roster.Health
	case i%11 == 7:
		return ""
	case i%7 == 3:
		return roster.Basic
	}
	return roster.Health
}
