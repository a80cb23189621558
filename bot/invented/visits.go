package invented

import (
	"math/rand/v2"
	"slices"
	"time"

	"mishu/bot/roster"
)

// pastDays is how far the History reaches back.
const pastDays = 60

// shanghai is a fixed zone: a bare image knows no other.
var shanghai = time.FixedZone("CST", 8*3600)

// notYet are elders whom nobody has seen in the month of today, so that there
// is somebody left to ask about; the rest of the list makes up the number.
var notYet = []struct {
	name  string
	group int
}{{"石有福", 2}, {"向玉娥", 2}, {"舒忠良", 3}, {"王桂香", 5}, {"舒先德", 5}}

const notYetInFive = 4 // and so many more of group 5

// History is the village's past 60 days as seen from today (any hour, any
// zone): visits, some elders not seen this month, requests done and open. The
// same day gives the same past.
func (p Place) History(today time.Time) History {
	y, m, d := today.In(shanghai).Date()
	day := time.Date(y, m, d, 0, 0, 0, 0, shanghai)
	return History{Trips: p.trips(day), Helps: p.helps(day)}
}

// round is one volunteer's list.
type round struct {
	by     int
	elders []int
	missed map[int]bool // nobody met the last time
}

func (p Place) rounds() []round {
	var list []round
	for i, r := range p.People {
		if !r.Has("志愿者") {
			continue
		}
		one := round{by: i, missed: map[int]bool{}}
		for j, e := range p.People {
			if e.Listed && e.Visitor == r.Name {
				one.elders = append(one.elders, j)
			}
		}
		if len(one.elders) > 0 {
			list = append(list, one)
		}
	}
	return list
}

// trips walks every volunteer through the past days, oldest first.
func (p Place) trips(today time.Time) []Trip {
	var list []Trip
	rounds, late := p.rounds(), p.late()
	first := time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, shanghai)
	for back := pastDays; back >= 1; back-- {
		day := today.AddDate(0, 0, -back)
		for n, r := range rounds {
			if int(day.Weekday()) != n%7 {
				continue // everybody has his day of the week
			}
			draw := rand.New(rand.NewPCG(uint64(r.by), uint64(day.Unix())))
			if t, ok := p.trip(r, day, draw, !day.Before(first), late); ok {
				list = append(list, t)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Trip) int { return a.At.Compare(b.At) })
	return list
}

// late are the elders whom nobody sees this month.
func (p Place) late() map[int]bool {
	in := map[int]bool{}
	for _, n := range notYet {
		in[p.Find(n.name, n.group)] = true
	}
	want := len(in) + notYetInFive
	for i, r := range p.People {
		if r.Listed && r.Group == 5 && r.Tier != roster.High && len(in) < want {
			in[i] = true
		}
	}
	return in
}

// trip is one walk. Tier 高 is seen every week; the others in one of the first
// three weeks of each month, and again after a door that stayed shut.
func (p Place) trip(r round, day time.Time, draw *rand.Rand, thisMonth bool, late map[int]bool) (Trip, bool) {
	t := Trip{By: r.by, At: day.Add(16*time.Hour + time.Duration(30+draw.IntN(180))*time.Minute)}
	week := (day.Day() - 1) / 7
	k := 0 // which door of the round
	for i, e := range r.elders {
		if i > 0 && p.People[e].Household != p.People[r.elders[i-1]].Household {
			k++
		}
		due := p.People[e].Tier == roster.High || k%3 == week || r.missed[e]
		if thisMonth && late[e] {
			due = p.knocked(e, week)
		}
		if !due {
			continue
		}
		c := p.call(e, draw)
		if thisMonth && late[e] {
			c = Call{Elder: e, Reason: "门锁着"}
		}
		r.missed[e] = !c.Met
		t.Calls = append(t.Calls, c)
	}
	t.Minutes = 10 + 20*len(t.Calls) + 5*draw.IntN(4)
	return t, len(t.Calls) > 0
}

// knocked: at 舒忠良's door somebody stood in vain.
func (p Place) knocked(e, week int) bool { return p.People[e].Name == "舒忠良" && week == 1 }

// call is what came of one door.
func (p Place) call(e int, draw *rand.Rand) Call {
	n := draw.IntN(100)
	switch {
	case n < 4:
		return Call{Elder: e, Reason: pick(draw, []string{"门锁着", "没人应"})}
	case n < 6:
		return Call{Elder: e, Met: true, Health: "差", Finding: pick(draw, []string{"咳了几天没看医生", "脚肿", "两餐只喝了点粥"})}
	case n < 28:
		return Call{Elder: e, Met: true, Health: "一般", Finding: pick(draw, []string{"", "", "", "药只剩两三天的", "灶屋灯不亮"})}
	}
	return Call{Elder: e, Met: true, Health: "好"}
}
